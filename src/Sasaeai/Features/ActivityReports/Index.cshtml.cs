using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.ActivityRecords;
using Sasaeai.Features.Resources;
using Sasaeai.Japanese;

namespace Sasaeai.Features.ActivityReports;

/// <summary>The months and fiscal years of which there is a report.</summary>
public class IndexModel(AppDb db, CurrentPerson person, TimeProvider time) : PageModel
{
    private const int MonthsShown = 14, MostYears = 20;

    [BindProperty(SupportsGet = true)]
    public Guid? Person { get; set; }

    public IReadOnlyList<SelectListItem> People { get; private set; } = [];
    public IReadOnlyList<ReportSubject> Months { get; private set; } = [];
    public IReadOnlyList<ReportSubject> Years { get; private set; } = [];

    public async Task OnGetAsync()
    {
        person.Require(person.CanRecord());
        People = await ActivityRecords.IndexModel.RecordersAsync(db);
        var today = time.Today();
        var first = await db.ActivityRecords.Where(record => record.CompletedAt != null).OrderBy(record => record.OnDay).Select(record => (DateOnly?)record.OnDay).FirstOrDefaultAsync() ?? today;
        var (from, to) = (FiscalYear.Of(first).Year, FiscalYear.Of(today).Year);
        Months = [.. Enumerable.Range(0, MonthsShown).Select(back => new ReportSubject(ReportSpan.Month, new DateOnly(today.Year, today.Month, 1).AddMonths(-back), Person))];
        Years = [.. Enumerable.Range(0, Math.Min(MostYears, to - from + 1)).Select(back => new ReportSubject(ReportSpan.Year, new FiscalYear(to - back).Starts, Person))];
    }
}
