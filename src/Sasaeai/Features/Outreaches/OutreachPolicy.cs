using Sasaeai.Features.Accounts;

namespace Sasaeai.Features.Outreaches;

public static class OutreachPolicy
{
    public static bool CanSeeOutreaches(this CurrentPerson person) => person.IsStaff;

    /// <summary>Whoever wrote it down, and officers.</summary>
    public static bool CanChange(this CurrentPerson person, Outreach outreach) => person.IsOfficer || person.IsStaff && outreach.AccountId is { } account && account == person.Account?.Id;
}
