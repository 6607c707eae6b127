using Sasaeai.Features.Accounts;

namespace Sasaeai.Features.Organizations;

/// <summary>Staff read all organizations; officers, SC and 相談員 keep them, a 世話人 its own.</summary>
public static class OrganizationPolicy
{
    public static bool CanSee(this CurrentPerson person, Organization organization) => person.IsStaff || person.OrganizationIds.Contains(organization.Id);

    public static bool CanChange(this CurrentPerson person, Organization organization) => person.CanSee(organization);
}
