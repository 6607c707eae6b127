using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.ActivityRecords;
using Sasaeai.Features.Resources;
using Sasaeai.Web;

namespace Sasaeai.Features.ActivityReports;

/// <summary>活動月報 and 年報: counted from the records each time; every figure opens its records.</summary>
public class ShowModel(AppDb db, ActivityDesk desk, CurrentPerson person) : PageModel
{
    public ReportSubject Subject { get; private set; } = null!;
    public string? PersonName { get; private set; }
    public IReadOnlyList<ReportTable> Tables { get; private set; } = [];
    public ActivityReport? Report { get; private set; }
    public bool MayWrite => person.CanWrite(Subject);

    public async Task OnGetAsync(string code, [FromQuery(Name = "person")] Guid? whose)
    {
        await LoadAsync(code, whose);
        Report = await db.ActivityReports.AsNoTracking().SingleOrDefaultAsync(report => report.Span == Subject.Span && report.StartsOn == Subject.From && report.AccountId == whose);
    }

    public async Task<IActionResult> OnGetTableAsync(string code, [FromQuery(Name = "person")] Guid? whose, TableFormat format)
    {
        await LoadAsync(code, whose);
        return this.Table(Subject.Title, format, ["表", "項目", "第1層相当", "第2層相当", "計", "分", "前年", "増減"],
            Tables.SelectMany(table => table.Rows, (table, row) => new object?[] { table.Title, row.Name, row.First, row.Second, row.Total, row.Minutes, row.Before, row.Difference }));
    }

    private async Task LoadAsync(string code, Guid? whose)
    {
        person.Require(person.CanRecord());
        Subject = ReportSubject.Read(code, whose) ?? throw new NotFoundException();
        PersonName = whose is { } account ? (await db.GetAsync<Account>(account)).Name : null;
        Tables = await Subject.TablesAsync(db, await desk.ListsAsync());
    }
}
