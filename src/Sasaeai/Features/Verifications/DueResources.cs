using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Areas;
using Sasaeai.Features.Resources;

namespace Sasaeai.Features.Verifications;

/// <summary>The published records of those who keep them fresh, and the order in which to call.</summary>
public static class DueResources
{
    /// <summary>Officers work with all records; SC and 相談員 with those of their areas and those not placed yet.</summary>
    public static IQueryable<Resource> WorkedBy(this IQueryable<Resource> resources, CurrentPerson person)
    {
        if (person.IsOfficer)
        {
            return resources;
        }

        var areas = person.AreaIds.ToArray();
        return resources.Where(resource => resource.AreaIds.Length == 0 || resource.AreaIds.Any(id => areas.Contains(id)));
    }

    public static IQueryable<Resource> In(this IQueryable<Resource> resources, Guid? area) =>
        area is { } id ? resources.Where(resource => resource.AreaIds.Contains(id)) : resources;

    public static IQueryable<Resource> DueBy(this IQueryable<Resource> resources, DateOnly day) =>
        resources.Where(resource => resource.State == ResourceState.Published && resource.DueOn <= day);

    /// <summary>Those already hidden first, then unverified by how long, then due soon; who was not reached lately waits at the end.</summary>
    public static IQueryable<Resource> InOrderOfCalls(this IQueryable<Resource> resources, AppDb db, DateOnly today)
    {
        var since = today.AddDays(-ContactTry.RestDays);
        return resources
            .OrderBy(resource => db.ContactTries.Any(one => one.ResourceId == resource.Id && one.OnDay > since && (resource.VerifiedOn == null || one.OnDay >= resource.VerifiedOn)))
            .ThenByDescending(resource => resource.HideOn <= today).ThenBy(resource => resource.DueOn).ThenBy(resource => resource.Id);
    }

    /// <summary>The 圏域 that the person may choose: all for officers, their own for others.</summary>
    public static IReadOnlyList<Area> AreasOf(this AreaTree tree, CurrentPerson person) =>
        [.. tree.Of(AreaKind.LivingArea).Where(area => person.IsOfficer || person.AreaIds.Contains(area.Id))];
}
