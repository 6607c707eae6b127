using Sasaeai.Features.Accounts;
using Sasaeai.Features.Councils;

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

    /// <summary>As <see cref="CanRead(CurrentPerson, Guid, ActivityAudience, Guid?)"/>, for lists.</summary>
    public static IQueryable<ActivityRecord> ReadBy(this IQueryable<ActivityRecord> records, CurrentPerson person)
    {
        var (me, areas) = (person.Account!.Id, person.Is(Role.Coordinator) || person.Is(Role.Counsellor) ? person.AreaIds.ToArray() : []);
        return records.Where(record => record.AccountId == me || record.Audience == ActivityAudience.Staff || record.Audience == ActivityAudience.Area && record.AreaId != null && areas.Contains(record.AreaId.Value));
    }

    /// <summary>Nobody rewrites what another person has seen and heard.</summary>
    public static bool CanChange(this CurrentPerson person, ActivityRecord record) => person.IsStaff && person.IsRecorder(record.AccountId);

    /// <summary>A promise stays one when its recorder is gone: whoever works there and may read it can say that it was kept.</summary>
    public static bool CanKeep(this CurrentPerson person, ActivityRecord record) => person.CanChange(record) || person.CanRead(record) && record.AreaId is { } area && person.WorksIn(area);

    private static bool IsRecorder(this CurrentPerson person, Guid account) => person.Account?.Id == account;
}
