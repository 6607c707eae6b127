using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Sasaeai.Japanese;

namespace Sasaeai.Features.Visits;

/// <summary>A day as it is said on the telephone: 「25」「11/25」「火曜」「あした」, or any written date.</summary>
public static partial class DayText
{
    public static bool TryRead(string? text, DateOnly today, out DateOnly day)
    {
        var said = (text ?? "").Normalize(NormalizationForm.FormKC).Trim();
        day = today;
        if (Near.TryGetValue(said, out var days))
        {
            day = today.AddDays(days);
            return true;
        }

        if (Weekday().Match(said) is { Success: true } weekday)
        {
            var ahead = ("日月火水木金土".IndexOf(weekday.Groups["day"].Value[0], StringComparison.Ordinal) - (int)today.DayOfWeek + 7) % 7;
            day = today.AddDays(weekday.Groups["next"].Success ? 7 - today.DayOfWeek.FromMonday() + NumberFromMonday(weekday.Groups["day"].Value[0]) : ahead);
            return true;
        }

        if (Short().Match(said) is { Success: true } digits)
        {
            return TryNext(digits.Groups["month"] is { Success: true } month ? int.Parse(month.Value, CultureInfo.InvariantCulture) : null, int.Parse(digits.Groups["day"].Value, CultureInfo.InvariantCulture), today, out day);
        }

        return Wareki.TryReadDate(said, out day);
    }

    private static readonly Dictionary<string, int> Near = new() { ["今日"] = 0, ["きょう"] = 0, ["明日"] = 1, ["あす"] = 1, ["あした"] = 1, ["明後日"] = 2, ["あさって"] = 2 };

    private static int FromMonday(this DayOfWeek day) => ((int)day + 6) % 7;

    private static int NumberFromMonday(char day) => "月火水木金土日".IndexOf(day, StringComparison.Ordinal);

    /// <summary>The next such day, today included.</summary>
    private static bool TryNext(int? month, int number, DateOnly today, out DateOnly day)
    {
        for (var ahead = 0; ahead <= 12; ahead++)
        {
            var first = new DateOnly(today.Year, today.Month, 1).AddMonths(ahead);
            if ((month is null || first.Month == month) && number >= 1 && number <= DateTime.DaysInMonth(first.Year, first.Month) && first.AddDays(number - 1) >= today)
            {
                day = first.AddDays(number - 1);
                return true;
            }
        }

        day = today;
        return false;
    }

    [GeneratedRegex("^(?<next>来週の?)?(?<day>[日月火水木金土])(曜日?)?$")]
    private static partial Regex Weekday();

    [GeneratedRegex("^((?<month>1[0-2]|0?[1-9])[/月])?(?<day>[0-3]?[0-9])日?$")]
    private static partial Regex Short();
}
