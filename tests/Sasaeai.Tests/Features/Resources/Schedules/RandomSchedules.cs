using FsCheck;
using FsCheck.Fluent;
using Sasaeai.Features.Resources.Schedules;

namespace Sasaeai.Tests.Features.Resources.Schedules;

/// <summary>Schedules that make sense, at random.</summary>
static class RandomSchedules
{
    static readonly Gen<Weekdays> SomeWeekdays = Gen.Choose(1, 127).Select(bits => (Weekdays)bits);

    public static readonly Gen<DateOnly> Days = Gen.Choose(new DateOnly(2024, 1, 1).DayNumber, new DateOnly(2027, 11, 30).DayNumber).Select(DateOnly.FromDayNumber);

    public static readonly Gen<ScheduleRule> Rules =
        from plain in PlainRules()
        from months in Gen.Frequency((3, Gen.Constant(0)), (1, Gen.Choose(1, 4095)))
        from since in MayBe(Days)
        from span in MayBe(Gen.Choose(0, 500))
        select plain with
        {
            Months = new((uint)months << 1),
            From = plain.From ?? since,
            Until = span is { } days && (plain.From ?? since) is { } first ? first.AddDays(days) : plain.Until,
        };

    public static readonly Gen<Closure> Closures =
        from first in Days
        from span in MayBe(Gen.Choose(0, 40))
        from reason in Gen.Elements(null, "お盆", "館内工事のため")
        select new Closure(first, span is { } days ? first.AddDays(days) : null, reason);

    /// <summary>Rules without months and validity; of a fortnight only the first date.</summary>
    public static Gen<ScheduleRule> PlainRules() =>
        from repeats in Gen.Elements(Enum.GetValues<Repeats>())
        from weekdays in SomeWeekdays
        from weeks in Gen.Choose(1, 63)
        from monthDays in Gen.Elements(1, 10, 15, 29, 31).NonEmptyListOf()
        from except in Gen.Frequency((3, Gen.Constant(Weekdays.None)), (1, Gen.Choose(1, 126).Select(bits => (Weekdays)bits)))
        from onHolidays in Gen.Elements(Enum.GetValues<OnHolidays>())
        from anchor in Gen.Choose(0, 400)
        from time in Times
        select time with
        {
            Repeats = repeats,
            Weekdays = repeats is Repeats.Weekly or Repeats.Fortnightly or Repeats.MonthlyByWeekday ? weekdays : Weekdays.None,
            Weeks = repeats == Repeats.MonthlyByWeekday ? (Weeks)weeks : Weeks.None,
            MonthDays = repeats == Repeats.MonthlyByDay ? [.. monthDays] : [],
            ExceptWeekdays = repeats is Repeats.Daily or Repeats.MonthlyByDay ? except : Weekdays.None,
            OnHolidays = repeats != Repeats.Weekly && onHolidays == OnHolidays.AlsoOpen ? OnHolidays.AsUsual : onHolidays,
            From = repeats == Repeats.Fortnightly ? new DateOnly(2023, 1, 1).AddDays(anchor) : null,
        };

    static Gen<ScheduleRule> Times =>
        from part in Gen.Elements(Enum.GetValues<PartOfDay>())
        from isClock in Gen.Elements(true, false)
        from start in Gen.Choose(0, 23 * 12)
        from length in Gen.Choose(0, 11)
        select isClock
            ? new ScheduleRule { Repeats = Repeats.Daily, Starts = new TimeOnly(start / 12, start % 12 * 5), Ends = length == 0 ? null : new TimeOnly(start / 12, start % 12 * 5).Add(TimeSpan.FromMinutes(length * 5)) is var end && end.Hour >= start / 12 ? end : null }
            : new ScheduleRule { Repeats = Repeats.Daily, Part = part };

    static Gen<T?> MayBe<T>(Gen<T> gen) where T : struct => Gen.Frequency((2, Gen.Constant<T?>(null)), (1, gen.Select(value => (T?)value)));
}
