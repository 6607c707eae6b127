using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Issues;

namespace Sasaeai.Features.Handovers;

/// <summary>Whoever sees the issue sees its handovers.</summary>
public static class HandoverPolicy
{
    public static IQueryable<Handover> SeenBy(this IQueryable<Handover> handovers, CurrentPerson person, AppDb db) =>
        person.IsStaff ? handovers : handovers.Where(handover => db.Issues.SeenBy(person, db).Any(issue => issue.Id == handover.IssueId));

    /// <summary>From or to a body for which the person works: officers any, SC and 相談員 the councils of their areas, 委員 their own.</summary>
    public static IQueryable<Handover> OwnTo(this IQueryable<Handover> handovers, CurrentPerson person, AppDb db)
    {
        if (person.IsOfficer)
        {
            return handovers;
        }

        var (own, areas) = (person.CouncilIds.ToArray(), person.IsStaff ? person.AreaIds.ToArray() : []);
        var councils = db.Councils.Where(council => own.Contains(council.Id) || areas.Contains(council.AreaId)).Select(council => (Guid?)council.Id);
        var bodies = db.Bodies.Where(body => councils.Contains(body.CouncilId)).Select(body => body.Id);
        return handovers.SeenBy(person, db).Where(handover => bodies.Contains(handover.ToId) || bodies.Contains(handover.FromId));
    }

    /// <summary>No answer, and its day is over.</summary>
    public static IQueryable<Handover> Overdue(this IQueryable<Handover> handovers, DateOnly today) => handovers.Where(handover => handover.ReturnedOn == null && handover.AnsweredOn == null && handover.DueOn < today);

    /// <summary>Answered, but those who asked do not know it yet.</summary>
    public static IQueryable<Handover> Unreturned(this IQueryable<Handover> handovers) => handovers.Where(handover => handover.ReturnedOn == null && handover.AnsweredOn != null);
}
