using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Areas;
using Sasaeai.Features.Indicators;
using Sasaeai.Features.Plans;
using Sasaeai.Features.Resources;
using Sasaeai.Features.Shared;
using Sasaeai.Japanese;
using Sasaeai.Web;

namespace Sasaeai.Features.Counts;

/// <summary>The records behind a figure: the same query that makes the figure.</summary>
public class IndexModel(AppDb db, CurrentPerson person, TimeProvider time) : PageModel
{
    public const int PageSize = 100;

    [BindProperty(SupportsGet = true, Name = "rule")]
    public string RuleCode { get; set; } = CountingRules.CouncilMeetings.Code;

    [BindProperty(SupportsGet = true)]
    public int? Year { get; set; }

    [BindProperty(SupportsGet = true)]
    public IndicatorLayer? Layer { get; set; }

    [BindProperty(SupportsGet = true)]
    public Guid? Area { get; set; }

    [BindProperty(SupportsGet = true)]
    public List<string> Kinds { get; set; } = [];

    [BindProperty(SupportsGet = true, Name = PagerTagHelper.Parameter)]
    public int Number { get; set; } = 1;

    public CountingRule Counting { get; private set; } = null!;
    public AreaTree Areas { get; private set; } = null!;
    public Quantity? Figure { get; private set; }
    public int Total { get; private set; }
    public IReadOnlyList<Counted> Rows { get; private set; } = [];
    public IReadOnlyDictionary<string, string> KindNames { get; private set; } = new Dictionary<string, string>();
    public FiscalYear FiscalYear => new(Year ?? Japanese.FiscalYear.Of(time.Today()).Year);
    public DateOnly Today => time.Today();
    public bool MayOpen => person.IsStaff;

    public string? LayerName => Layer switch { IndicatorLayer.First => "第1層", IndicatorLayer.Second => "第2層", _ => null };

    public async Task OnGetAsync()
    {
        var found = await FoundAsync();
        Total = await found.CountAsync();
        var sums = await found.GroupBy(_ => 1).Select(all => new { Numerator = all.Sum(record => (long)record.Numerator), Denominator = all.Sum(record => (long)record.Denominator) }).SingleOrDefaultAsync();
        Figure = sums is null || Counting.IsShare && sums.Denominator == 0 ? null : new Quantity(sums.Numerator, Counting.IsShare ? sums.Denominator : null);
        Number = Math.Clamp(Number, 1, Math.Max(1, (Total + PageSize - 1) / PageSize));
        Rows = await found.Skip((Number - 1) * PageSize).Take(PageSize).ToListAsync();
    }

    public async Task<IActionResult> OnGetTableAsync(TableFormat format)
    {
        var rows = await (await FoundAsync()).ToListAsync();
        return this.Table($"{Counting.Name} {FiscalYear.Label}", format, ["日", "層", "地域", "種類", "件名", Counting.IsShare ? "分子" : "数", .. Counting.IsShare ? new[] { "分母" } : []],
            rows.Select(row => new object?[] { row.Day, row.Layer, Areas.Find(row.AreaId)?.Name, KindNames.GetValueOrDefault(row.Kind, row.Kind), row.Title, row.Numerator, row.Denominator }[..(Counting.IsShare ? 7 : 6)]));
    }

    private async Task<IQueryable<Counted>> FoundAsync()
    {
        person.Require(person.CanSeePlans());
        Counting = CountingRules.Find(RuleCode) ?? throw new NotFoundException();
        if (FiscalYear.Year is < 2000 or > 2199)
        {
            throw new NotFoundException();
        }

        Areas = await AreaTree.LoadAsync(db, time.Today());
        KindNames = (await Counting.KindsAsync(db)).ToDictionary(kind => kind.Code, kind => kind.Name);
        var found = Counting.Records(db, CountSpan.Of(FiscalYear.Year, FiscalYear.Year, time.Today()), Kinds);
        found = Layer is IndicatorLayer.First or IndicatorLayer.Second ? found.Where(record => record.Layer == (Layer == IndicatorLayer.First ? 1 : 2)) : found;
        if (Area is { } area)
        {
            var inside = Areas.WithDescendants([area]).Select(id => (Guid?)id).ToArray();
            found = found.Where(record => inside.Contains(record.AreaId));
        }

        return found.OrderBy(record => record.Day).ThenBy(record => record.Id);
    }
}
