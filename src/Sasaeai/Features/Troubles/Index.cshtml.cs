using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sasaeai.Features.Directory;
using Sasaeai.Web;

namespace Sasaeai.Features.Troubles;

/// <summary>All troubles of the town's list.</summary>
[AllowAnonymous, PublishedOnly, CachedUntilPublication]
public class IndexModel(PublicDirectory directory) : PageModel
{
    public TownDirectory Town { get; private set; } = null!;

    public async Task OnGetAsync(CancellationToken cancellation) => Town = (await directory.OpenAsync(cancellation)).Directory;
}
