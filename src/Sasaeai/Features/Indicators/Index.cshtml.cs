using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Plans;
using Sasaeai.Features.Resources;
using Sasaeai.Japanese;
using Sasaeai.Web;

namespace Sasaeai.Features.Indicators;

/// <summary>The definition cards of the town, and all figures of a plan as one table to take away.</summary>
public class IndexModel(AppDb db, CurrentPerson person, TimeProvider time) : PageModel
{
    public IReadOnlyList<IndicatorDefinition> Rows { get; private set; } = [];
    public bool MayChange => person.CanChangePlans();
    public int PlanNumber => Plan.NumberOf(FiscalYear.Of(time.Today()).Year);

    public async Task OnGetAsync()
    {
        person.Require(person.CanSeePlans());
        Rows = await (from indicator in db.Indicators
                      join definition in db.IndicatorDefinitions on new { Id = indicator.Id, indicator.Version } equals new { Id = definition.IndicatorId, definition.Version }
                      orderby indicator.Sort, indicator.Id
                      select definition).AsNoTracking().Take(500).ToListAsync();
    }

    public async Task<IActionResult> OnGetTableAsync(int plan, TableFormat format)
    {
        person.Require(person.CanSeePlans());
        Rule.Require(plan is >= 1 and <= 60, "期を選び直してください。");
        var years = Enumerable.Range(Plan.FirstYearOf(plan), Plan.Years).ToList();
        var figures = await PlanFigures.LoadAsync(db, time.Today(), years[0], years[^1]);
        var rows = from indicator in figures.Indicators
                   from year in years
                   let definition = figures.DefinitionOf(indicator.Id, year)
                   from layer in definition.Layers
                   let cell = figures.Of(definition, new Cell(year, layer))
                   select new object?[]
                   {
                       definition.Name, definition.Unit, layer.Words(), new FiscalYear(year).Label, Number(cell.Target), Number(cell.Forecast), Number(cell.Result), cell.Result?.Denominator,
                       cell.Result is null ? "" : cell.IsCounted ? "記録から" : "人が入力", cell.Standing.Words(), definition.Counting,
                   };
        return this.Table($"{Plan.PeriodOf(plan)}計画 目標と実績", format, ["指標", "単位", "層", "年度", "目標", "見込", "実績", "実績の分母", "実績の出どころ", "達成", "数え方"], rows);
    }

    /// <summary>The count itself: a share is taken away as its two counts, so that it can be added.</summary>
    private static decimal? Number(Quantity? quantity) => quantity?.Numerator;
}
