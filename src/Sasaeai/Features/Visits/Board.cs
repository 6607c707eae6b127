using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.HelpRequests;

namespace Sasaeai.Features.Visits;

/// <summary>What is to be done about a group's visits, most urgent first.</summary>
public sealed record Board(IReadOnlyList<Board.Row> Rows, DateOnly Today, int LateDays)
{
    private const int Most = 300;
    public const int DaysAhead = 14;

    public IEnumerable<Row> Late => Rows.Where(row => row.Visit.State == VisitState.Assigned && row.Visit.DueDay <= Today.AddDays(-LateDays));
    public IEnumerable<Row> Awaited => Rows.Where(row => row.Visit.State == VisitState.Assigned && row.Visit.DueDay < Today && row.Visit.DueDay > Today.AddDays(-LateDays));
    public IEnumerable<Row> Missed => Rows.Where(row => row.Visit.State == VisitState.Open && row.Visit.DueDay < Today);
    public IEnumerable<Row> Reported => Rows.Where(row => row.Visit.State == VisitState.Reported);
    public IEnumerable<Row> Unfilled => Rows.Where(row => row.Visit.State == VisitState.Open && row.Visit.DueDay >= Today);
    public IEnumerable<Row> OfToday => Rows.Where(row => row.Visit.State != VisitState.Open && row.Visit.DueDay == Today);
    public IEnumerable<Row> Coming => Rows.Where(row => row.Visit.State == VisitState.Assigned && row.Visit.DueDay > Today);

    public static async Task<Board> LoadAsync(AppDb db, Guid groupId, DateOnly today)
    {
        var rule = await HelpRule.OfAsync(db, groupId);
        var until = today.AddDays(DaysAhead);
        var rows = await (
            from visit in db.Visits.AsNoTracking()
            where visit.GroupId == groupId && (visit.State == VisitState.Open || visit.State == VisitState.Assigned || visit.State == VisitState.Reported) && visit.DueDay <= until
            join user in db.Members on visit.UserId equals user.Id
            join request in db.HelpRequests on visit.RequestId equals request.Id
            orderby visit.DueDay, visit.Starts ?? visit.Earliest, visit.Id
            select new { visit, user.Name, request.Detail }).Take(Most).ToListAsync();
        var ids = rows.Select(row => row.visit.Id).ToList();
        var helpers = (await (from assignment in db.Assignments where ids.Contains(assignment.VisitId) && assignment.EndedAt == null join helper in db.Members on assignment.MemberId equals helper.Id orderby assignment.Place select new { assignment.VisitId, helper.Name }).ToListAsync()).ToLookup(row => row.VisitId, row => row.Name);
        var reports = await db.VisitReports.Where(report => ids.Contains(report.VisitId) && report.WithdrawnAt == null).ToDictionaryAsync(report => report.VisitId, report => report.Id);
        return new Board([.. rows.Select(row => new Row(row.visit, row.Name, row.Detail, [.. helpers[row.visit.Id]], reports.TryGetValue(row.visit.Id, out var report) ? report : null))], today, rule.Content.LateDays);
    }

    public sealed record Row(Visit Visit, string User, string Detail, IReadOnlyList<string> Helpers, Guid? ReportId);
}
