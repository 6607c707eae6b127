using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Areas;
using Sasaeai.Features.GroupClosings;
using Sasaeai.Features.Shared;
using Sasaeai.Japanese;

namespace Sasaeai.Features.Members;

/// <summary>The membership form, on screen as on paper.</summary>
public partial class MemberForm
{
    [Display(Name = "氏名"), StringLength(100)]
    public string Name { get; set; } = "";

    [Display(Name = "ふりがな"), StringLength(100)]
    public string? Kana { get; set; }

    [Display(Name = "協力会員（手伝う）")]
    public bool IsHelper { get; set; }

    [Display(Name = "利用会員（手伝ってもらう）")]
    public bool IsUser { get; set; }

    [Display(Name = "電話番号"), StringLength(40)]
    public string? Phone { get; set; }

    [Display(Name = "住所"), StringLength(200)]
    public string? Address { get; set; }

    [Display(Name = "地区")]
    public Guid? AreaId { get; set; }

    [Display(Name = "性別"), EnumDataType(typeof(Gender))]
    public Gender Gender { get; set; } = Gender.NotSaid;

    [Display(Name = "生まれた年（西暦）"), Range(1900, 2100)]
    public int? BirthYear { get; set; }

    [Display(Name = "メールアドレス"), EmailAddress, StringLength(200)]
    public string? Email { get; set; }

    [Display(Name = "できること")]
    public string[]? CanDo { get; set; } = [];

    [Display(Name = "そのほかにできること"), StringLength(200)]
    public string? CanDoOther { get; set; }

    [Display(Name = "手伝える曜日と時間"), DataType(DataType.MultilineText), StringLength(1000)]
    public string? Slots { get; set; }

    [Display(Name = "手伝えない期間"), DataType(DataType.MultilineText), StringLength(1000)]
    public string? Away { get; set; }

    [Display(Name = "どこまで行けますか（km）"), Range(0.0, 50.0)]
    public double? ReachKm { get; set; }

    [Display(Name = "ひと月に手伝う上限（時間）"), Range(1, 300)]
    public int? MostHoursAMonth { get; set; }

    [Display(Name = "避ける相手（会員番号）"), StringLength(200)]
    public string? Avoids { get; set; }

    [Display(Name = "相手の性別の希望"), EnumDataType(typeof(GenderWish))]
    public GenderWish Wish { get; set; }

    [Display(Name = "車を使える")]
    public bool HasCar { get; set; }

    [Display(Name = "話せる言葉（手話・外国語など）"), StringLength(100)]
    public string? Languages { get; set; }

    [Display(Name = "受けた講座"), DataType(DataType.MultilineText), StringLength(1000)]
    public string? Courses { get; set; }

    [Display(Name = "銀行コード（4けた）"), StringLength(10)]
    public string? BankCode { get; set; }

    [Display(Name = "支店コード（3けた）"), StringLength(10)]
    public string? BranchCode { get; set; }

    [Display(Name = "当座預金（付けなければ普通預金）")]
    public bool IsCurrent { get; set; }

    [Display(Name = "口座番号"), StringLength(20)]
    public string? AccountNumber { get; set; }

    [Display(Name = "口座の名義（カナ）"), StringLength(60)]
    public string? AccountHolder { get; set; }

    [Display(Name = "保険の終わる日")]
    public DateInput? InsuredUntil { get; set; }

    [Display(Name = "手伝ってほしいこと")]
    public string[]? Needs { get; set; } = [];

    [Display(Name = "そのほかに手伝ってほしいこと"), StringLength(200)]
    public string? NeedsOther { get; set; }

    [Display(Name = "緊急のときの連絡先（名前・続柄）"), StringLength(100)]
    public string? EmergencyName { get; set; }

    [Display(Name = "緊急のときの電話"), StringLength(40)]
    public string? EmergencyPhone { get; set; }

