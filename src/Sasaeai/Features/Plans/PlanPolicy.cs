using Sasaeai.Features.Accounts;

namespace Sasaeai.Features.Plans;

/// <summary>Who works with plans, indicators and funding, and who reads what comes out of them.</summary>
public static class PlanPolicy
{
    /// <summary>Officers keep them.</summary>
    public static bool CanChangePlans(this CurrentPerson person) => person.IsOfficer;

    /// <summary>SC read them, and the records behind a figure.</summary>
    public static bool CanSeePlans(this CurrentPerson person) => person.IsOfficer || person.Is(Role.Coordinator);

    /// <summary>委員 read what the town prints of itself too.</summary>
    public static bool CanReadAnnualReport(this CurrentPerson person) => person.CanSeePlans() || person.Is(Role.CouncilMember);

    /// <summary>The prefecture sees figures, never a record or a text.</summary>
    public static bool CanSeeDashboard(this CurrentPerson person) => person.CanReadAnnualReport() || person.Is(Role.Prefecture);
}
