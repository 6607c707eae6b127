using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Japanese;

namespace Sasaeai.Features.Accounts;

/// <summary>A role of a person as a list shows it, with its scope and time in words.</summary>
public sealed record RoleRow(Guid Id, Role Role, string? Scope, DateOnly StartsOn, DateOnly? EndsOn)
{
    public string When => $"{Wareki.Date(StartsOn)}から" + (EndsOn is { } end ? $"{Wareki.Date(end)}まで" : "");

    public bool HoldsOn(DateOnly day) => StartsOn <= day && (EndsOn is null || day <= EndsOn);

    public static Task<List<RoleRow>> OfAsync(AppDb db, Guid accountId) => (
        from membership in db.Memberships
        where membership.AccountId == accountId
        join area in db.Areas on membership.AreaId equals (Guid?)area.Id into areas
        from area in areas.DefaultIfEmpty()
        join organization in db.Organizations on membership.OrganizationId equals (Guid?)organization.Id into organizations
        from organization in organizations.DefaultIfEmpty()
        join council in db.Councils on membership.CouncilId equals (Guid?)council.Id into councils
        from council in councils.DefaultIfEmpty()
        orderby membership.StartsOn descending, membership.Id
        select new RoleRow(membership.Id, membership.Role, council != null ? council.Name : area != null ? area.Name : organization != null ? organization.Name : null, membership.StartsOn, membership.EndsOn)).Take(200).ToListAsync();
}