    [Display(Name = "気をつけること"), DataType(DataType.MultilineText), StringLength(1000)]
    public string? Care { get; set; }

    [Display(Name = "紹介した人"), StringLength(100)]
    public string? IntroducedBy { get; set; }

    [Display(Name = "会の中で情報を使うことへの同意の日")]
    public DateInput? ConsentedOn { get; set; }

    [Display(Name = "市町村の職員が見ることへの同意の日")]
    public DateInput? SharedOn { get; set; }

    [Display(Name = "メモ"), DataType(DataType.MultilineText), StringLength(1000)]
    public string? Note { get; set; }

    public int Version { get; set; }

    public static MemberForm Of(Member member)
    {
        var content = member.Content;
        return new MemberForm
        {
            Name = member.Name, Kana = member.Kana, IsHelper = member.HelperSince is not null, IsUser = member.UserSince is not null, Phone = member.Phone, Address = member.Address, AreaId = member.AreaId,
            Gender = content.Gender, BirthYear = content.BirthYear, Email = content.Email, CanDo = [.. content.CanDo], CanDoOther = content.CanDoOther, Slots = WeekSlots.Write(content.Slots), ReachKm = content.ReachKm, Wish = content.Wish,
            MostHoursAMonth = content.MostHoursAMonth, Avoids = string.Join('、', content.AvoidNumbers),
            Away = string.Join('\n', content.Away.Select(away => $"{away.From:yyyy-MM-dd}〜{away.Until:yyyy-MM-dd} {away.Reason}".TrimEnd())),
            HasCar = content.HasCar, Languages = content.Languages, Courses = string.Join('\n', content.Courses.Select(course => $"{course.On:yyyy-MM-dd} {course.Name}" + (course.Until is { } until ? $"（{until:yyyy-MM-dd}まで）" : ""))),
            BankCode = content.Bank?.BankCode, BranchCode = content.Bank?.BranchCode, IsCurrent = content.Bank?.IsCurrent == true, AccountNumber = content.Bank?.Number, AccountHolder = content.Bank?.HolderKana,
            InsuredUntil = Input(member.InsuredUntil), Needs = [.. content.Needs], NeedsOther = content.NeedsOther, EmergencyName = content.EmergencyName, EmergencyPhone = content.EmergencyPhone, Care = content.Care,
            IntroducedBy = content.IntroducedBy, ConsentedOn = Input(content.ConsentedOn), SharedOn = Input(member.SharedOn), Note = content.Note, Version = member.Version,
        };
    }

    public void ApplyTo(Member member, AbilityList abilities, DateOnly today, DateTimeOffset now)
    {
        member.Be(IsHelper, IsUser, today);
        member.Change(Name, Kana ?? "", Phone ?? "", Address ?? "", member.Content with
        {
            Gender = Gender, BirthYear = BirthYear, Email = Email ?? "", CanDo = Known(CanDo ?? [], abilities), CanDoOther = CanDoOther ?? "", Slots = WeekSlots.Read(Slots), Away = ReadAway(), ReachKm = ReachKm, Wish = Wish, HasCar = HasCar,
            MostHoursAMonth = MostHoursAMonth, AvoidNumbers = ReadAvoids(member.Number),
            Languages = Languages ?? "", Courses = ReadCourses(Courses), Bank = BankAccount.Of(BankCode, BranchCode, IsCurrent, AccountNumber, AccountHolder), Needs = Known(Needs ?? [], abilities), NeedsOther = NeedsOther ?? "", EmergencyName = EmergencyName ?? "", EmergencyPhone = EmergencyPhone ?? "", Care = Care ?? "", IntroducedBy = IntroducedBy ?? "",
            ConsentedOn = Read(ConsentedOn, "会の中で情報を使うことへの同意の日"), Note = Note ?? "",
        }, now);
        (member.AreaId, member.InsuredUntil, member.SharedOn) = (AreaId, Read(InsuredUntil, "保険の終わる日"), Read(SharedOn, "市町村の職員が見ることへの同意の日"));
    }

