using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Areas;
using Sasaeai.Features.Plans;
using Sasaeai.Features.Resources;
using Sasaeai.Japanese;
using Sasaeai.Web;

namespace Sasaeai.Features.Indicators;

/// <summary>The definition cards of the town, and all figures of a plan as one table to take away.</summary>
public class IndexModel(AppDb db, CurrentPerson person, TimeProvider time) : PageModel
{
    public IReadOnlyList<IndicatorDefinition> Rows { get; private set; } = [];
    /// <summary>The last year of those that ended.</summary>
    public IReadOnlyDictionary<Guid, int> Ended { get; private set; } = new Dictionary<Guid, int>();
    public bool MayChange => person.CanChangePlans();
    public int PlanNumber => Plan.NumberOf(FiscalYear.Of(time.Today()).Year);

    public async Task OnGetAsync() => await LoadAsync();

    /// <summary>The definition cards that hold now.</summary>
    public async Task<IActionResult> OnGetCardsAsync(TableFormat format)
    {
        await LoadAsync();
        return this.Table("指標の決まり", format, ["指標", "単位", "層", "数え方", "実績の出どころ", "入力する人", "よい向き", "目標の出典", "いつの年度から", "いつの年度まで", "版", "変えた理由"], Rows.Select(row => new object?[]
        {
            row.Name, row.Unit, row.Layer.Words(), row.Counting, row.Rule?.Name ?? "人が入力", row.EnteredBy, row.Direction.Words(), row.Source, new FiscalYear(row.FromYear).Label, Ended.TryGetValue(row.IndicatorId, out var last) ? new FiscalYear(last).Label : "", row.Version, row.Reason,
        }));
    }

    private async Task LoadAsync()
    {
        person.Require(person.CanSeePlans());
        Rows = await (from indicator in db.Indicators
                      join definition in db.IndicatorDefinitions on new { Id = indicator.Id, indicator.Version } equals new { Id = definition.IndicatorId, definition.Version }
                      orderby indicator.Sort, indicator.Id
                      select definition).AsNoTracking().Take(500).ToListAsync();
        Ended = await db.Indicators.AsNoTracking().Where(indicator => indicator.LastYear != null).ToDictionaryAsync(indicator => indicator.Id, indicator => indicator.LastYear!.Value);
        Rows = [.. Rows.OrderBy(row => Ended.ContainsKey(row.IndicatorId))];
    }

    public async Task<IActionResult> OnGetTableAsync(int plan, TableFormat format)
    {
        person.Require(person.CanSeePlans());
        Rule.Require(plan is >= 1 and <= 60, "期を選び直してください。");
        var years = Enumerable.Range(Plan.FirstYearOf(plan), Plan.Years).ToList();
        var figures = await PlanFigures.LoadAsync(db, time.Today(), years[0], years[^1]);
        var rows = from indicator in figures.IndicatorsOf(years)
                   from year in years
                   let definition = figures.DefinitionOf(indicator.Id, year)
                   from layer in definition.Layers
                   from zone in figures.Areas.Of(AreaKind.LivingArea).Prepend(null)
                   let cell = figures.Of(definition, new Cell(year, layer, zone?.Id))
                   where zone is null || (cell.Target ?? cell.Forecast ?? cell.Result) is not null
                   select new object?[]
                   {
                       definition.Name, definition.Unit, layer.Words(), zone?.Name ?? "市町村全体", new FiscalYear(year).Label, Number(cell.Target), cell.Target?.Denominator, Number(cell.Forecast), cell.Forecast?.Denominator,
                       Number(cell.Result), cell.Result?.Denominator, cell.Result is null ? "" : cell.IsCounted ? "記録から" : cell.IsAdded ? "人が入力した数の合計" : "人が入力", cell.Standing.Words(), definition.Counting,
                   };
        return this.Table($"{Plan.PeriodOf(plan)}計画 目標と実績", format, ["指標", "単位", "層", "圏域", "年度", "目標", "目標の分母", "見込", "見込の分母", "実績", "実績の分母", "実績の出どころ", "達成", "数え方"], rows);
    }

    /// <summary>The count itself: a share is taken away as its two counts, so that it can be added.</summary>
    private static decimal? Number(Quantity? quantity) => quantity?.Count;
}
