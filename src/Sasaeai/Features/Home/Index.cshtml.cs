using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sasaeai.Features.Categories;
using Sasaeai.Features.Directory;
using Sasaeai.Features.Troubles;
using Sasaeai.Web;

namespace Sasaeai.Features.Home;

/// <summary>The first page of a town: what is the trouble?</summary>
[AllowAnonymous, PublishedOnly, CachedUntilPublication]
public class IndexModel(PublicDirectory directory) : PageModel
{
    private const int MostTroubles = 10;

    public DirectoryToday Town { get; private set; } = null!;
    public IEnumerable<Trouble> Troubles { get; private set; } = [];
    public int Places { get; private set; }
    public DateOnly? LastVerified { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        Town = await directory.OpenAsync(cancellation);
        // One of each sort first: ten ways of saying "housework" would hide that there is a ride to the doctor.
        var all = Town.Directory.Troubles;
        Troubles = all.DistinctBy(TroubleIcon.Of).Union(all).Take(MostTroubles).OrderBy(trouble => trouble.Sort);
        (Places, LastVerified) = (Town.Entries.Count(), Town.Entries.Max(entry => entry.VerifiedOn));
    }
}
