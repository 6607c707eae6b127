using Sasaeai.Features.Accounts;

namespace Sasaeai.Features.Resources;

/// <summary>Who may do what with a resource. Checked on the record, not only on the page.</summary>
public static class ResourcePolicy
{
    /// <summary>Staff see all records of the town, 内部 ones too; 世話人 those of their group.</summary>
    public static bool CanSee(this CurrentPerson person, Resource resource) => person.IsStaff || person.Runs(resource);

    /// <summary>Propose a change: officers anywhere, SC and 相談員 in their areas, 世話人 for their group.</summary>
    public static bool CanPropose(this CurrentPerson person, Resource resource) => person.IsOfficer || person.WorksAt(resource) || person.Runs(resource);

    /// <summary>「電話で確認しました」: those who work with the record, never its own operator.</summary>
    public static bool CanVerify(this CurrentPerson person, Resource resource) => person.IsOfficer || person.WorksAt(resource);

    /// <summary>Decide on proposals. Where the town asks for approval, SC propose and officers decide.</summary>
    public static bool CanApprove(this CurrentPerson person, Resource resource, Data.TownRule rule) => person.IsOfficer || !rule.ApprovalRequired && person.WorksAt(resource);

    /// <summary>A record without any area (not yet placed) is everybody's.</summary>
    private static bool WorksAt(this CurrentPerson person, Resource resource) =>
        (person.Is(Role.Coordinator) || person.Is(Role.Counsellor)) && (resource.AreaIds.Length == 0 || resource.AreaIds.Any(person.AreaIds.Contains));

    private static bool Runs(this CurrentPerson person, Resource resource) => resource.OrganizationId is { } organization && person.OrganizationIds.Contains(organization);

    public static void Require(this CurrentPerson person, bool allowed)
    {
        if (!allowed)
        {
            throw new ForbiddenException();
        }
    }
}
