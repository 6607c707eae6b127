using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sasaeai.Web;

namespace Sasaeai.Features.Hsds;

/// <summary>オープンデータ: for people who write programs that read the directory.</summary>
[AllowAnonymous, PublishedOnly, CachedUntilPublication]
public class IndexModel : PageModel
{
    public string Address { get; private set; } = "";

    public void OnGet() => Address = HsdsEndpoints.AddressOf(Request);
}
