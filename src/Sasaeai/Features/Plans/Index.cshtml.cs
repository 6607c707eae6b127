using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Resources;

namespace Sasaeai.Features.Plans;

public class IndexModel(AppDb db, CurrentPerson person) : PageModel
{
    public IReadOnlyList<Plan> Rows { get; private set; } = [];
    public bool MayChange => person.CanChangePlans();

    public async Task OnGetAsync()
    {
        person.Require(person.CanSeePlans());
        Rows = await db.Plans.AsNoTracking().OrderByDescending(plan => plan.Number).Take(60).ToListAsync();
    }
}
