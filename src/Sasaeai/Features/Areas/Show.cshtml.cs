using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sasaeai.Features.Categories;
using Sasaeai.Features.Directory;
using Sasaeai.Features.Resources;
using Sasaeai.Web;

namespace Sasaeai.Features.Areas;

/// <summary>What there is in one area, by category: on the screen and as a booklet.</summary>
[AllowAnonymous, PublishedOnly, CachedUntilPublication]
public class ShowModel(PublicDirectory directory, PublishedResources resources) : PageModel
{
    public const int Most = 500;

    public DirectoryToday Town { get; private set; } = null!;
    public Area Area { get; private set; } = null!;
    public int Total { get; private set; }
    public ILookup<Category, Listing> ByCategory { get; private set; } = null!;

    public async Task OnGetAsync(string code, CancellationToken cancellation)
    {
        Town = await directory.OpenAsync(cancellation);
        Area = Town.Directory.Areas.FindByCode(code) ?? throw new NotFoundException();
        var entries = Town.Entries.Where(entry => entry.Areas.Contains(Area.Id)).ToList();
        Total = entries.Count;
        var found = await resources.ReadAsync(entries.OrderBy(entry => entry.NameKey, StringComparer.Ordinal).Take(Most), cancellation);
        ByCategory = found.Values.Select(resource => new Listing(resource, Town, Town.Directory.Town.Id))
            .Select(listing => (Category: Town.Directory.Category(listing.Resource.Categories[0]), Listing: listing)).Where(pair => pair.Category is not null)
            .OrderBy(pair => pair.Category!.Sort).ThenBy(pair => pair.Listing.Resource.Kana, StringComparer.Ordinal).ThenBy(pair => pair.Listing.Resource.Name, StringComparer.Ordinal)
            .ToLookup(pair => pair.Category!, pair => pair.Listing);
    }
}
