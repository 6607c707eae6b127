using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sasaeai.Data;
using Sasaeai.Web;

namespace Sasaeai.Features.Municipalities;

/// <summary>The towns on this server, by prefecture: what "/" shows outside a town.</summary>
[AllowAnonymous, PublishedOnly]
public class IndexModel(Towns towns) : PageModel
{
    public ILookup<string, Municipality> ByPrefecture { get; private set; } = null!;

    public async Task OnGetAsync(CancellationToken cancellation) =>
        ByPrefecture = (await towns.AllAsync(cancellation)).Where(town => town.Kind == MunicipalityKind.Municipality).ToLookup(town => town.Prefecture);
}
