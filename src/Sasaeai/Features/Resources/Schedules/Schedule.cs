using System.Numerics;
using System.Text.Json.Serialization;
using Sasaeai.Japanese;

namespace Sasaeai.Features.Resources.Schedules;

/// <summary>One time at which an activity is held. Without a start the time is not known.</summary>
public readonly record struct Occurrence(DateOnly Day, TimeOnly? Starts, TimeOnly? Ends);

/// <summary>Days on which nothing is held although a rule says so, both ends included; without <see cref="To"/> until further notice.</summary>
public sealed record Closure(DateOnly From, DateOnly? To, string? Reason)
{
    /// <summary>「令和8年8月13日（木）〜令和8年8月15日（土）は休み（お盆）」.</summary>
    public string InJapanese() => string.Concat(
        (From, To) switch
        {
            (_, null) => $"{Wareki.WithWeekday(From)}から休止",
            _ when From == To => $"{Wareki.WithWeekday(From)}は休み",
            (_, { } to) => $"{Wareki.WithWeekday(From)}〜{Wareki.WithWeekday(to)}は休み",
        },
        string.IsNullOrWhiteSpace(Reason) ? "" : $"（{Reason}）");
}

/// <summary>When an activity is held, as data; what people wrote and no rule can say stays in <see cref="Note"/>.</summary>
public sealed record Schedule
{
    public IReadOnlyList<ScheduleRule> Rules { get; init; } = [];

    public IReadOnlyList<Closure> Closures { get; init; } = [];

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Note { get; init; }

    /// <summary>What a person must put right before the schedule makes sense; empty when it does.</summary>
    public IEnumerable<string> Problems() => Rules.SelectMany(rule => rule.Problems())
        .Concat(Closures.Where(closure => closure.To < closure.From).Select(_ => "休みの終わりの日が、始まりの日より前になっています。"))
        .Distinct();

    /// <summary>Every weekday on which a rule can fall, for finding by weekday.</summary>
    [JsonIgnore]
    public Weekdays Weekdays => Rules.Aggregate(Weekdays.None, (all, rule) => all | rule.PossibleWeekdays);

    /// <summary>Whether one and the same rule, not over yet, falls on any of the weekdays (none for every day), on the day if one is given, and between the minutes if they are.</summary>
    public bool HasRuleFor(Weekdays weekdays, DateOnly? day, (int From, int To)? minutes, DateOnly today, Holidays holidays)
    {
        if (day is { } on && IsClosedOn(on))
            return false;
        foreach (var rule in Rules)
            if ((weekdays == Weekdays.None || (rule.PossibleWeekdays & weekdays) != 0)
                && (day is not { } asked ? !(rule.Until < today) : (rule.DaysIn(asked.Year, asked.Month, holidays) >> asked.Day & 1) != 0)
                && (minutes is not { } span || rule.Minutes is { } held && held.From < span.To && held.To > span.From))
                return true;
        return false;
    }

    /// <summary>Exact: whether any rule holds on the day, with holidays, months, validity and closures.</summary>
    public bool RunsOn(DateOnly day, Holidays holidays)
    {
        if (IsClosedOn(day))
            return false;
        foreach (var rule in Rules)
            if ((rule.DaysIn(day.Year, day.Month, holidays) >> day.Day & 1) != 0)
                return true;
        return false;
    }

    /// <summary>
    /// Everything held from one day to another, both included, in order of day and time; worked out month by month as it is read,
    /// so that the first few of a far-reaching span cost little.
    /// </summary>
    public IEnumerable<Occurrence> Between(DateOnly from, DateOnly to, Holidays holidays)
    {
        if (Rules.Count == 0)
            yield break;
        var ofMonth = new List<Occurrence>();
        for (var month = from.Year * 12 + from.Month - 1; month <= to.Year * 12 + to.Month - 1; month++)
        {
            ofMonth.Clear();
            Add(ofMonth, month / 12, month % 12 + 1, from, to, holidays);
            if (ofMonth.Count > 1 && Rules.Count > 1)
                ofMonth.Sort((one, other) => (one.Day, one.Starts ?? default, one.Ends ?? default).CompareTo((other.Day, other.Starts ?? default, other.Ends ?? default)));
            for (var i = 0; i < ofMonth.Count; i++)
                if (i == 0 || ofMonth[i] != ofMonth[i - 1])
                    yield return ofMonth[i];
        }
    }

    /// <summary>The next days on which something is held, the first day included, at most five years ahead.</summary>
    public IReadOnlyList<DateOnly> NextDays(DateOnly from, int count, Holidays holidays)
    {
        var (next, to) = (new List<DateOnly>(count), from.AddYears(5));
        for (var month = from.Year * 12 + from.Month - 1; Rules.Count > 0 && next.Count < count && month <= to.Year * 12 + to.Month - 1; month++)
        {
            var days = 0u;
            foreach (var rule in Rules)
                days |= rule.DaysIn(month / 12, month % 12 + 1, holidays);
            for (days &= OpenIn(month / 12, month % 12 + 1, from, to); days != 0 && next.Count < count; days &= days - 1)
                next.Add(new(month / 12, month % 12 + 1, BitOperations.TrailingZeroCount(days)));
        }
        return next;
    }

    /// <summary>One line for each rule, then the closures, then the note. <see cref="ScheduleReader"/> reads it back.</summary>
    public string InJapanese() => string.Join('\n',
        Rules.Select(rule => rule.InJapanese())
            .Concat(Closures.Select(closure => closure.InJapanese()))
            .Concat(string.IsNullOrWhiteSpace(Note) ? [] : [Note]));

    /// <summary>RFC 5545 recurrence rules, without the days that <see cref="ScheduleRule.ToRRule"/> says it leaves out.</summary>
    public IReadOnlyList<string> ToRRules() => Rules.Select(rule => rule.ToRRule()).OfType<string>().ToList();

    internal bool IsClosedOn(DateOnly day)
    {
        foreach (var closure in Closures)
            if (day >= closure.From && !(day > closure.To))
                return true;
        return false;
    }

    uint OpenIn(int year, int month, DateOnly from, DateOnly to)
    {
        var open = MonthBits.Between(year, month, from, to);
        foreach (var closure in Closures)
            open &= ~MonthBits.Between(year, month, closure.From, closure.To);
        return open;
    }

    void Add(List<Occurrence> found, int year, int month, DateOnly from, DateOnly to, Holidays holidays)
    {
        var open = OpenIn(year, month, from, to);
        foreach (var rule in Rules)
            for (var days = rule.DaysIn(year, month, holidays) & open; days != 0; days &= days - 1)
                found.Add(new(new(year, month, BitOperations.TrailingZeroCount(days)), rule.Starts, rule.Ends));
    }
}
