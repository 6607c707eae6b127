namespace Sasaeai.Features.Resources.Schedules;

/// <summary>Days of one month as bits of an integer, bit 1 for the first: a month is worked out at once instead of day by day.</summary>
static class MonthBits
{
    public const uint All = ~1u;
    public const uint EverySevenDays = 0b0001_0000_0010_0000_0100_0000_1000_0001;

    /// <summary>The days of a month that exist and lie from one day to another, both included; null for no limit.</summary>
    public static uint Between(int year, int month, DateOnly? from, DateOnly? until)
    {
        var first = new DateOnly(year, month, 1);
        var last = first.AddDays(DateTime.DaysInMonth(year, month) - 1);
        if (from > last || until < first)
            return 0;
        var firstDay = from > first ? from.Value.Day : 1;
        var lastDay = until < last ? until.Value.Day : last.Day;
        return All << firstDay - 1 & uint.MaxValue >> 31 - lastDay;
    }

    /// <summary>The days in the week of <paramref name="anchor"/> and every second week from it, weeks beginning on Monday.</summary>
    public static uint EverySecondWeek(DateOnly first, DateOnly anchor)
    {
        var days = 0u;
        for (var monday = 1 - first.DayOfWeek.FromMonday(); monday <= 31; monday += 7)
            if (WeekNumber(first.DayNumber + monday - 1) % 2 == WeekNumber(anchor.DayNumber) % 2)
                days |= monday >= 1 ? 0b0111_1111u << monday : 0b0111_1111u >> -monday;
        return days & All;
    }

    /// <summary>Weeks since Monday 0001-01-01, for a <see cref="DateOnly.DayNumber"/>.</summary>
    public static int WeekNumber(int dayNumber) => dayNumber / 7;
}