    private static string[] Known(string[] codes, AbilityList abilities) => [.. codes.Where(abilities.Knows).Distinct()];

    private static DateInput? Input(DateOnly? day) => day is { } known ? new DateInput(known) : null;

    private static DateOnly? Read(DateInput? typed, string label)
    {
        if (typed is null)
        {
            return null;
        }

        Rule.Require(Wareki.TryReadDate(typed.ToString(), out var day), $"「{label}」を日付として読めません。例：令和8年6月15日");
        return day;
    }

    private IReadOnlyList<AwayTime> ReadAway() => [.. Lines(Away).Select(line =>
    {
        var parts = Between().Match(line);
        Rule.Require(parts.Success && Wareki.TryReadDate(parts.Groups[1].Value, out _) && Wareki.TryReadDate(parts.Groups[2].Value, out _), $"「手伝えない期間」の「{line}」を読めません。「2026-08-10〜2026-08-20 旅行」のように書いてください。");
        Wareki.TryReadDate(parts.Groups[1].Value, out var from);
        Wareki.TryReadDate(parts.Groups[2].Value, out var until);
        Rule.Require(until >= from, $"「手伝えない期間」の「{line}」は、終わりが始まりより前です。");
        return new AwayTime(from, until, parts.Groups[3].Value.Trim());
    })];

