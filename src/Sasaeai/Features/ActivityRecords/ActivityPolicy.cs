using Sasaeai.Features.Accounts;

namespace Sasaeai.Features.ActivityRecords;

/// <summary>Staff see that something was done, when, where and of which kind; what was written, those whom the recorder names.</summary>
public static class ActivityPolicy
{
    public static bool CanRecord(this CurrentPerson person) => person.IsStaff;

    public static bool CanRead(this CurrentPerson person, ActivityRecord record) =>
        person.IsRecorder(record.AccountId) || !record.IsDraft && person.CanRead(record.AccountId, record.Audience, record.AreaId);

    /// <summary>For a completed record of a list, of which only these are known.</summary>
    public static bool CanRead(this CurrentPerson person, Guid recorder, ActivityAudience audience, Guid? area) => person.IsStaff && (person.IsRecorder(recorder) || audience switch
    {
        ActivityAudience.Staff => true,
        ActivityAudience.Area => (person.Is(Role.Coordinator) || person.Is(Role.Counsellor)) && area is { } id && person.AreaIds.Contains(id),
        _ => false,
    });

    /// <summary>Nobody rewrites what another person has seen and heard.</summary>
    public static bool CanChange(this CurrentPerson person, ActivityRecord record) => person.IsStaff && person.IsRecorder(record.AccountId);

    private static bool IsRecorder(this CurrentPerson person, Guid account) => person.Account?.Id == account;
}
