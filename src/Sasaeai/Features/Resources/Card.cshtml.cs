using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Authorization;
using Sasaeai.Features.Directory;
using Sasaeai.Web;

namespace Sasaeai.Features.Resources;

/// <summary>One sheet of A4 in large type, to take home or to put on the refrigerator.</summary>
[AllowAnonymous, PublishedOnly, CachedUntilPublication]
public class CardModel(PublicDirectory directory, PublishedResources resources, Settings settings) : PageModel
{
    public Listing Listing { get; private set; } = null!;
    public Uri Address { get; private set; } = null!;

    public async Task OnGetAsync(Guid id, CancellationToken cancellation)
    {
        var town = await directory.OpenAsync(cancellation);
        Listing = new(await resources.FindAsync(town, id, cancellation) ?? throw new NotFoundException(), town, town.Directory.Town.Id);
        Address = settings.AddressOf(Request, $"/resources/{id}");
    }
}
