using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sasaeai.Features.Directory;
using Sasaeai.Web;

namespace Sasaeai.Features.Accessibility;

[AllowAnonymous, PublishedOnly, CachedUntilPublication]
public class IndexModel(PublicDirectory directory) : PageModel
{
    public TownDirectory Town { get; private set; } = null!;

    public async Task OnGetAsync(CancellationToken cancellation) => Town = (await directory.OpenAsync(cancellation)).Directory;
}
