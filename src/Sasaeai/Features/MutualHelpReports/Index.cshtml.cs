using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Resources;
using Sasaeai.Japanese;
using Sasaeai.Web;

namespace Sasaeai.Features.MutualHelpReports;

/// <summary>助け合いの集計: a month, a year or any months between, of the town, a district or a group.</summary>
public class IndexModel(AppDb db, HelpFigures figures, CurrentTown town, CurrentPerson person, TimeProvider time) : PageModel
{
    /// <summary>「2026-04」: first and last month.</summary>
    [BindProperty(SupportsGet = true)]
    public string? From { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Until { get; set; }

    [BindProperty(SupportsGet = true)]
    public Guid? Group { get; set; }

    [BindProperty(SupportsGet = true)]
    public Guid? Area { get; set; }

    public MutualHelpReport Report { get; private set; } = null!;
    public ReportMask Mask { get; private set; } = new(0);
    public IReadOnlyList<SelectListItem> Groups { get; private set; } = [];
    public IReadOnlyList<SelectListItem> Areas { get; private set; } = [];

    /// <summary>The only group shown, when its records may be opened.</summary>
    public ReportGroup? Opened => Report.Groups is [var only] && person.Opens(only) ? only : null;

    public Task OnGetAsync() => LoadAsync();

    public async Task<IActionResult> OnGetTableAsync(TableFormat format)
    {
        await LoadAsync();
        return this.Table($"助け合いの集計{From}から{Until}", format, MutualHelpFiles.Columns, MutualHelpFiles.RowsWithNotes(Report, Mask));
    }

    /// <summary>The address of the records behind a figure.</summary>
    public string RecordsOf(string what, string? category = null) => $"mutual-help-reports/records?group={Opened!.Id}&from={Report.From:yyyy-MM-dd}&until={Report.Until:yyyy-MM-dd}&what={what}" + (category is null ? "" : $"&category={category}");

    private async Task LoadAsync()
    {
        person.Require(person.CanSeeMutualHelp());
        var (first, last) = (MonthOf(From) ?? FiscalYear.Of(time.Today()).Starts, MonthOf(Until) ?? new DateOnly(time.Today().Year, time.Today().Month, 1));
        last = last < first ? first : last > first.AddMonths(119) ? first.AddMonths(119) : last;
        (From, Until) = ($"{first:yyyy-MM}", $"{last:yyyy-MM}");
        var all = (await figures.ReportAsync(town.Municipality.Name, first, last.AddMonths(1).AddDays(-1))).Of(person.Counts);
        Groups = [.. all.Groups.Select(group => new SelectListItem(group.Name, $"{group.Id}", group.Id == Group))];
        Areas = [.. all.Groups.Where(group => group.AreaId is not null).DistinctBy(group => group.AreaId).Select(group => new SelectListItem(group.Area, $"{group.AreaId}", group.AreaId == Area))];
        Report = Group is null && Area is null ? all : all.Of(group => (Group is null || group.Id == Group) && (Area is null || group.AreaId == Area));
        if (!Report.Groups.All(person.Opens))
        {
            Mask = new ReportMask((await db.RuleAsync()).SmallCount);
        }
    }

    private static DateOnly? MonthOf(string? text) => DateOnly.TryParseExact(text + "-01", "yyyy-MM-dd", out var month) && month.Year is > 1990 and < 2190 ? month : null;
}
