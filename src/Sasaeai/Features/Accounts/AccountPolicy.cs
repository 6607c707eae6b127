namespace Sasaeai.Features.Accounts;

/// <summary>Who may do what with accounts and roles, and read the audit trail.</summary>
public static class AccountPolicy
{
    /// <summary>Officers see who works in the town and with which role.</summary>
    public static bool CanSeeAccounts(this CurrentPerson person) => person.IsOfficer;

    public static bool CanChangeAccounts(this CurrentPerson person) => person.Is(Role.Administrator);

    /// <summary>Nobody shuts themselves out: another administrator has to do it.</summary>
    public static bool CanClose(this CurrentPerson person, Account account) => person.CanChangeAccounts() && !person.IsSelf(account.Id);

    public static bool CanReadAudit(this CurrentPerson person) => person.Is(Role.Administrator);

    public static bool CanSeeFigures(this CurrentPerson person) => person.Is(Role.Prefecture) || person.IsOfficer;

    /// <summary>The role by which the person is an administrator at all.</summary>
    public static bool IsOwnLastAdministration(this CurrentPerson person, Membership membership) =>
        person.IsSelf(membership.AccountId) && membership.Role == Role.Administrator
        && !person.Memberships.Any(other => other.Role == Role.Administrator && other.Id != membership.Id && other.EndsOn is null);

    private static bool IsSelf(this CurrentPerson person, Guid accountId) => person.Account?.Id == accountId;
}
