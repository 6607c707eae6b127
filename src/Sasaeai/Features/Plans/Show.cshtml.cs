using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Indicators;
using Sasaeai.Features.Resources;

namespace Sasaeai.Features.Plans;

/// <summary>計画進捗表: every indicator of the plan with target, forecast and result of its three years.</summary>
public class ShowModel(AppDb db, CurrentPerson person, TimeProvider time) : PageModel
{
    public Plan Plan { get; private set; } = null!;
    public PlanFigures Figures { get; private set; } = null!;
    public DateOnly Today => time.Today();
    public bool MayChange => person.CanChangePlans();

    public async Task OnGetAsync(Guid id)
    {
        Plan = await db.Plans.AsNoTracking().SingleOrDefaultAsync(plan => plan.Id == id) ?? throw new NotFoundException();
        person.Require(person.CanSeePlans());
        Figures = await PlanFigures.LoadAsync(db, time.Today(), Plan.FirstYear, Plan.LastYear);
    }
}
