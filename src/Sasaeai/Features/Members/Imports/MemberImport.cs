using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Imports;
using Sasaeai.Japanese;
using Sasaeai.Tables;

namespace Sasaeai.Features.Members.Imports;

/// <summary>Volunteers of a questionnaire. A row that is taken for a person of the register, or for an earlier row, is left as it is and told.</summary>
public sealed partial class MemberImport(AppDb db, Guid groupId, Guid uploadId, MemberPlaces places, TimeProvider time) : IImport
{
    private const string Name = "氏名", Kana = "ふりがな", Phone = "電話番号", Address = "住所", BirthYear = "生まれた年", Sex = "性別", CanDo = "できること", Slots = "手伝える曜日と時間", Car = "車", Kind = "会員の種類", Note = "メモ", Consent = "同意の日",
        Email = "メールアドレス", Insured = "保険の終わる日", Courses = "受けた講座", Reach = "どこまで行けますか（km）", Needs = "手伝ってほしいこと", EmergencyName = "緊急のときの連絡先", EmergencyPhone = "緊急のときの電話", Introduced = "紹介した人";

    private readonly Dictionary<string, List<Member>> known = [];
    private AbilityList abilities = null!;
    private int next;

    public IReadOnlyList<ColumnField> Fields { get; } =
    [
        new(Name, "名前", "お名前", "回答者名"), new(Kana, "フリガナ", "カナ", "氏名カナ", "氏名_カナ", "よみがな"), new(Phone, "電話", "TEL", "連絡先", "携帯電話", "電話番号(携帯)"), new(Address, "お住まい", "所在地"),
        new(BirthYear, "生年"), new(Sex), new(CanDo, "できる支援", "できる活動", "どんな支援ができますか", "問9"), new(Slots, "手伝える時間", "都合のよい時間"), new(Car, "自家用車"), new(Kind, "種別", "区分"), new(Note, "備考", "自由記述"), new(Consent, "同意日"),
        new(Email, "メール", "Eメール", "E-mail"), new(Insured, "保険の期限", "保険満了日"), new(Courses, "講座", "受講した講座", "研修"), new(Reach, "行ける距離", "活動できる距離"), new(Needs, "頼みたいこと", "してほしいこと"), new(EmergencyName, "緊急連絡先"), new(EmergencyPhone, "緊急連絡先電話", "緊急連絡先の電話番号"), new(Introduced, "紹介者"),
        .. Abilities.All.Select((one, place) => new ColumnField(ColumnOf(one.Words), one.Words, $"{place + 1}{one.Words}", $"問9{one.Words}", $"問9{place + 1}{one.Words}")),
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

        await Member.HoldNumbersAsync(db, groupId);
        next = await Member.NextNumberAsync(db, groupId);
    }

