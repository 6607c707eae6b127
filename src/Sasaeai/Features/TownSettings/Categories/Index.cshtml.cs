using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Categories;
using Sasaeai.Features.Resources;

namespace Sasaeai.Features.TownSettings.Categories;

public class IndexModel(AppDb db, CurrentPerson person) : PageModel
{
    public IReadOnlyList<Category> Rows { get; private set; } = [];

    public async Task OnGetAsync()
    {
        person.Require(person.IsOfficer);
        Rows = await db.Categories.AsNoTracking().OrderBy(category => category.Sort).ThenBy(category => category.Code).ToListAsync();
    }
}
