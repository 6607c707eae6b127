using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;

namespace Sasaeai.Features.Meetings;

/// <summary>参加実人数 and 延べ人数 of meetings, by the names that were recorded; coordinators and the office are not counted.</summary>
public sealed record Participation(int Distinct, int Total)
{
    public static async Task<Participation> OfAsync(AppDb db, IQueryable<Meeting> meetings)
    {
        var came = from attendance in db.Attendances join meeting in meetings on attendance.MeetingId equals meeting.Id
            where attendance.Present && attendance.Kind != AttendeeKind.Coordinator && attendance.Kind != AttendeeKind.Office
            select attendance.PersonKey;
        return new(await came.Distinct().CountAsync(), await came.CountAsync());
    }
}
