using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;

namespace Sasaeai.Features.Meetings;

/// <summary>How many meetings were held, by what every table of counts asks for.</summary>
/// <param name="Label">The line of the table: 集計での名前, or the kind's name.</param>
/// <param name="KindCode">The kind when the line is a kind; null when it has a name of its own.</param>
/// <param name="Counted">Belongs to 推進会議等の開催回数.</param>
public sealed record MeetingCount(int FiscalYear, int Layer, Guid AreaId, string Label, string? KindCode, bool Counted, int Meetings);

/// <summary>地域ケア会議 of one kind and year, and in how many of them at least one coordinator took part (参加割合).</summary>
public sealed record CareShare(int FiscalYear, string KindCode, int Held, int Attended, int Coordinators)
{
    /// <summary>Half up, from whole numbers; null when none was held.</summary>
    public int? Percent => Held == 0 ? null : (200 * Attended + Held) / (2 * Held);
}

/// <summary>開催回数 of the fiscal years from–to: meetings that were held, that is neither cancelled nor still to come.</summary>
public sealed class MeetingCounts(IReadOnlyList<MeetingCount> counts, IReadOnlyList<CareShare> care)
{
    public IReadOnlyList<MeetingCount> All => counts;

    public IReadOnlyList<CareShare> Care => care;

    public static async Task<MeetingCounts> OfAsync(AppDb db, int fromYear, int toYear, DateOnly today)
    {
        var kinds = await MeetingKinds.LoadAsync(db, today);
        var held = db.Meetings.AsNoTracking().Where(meeting => meeting.FiscalYear >= fromYear && meeting.FiscalYear <= toYear && meeting.CancelledAt == null && meeting.HeldOn <= today);
        var groups = await held.GroupBy(meeting => new { meeting.FiscalYear, meeting.Layer, meeting.AreaId, meeting.Series, Kind = meeting.Series == "" ? meeting.KindCode : null, meeting.CountsAsCouncil })
            .Select(group => new { group.Key, Meetings = group.Count() }).ToListAsync();
        var care = await held.Where(meeting => meeting.KindCode.StartsWith(MeetingKinds.CarePrefix))
            .Select(meeting => new { meeting.FiscalYear, meeting.KindCode, Coordinators = db.Attendances.Count(one => one.MeetingId == meeting.Id && one.Kind == AttendeeKind.Coordinator && one.Present) })
            .GroupBy(meeting => new { meeting.FiscalYear, meeting.KindCode })
            .Select(group => new CareShare(group.Key.FiscalYear, group.Key.KindCode, group.Count(), group.Count(meeting => meeting.Coordinators > 0), group.Sum(meeting => meeting.Coordinators))).ToListAsync();
        return new(
            [.. groups.Select(group => new MeetingCount(group.Key.FiscalYear, group.Key.Layer, group.Key.AreaId, group.Key.Kind is { } kind ? kinds.Name(kind) : group.Key.Series, group.Key.Kind, group.Key.CountsAsCouncil, group.Meetings))],
            care);
    }

    /// <summary>推進会議等の開催回数（第n層）.</summary>
    public int OfLayer(int layer, int year) => counts.Where(count => count.Counted && count.Layer == layer && count.FiscalYear == year).Sum(count => count.Meetings);

    public int Of(Guid area, string label, int year) => counts.Where(count => count.AreaId == area && count.Label == label && count.FiscalYear == year).Sum(count => count.Meetings);

    public int Of(int layer, string label, int year) => counts.Where(count => count.Layer == layer && count.Label == label && count.FiscalYear == year).Sum(count => count.Meetings);

    /// <summary>The lines of an area: kinds first in the order of the town's list, then names of their own.</summary>
    public IEnumerable<(string Label, string? KindCode)> LinesOf(Guid area, IReadOnlyList<string> kinds) => Lines(counts.Where(count => count.AreaId == area), kinds);

    public IEnumerable<(string Label, string? KindCode)> LinesOf(int layer, IReadOnlyList<string> kinds) => Lines(counts.Where(count => count.Layer == layer), kinds);

    private static IEnumerable<(string Label, string? KindCode)> Lines(IEnumerable<MeetingCount> counts, IReadOnlyList<string> kinds) => counts
        .Select(count => (count.Label, count.KindCode)).Distinct().OrderBy(line => line.KindCode is null).ThenBy(line => kinds.ToList().IndexOf(line.KindCode ?? "")).ThenBy(line => line.Label, StringComparer.Ordinal);
}
