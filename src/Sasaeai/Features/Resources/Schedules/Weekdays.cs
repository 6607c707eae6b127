using System.Text.Json.Serialization;

namespace Sasaeai.Features.Resources.Schedules;

/// <summary>A set of weekdays, as JSON <c>"Tuesday, Thursday"</c>.</summary>
[Flags, JsonConverter(typeof(JsonStringEnumConverter<Weekdays>))]
public enum Weekdays
{
    None = 0,
    Monday = 1,
    Tuesday = 2,
    Wednesday = 4,
    Thursday = 8,
    Friday = 16,
    Saturday = 32,
    Sunday = 64,
}

/// <summary>Which weeks of a month: the second is the one in which a weekday comes for the second time.</summary>
[Flags, JsonConverter(typeof(JsonStringEnumConverter<Weeks>))]
public enum Weeks
{
    None = 0,
    First = 1,
    Second = 2,
    Third = 4,
    Fourth = 8,
    Fifth = 16,
    Last = 32,
}

/// <summary>How a rule comes back.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Repeats>))]
public enum Repeats
{
    /// <summary>Every day from <see cref="ScheduleRule.From"/> until <see cref="ScheduleRule.Until"/>; a single day when they are the same.</summary>
    Daily,
    Weekly,
    /// <summary>隔週: in the week of <see cref="ScheduleRule.From"/> and every second week after it, weeks beginning on Monday.</summary>
    Fortnightly,
    /// <summary>第2・第4木曜.</summary>
    MonthlyByWeekday,
    /// <summary>毎月15日.</summary>
    MonthlyByDay,
}

[JsonConverter(typeof(JsonStringEnumConverter<OnHolidays>))]
public enum OnHolidays
{
    AsUsual,
    /// <summary>祝日は休み.</summary>
    Closed,
    /// <summary>土日祝: also on holidays that fall on other weekdays.</summary>
    AlsoOpen,
}

/// <summary>The part of the day where no clock time is known.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PartOfDay>))]
public enum PartOfDay { Unknown, Morning, Afternoon, WholeDay }

public static class WeekdaysExtensions
{
    public const Weekdays MondayToFriday = Weekdays.Monday | Weekdays.Tuesday | Weekdays.Wednesday | Weekdays.Thursday | Weekdays.Friday;
    public const Weekdays EveryDay = MondayToFriday | Weekdays.Saturday | Weekdays.Sunday;

    /// <summary>0 for Monday to 6 for Sunday.</summary>
    public static int FromMonday(this DayOfWeek day) => ((int)day + 6) % 7;

    /// <summary>0 for Monday to 6 for Sunday, in that order.</summary>
    public static IEnumerable<int> FromMonday(this Weekdays days)
    {
        for (var day = 0; day < 7; day++)
            if (((int)days & 1 << day) != 0)
                yield return day;
    }

    public static bool Includes(this Weekdays days, DateOnly day) => ((int)days & 1 << day.DayOfWeek.FromMonday()) != 0;
}
