using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Bodies;
using Sasaeai.Features.Issues;
using Sasaeai.Features.Meetings;
using Sasaeai.Features.Resources;

namespace Sasaeai.Features.Handovers;

/// <summary>Takes one handover out with its issue, for a person who may see it or act for one of its ends.</summary>
public sealed class HandoverDesk(AppDb db, CurrentPerson person, IssueDesk issues)
{
    public Handover Handover { get; private set; } = null!;
    public Issue Issue { get; private set; } = null!;
    public BodyRow From => issues.Names.Body(Handover.FromId);
    public BodyRow To => issues.Names.Body(Handover.ToId);

    public async Task SeeAsync(Guid id)
    {
        Handover = await db.GetAsync<Handover>(id);
        Issue = await issues.SeeAsync(Handover.IssueId);
    }

    /// <summary>Receipt and answer: whoever acts for the body that was asked. For organizations, which have no account here, the body that asked writes down what they said.</summary>
    public bool MayAnswer => person.ActsFor(To) || To is { CouncilId: null, IsDepartment: false } && person.ActsFor(From);

    /// <summary>お返し: either end may have brought it back.</summary>
    public bool MayReturn => person.ActsFor(From) || person.ActsFor(To);

    public async Task ToAnswerAsync(Guid id)
    {
        await SeeAsync(id);
        person.Require(MayAnswer);
    }

    public async Task ToReturnAsync(Guid id)
    {
        await SeeAsync(id);
        person.Require(MayReturn);
    }

    /// <summary>The open handover by which this one was passed on.</summary>
    public Task<bool> IsPassedOnAsync() => db.Handovers.AnyAsync(next => next.FollowsId == Handover.Id && next.ReturnedOn == null);

    public async Task<string?> MeetingTitleAsync(Guid? id) => id is { } meeting ? (await db.GetAsync<Meeting>(meeting)).Title : null;
}
