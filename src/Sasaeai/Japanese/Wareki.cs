using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Sasaeai.Japanese;

/// <summary>Dates in Japanese eras (和暦) beside Western years, as municipal papers write them.</summary>
public static partial class Wareki
{
    record Era(string Name, char Letter, DateOnly First);

    /// <summary>Newest first. The first day of each era: the Cabinet orders (政令) that changed the name.</summary>
    static readonly Era[] Eras =
    [
        new("令和", 'R', new(2019, 5, 1)),
        new("平成", 'H', new(1989, 1, 8)),
        new("昭和", 'S', new(1926, 12, 25)),
        new("大正", 'T', new(1912, 7, 30)),
        new("明治", 'M', new(1868, 10, 23)),
    ];

    /// <summary>Until the end of 1872 Japan counted by the moon: older dates cannot be turned into a Western date by counting.</summary>
    static readonly DateOnly FirstSolarDay = new(1873, 1, 1);

    /// <summary>
    /// Reads 「R2.6.15」「令和2年6月15日」「令和元年5月1日」「H30/4/1」「2020-06-15」「2020年6月15日」「20200615」, in full width too;
    /// a weekday or Western year in brackets behind it must agree.
    /// Refuses days that do not exist, days outside the era written, and days before 1873-01-01.
    /// </summary>
    public static bool TryReadDate(string? text, out DateOnly date)
    {
        date = default;
        if (text is null || text.Length > 40)
            return false;
        var match = Written().Match(Plain(text));
        return match.Success
            && TryYear(match.Groups["era"].Value, match.Groups["year"].Value, out var year)
            && TryDay(year, Number(match, "month"), Number(match, "day"), out date)
            && date >= FirstSolarDay
            && (!match.Groups["era"].Success || EraOf(date) == EraNamed(match.Groups["era"].Value))
            && (!match.Groups["western"].Success || Number(match, "western") == date.Year)
            && (!match.Groups["weekday"].Success || match.Groups["weekday"].ValueSpan[0] == Weekday(date));
    }

    /// <summary>「令和8年11月21日」.</summary>
    public static string Date(DateOnly date) => $"{Year(date)}{date.Month}月{date.Day}日";

    /// <summary>「令和8年11月」, in the era of the day.</summary>
    public static string Month(DateOnly date) => $"{Year(date)}{date.Month}月";

    /// <summary>「令和8年11月21日（2026年）」.</summary>
    public static string Long(DateOnly date) => date < FirstSolarDay ? Date(date) : $"{Date(date)}（{date.Year}年）";

    /// <summary>「令和8年11月21日（土）」.</summary>
    public static string WithWeekday(DateOnly date) => $"{Date(date)}（{Weekday(date)}）";

    /// <summary>「R8.11.21」; the first year of an era is 「R元.5.1」.</summary>
    public static string Short(DateOnly date) => date < FirstSolarDay
        ? $"{date.Year}.{date.Month}.{date.Day}"
        : $"{EraOf(date).Letter}{YearOfEra(date.Year - EraOf(date).First.Year + 1)}.{date.Month}.{date.Day}";

    /// <summary>「土」.</summary>
    public static char Weekday(DateOnly date) => "日月火水木金土"[(int)date.DayOfWeek];

    /// <summary>The number of a year in an era as people write it: 元 for the first.</summary>
    internal static string YearOfEra(int year) => year == 1 ? "元" : year.ToString(CultureInfo.InvariantCulture);

    /// <summary>The Western year of 「令和」「2」, 「R」「元」, 「」「2020」.</summary>
    internal static bool TryYear(string era, string year, out int western)
    {
        var number = year == "元" ? 1 : int.Parse(year, CultureInfo.InvariantCulture);
        western = era == "" ? number : EraNamed(era).First.Year + number - 1;
        return number > 0;
    }

    /// <summary>Full width as half width, every dash as -, without spaces.</summary>
    internal static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            if (rune != Rune.ReplacementChar)
                plain.Append(rune.ToString());
        return Gaps().Replace(Dashes().Replace(plain.ToString().Normalize(NormalizationForm.FormKC), "-"), "");
    }

    static string Year(DateOnly date) => date < FirstSolarDay
        ? $"{date.Year}年"
        : $"{EraOf(date).Name}{YearOfEra(date.Year - EraOf(date).First.Year + 1)}年";

    static Era EraOf(DateOnly date) => Eras.First(era => date >= era.First);

    static Era EraNamed(string name) => Eras.First(era => era.Name == name || era.Letter == char.ToUpperInvariant(name[0]));

    static bool TryDay(int year, int month, int day, out DateOnly date)
    {
        var exists = year is >= 1 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month);
        date = exists ? new DateOnly(year, month, day) : default;
        return exists;
    }

    static int Number(Match match, string group) => int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    const string EraAndYear = "(?:(?<era>明治|大正|昭和|平成|令和|[MTSHR])(?<year>[0-9]{1,3}|元)|(?:西暦)?(?<year>[0-9]{4}))";

    [GeneratedRegex($@"^(?:{EraAndYear}(?:年(?<month>[0-9]{{1,2}})月(?<day>[0-9]{{1,2}})日|(?<mark>[./-])(?<month>[0-9]{{1,2}})\k<mark>(?<day>[0-9]{{1,2}}))|(?<year>[0-9]{{4}})(?<month>[0-9]{{2}})(?<day>[0-9]{{2}}))(?:\((?:(?<western>[0-9]{{4}})年?|(?<weekday>[日月火水木金土])(?:曜日?)?)\))*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Written();

    [GeneratedRegex("[‐‑–—―−ー]")]
    private static partial Regex Dashes();

    [GeneratedRegex(@"\s")]
    private static partial Regex Gaps();
}
