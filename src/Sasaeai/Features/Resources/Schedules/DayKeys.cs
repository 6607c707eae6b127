namespace Sasaeai.Features.Resources.Schedules;

/// <summary>
/// Integers by which a database finds what runs on a day without working out dates: a schedule can run on a day only if the two sets of keys share one.
/// Exact for holidays and weekdays. Too many days are found where a rule has months, a validity (a span of dates of at most
/// <see cref="LongestSpan"/> days is exact), where it is a fortnight without a first date, and where there are closures: ask
/// <see cref="Schedule.RunsOn"/> for those. No day is missed.
/// </summary>
/// <remarks>
/// A day has at most 7 keys and a weekly rule 10, because a search asks for one day in many schedules.
/// Keys are stored: changing their numbers means filling the stored ones again.
/// </remarks>
public static class DayKeys
{
    /// <summary>A span of dates up to this many days is stored date by date.</summary>
    public const int LongestSpan = 62;

    const int Daily = 1, AlsoOpen = 2, Nth = 100, Fortnight = 200, MonthDay = 300, Date = 10_000;
    const int LastWeek = 5;
    /// <summary>Added to the keys of a day that is a holiday.</summary>
    const int Holiday = 1 << 24;

    /// <summary>The keys of a schedule, ascending, each once.</summary>
    public static int[] Of(Schedule schedule)
    {
        var keys = new SortedSet<int>();
        foreach (var rule in schedule.Rules)
        {
            foreach (var key in Of(rule))
            {
                keys.Add(key);
                if (rule.OnHolidays != OnHolidays.Closed)
                    keys.Add(key + Holiday);
            }
            if (rule.OnHolidays == OnHolidays.AlsoOpen)
                keys.Add(AlsoOpen + Holiday);
        }
        return [.. keys];
    }

    /// <summary>The keys of a day.</summary>
    public static int[] Of(DateOnly day, bool isHoliday)
    {
        var weekday = day.DayOfWeek.FromMonday();
        var kind = isHoliday ? Holiday : 0;
        var keys = new List<int>(7)
        {
            Daily + kind,
            Nth + weekday * 10 + (day.Day - 1) / 7 + kind,
            Fortnight + weekday * 2 + MonthBits.WeekNumber(day.DayNumber) % 2 + kind,
            MonthDay + day.Day * 7 + weekday + kind,
            Date + day.DayNumber + kind,
        };
        if (day.Day + 7 > DateTime.DaysInMonth(day.Year, day.Month))
            keys.Add(Nth + weekday * 10 + LastWeek + kind);
        if (isHoliday)
            keys.Add(AlsoOpen + kind);
        return [.. keys];
    }

    static IEnumerable<int> Of(ScheduleRule rule) => rule switch
    {
        { Repeats: Repeats.Daily, From: { } from, Until: { } until } when until.DayNumber - from.DayNumber < LongestSpan => DatesOf(rule, from, until),
        { Repeats: Repeats.Daily, ExceptWeekdays: Weekdays.None } => [Daily],
        { Repeats: Repeats.Daily } => Weekly(WeekdaysExtensions.EveryDay & ~rule.ExceptWeekdays),
        { Repeats: Repeats.Weekly } => Weekly(rule.Weekdays),
        { Repeats: Repeats.Fortnightly, From: { } from } => rule.Weekdays.FromMonday().Select(day => Fortnight + day * 2 + MonthBits.WeekNumber(from.DayNumber) % 2),
        { Repeats: Repeats.Fortnightly } => rule.Weekdays.FromMonday().SelectMany(day => new[] { Fortnight + day * 2, Fortnight + day * 2 + 1 }),
        { Repeats: Repeats.MonthlyByWeekday } => rule.Weekdays.FromMonday().SelectMany(day => Enumerable.Range(0, 6).Where(week => ((int)rule.Weeks & 1 << week) != 0).Select(week => Nth + day * 10 + week)),
        _ => rule.MonthDays.SelectMany(number => (WeekdaysExtensions.EveryDay & ~rule.ExceptWeekdays).FromMonday().Select(day => MonthDay + number * 7 + day)),
    };

    static IEnumerable<int> Weekly(Weekdays days) => days.FromMonday().SelectMany(day => Enumerable.Range(0, 5).Select(week => Nth + day * 10 + week));

    static IEnumerable<int> DatesOf(ScheduleRule rule, DateOnly from, DateOnly until)
    {
        for (var day = from; day <= until; day = day.AddDays(1))
            if ((rule.PlainDaysIn(day.Year, day.Month) >> day.Day & 1) != 0)
                yield return Date + day.DayNumber;
    }
}
