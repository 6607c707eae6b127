using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Councils;
using Sasaeai.Features.Handovers;
using Sasaeai.Features.Issues;
using Sasaeai.Features.Meetings;
using Sasaeai.Features.Meetings.Tasks;

namespace Sasaeai.Features.Today;

/// <summary>What meetings, their minutes and tasks, handovers and own promises ask of a person these days. One bounded query each.</summary>
public sealed record CouncilDay(IReadOnlyList<CouncilDay.Sitting> Meetings, IReadOnlyList<CouncilDay.Promise> Promises, IReadOnlyList<Waiting> Waits)
{
    /// <summary>Days ahead that staff look; a 委員, who has a meeting a month, looks <see cref="MemberDays"/> ahead.</summary>
    public const int Days = 7;
    public const int MemberDays = 31;
    private const int Shown = 10;

    public static async Task<CouncilDay> LoadAsync(AppDb db, CurrentPerson person, DateOnly today)
    {
        var last = today.AddDays(person.IsStaff ? Days : MemberDays);
        var meetings = await db.Meetings.AsNoTracking().OwnTo(person).Where(meeting => meeting.HeldOn >= today && meeting.HeldOn <= last && meeting.CancelledAt == null)
            .OrderBy(meeting => meeting.HeldOn).ThenBy(meeting => meeting.StartsAt).ThenBy(meeting => meeting.Id).Take(Shown)
            .Select(meeting => new Sitting(meeting.Id, meeting.HeldOn, meeting.StartsAt, meeting.Number, meeting.Name, meeting.Place)).ToListAsync();
        var waits = new List<Waiting>();
        if (person.IsStaff)
        {
            waits.Add(new("確定していない会議録", "/meetings?unfinished=true", await db.Meetings.OwnTo(person).WithUnfinishedMinutes(db, today).CountAsync()));
        }

        waits.Add(new($"期限が{Days}日以内か、過ぎた宿題", "/meeting-tasks?list=due", await db.TasksOf(db.Meetings.OwnTo(person), person).DueBy(today.AddDays(Days)).CountAsync()));
        if (person.CanSeeIssues())
        {
            var own = db.Handovers.OwnTo(person, db);
            waits.Add(new("答えの期限が過ぎた引継ぎ", "/handovers?list=overdue&mine=true", await own.Overdue(today).CountAsync()));
            waits.Add(new("お返しを待つ引継ぎ", "/handovers?list=unreturned&mine=true", await own.Unreturned().CountAsync()));
        }

        return new CouncilDay(meetings, person.IsStaff ? await PromisesAsync(db, person.Account!.Id, today) : [], waits);
    }

    /// <summary>次の一歩 that the person wrote down and has not ticked off.</summary>
    private static Task<List<Promise>> PromisesAsync(AppDb db, Guid account, DateOnly today)
    {
        var last = today.AddDays(Days);
        return db.ActivityRecords.AsNoTracking().Where(record => record.AccountId == account && record.NextStep != "" && record.NextDoneAt == null && record.NextDue <= last && record.CompletedAt != null)
            .OrderBy(record => record.NextDue).ThenBy(record => record.Id).Take(Shown).Select(record => new Promise(record.Id, record.NextStep, record.NextDue!.Value)).ToListAsync();
    }

    public sealed record Sitting(Guid Id, DateOnly HeldOn, TimeOnly? StartsAt, int? Number, string Name, string Place);

    public sealed record Promise(Guid Id, string NextStep, DateOnly DueOn);
}
