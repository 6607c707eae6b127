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
    /// <summary>【現状・課題】 of the plan's years beside each indicator, newest year first.</summary>
    public ILookup<Guid, PlanText> Texts { get; private set; } = Enumerable.Empty<PlanText>().ToLookup(_ => Guid.Empty);
    public DateOnly Today => time.Today();
    public bool MayChange => person.CanChangePlans();

    public async Task OnGetAsync(Guid id)
    {
        Plan = await db.Plans.AsNoTracking().SingleOrDefaultAsync(plan => plan.Id == id) ?? throw new NotFoundException();
        person.Require(person.CanSeePlans());
        Figures = await PlanFigures.LoadAsync(db, time.Today(), Plan.FirstYear, Plan.LastYear);
        var texts = await db.PlanTexts.AsNoTracking().Where(text => text.IndicatorId != null && text.Kind == PlanTextKind.Situation && text.FiscalYear >= Plan.FirstYear && text.FiscalYear <= Plan.LastYear).ToListAsync();
        Texts = texts.GroupBy(text => (text.IndicatorId, text.FiscalYear)).Select(versions => versions.MaxBy(text => text.Version)!).Where(text => text.Text != "").OrderByDescending(text => text.FiscalYear).ToLookup(text => text.IndicatorId!.Value);
    }
}