    public async Task TakeAsync(IReadOnlyList<ImportRow> rows, bool write)
    {
        foreach (var row in rows)
        {
            if (await ReadAsync(row) is { } member)
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

    private async Task<Member?> ReadAsync(ImportRow row)
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
        var canDo = Choices(row[CanDo]).Concat(MarkedColumns(row)).Select(words => (words, Code: CodeOf(words))).ToList();
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

        IReadOnlyList<CourseTaken> courses = [];
        try
        {
            courses = MemberForm.ReadCourses(row[Courses]);
        }
        catch (RuleBrokenException unread)
        {
            row.Warn(Courses, unread.Message + "メモに入れました。");
        }

        var email = row[Email];
        if (email != "" && !email.Contains('@', StringComparison.Ordinal))
        {
            row.Warn(Email, "メールアドレスとして読めないので、空けました。");
            email = "";
        }

        double? reach = null;
        if (row[Reach] != "")
        {
            reach = double.TryParse(row[Reach].Normalize(NormalizationForm.FormKC).Replace("km", "", StringComparison.OrdinalIgnoreCase).Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out var km) && km is > 0 and <= 50 ? km : null;
            if (reach is null)
            {
                row.Warn(Reach, "0より大きく50までの数として読めないので、空けました。");
            }
        }

        var needs = Choices(row[Needs]).Select(words => (words, Code: CodeOf(words))).ToList();
        var (insured, consent) = (row.Date(Insured, null), row.Date(Consent, null));
        if (row.IsRefused)
        {
            return null;
        }

        var member = new Member(groupId, next++, time.Today(), time.GetUtcNow()) { ImportId = uploadId, InsuredUntil = insured };
        member.Be(helper: !row[Kind].Contains("利用", StringComparison.Ordinal) || row[Kind].Contains("協力", StringComparison.Ordinal), user: row[Kind].Contains("利用", StringComparison.Ordinal), time.Today());
        member.Change(name, kana, phone, address, new MemberContent
        {
            BirthYear = year is >= 1900 and <= 2100 ? year : null,
            Gender = row[Sex] switch { "男" or "男性" => Gender.Male, "女" or "女性" => Gender.Female, _ => Gender.NotSaid },
            CanDo = [.. canDo.Select(one => one.Code).OfType<string>().Distinct()], CanDoOther = string.Join('、', canDo.Where(one => one.Code is null).Select(one => one.words)),
            Slots = slots, HasCar = IsMarked(row[Car]), Note = string.Join(' ', new[] { row[Note], slots.Count == 0 ? row[Slots] : "", courses.Count == 0 ? row[Courses] : "" }.Where(text => text != "")),
            Email = email, Courses = courses, ReachKm = reach, Needs = [.. needs.Select(one => one.Code).OfType<string>().Distinct()], NeedsOther = string.Join('、', needs.Where(one => one.Code is null).Select(one => one.words)),
            EmergencyName = row[EmergencyName], EmergencyPhone = row[EmergencyPhone], IntroducedBy = row[Introduced], ConsentedOn = consent,
        }, time.GetUtcNow());
        await places.PlaceAsync(member);
        return row.IsRefused ? null : member;
    }

    /// <summary>Choices of one cell, as forms on the web and people separate them. Some of question 9 have 「、」 in them, so that a part is divided there only when it is no choice.</summary>
    private IEnumerable<string> Choices(string cell)
    {
        var text = cell.Normalize(NormalizationForm.FormKC);
        return NumbersOnly().IsMatch(text) ? text.Split([',', '、', ';', ' ', '・', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct()
            : text.Split([';', '\n', '|'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .SelectMany(part => Divided(part, Comma())).SelectMany(part => Divided(part, JapaneseComma())).Distinct();
    }

    private IEnumerable<string> Divided(string part, Regex separator) => CodeOf(part) is null ? separator.Split(part).Select(one => one.Trim()).Where(one => one != "") : [part];

    /// <summary>A questionnaire may have a column for each choice, with a mark in it; 「その他」 may have words instead.</summary>
    private static IEnumerable<string> MarkedColumns(ImportRow row) => Abilities.All.Select(one => (one.Words, Cell: row[ColumnOf(one.Words)])).Where(pair => pair.Cell != "" && pair.Cell is not ("0" or "×" or "いいえ" or "無" or "なし" or "-"))
        .Select(pair => IsMarked(pair.Cell) || pair.Cell == pair.Words ? pair.Words : pair.Cell);

    private static bool IsMarked(string cell) => cell.Normalize(NormalizationForm.FormKC).ToUpperInvariant() is "○" or "◯" or "〇" or "●" or "◎" or "1" or "✓" or "✔" or "レ" or "はい" or "有" or "有り" or "あり" or "可" or "TRUE" or "YES";

    private static string ColumnOf(string words) => $"できること：{words}";

    /// <summary>A choice of question 9, by its number or its words, or one of the town's own by its words.</summary>
    private string? CodeOf(string words)
    {
        var all = Abilities.All;
        var key = Folding.Fold(words.TrimStart('0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '.', '．', ' '));
        return int.TryParse(words, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= all.Count ? all[number - 1].Code
            : key.Length < 2 ? null : abilities.Items.FirstOrDefault(one => Folding.Fold(one.Words) is var full && (full == key || full.StartsWith(key, StringComparison.Ordinal)))?.Code;
    }

    [GeneratedRegex(@"^\s*[0-9]{1,2}(\s*[,、;・\s]\s*[0-9]{1,2})*\s*$")]
    private static partial Regex NumbersOnly();

    // Not inside brackets: 外出同行(通院、散歩など).
    [GeneratedRegex(@",(?![^(]*\))")]
    private static partial Regex Comma();

    [GeneratedRegex(@"、(?![^(]*\))")]
    private static partial Regex JapaneseComma();

    private void Know(Member member)
    {
        foreach (var key in new[] { member.NameKey, member.KanaKey, member.PhoneKey }.Where(key => key != "").Distinct())
        {
            (known.TryGetValue(key, out var same) ? same : known[key] = []).Add(member);
        }
    }
}
