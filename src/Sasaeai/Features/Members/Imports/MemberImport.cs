using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Imports;
using Sasaeai.Japanese;
using Sasaeai.Tables;

namespace Sasaeai.Features.Members.Imports;

/// <summary>Volunteers of a questionnaire. A row that is taken for a person of the register, or for an earlier row, is left as it is and told.</summary>
public sealed class MemberImport(AppDb db, Guid groupId, Guid uploadId, TimeProvider time) : IImport
{
    private const string Name = "氏名", Kana = "ふりがな", Phone = "電話番号", Address = "住所", BirthYear = "生まれた年", Sex = "性別", CanDo = "できること", Slots = "手伝える曜日と時間", Car = "車", Kind = "会員の種類", Note = "メモ", Consent = "同意の日";

    private readonly Dictionary<string, List<Member>> known = [];
    private AbilityList abilities = null!;
    private int next;

    public IReadOnlyList<ColumnField> Fields { get; } =
    [
        new(Name, "名前", "お名前", "回答者名"), new(Kana, "フリガナ", "カナ", "氏名カナ", "氏名_カナ", "よみがな"), new(Phone, "電話", "TEL", "連絡先", "携帯電話", "電話番号(携帯)"), new(Address, "お住まい", "所在地"),
        new(BirthYear, "生年"), new(Sex), new(CanDo, "できる支援", "できる活動", "どんな支援ができますか", "問9"), new(Slots, "手伝える時間", "都合のよい時間"), new(Car, "自家用車"), new(Kind, "種別", "区分"), new(Note, "備考", "自由記述"), new(Consent, "同意日"),
    ];

    public IReadOnlyList<IReadOnlyList<string>> Required { get; } = [[Name]];

    // Rows are compared with the rows before them.
    public bool IsWhole => true;

    public async Task BeginAsync()
    {
        known.Clear();
        abilities = await AbilityList.LoadAsync(db, time.Today());
        foreach (var member in await db.Members.AsNoTracking().Where(member => member.GroupId == groupId && member.ErasedAt == null).ToListAsync())
        {
            Know(member);
        }

        next = await Member.NextNumberAsync(db, groupId);
    }

    public async Task TakeAsync(IReadOnlyList<ImportRow> rows, bool write)
    {
        foreach (var row in rows)
        {
            if (Read(row) is { } member)
            {
                row.Outcome = RowOutcome.Created;
                Know(member);
                if (write)
                {
                    db.Members.Add(member);
                }
            }
        }

        if (write)
        {
            await db.SaveChangesAsync();
        }
    }

    private Member? Read(ImportRow row)
    {
        if (row[Name] == "")
        {
            row.Refuse(Name, "氏名がありません。");
            return null;
        }

        var (name, kana, phone, address) = (row[Name], row[Kana], row.Phone(Phone, ""), row[Address]);
        if (name.Length > 100 || kana.Length > 100 || phone.Length > 40 || address.Length > 200)
        {
            row.Refuse("", "長すぎる項目があります。氏名は100文字、住所は200文字までにしてください。");
            return null;
        }

        var (nameKey, kanaKey, phoneKey, addressKey) = (Folding.Fold(name), Folding.Fold(kana == "" ? name : kana), Member.PhoneDigits(phone), Areas.Addresses.AddressKey.Fold(address));
        var twin = new[] { nameKey, kanaKey, phoneKey }.Where(key => key != "").SelectMany(key => known.GetValueOrDefault(key, [])).Select(member => (member, Why: Twin.WhySame(member, nameKey, kanaKey, phoneKey, addressKey))).FirstOrDefault(pair => pair.Why != "");
        if (twin.member is not null)
        {
            row.Warn(Name, $"会員{twin.member.Number}と{twin.Why}なので、取り込みません。別の人なら、一人ずつ登録してください。");
            row.Outcome = RowOutcome.Unchanged;
            return null;
        }

        var year = row.Number(BirthYear, null);
        var canDo = Choices(row[CanDo]).Select(words => (words, Code: CodeOf(words))).ToList();
        foreach (var (words, _) in canDo.Where(one => one.Code is null))
        {
            row.Warn(CanDo, $"「{words}」は選択肢にないので、「そのほかにできること」に入れました。");
        }

        IReadOnlyList<WeekSlot> slots = [];
        try
        {
            slots = WeekSlots.Read(row[Slots]);
        }
        catch (RuleBrokenException unread)
        {
            row.Warn(Slots, unread.Message + "メモに入れました。");
        }

        if (row.IsRefused)
        {
            return null;
        }

        var member = new Member(groupId, next++, time.Today(), time.GetUtcNow()) { ImportId = uploadId };
        member.Be(helper: !row[Kind].Contains("利用", StringComparison.Ordinal) || row[Kind].Contains("協力", StringComparison.Ordinal), user: row[Kind].Contains("利用", StringComparison.Ordinal), time.Today());
        member.Change(name, kana, phone, address, new MemberContent
        {
            BirthYear = year is >= 1900 and <= 2100 ? year : null,
            Gender = row[Sex] switch { "男" or "男性" => Gender.Male, "女" or "女性" => Gender.Female, _ => Gender.NotSaid },
            CanDo = [.. canDo.Select(one => one.Code).OfType<string>().Distinct()], CanDoOther = string.Join('、', canDo.Where(one => one.Code is null).Select(one => one.words)),
            Slots = slots, HasCar = row[Car] is "有" or "あり" or "はい" or "○" or "1", Note = slots.Count == 0 && row[Slots] != "" ? $"{row[Note]} {row[Slots]}".Trim() : row[Note],
            ConsentedOn = row.Date(Consent, null),
        }, time.GetUtcNow());
        return row.IsRefused ? null : member;
    }

    /// <summary>Choices of one cell. Some of question 9 have 「、」 in them, so that a part is divided there only when it is no choice.</summary>
    private IEnumerable<string> Choices(string cell) => cell.Split(['；', ';', '\n', '｜', '|'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .SelectMany(part => CodeOf(part) is null ? part.Split('、', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) : [part]).Distinct();

    /// <summary>A choice of question 9, by its number or its words, or one of the town's own by its words.</summary>
    private string? CodeOf(string words)
    {
        var all = Abilities.All;
        var key = Folding.Fold(words.TrimStart('0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '.', '．', ' '));
        return int.TryParse(words, out var number) && number >= 1 && number <= all.Count ? all[number - 1].Code
            : key.Length < 2 ? null : abilities.Items.FirstOrDefault(one => Folding.Fold(one.Words) is var full && (full == key || full.StartsWith(key, StringComparison.Ordinal) || key.StartsWith(full, StringComparison.Ordinal)))?.Code;
    }

    private void Know(Member member)
    {
        foreach (var key in new[] { member.NameKey, member.KanaKey, member.PhoneKey }.Where(key => key != "").Distinct())
        {
            (known.TryGetValue(key, out var same) ? same : known[key] = []).Add(member);
        }
    }
}
