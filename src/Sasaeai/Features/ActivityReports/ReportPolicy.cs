using Sasaeai.Features.Accounts;

namespace Sasaeai.Features.ActivityReports;

public static class ReportPolicy
{
    /// <summary>Of one recorder, that recorder and officers; of the town, officers and coordinators.</summary>
    public static bool CanWrite(this CurrentPerson person, ReportSubject subject) =>
        person.IsOfficer || (subject.Person is { } whose ? person.IsStaff && whose == person.Account?.Id : person.Is(Role.Coordinator));
}
