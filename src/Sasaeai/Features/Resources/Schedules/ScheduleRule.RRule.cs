using System.Globalization;

namespace Sasaeai.Features.Resources.Schedules;

public sealed partial record ScheduleRule
{
    static readonly string[] DayNames = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

    /// <summary>
    /// The value of an RFC 5545 RRULE, <c>FREQ=MONTHLY;BYDAY=2TU,4TU</c>; null for a single day and for holidays alone.
    /// A recurrence rule cannot know national holidays, and of a fortnight only DTSTART says which weeks are meant.
    /// UNTIL is in UTC where the rule has a time and a date where it has none, as section 3.3.10 asks.
    /// </summary>
    public string? ToRRule() => ToRRule(Until);

    internal string? ToRRule(DateOnly? until)
    {
        if (IsSingleDay || Repeats == Repeats.Weekly && Weekdays == Weekdays.None)
            return null;
        var parts = new List<string>
        {
            Repeats switch
            {
                Repeats.Daily => "FREQ=DAILY",
                Repeats.Weekly => "FREQ=WEEKLY",
                Repeats.Fortnightly => "FREQ=WEEKLY;INTERVAL=2;WKST=MO",
                _ => "FREQ=MONTHLY",
            },
        };
        if (!Months.IsEmpty)
            parts.Add($"BYMONTH={string.Join(',', Months)}");
        if (!MonthDays.IsEmpty)
            parts.Add($"BYMONTHDAY={string.Join(',', MonthDays)}");
        var days = ExceptWeekdays == Weekdays.None ? Weekdays : WeekdaysExtensions.EveryDay & ~ExceptWeekdays;
        if (days != Weekdays.None)
            parts.Add($"BYDAY={string.Join(',', WeekPrefixes().SelectMany(week => days.FromMonday().Select(day => week + DayNames[day])))}");
        if (until is { } last)
            parts.Add($"UNTIL={last.ToString("yyyyMMdd", CultureInfo.InvariantCulture)}{(Starts is null ? "" : "T145959Z")}");
        return string.Join(';', parts);
    }

    IEnumerable<string> WeekPrefixes() => Weeks == Weeks.None
        ? [""]
        : Enumerable.Range(0, 6).Where(week => ((int)Weeks & 1 << week) != 0).Select(week => week == 5 ? "-1" : $"{week + 1}");
}
