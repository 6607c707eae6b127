using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Sasaeai.Data;
using Sasaeai.Features.Resources.Schedules;
using Sasaeai.Japanese;

namespace Sasaeai.Features.HelpRequests;

/// <summary>When a help comes again: own days or the district's rubbish days, every n weeks, with pauses.</summary>
public sealed record SeriesTimes(Schedule Schedule, int EveryWeeks, Guid? RubbishId, DateOnly StartsOn, DateOnly? EndsOn, TimeOnly Earliest, TimeOnly Latest, bool HolidaysOff = false)
{
    public void Check()
    {
        Rule.Require(RubbishId is not null || Schedule.Rules.Count > 0, "曜日を選ぶか、ゴミの日を選んでください。");
        Rule.Require(EveryWeeks is >= 1 and <= 8, "何週ごとかは1から8までにしてください。");
        Rule.Require(EndsOn is null || EndsOn >= StartsOn, "終わりの日が、始まりの日より前になっています。");
        Rule.Require(Latest >= Earliest, "遅い時刻が、早い時刻より前になっています。");
        foreach (var problem in Schedule.Problems())
        {
            Rule.Require(false, problem);
        }
    }
}

/// <summary>定期の依頼. Its visits are made some weeks ahead.</summary>
public class HelpSeries : TownRecord
{
    private HelpSeries()
    {
    }

    public HelpSeries(HelpRequest request, SeriesTimes times)
    {
        (GroupId, RequestId) = (request.GroupId, request.Id);
        Change(times, request.Minutes, request.Helpers);
        Version = 1;
    }

    public Guid GroupId { get; private init; }
    public Guid RequestId { get; private init; }
    public Schedule Schedule { get; private set; } = new();
    public int EveryWeeks { get; private set; } = 1;
    public Guid? RubbishId { get; private set; }
    /// <summary>No visit on a holiday although the rubbish is collected; for own days the schedule's rule says it.</summary>
    public bool HolidaysOff { get; private set; }
    public DateOnly StartsOn { get; private set; }
    public DateOnly? EndsOn { get; private set; }
    public TimeOnly Earliest { get; private set; }
    public TimeOnly Latest { get; private set; }
    public int Minutes { get; private set; }
    public short Helpers { get; private set; }
    /// <summary>The last day for which visits were made.</summary>
    public DateOnly? MadeUntil { get; private set; }
    public DateTimeOffset? EndedAt { get; private set; }
    public int Version { get; private set; }

    public void Change(SeriesTimes times, int minutes, int helpers)
    {
        times.Check();
        Rule.Require(EndedAt is null, "この定期の依頼は終わっています。");
        (Schedule, EveryWeeks, RubbishId, StartsOn, EndsOn, Earliest, Latest) = (times.Schedule, times.EveryWeeks, times.RubbishId, times.StartsOn, times.EndsOn, times.Earliest, times.Latest);
        (Minutes, Helpers, HolidaysOff) = (minutes, (short)helpers, times.HolidaysOff && times.RubbishId is not null);
        Version++;
    }

    /// <summary>The request was opened again.</summary>
    public void Resume()
    {
        EndedAt = null;
        Version++;
    }

    public void End(DateTimeOffset now)
    {
        Rule.Require(EndedAt is null, "この定期の依頼は、すでに終わっています。");
        EndedAt = now;
        Version++;
    }

    public void Made(DateOnly until) => MadeUntil = until;

    /// <summary>Somebody gave the visit another day or time than the series did.</summary>
    public bool WasMoved(Visits.Visit visit) => visit.FromDay != visit.SeriesDay || visit.UntilDay != visit.SeriesDay || (visit.Earliest, visit.Latest, visit.Minutes, visit.Helpers) != (Earliest, Latest, Minutes, Helpers);

    /// <summary>The series is on and no pause lies on the day, whatever its weekdays are.</summary>
    public bool MayBeOn(DateOnly day) => EndedAt is null && day >= StartsOn && (EndsOn is null || day <= EndsOn) && !Schedule.IsClosedOn(day);

    /// <summary>The days of the series, both ends included.</summary>
    /// <param name="rubbish">The days that it follows (<see cref="RubbishId"/>), or null.</param>
    public IEnumerable<DateOnly> DaysBetween(DateOnly from, DateOnly until, RubbishDays? rubbish, Holidays holidays)
    {
        var (first, last) = (from > StartsOn ? from : StartsOn, EndsOn < until ? EndsOn.Value : until);
        var schedule = rubbish is null ? Schedule : rubbish.Schedule with { Closures = [.. rubbish.Schedule.Closures, .. Schedule.Closures] };
        var week = StartsOn.DayNumber / 7;      // weeks begin on Monday, day 0 being one
        return EndedAt is not null || first > last ? [] : schedule.Between(first, last, holidays).Select(occurrence => occurrence.Day).Distinct().Where(day => (day.DayNumber / 7 - week) % EveryWeeks == 0 && !(HolidaysOff && holidays.Contains(day)));
    }

    /// <summary>「毎週 火・金、10:00から」.</summary>
    public string InJapanese(RubbishDays? rubbish) => string.Join("、", new[]
    {
        (EveryWeeks > 1 ? $"{EveryWeeks}週ごとの " : "") + (rubbish is null ? Schedule.InJapanese().ReplaceLineEndings("、") : $"{rubbish.Name}の日（{rubbish.Schedule.InJapanese().ReplaceLineEndings("、")}）"),
        Earliest == Latest ? $"{Earliest:H:mm}から" : $"{Earliest:H:mm}から{Latest:H:mm}の間に始める", $"{Minutes}分",
        HolidaysOff ? "祝日は休み" : "", EndsOn is { } ends ? $"{Wareki.Date(ends)}まで" : "",
    }.Where(part => part != ""));
}

public class HelpSeriesMapping : IEntityTypeConfiguration<HelpSeries>
{
    public void Configure(EntityTypeBuilder<HelpSeries> builder)
    {
        builder.Property<uint>("xmin").IsRowVersion();
        builder.Property(series => series.Schedule).IsJson();
    }
}
