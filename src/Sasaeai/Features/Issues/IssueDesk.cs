using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Handovers;
using Sasaeai.Features.Resources;

namespace Sasaeai.Features.Issues;

/// <summary>Takes one issue out, for a person who may see or change it, with the names that its pages show.</summary>
public sealed class IssueDesk(AppDb db, CurrentPerson person, TimeProvider time)
{
    public TownNames Names { get; private set; } = null!;

    public Mover Mover => Mover.Of(person.Actor, time.GetUtcNow());

    public async Task<TownNames> LoadNamesAsync() => Names ??= await TownNames.LoadAsync(db);

    /// <summary>A body was made for the first time.</summary>
    public async Task ReloadNamesAsync() => Names = await TownNames.LoadAsync(db);

    public async Task<Issue> SeeAsync(Guid id)
    {
        var issue = await db.GetAsync<Issue>(id);
        person.Require(person.IsStaff || await db.Issues.SeenBy(person, db).AnyAsync(seen => seen.Id == id));
        await LoadNamesAsync();
        return issue;
    }

    public async Task<Issue> ChangeAsync(Guid id)
    {
        var issue = await SeeAsync(id);
        person.Require(MayChange(issue));
        return issue;
    }

    public bool MayChange(Issue issue) => person.CanChange(issue, Names.Body(issue.OwnerId));

    /// <summary>The handovers of an issue that have not come back, in the order in which they were made.</summary>
    public Task<List<Handover>> OpenHandoversAsync(Guid issueId) => db.Handovers.Where(handover => handover.IssueId == issueId && handover.ReturnedOn == null).OrderBy(handover => handover.CreatedAt).ToListAsync();
}
