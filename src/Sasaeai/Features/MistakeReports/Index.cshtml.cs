using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Resources;
using Sasaeai.Features.Shared;
using Sasaeai.Features.Verifications;
using Sasaeai.Web;

namespace Sasaeai.Features.MistakeReports;

/// <summary>「情報が違います」: the open reports, the longest waiting first.</summary>
public class IndexModel(AppDb db, CurrentPerson person) : PageModel
{
    public const int PageSize = 50;

    [BindProperty(SupportsGet = true)]
    public bool Closed { get; set; }

    [BindProperty(SupportsGet = true, Name = PagerTagHelper.Parameter)]
    public int Number { get; set; } = 1;

    public IReadOnlyList<Row> Rows { get; private set; } = [];
    public int Total { get; private set; }

    public async Task OnGetAsync()
    {
        person.Require(person.IsStaff);
        var reports = Found();
        Total = await reports.CountAsync();
        Number = Math.Clamp(Number, 1, Math.Max(1, (Total + PageSize - 1) / PageSize));
        Rows = await reports.Skip((Number - 1) * PageSize).Take(PageSize).ToListAsync();
    }

    /// <summary>Without what was said and by whom, which stand on the report only.</summary>
    public async Task<IActionResult> OnGetTableAsync(TableFormat format)
    {
        person.Require(person.IsStaff);
        return this.Table("情報が違いますの連絡", format, ["資源", "届いた日", "受付番号", "状態", "終えた日", "終えた人"], (await Found().ToListAsync()).Select(row => new object?[]
        {
            row.Name, row.CreatedAt.Day(), row.Receipt, row.ClosedAt is not null ? "処理ずみ" : row.HasRevision ? "修正案の承認待ち" : "未処理", row.ClosedAt?.Day(), row.ClosedBy,
        }));
    }

    private IQueryable<Row> Found()
    {
        var state = Closed ? ReportState.Closed : ReportState.Open;
        var reports =
            from report in db.MistakeReports.AsNoTracking()
            join resource in db.Resources.AsNoTracking().WorkedBy(person) on report.ResourceId equals resource.Id
            where report.State == state
            select new { report, resource.Name };
        return (Closed ? reports.OrderByDescending(row => row.report.CreatedAt) : reports.OrderBy(row => row.report.CreatedAt)).ThenBy(row => row.report.Id)
            .Select(row => new Row(row.report.Id, row.report.Receipt, row.Name, row.report.CreatedAt, row.report.RevisionId != null, row.report.ClosedAt, row.report.ClosedBy));
    }

    public sealed record Row(Guid Id, string Receipt, string Name, DateTimeOffset CreatedAt, bool HasRevision, DateTimeOffset? ClosedAt, string? ClosedBy);
}
