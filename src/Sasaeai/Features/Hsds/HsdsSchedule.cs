using System.Globalization;
using Sasaeai.Features.Directory;
using Sasaeai.Features.Resources.Schedules;

namespace Sasaeai.Features.Hsds;

/// <summary>
/// When a service is given. The recurrence is written only where HSDS can say it without sending anybody to a closed
/// door: it has no months, so a rule for some months is words only. The words always say everything.
/// </summary>
public sealed record HsdsSchedule
{
    public required Guid Id { get; init; }
    public required Guid ServiceId { get; init; }
    public DateOnly? ValidFrom { get; init; }
    public DateOnly? ValidTo { get; init; }
    public DateOnly? Dtstart { get; init; }
    public int? Timezone { get; init; }
    public DateOnly? Until { get; init; }
    public string? Wkst { get; init; }
    public string? Freq { get; init; }
    public int? Interval { get; init; }
    public string? Byday { get; init; }
    public string? Bymonthday { get; init; }
    public string? Description { get; init; }
    public string? OpensAt { get; init; }
    public string? ClosesAt { get; init; }
    /// <summary>Closures.</summary>
    public string? Notes { get; init; }

    private static readonly string[] DayNames = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

    public static IReadOnlyList<HsdsSchedule>? Of(PublishedResource view)
    {
        var schedule = view.Schedule;
        var closures = string.Join('\n', schedule.Closures.Select(closure => closure.InJapanese())).OrNull();
        var rules = schedule.Rules.Select((rule, index) => Of(view.Id, rule, index, closures)).ToList();
        if (schedule.Note.OrNull() is { } note)
        {
            rules.Add(new HsdsSchedule { Id = HsdsJson.Id(view.Id, "schedule", "note"), ServiceId = view.Id, Description = note, Notes = closures });
        }

        return rules.OrNull();
    }

    private static HsdsSchedule Of(Guid service, ScheduleRule rule, int index, string? closures)
    {
        var parts = PartsOf(rule);
        return new HsdsSchedule
        {
            Id = HsdsJson.Id(service, "schedule", index),
            ServiceId = service,
            ValidFrom = rule.From,
            ValidTo = rule.Until,
            Dtstart = rule.From,
            Until = rule.Until,
            Timezone = 9,
            Freq = parts.GetValueOrDefault("FREQ"),
            Interval = parts.TryGetValue("INTERVAL", out var interval) ? int.Parse(interval, CultureInfo.InvariantCulture) : null,
            Wkst = parts.GetValueOrDefault("WKST"),
            Byday = parts.GetValueOrDefault("BYDAY"),
            Bymonthday = parts.GetValueOrDefault("BYMONTHDAY"),
            OpensAt = rule.Starts?.ToString("HH:mm", CultureInfo.InvariantCulture),
            ClosesAt = rule.Ends?.ToString("HH:mm", CultureInfo.InvariantCulture),
            Description = rule.InJapanese(),
            Notes = closures,
        };
    }

    /// <summary>HSDS knows weekly and monthly only: every day is weekly on seven days, a single day the one of its week.</summary>
    private static Dictionary<string, string> PartsOf(ScheduleRule rule)
    {
        if (rule is { IsSingleDay: true, From: { } day })
        {
            return new() { ["FREQ"] = "WEEKLY", ["BYDAY"] = DayNames[((int)day.DayOfWeek + 6) % 7] };
        }

        if (!rule.Months.IsEmpty || rule.ToRRule() is not { } text)
        {
            return [];
        }

        var parts = text.Split(';').Select(part => part.Split('=')).ToDictionary(part => part[0], part => part[1]);
        if (parts["FREQ"] == "DAILY")
        {
            parts["FREQ"] = "WEEKLY";
            parts.TryAdd("BYDAY", string.Join(',', DayNames));
        }

        return parts;
    }
}
