using Sasaeai.Data;
using Sasaeai.Tables;

namespace Sasaeai.Features.Categories;

/// <summary>The lists that a new town starts with (src/Sasaeai/Masters/*.csv); from then on they are its own.</summary>
public static class Masters
{
    private static readonly Dictionary<CodeList, string> CodeFiles = new()
    {
        [CodeList.OperatorKind] = "operator-kinds.csv", [CodeList.ServiceKind] = "service-kinds.csv", [CodeList.BarrierFree] = "barrier-free.csv", [CodeList.FeeKind] = "fee-kinds.csv",
        [CodeList.ActivityFunction] = "activity-functions.csv", [CodeList.ActivityKind] = "activity-kinds.csv", [CodeList.ActivityWay] = "activity-ways.csv", [CodeList.MeetingKind] = "meeting-kinds.csv", [CodeList.Ability] = "abilities.csv",
    };

    public static async Task AddDefaultsAsync(AppDb db, bool demo)
    {
        db.TownRules.Add(new TownRule { TwoFactorRequired = !demo });
        var rows = Read("categories.csv");
        foreach (var row in rows.OrderBy(row => row["親コード"] != ""))
        {
            db.Categories.Add(new Category
            {
                Code = row["コード"],
                Name = row["名称"],
                Kana = row["名称_カナ"],
                ParentCode = row["親コード"] is { Length: > 0 } parent ? parent : null,
                Description = row["説明"],
                CheckDays = int.Parse(row["確認間隔日数"]),
                HideDays = int.Parse(row["非公開までの日数"]),
                Sort = int.Parse(row["並び順"]),
            });
        }

        db.CodeItems.AddRange(Enum.GetValues<CodeList>().SelectMany(CodesOf));

        db.Troubles.AddRange(Read("troubles.csv").Select(row => new Trouble { Words = row["困りごと"], CategoryCodes = Split(row["分類コード"]), Sort = int.Parse(row["並び順"]) }));
        db.Synonyms.AddRange(Read("synonyms.csv").Select(row => new Synonym { Word = row["代表語"], Others = Split(row["同義語"]), CategoryCodes = Split(row["分類コード"]) }));
        await db.SaveChangesAsync();
    }

    /// <summary>The list as a new town begins with it.</summary>
    public static IEnumerable<CodeItem> CodesOf(CodeList list) =>
        Read(CodeFiles[list]).Select((row, index) => new CodeItem { List = list, Code = row["コード"], Name = row["名称"], Sort = index });

    private static string[] Split(string text) => text.Split([';', '；'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static List<TableRow> Read(string file)
    {
        using var stream = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Masters", file));
        return [.. TableReader.Open(stream, file).Rows];
    }
}
