using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Groups;
using Sasaeai.Features.Resources;

namespace Sasaeai.Features.Visits;

/// <summary>Requests and visits: the group's own 世話人, and the 相談員 of its district where the group's rule says so. Nobody else sees who.</summary>
public static class VisitPolicy
{
    public static bool CanArrange(this CurrentPerson person, HelpGroup group) => person.CanRun(group) || person.CounselledGroupIds.Contains(group.Id);

    /// <summary>The group of the address, when the person may arrange its visits.</summary>
    public static async Task<HelpGroup> ArrangeAsync(this AppDb db, CurrentPerson person, Guid id)
    {
        var group = await db.GetAsync<HelpGroup>(id);
        person.Require(person.CanArrange(group));
        return group;
    }

    /// <summary>The group's record of the address; another group's is not found.</summary>
    public static async Task<T> OfGroupAsync<T>(this AppDb db, Guid groupId, Guid id) where T : TownRecord =>
        await db.FindAsync<T>(id) is { } found && (Guid)db.Entry(found).Property("GroupId").CurrentValue! == groupId ? found : throw new NotFoundException();

    /// <summary>Holds the visit until the end of the transaction: whoever decides about it at the same moment waits, and then sees what was decided.</summary>
    public static async Task<Visit> HoldVisitAsync(this AppDb db, Guid groupId, Guid visitId)
    {
        await db.Database.ExecuteSqlAsync($"select from app.visit where municipality_id = {db.TownId} and id = {visitId} for update");
        var visit = await db.OfGroupAsync<Visit>(groupId, visitId);
        await db.Entry(visit).ReloadAsync();
        return visit;
    }
}
