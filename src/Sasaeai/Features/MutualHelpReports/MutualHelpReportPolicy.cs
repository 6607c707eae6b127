using Sasaeai.Features.Accounts;
using Sasaeai.Features.Visits;

namespace Sasaeai.Features.MutualHelpReports;

/// <summary>Staff see counts of all groups, small ones hidden; a group's own people see theirs in full, and the records behind them.</summary>
public static class MutualHelpReportPolicy
{
    public static bool CanSeeMutualHelp(this CurrentPerson person) => person.IsStaff || person.Is(Role.GroupKeeper);

    public static bool Counts(this CurrentPerson person, ReportGroup group) => person.IsStaff || person.Opens(group);

    /// <summary>May open the records of which a figure is made.</summary>
    public static bool Opens(this CurrentPerson person, ReportGroup group) => person.Is(Role.GroupKeeper) && person.OrganizationIds.Contains(group.OrganizationId) || person.CounselledGroupIds.Contains(group.Id);
}
