using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Members;
using Sasaeai.Features.Resources;

namespace Sasaeai.Features.Groups;

/// <summary>
/// A group is a data controller of its own. Its 世話人 see its members and books; the town's staff see the group and counts,
/// and a member only with that person's consent. Row security says the same (<see cref="RowLevelSecurity.SeeGroupsAsync"/>).
/// </summary>
public static class GroupPolicy
{
    public static bool CanSee(this CurrentPerson person, HelpGroup group) => person.IsStaff || person.CanRun(group);

    /// <summary>Members, tickets, books: the group's own people.</summary>
    public static bool CanRun(this CurrentPerson person, HelpGroup group) => person.Is(Role.GroupKeeper) && person.OrganizationIds.Contains(group.OrganizationId);

    /// <summary>What the group says of itself, its stage and check list: also those who help it to grow.</summary>
    public static bool CanChange(this CurrentPerson person, HelpGroup group) => person.CanRun(group) || person.IsOfficer || person.IsStaff && (group.AreaId is null || person.AreaIds.Contains(group.AreaId.Value));

    public static bool CanSee(this CurrentPerson person, Member member, HelpGroup group) => person.CanRun(group) || person.IsStaff && member.SharedOn is not null;

    /// <summary>The group of the address, when the person may run it.</summary>
    public static async Task<HelpGroup> RunAsync(this AppDb db, CurrentPerson person, Guid id)
    {
        var group = await db.GetAsync<HelpGroup>(id);
        person.Require(person.CanRun(group));
        return group;
    }

    /// <summary>From here to the end of the transaction row security shows the groups of these organizations, and those in these areas whose rule lets 相談員 arrange visits.</summary>
    /// <returns>The latter.</returns>
    public static async Task<IReadOnlySet<Guid>> EnterGroupsAsync(this AppDb db, IReadOnlySet<Guid> organizationIds, IReadOnlySet<Guid> counselledAreaIds)
    {
        if (organizationIds.Count == 0 && counselledAreaIds.Count == 0)
        {
            return new HashSet<Guid>();
        }

        var groups = await db.HelpGroups.AsNoTracking().Where(group => organizationIds.Contains(group.OrganizationId)
            || group.AreaId != null && counselledAreaIds.Contains(group.AreaId.Value) && db.HelpRules.Any(rule => rule.GroupId == group.Id && rule.Counsellors)).Select(group => new { group.Id, group.OrganizationId }).ToListAsync();
        await db.SeeGroupsAsync(groups.Select(group => group.Id));
        return groups.Where(group => !organizationIds.Contains(group.OrganizationId)).Select(group => group.Id).ToHashSet();
    }
}
