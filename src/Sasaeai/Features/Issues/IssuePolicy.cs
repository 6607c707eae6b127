using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Bodies;

namespace Sasaeai.Features.Issues;

/// <summary>
/// An issue names nobody, so all staff read all of them and learn from each other. They change those of their areas and
/// of the councils they look after; 委員 read what their council owns or handed over.
/// </summary>
public static class IssuePolicy
{
    public static bool CanSeeIssues(this CurrentPerson person) => person.IsStaff || person.CouncilIds.Count > 0;

    public static bool CanChange(this CurrentPerson person, Issue issue, BodyRow owner) => person.WorksIn(issue.AreaId) || person.ActsFor(owner);

    public static bool WorksIn(this CurrentPerson person, Guid? areaId) => person.IsOfficer || person.IsStaff && areaId is { } area && person.AreaIds.Contains(area);

    /// <summary>Officers act for every body; SC and 相談員 for the councils of their areas.</summary>
    public static bool ActsFor(this CurrentPerson person, BodyRow body) => person.IsOfficer || body.CouncilId is not null && person.WorksIn(body.AreaId);

    public static IQueryable<Issue> SeenBy(this IQueryable<Issue> issues, CurrentPerson person, AppDb db)
    {
        if (person.IsStaff)
        {
            return issues;
        }

        var councils = person.CouncilIds.ToArray();
        var bodies = db.Bodies.Where(body => body.CouncilId != null && councils.Contains(body.CouncilId.Value)).Select(body => body.Id);
        return issues.Where(issue => bodies.Contains(issue.OwnerId) || db.Handovers.Any(handover => handover.IssueId == issue.Id && bodies.Contains(handover.FromId)));
    }
}
