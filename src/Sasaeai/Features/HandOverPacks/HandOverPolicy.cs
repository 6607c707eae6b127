using Sasaeai.Features.Accounts;

namespace Sasaeai.Features.HandOverPacks;

public static class HandOverPolicy
{
    /// <summary>Who hands over, and officers, who see to it; whoever takes over gets the paper from them.</summary>
    public static bool CanHandOver(this CurrentPerson person, Guid account) => person.IsOfficer || person.IsStaff && person.Account?.Id == account;
}
