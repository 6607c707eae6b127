using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Areas;
using Sasaeai.Features.Plans;
using Sasaeai.Features.Resources;
using Sasaeai.Japanese;

namespace Sasaeai.Features.Indicators;

/// <summary>The definition card, the series of each of its versions, the areas side by side, and what was written beside it.</summary>
public class ShowModel(AppDb db, CurrentPerson person, TimeProvider time) : PageModel
{
    public Indicator Indicator { get; private set; } = null!;
    public PlanFigures Figures { get; private set; } = null!;
    /// <summary>Newest version first.</summary>
    public IReadOnlyList<IndicatorDefinition> Definitions { get; private set; } = [];
    public IReadOnlyList<Area> Zones { get; private set; } = [];
    public IReadOnlyList<PlanText> Texts { get; private set; } = [];
    public bool MayChange => person.CanChangePlans();

    /// <summary>The end of the period that runs, or of one that is already planned.</summary>
    public int LastYear { get; private set; }

    public IEnumerable<int> YearsOf(IndicatorDefinition definition)
    {
        var next = Definitions.LastOrDefault(later => later.Version > definition.Version)?.FromYear ?? LastYear + 1;
        var (from, to) = (definition.FromYear, Math.Max(definition.FromYear, Math.Min(next - 1, LastYear)));
        return Enumerable.Range(Math.Max(from, to - 11), Math.Min(12, to - from + 1));
    }

    public async Task OnGetAsync(Guid id)
    {
        Indicator = await db.Indicators.AsNoTracking().SingleOrDefaultAsync(indicator => indicator.Id == id) ?? throw new NotFoundException();
        person.Require(person.CanSeePlans());
        var planned = await db.Plans.MaxAsync(plan => (int?)plan.Number) ?? 0;
        LastYear = Plan.FirstYearOf(Math.Max(planned, Plan.NumberOf(FiscalYear.Of(time.Today()).Year))) + Plan.Years - 1;
        var from = await db.IndicatorDefinitions.Where(definition => definition.IndicatorId == id).MinAsync(definition => definition.FromYear);
        Figures = await PlanFigures.LoadAsync(db, time.Today(), Math.Max(from, LastYear - 23), LastYear, id);
        Definitions = [.. Figures.DefinitionsOf(id).Reverse()];
        Zones = [.. Figures.Areas.Of(AreaKind.LivingArea)];
        Texts = await db.PlanTexts.AsNoTracking().Where(text => text.IndicatorId == id && !db.PlanTexts.Any(later => later.IndicatorId == id && later.FiscalYear == text.FiscalYear && later.Kind == text.Kind && later.Version > text.Version) && text.Text != "")
            .OrderByDescending(text => text.FiscalYear).Take(50).ToListAsync();
    }
}
