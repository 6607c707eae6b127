using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.HelpRequests;
using Sasaeai.Features.Members;
using Sasaeai.Features.Resources;
using Sasaeai.Features.Visits;

namespace Sasaeai.Features.HelperLinks;

/// <summary>What a helper sees by the own link. Address and notes of a user only from acceptance until some hours after the visit's closing.</summary>
public sealed record HelperPage(HelperLink Link, Member Helper, string GroupName, string GroupPhone, IReadOnlyList<HelperPage.Row> Rows)
{
    private const int Most = 100;

    /// <returns>Null when the link cannot be used; why is not said.</returns>
    public static async Task<HelperPage?> OpenAsync(AppDb db, AuditTrail trail, string token, DateTimeOffset now)
    {
        var digest = ConfirmationRequest.Digest(token);
        var link = await db.HelperLinks.SingleOrDefaultAsync(link => link.TokenDigest == digest);
        if (link is null || !link.IsOpenAt(now))
        {
            return null;
        }

        await db.SeeGroupsAsync([link.GroupId]);
        var helper = await db.GetAsync<Member>(link.MemberId);
        if (helper.LeftOn is not null)
        {
            return null;
        }

        trail.Actor = new Actor(null, $"会員{helper.Number}（本人のページ）");      // the trail and the reports stay when the name is erased
        var group = await db.HelpGroups.AsNoTracking().SingleAsync(group => group.Id == link.GroupId);
        var hours = (await HelpRule.OfAsync(db, link.GroupId)).Content.HoursSeen;
        var kinds = (await HelpKind.OfGroupAsync(db, link.GroupId)).ToDictionary(kind => kind.Code, kind => kind.Words);
        var seenSince = now.AddHours(-hours);
        var rows = await (
            from assignment in db.Assignments
            where assignment.MemberId == link.MemberId && assignment.EndedAt == null
            join visit in db.Visits.AsNoTracking() on assignment.VisitId equals visit.Id
            where visit.State == VisitState.Open || visit.State == VisitState.Assigned || visit.State == VisitState.Reported || visit.ClosedAt > seenSince
            join user in db.Members.AsNoTracking() on visit.UserId equals user.Id
            join request in db.HelpRequests.AsNoTracking() on visit.RequestId equals request.Id
            orderby visit.DueDay, visit.Starts ?? visit.Earliest
            select new { visit, user, request }).Take(Most).ToListAsync();
        foreach (var row in rows)
        {
            trail.Looked("member", row.user.Id, "手伝う人のページ");
        }

        link.OpenedAt ??= now;
        await db.SaveChangesAsync();
        return new HelperPage(link, helper, group.Name, group.Content.Phone, [.. rows.Select(row => new Row(row.visit, row.user.Name, row.user.Phone, row.request.Content.Place == "" ? row.user.Address : row.request.Content.Place,
            $"{kinds.GetValueOrDefault(row.visit.CategoryCode, "手伝い")} {row.request.Detail}".Trim(), row.request.Content.Wishes, row.user.Content.Care))]);
    }

    public IEnumerable<Row> ToReport(DateOnly today) => Rows.Where(row => row.Visit.State is VisitState.Open or VisitState.Assigned && row.Visit.DueDay <= today);       // of two helpers one may be found only

    public IEnumerable<Row> Coming(DateOnly today) => Rows.Where(row => row.Visit.State is VisitState.Open or VisitState.Assigned && row.Visit.DueDay > today);

    public IEnumerable<Row> Told => Rows.Where(row => row.Visit.State is not (VisitState.Open or VisitState.Assigned));

    public sealed record Row(Visit Visit, string User, string Phone, string Place, string What, string Wishes, string Care);
}
