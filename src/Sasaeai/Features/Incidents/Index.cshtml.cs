using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Groups;
using Sasaeai.Features.VisitReports;
using Sasaeai.Features.Visits;
using VisitReport = Sasaeai.Features.VisitReports.VisitReport;

namespace Sasaeai.Features.Incidents;

/// <summary>Near misses and accidents, newest first: to talk over in the group.</summary>
public class IndexModel(AppDb db, CurrentPerson person, AuditTrail trail) : PageModel
{
    public HelpGroup Group { get; private set; } = null!;
    public IReadOnlyList<VisitReport> Rows { get; private set; } = [];

    public async Task OnGetAsync(Guid id)
    {
        Group = await db.ArrangeAsync(person, id);
        Rows = await db.VisitReports.AsNoTracking().Where(report => report.GroupId == id && report.Incident != Incident.None && report.WithdrawnAt == null).OrderByDescending(report => report.Day).Take(200).ToListAsync();
        trail.Looked("visit_report", id, $"ひやりとしたこと・事故の一覧（{Rows.Count}件）");
    }
}
