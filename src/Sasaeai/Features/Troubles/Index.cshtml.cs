using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sasaeai.Features.Categories;
using Sasaeai.Features.Directory;
using Sasaeai.Web;

namespace Sasaeai.Features.Troubles;

/// <summary>All troubles of the town's list, under the large category that meets each first.</summary>
[AllowAnonymous, PublishedOnly, CachedUntilPublication]
public class IndexModel(PublicDirectory directory) : PageModel
{
    public TownDirectory Town { get; private set; } = null!;

    public IReadOnlyList<(string Name, IReadOnlyList<Trouble> Troubles)> Groups =>
        [.. Town.Troubles.GroupBy(trouble => LargeCategoryOf(trouble)?.Name).OrderBy(group => group.Key is null).Select(group => (group.Key ?? "そのほか", (IReadOnlyList<Trouble>)[.. group]))];

    private Category? LargeCategoryOf(Trouble trouble) =>
        trouble.CategoryCodes.Select(Town.Category).OfType<Category>().FirstOrDefault() is { } first ? Town.Category(first.ParentCode) ?? first : null;

    public async Task OnGetAsync(CancellationToken cancellation) => Town = (await directory.OpenAsync(cancellation)).Directory;
}
