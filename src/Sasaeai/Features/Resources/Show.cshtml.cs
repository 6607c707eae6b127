using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sasaeai.Features.Directory;
using Sasaeai.Web;

namespace Sasaeai.Features.Resources;

/// <summary>All that the public may know of one resource, first when that was verified.</summary>
[AllowAnonymous, PublishedOnly, CachedUntilPublication]
public class ShowModel(PublicDirectory directory, PublishedResources resources) : PageModel
{
    public Listing Listing { get; private set; } = null!;

    public async Task OnGetAsync(Guid id, CancellationToken cancellation)
    {
        var town = await directory.OpenAsync(cancellation);
        Listing = new(await resources.FindAsync(town, id, cancellation) ?? throw new NotFoundException(), town, town.Directory.Town.Id);
    }
}
