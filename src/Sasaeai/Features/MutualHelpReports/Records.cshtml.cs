using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Groups;
using Sasaeai.Features.HelpRequests;
using Sasaeai.Features.Shared;
using Sasaeai.Features.VisitReports;
using Sasaeai.Features.Visits;

namespace Sasaeai.Features.MutualHelpReports;

public enum FigureKind { Consultations, Adjustments, Visits, Unmet }

/// <summary>The records of which one figure of a group is made; for the group's own people.</summary>
public class RecordsModel(AppDb db, CurrentPerson person, AuditTrail trail) : PageModel
{
    public const int Size = 100;

    [BindProperty(SupportsGet = true)]
    public DateOnly From { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateOnly Until { get; set; }

    [BindProperty(SupportsGet = true)]
    public FigureKind What { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Category { get; set; }

    [BindProperty(SupportsGet = true, Name = PagerTagHelper.Parameter)]
    public int Number { get; set; } = 1;

    public HelpGroup Group { get; private set; } = null!;
    public IReadOnlyList<Row> Rows { get; private set; } = [];
    public int Total { get; private set; }
    public string Words { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync([FromQuery(Name = "group")] Guid groupId)
    {
        if (!ModelState.IsValid)
        {
            return NotFound();
        }

        Group = await db.ArrangeAsync(person, groupId);
        Words = HelpKind.Common.FirstOrDefault(kind => kind.Code == Category)?.Words ?? "";
        var rows = Found();
        Total = await rows.CountAsync();
        Number = Math.Clamp(Number, 1, Math.Max(1, (Total + Size - 1) / Size));
        Rows = await rows.OrderBy(row => row.Day).ThenBy(row => row.Id).Skip((Number - 1) * Size).Take(Size).ToListAsync();
        trail.Looked("help_request", groupId, $"集計のもとの記録（{Rows.Count}件）");
        return Page();
    }

    private IQueryable<Row> Found() => What switch
    {
        FigureKind.Visits =>
            from report in db.VisitReports.AsNoTracking()
            where report.GroupId == Group.Id && report.Day >= From && report.Day <= Until && report.WithdrawnAt == null && report.ApprovedAt != null && report.Result == VisitResult.Done
            join visit in db.Visits on report.VisitId equals visit.Id
            where Category == null || visit.CountedAs == Category
            join user in db.Members on visit.UserId equals user.Id
            select new Row { Id = report.Id, Noun = "visit-reports", Day = report.Day, User = user.Name, Category = visit.CategoryCode, Minutes = report.Minutes },
        FigureKind.Unmet =>
            from need in db.UnmetNeeds.AsNoTracking()
            where need.GroupId == Group.Id && need.NotedOn >= From && need.NotedOn <= Until && (Category == null || need.CountedAs == Category) && need.Answer != UnmetNeeds.ReferralAnswer.Taken
            join request in db.HelpRequests on need.RequestId equals request.Id
            join user in db.Members on request.UserId equals (Guid?)user.Id
            select new Row { Id = request.Id, Noun = "requests", Day = need.NotedOn, User = user.Name, Category = request.CategoryCode, Minutes = 0 },
        _ =>
            from request in db.HelpRequests.AsNoTracking()
            where request.GroupId == Group.Id && request.ReceivedOn >= From && request.ReceivedOn <= Until && request.Kind == (What == FigureKind.Adjustments ? RequestKind.Help : RequestKind.Consultation) && (Category == null || request.CountedAs == Category)
            join member in db.Members on request.UserId equals (Guid?)member.Id into users
            from user in users.DefaultIfEmpty()
            select new Row { Id = request.Id, Noun = "requests", Day = request.ReceivedOn, User = user == null ? "会員でない人" : user.Name, Category = request.CategoryCode, Minutes = 0 },
    };

    /// <summary>Initialised by name: a query can then be ordered by it.</summary>
    public sealed class Row
    {
        public required Guid Id { get; init; }
        public required string Noun { get; init; }
        public required DateOnly Day { get; init; }
        public required string User { get; init; }
        public required string Category { get; init; }
        public required int Minutes { get; init; }
    }
}
