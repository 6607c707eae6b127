using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Councils;

namespace Sasaeai.Features.Meetings;

/// <summary>
/// Staff see the town's meetings, 非公開 ones only where they work; a 協議体委員 those of the own council, and their minutes
/// once they are checked.
/// </summary>
public static class MeetingPolicy
{
    public static bool CanSee(this CurrentPerson person, Meeting meeting) =>
        person.Sits(meeting) || person.IsStaff && (!meeting.Closed || person.CanWrite(meeting));

    public static bool CanWrite(this CurrentPerson person, Meeting meeting) => person.WorksIn(meeting.AreaId);

    public static bool CanReadMinutes(this CurrentPerson person, Meeting meeting) => person.CanSee(meeting) && (person.IsStaff || meeting.Minutes != MinutesState.Draft);

    public static IQueryable<Meeting> SeenBy(this IQueryable<Meeting> meetings, CurrentPerson person)
    {
        if (person.IsOfficer)
        {
            return meetings;
        }

        var (own, areas, staff) = (person.CouncilIds.ToArray(), person.AreaIds.ToArray(), person.IsStaff);
        return meetings.Where(meeting => meeting.CouncilId != null && own.Contains(meeting.CouncilId.Value) || staff && (!meeting.Closed || areas.Contains(meeting.AreaId)));
    }

    /// <summary>The 非公開 ones of which staff of other areas know only that they were held.</summary>
    public static IQueryable<Meeting> ClosedTo(this IQueryable<Meeting> meetings, CurrentPerson person)
    {
        var (own, areas) = (person.CouncilIds.ToArray(), person.AreaIds.ToArray());
        return meetings.Where(meeting => meeting.Closed && !areas.Contains(meeting.AreaId) && (meeting.CouncilId == null || !own.Contains(meeting.CouncilId.Value)));
    }

    /// <summary>Those that the person prepares and writes down; for a 委員, those of the own councils.</summary>
    public static IQueryable<Meeting> OwnTo(this IQueryable<Meeting> meetings, CurrentPerson person)
    {
        if (person.IsOfficer)
        {
            return meetings;
        }

        var (own, areas) = (person.CouncilIds.ToArray(), person.IsStaff ? person.AreaIds.ToArray() : []);
        return meetings.Where(meeting => meeting.CouncilId != null && own.Contains(meeting.CouncilId.Value) || areas.Contains(meeting.AreaId));
    }

    /// <summary>Held within a year with something on the agenda, and the minutes are not final yet.</summary>
    public static IQueryable<Meeting> WithUnfinishedMinutes(this IQueryable<Meeting> meetings, AppDb db, DateOnly today)
    {
        var since = today.AddYears(-1);
        return meetings.Where(meeting => meeting.HeldOn >= since && meeting.HeldOn <= today && meeting.CancelledAt == null && meeting.Minutes != MinutesState.Final && db.AgendaItems.Any(item => item.MeetingId == meeting.Id));
    }

    private static bool Sits(this CurrentPerson person, Meeting meeting) => meeting.CouncilId is { } council && person.CouncilIds.Contains(council);
}
