using System.CommandLine;
using Npgsql;
using Sasaeai.Data;
using Sasaeai.Features;
using Sasaeai.Features.Categories;
using Sasaeai.Japanese;

namespace Sasaeai.Commands;

public static class TownAdd
{
    private const int LongestName = 60;

    public static Command Command()
    {
        var code = new Option<string>("--code") { Description = "全国地方公共団体コード(6桁)", Required = true };
        var slug = new Option<string>("--slug") { Description = "アドレスに使う英小文字の名前", Required = true };
        var name = new Option<string>("--name") { Description = "名称(例: 富士見市)", Required = true };
        var kana = new Option<string>("--kana") { Description = "名称のカナ", DefaultValueFactory = _ => "" };
        var prefecture = new Option<string>("--prefecture") { Description = "都道府県名", DefaultValueFactory = _ => "" };
        var isPrefecture = new Option<bool>("--is-prefecture") { Description = "都道府県として登録する(集計だけを見る)" };
        var add = new Command("add", "市町村を登録し、標準の分類・困りごと・同義語を入れる") { code, slug, name, kana, prefecture, isPrefecture };
        add.SetAction(async (parsed, cancellation) =>
        {
            await AddAsync(new NewTown(parsed.GetValue(code)!, parsed.GetValue(slug)!, parsed.GetValue(name)!, parsed.GetValue(kana)!, parsed.GetValue(prefecture)!,
                parsed.GetValue(isPrefecture) ? MunicipalityKind.Prefecture : MunicipalityKind.Municipality), cancellation);
            Console.WriteLine($"{parsed.GetValue(name)} を登録しました。アドレスは /{parsed.GetValue(slug)}/ です。");
            return CommandLine.Done;
        });
        return new Command("town", "市町村の登録") { add };
    }

    public sealed record NewTown(string Code, string Slug, string Name, string Kana, string Prefecture, MunicipalityKind Kind, bool Demo = false);

    /// <summary>Registers the town as the owner of the schema, then fills its lists with the defaults as the application.</summary>
    public static async Task AddAsync(NewTown town, CancellationToken cancellation = default)
    {
        Rule.Require(MunicipalityCode.TryRead(town.Code, out var reading) && reading.Code.Digits == town.Code, $"「{town.Code}」は全国地方公共団体コードとして正しくありません(6桁、最後は検査数字)。");
        Rule.Require(Towns.CanBeSlug(town.Slug), "町の識別名(--slug)は英小文字・数字・ハイフンで、40文字以内にしてください。api や lib など、このプログラムのアドレスと同じ名前は使えません。");
        Rule.Require(town.Name.Trim() is { Length: > 0 and <= LongestName } && town.Kana.Length <= LongestName && town.Prefecture.Length <= LongestName, $"名称は1文字から{LongestName}文字で指定してください。");
        await using var owner = Migrate.Owner();
        await InsertAsync(owner, town, cancellation);
        await TownCommand.RunAsync(town.Slug, async services =>
        {
            await Masters.AddDefaultsAsync(services.GetRequiredService<AppDb>(), town.Demo);
            return CommandLine.Done;
        }, cancellation);
    }

    /// <returns>The new town's id.</returns>
    public static async Task<int> InsertAsync(NpgsqlDataSource owner, NewTown town, CancellationToken cancellation = default)
    {
        await using var insert = owner.CreateCommand("""
            insert into app.municipality (code, slug, kind, name, kana, prefecture, demo) values ($1, $2, $3, $4, $5, $6, $7) returning id
            """);
        foreach (var value in new object[] { town.Code, town.Slug, SnakeCase.From(town.Kind), town.Name, town.Kana, town.Prefecture, town.Demo })
        {
            insert.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        try
        {
            return (int)(await insert.ExecuteScalarAsync(cancellation))!;
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            throw new RuleBrokenException($"コード {town.Code} か識別名 {town.Slug} の市町村は、すでに登録されています。");
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.CheckViolation)
        {
            throw new RuleBrokenException("町の識別名(--slug)は英小文字・数字・ハイフンで、40文字以内にしてください。");
        }
    }
}