    private IReadOnlyList<int> ReadAvoids(int own)
    {
        var numbers = (Avoids ?? "").Normalize(System.Text.NormalizationForm.FormKC).Split(['、', ',', ' ', '・', '。', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(part =>
        {
            Rule.Require(int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number), $"「避ける相手」の「{part}」を会員番号として読めません。例：12、35");
            return number;
        }).Distinct().ToList();
        Rule.Require(!numbers.Contains(own), "「避ける相手」に、この会員自身の番号が入っています。");
        return numbers;
    }

    /// <summary>A number that is nobody's would keep nobody away.</summary>
    public static async Task CheckAvoidsAsync(AppDb db, Member member)
    {
        var numbers = member.Content.AvoidNumbers.ToArray();
        var known = await db.Members.Where(other => other.GroupId == member.GroupId && other.ErasedAt == null && numbers.Contains(other.Number)).Select(other => other.Number).ToListAsync();
        Rule.Require(numbers.All(known.Contains), $"「避ける相手」の会員番号{string.Join('、', numbers.Except(known))}の人はいません。番号を確かめてください。");
    }

    /// <exception cref="RuleBrokenException">A line cannot be read.</exception>
    public static IReadOnlyList<CourseTaken> ReadCourses(string? written) => [.. Lines(written).Select(line =>
    {
        var parts = Course().Match(line);
        DateOnly until = default;
        Rule.Require(parts.Success && Wareki.TryReadDate(parts.Groups[1].Value, out _) && (!parts.Groups[3].Success || Wareki.TryReadDate(parts.Groups[3].Value, out until)), $"「受けた講座」の「{line}」を読めません。「2026-06-01 養成講座」のように、日付を先に書いてください。");
        Wareki.TryReadDate(parts.Groups[1].Value, out var on);
        return new CourseTaken(parts.Groups[2].Value.Trim(), on, parts.Groups[3].Success ? until : null);
    })];

    private static IEnumerable<string> Lines(string? text) => (text ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Take(50);

    [GeneratedRegex(@"^(\S+?)\s*[〜～~]\s*(\S+)\s*(.*)$")]
    private static partial Regex Between();

    [GeneratedRegex(@"^(\S+)\s+(.+?)(?:（(\S+)まで）)?$")]
    private static partial Regex Course();
}

/// <summary>Weekly times as people write them: 「月水 9:00-12:00」, one line each.</summary>
public static partial class WeekSlots
{
    private const string Days = "日月火水木金土";

    /// <exception cref="RuleBrokenException">A line cannot be read.</exception>
    public static IReadOnlyList<WeekSlot> Read(string? text) => [.. (text ?? "").Normalize(System.Text.NormalizationForm.FormKC).Split(['\n', '、', ','], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Take(50).SelectMany(line =>
    {
        var parts = Slot().Match(line.Replace("毎日", Days, StringComparison.Ordinal).Replace("平日", "月火水木金", StringComparison.Ordinal).Replace("午前", " 9:00-12:00", StringComparison.Ordinal).Replace("午後", " 13:00-17:00", StringComparison.Ordinal));
        Rule.Require(parts.Success && TimeOnly.TryParse(parts.Groups[2].Value, CultureInfo.InvariantCulture, out _) && TimeOnly.TryParse(parts.Groups[3].Value, CultureInfo.InvariantCulture, out _), $"「手伝える曜日と時間」の「{line}」を読めません。「月水 9:00-12:00」のように書いてください。");
        var (from, until) = (TimeOnly.Parse(parts.Groups[2].Value, CultureInfo.InvariantCulture), TimeOnly.Parse(parts.Groups[3].Value, CultureInfo.InvariantCulture));
        return parts.Groups[1].Value.Where(day => Days.Contains(day, StringComparison.Ordinal)).Distinct().Select(day => new WeekSlot((DayOfWeek)Days.IndexOf(day, StringComparison.Ordinal), from, until));
    })];

    public static string Write(IReadOnlyList<WeekSlot> slots) => string.Join('\n', slots.GroupBy(slot => (slot.From, slot.Until)).Select(same => $"{string.Concat(same.Select(slot => Days[(int)slot.Day]))} {same.Key.From:H\\:mm}-{same.Key.Until:H\\:mm}"));

    [GeneratedRegex(@"^([日月火水木金土曜・]+)\s*([0-9]{1,2}:[0-9]{2})\s*[-~〜～]\s*([0-9]{1,2}:[0-9]{2})$")]
    private static partial Regex Slot();
}

/// <summary>Who may be the same person: same number of the telephone, or same name at the same address or with no other sign.</summary>
public sealed record Twin(Guid Id, int Number, string Name, string Why)
{
    public static async Task<IReadOnlyList<Twin>> OfAsync(AppDb db, Guid groupId, string name, string kana, string phone, string address)
    {
        var (nameKey, kanaKey, phoneKey) = (Folding.Fold(name), Folding.Fold(kana == "" ? name : kana), Member.PhoneDigits(phone));
        var near = await db.Members.AsNoTracking().Where(member => member.GroupId == groupId && member.ErasedAt == null && (member.NameKey == nameKey || member.KanaKey == kanaKey || phoneKey != "" && member.PhoneKey == phoneKey)).Take(50).ToListAsync();
        return [.. near.Select(member => (member, Why: WhySame(member, nameKey, kanaKey, phoneKey, Areas.Addresses.AddressKey.Fold(address)))).Where(pair => pair.Why != "").Select(pair => new Twin(pair.member.Id, pair.member.Number, pair.member.Name, pair.Why))];
    }

    /// <summary>Words for why the two are taken for one person, or "" when they are not.</summary>
    public static string WhySame(Member member, string nameKey, string kanaKey, string phoneKey, string addressKey)
    {
        var (samePhone, sameName) = (phoneKey != "" && member.PhoneKey == phoneKey, member.NameKey == nameKey || member.KanaKey == kanaKey);
        var sameAddress = addressKey != "" && member.AddressKey == addressKey;
        return (sameName, samePhone, sameAddress) switch
        {
            (true, true, _) => "名前と電話番号が同じ",
            (true, _, true) => "名前と住所が同じ",
            (true, false, false) when phoneKey == "" || member.PhoneKey == "" => "名前が同じ",
            _ => "",
        };
    }
}
