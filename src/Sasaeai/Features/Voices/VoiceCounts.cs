using Microsoft.EntityFrameworkCore;
using Sasaeai.Features.Areas;

namespace Sasaeai.Features.Voices;

/// <param name="ZoneId">圏域; null: said nowhere, or outside all of them.</param>
/// <param name="Year">Fiscal year of the day on which it came.</param>
public sealed record VoiceCount(Guid? ZoneId, string? CategoryCode, int Year, int Count, int Unread);

/// <summary>Voices by 圏域, category and fiscal year. Counted by the area itself in the database, then added up to the 圏域 in which it lies, as the list of voices does.</summary>
public static class VoiceCounts
{
    public static async Task<IReadOnlyList<VoiceCount>> OfAsync(IQueryable<Voice> voices, AreaTree tree)
    {
        var zoneOf = tree.Of(AreaKind.LivingArea).SelectMany(zone => tree.WithDescendants([zone.Id]).Select(inside => (inside, zone.Id))).ToLookup(pair => pair.inside, pair => (Guid?)pair.Id);
        var counted = await voices.GroupBy(voice => new { voice.AreaId, voice.CategoryCode, Year = voice.CreatedAt.AddHours(9).AddMonths(-3).Year })
            .Select(group => new { group.Key.AreaId, group.Key.CategoryCode, group.Key.Year, Count = group.Count(), Unread = group.Count(voice => voice.ReadAt == null) }).ToListAsync();
        return
        [
            .. counted.SelectMany(row => (row.AreaId is { } area && zoneOf.Contains(area) ? zoneOf[area] : [null]).Select(zone => (Zone: zone, Row: row)))
                .GroupBy(one => (one.Zone, one.Row.CategoryCode, one.Row.Year)).Select(group => new VoiceCount(group.Key.Zone, group.Key.CategoryCode, group.Key.Year, group.Sum(one => one.Row.Count), group.Sum(one => one.Row.Unread))),
        ];
    }

    public static int Sum(this IEnumerable<VoiceCount> counts, Func<VoiceCount, bool> which) => counts.Where(which).Sum(count => count.Count);
}
