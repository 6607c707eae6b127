using System.Text.Json.Serialization;
using Sasaeai.Japanese;

namespace Sasaeai.Features.Resources.Schedules;

/// <summary>One way in which an activity comes back: the days, and the time on those days. Two rules with the same content are equal.</summary>
public sealed partial record ScheduleRule
{
    public required Repeats Repeats { get; init; }

    /// <summary>For weekly, fortnightly and monthly-by-weekday rules.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Weekdays Weekdays { get; init; }

    /// <summary>For monthly-by-weekday rules.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Weeks Weeks { get; init; }

    /// <summary>For monthly-by-day rules; a month without the 31st has no such day.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Numbers MonthDays { get; init; }

    /// <summary>Months in which the rule holds; empty for all.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Numbers Months { get; init; }

    /// <summary>Weekdays on which a daily or monthly-by-day rule rests.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Weekdays ExceptWeekdays { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public OnHolidays OnHolidays { get; init; }

    /// <summary>First day on which the rule can hold. A fortnight is counted from its week; without it nobody knows which weeks are meant and the rule gives no days.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public DateOnly? From { get; init; }

    /// <summary>Last day on which the rule can hold.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public DateOnly? Until { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public TimeOnly? Starts { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public TimeOnly? Ends { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public PartOfDay Part { get; init; }

    [JsonIgnore]
    public bool IsSingleDay => Repeats == Repeats.Daily && From is not null && From == Until;

    [JsonIgnore]
    internal bool HasTime => Starts is not null || Part != PartOfDay.Unknown;

    /// <summary>From when to when in minutes of the day, where that is known; 午前 and 午後 count as the usual hours, an open end as an hour.</summary>
    [JsonIgnore]
    internal (int From, int To)? Minutes => this switch
    {
        { Starts: { } starts } => (MinuteOf(starts), Ends is { } ends ? MinuteOf(ends) : MinuteOf(starts) + 60),
        { Part: PartOfDay.Morning } => (540, 720),
        { Part: PartOfDay.Afternoon } => (780, 1020),
        { Part: PartOfDay.WholeDay } => (0, 1440),
        _ => null,
    };

    /// <summary>Every weekday on which it can fall; a rule by day of the month or of every day gives all but those it rests on.</summary>
    [JsonIgnore]
    internal Weekdays PossibleWeekdays => this switch
    {
        { IsSingleDay: true, From: { } day } => (Weekdays)(1 << day.DayOfWeek.FromMonday()),
        { Repeats: Repeats.Daily or Repeats.MonthlyByDay } => WeekdaysExtensions.EveryDay & ~ExceptWeekdays,
        _ => Weekdays,
    };

    /// <summary>What a person must put right before the rule makes sense; empty when it does.</summary>
    public IEnumerable<string> Problems()
    {
        if (Repeats is Repeats.Fortnightly or Repeats.MonthlyByWeekday && Weekdays == Weekdays.None)
            yield return "曜日を選んでください。";
        if (Repeats == Repeats.Weekly && Weekdays == Weekdays.None && OnHolidays != OnHolidays.AlsoOpen)
            yield return "曜日を選んでください。";
        if (Repeats is Repeats.Daily or Repeats.MonthlyByDay && Weekdays != Weekdays.None)
            yield return "この繰り返し方では曜日を選べません。";
        if (Repeats == Repeats.MonthlyByWeekday != (Weeks != Weeks.None))
            yield return "第何週かは、毎月の曜日で決めるときに選んでください。";
        if (Repeats == Repeats.MonthlyByDay == MonthDays.IsEmpty)
            yield return "毎月の日にちは、日にちで決めるときに選んでください。";
        if (Repeats is not (Repeats.Daily or Repeats.MonthlyByDay) && ExceptWeekdays != Weekdays.None)
            yield return "休みの曜日は、毎日か毎月の日にちで決めるときだけ選べます。";
        if (ExceptWeekdays == WeekdaysExtensions.EveryDay)
            yield return "すべての曜日が休みになっています。";
        if (Repeats != Repeats.Weekly && OnHolidays == OnHolidays.AlsoOpen)
            yield return "「祝日も」は、毎週の曜日で決めるときだけ選べます。";
        if (Months.Any(month => month > 12))
            yield return "月は1月から12月までです。";
        if (Until < From)
            yield return "終わりの日が、始まりの日より前になっています。";
        if (Ends is not null && Starts is null)
            yield return "始まりの時刻を入れてください。";
        if (Ends <= Starts)
            yield return "終わりの時刻が、始まりの時刻より後になるようにしてください。";
        if (Starts is not null && Part != PartOfDay.Unknown)
            yield return "時刻を入れたときは、午前・午後・終日を選べません。";
    }

    /// <summary>The days of a month as bits, bit 1 for the first. Empty for a fortnight without <see cref="From"/>.</summary>
    public uint DaysIn(int year, int month, Holidays holidays)
    {
        var days = PlainDaysIn(year, month);
        return OnHolidays switch
        {
            OnHolidays.Closed => days & ~holidays.DaysIn(year, month),
            OnHolidays.AlsoOpen => days | (holidays.DaysIn(year, month) & PossibleDaysIn(year, month)),
            _ => days,
        };
    }

    /// <summary>As <see cref="DaysIn"/>, as if there were no holidays.</summary>
    internal uint PlainDaysIn(int year, int month)
    {
        var possible = PossibleDaysIn(year, month);
        if (possible == 0)
            return 0;
        var first = new DateOnly(year, month, 1);
        return possible & Repeats switch
        {
            Repeats.Daily => MonthBits.All & ~On(first, ExceptWeekdays),
            Repeats.Weekly => On(first, Weekdays),
            Repeats.Fortnightly when From is { } from => On(first, Weekdays) & MonthBits.EverySecondWeek(first, from),
            Repeats.MonthlyByWeekday => On(first, Weekdays) & InWeeks(first),
            Repeats.MonthlyByDay => MonthDays.Bits & ~On(first, ExceptWeekdays),
            _ => 0,
        };
    }

    uint PossibleDaysIn(int year, int month) =>
        Months.IsEmpty || Months.Contains(month) ? MonthBits.Between(year, month, From, Until) : 0;

    static int MinuteOf(TimeOnly time) => time.Hour * 60 + time.Minute;

    uint InWeeks(DateOnly first)
    {
        var days = 0u;
        for (var week = 0; week < 5; week++)
            if (((int)Weeks & 1 << week) != 0)
                days |= 0b1111_1110u << 7 * week;
        if (Weeks.HasFlag(Weeks.Last))
            days |= 0b1111_1110u << DateTime.DaysInMonth(first.Year, first.Month) - 7;
        return days;
    }

    static uint On(DateOnly first, Weekdays weekdays)
    {
        var days = 0u;
        for (var weekday = 0; weekday < 7; weekday++)
            if (((int)weekdays & 1 << weekday) != 0)
                days |= MonthBits.EverySevenDays << 1 + (weekday - first.DayOfWeek.FromMonday() + 7) % 7;
        return days;
    }
}
