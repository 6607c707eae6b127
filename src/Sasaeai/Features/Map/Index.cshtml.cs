using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Sasaeai.Features.Directory;
using Sasaeai.Web;

namespace Sasaeai.Features.Map;

/// <summary>The hits of a search as points, and the same as a list by area: neither shows more than the other.</summary>
[AllowAnonymous, PublishedOnly, CachedUntilPublication("area", "category"), EnableRateLimiting(RateLimits.Search)]
public class IndexModel(PublicDirectory directory, Settings settings) : PageModel
{
    private const int Most = 2000;

    public Settings Settings => settings;
    public DirectoryToday Town { get; private set; } = null!;
    public SearchConditions Conditions { get; private set; } = new();
    public DirectoryResult Result { get; private set; } = null!;
    public ILookup<string, Entry> ByZone { get; private set; } = null!;

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        Town = await directory.OpenAsync(cancellation);
        Conditions = SearchConditions.Read(Request.Query).AsMeant(Town) with { Page = 1 };
        Result = Town.Search(Conditions.ToQuery(Town, Most));
        var entries = Town.Directory.Entries.ToDictionary(entry => (entry.MunicipalityId, entry.Id));
        ByZone = Result.Hits.Select(hit => entries[(hit.MunicipalityId, hit.Id)]).ToLookup(ZoneOf);
    }

    private string ZoneOf(Entry entry) =>
        entry.MunicipalityId != Town.Directory.Town.Id ? $"となりの{Town.Directory.TownOf(entry.MunicipalityId).Name}"
        : Town.Directory.Zones.FirstOrDefault(zone => entry.Areas.Contains(zone.Id))?.Name ?? "そのほか";
}
