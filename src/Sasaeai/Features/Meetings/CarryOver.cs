using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;

namespace Sasaeai.Features.Meetings;

/// <summary>
/// 持ちこし: undone tasks and postponed items come back by themselves at the council's next meeting, and where there is no
/// council, at the next of the same 集計での名前 and area, as 気楽にいこう会 meets month by month.
/// </summary>
public static class CarryOver
{
    /// <summary>The meetings that follow one another, or null for one that stands alone.</summary>
    private static IQueryable<Meeting>? LineOf(AppDb db, Meeting meeting) =>
        meeting.CouncilId is { } council ? db.Meetings.Where(one => one.CouncilId == council)
        : meeting.Series != "" ? db.Meetings.Where(one => one.CouncilId == null && one.Series == meeting.Series && one.AreaId == meeting.AreaId) : null;

    /// <summary>What an agenda of the council would begin with.</summary>
    public static Task<List<Carried>> WaitingAsync(AppDb db, Guid councilId) => WaitingAsync(db, db.Meetings.Where(meeting => meeting.CouncilId == councilId), DateOnly.MaxValue, null);

    private static async Task<List<Carried>> WaitingAsync(AppDb db, IQueryable<Meeting> line, DateOnly heldOn, Guid? meetingId)
    {
        var earlier = line.Where(meeting => meeting.HeldOn <= heldOn && meeting.Id != meetingId);
        var items = await (from item in db.AgendaItems join meeting in earlier on item.MeetingId equals meeting.Id
            where item.PostponedAt != null && !db.AgendaItems.Any(later => later.CarriedFromId == item.Id)
            orderby meeting.HeldOn, item.Position
            select new Carried(item.Title, item.Id, null)).Take(100).ToListAsync();
        var tasks = await (from task in db.MeetingTasks join meeting in earlier on task.MeetingId equals meeting.Id
            where task.State == OutcomeState.Open && !db.AgendaItems.Any(item => item.MeetingId == meetingId && item.CarriedTaskId == task.Id)
            orderby meeting.HeldOn, task.CreatedAt
            select new Carried("宿題：" + task.Text, null, task.Id)).Take(100).ToListAsync();
        return [.. items, .. tasks];
    }

    /// <summary>Adds to the agenda what waits for this meeting and is not on it yet.</summary>
    public static async Task IntoAsync(AppDb db, Meeting meeting, Actor actor, DateTimeOffset now)
    {
        if (LineOf(db, meeting) is not { } line)
        {
            return;
        }

        var position = await db.AgendaItems.Where(item => item.MeetingId == meeting.Id).MaxAsync(item => (int?)item.Position) ?? 0;
        foreach (var carried in await WaitingAsync(db, line, meeting.HeldOn, meeting.Id))
        {
            Add(db, new AgendaItem { MeetingId = meeting.Id, Position = ++position, Title = Short(carried.Title), CarriedFromId = carried.ItemId, CarriedTaskId = carried.TaskId }, actor, now);
        }
    }

    /// <summary>Where the next meeting is planned already, it hears of what was added to this one.</summary>
    public static async Task OnwardAsync(AppDb db, Meeting meeting, Actor actor, DateTimeOffset now)
    {
        var next = LineOf(db, meeting) is not { } line ? null : await line.Where(later => later.HeldOn > meeting.HeldOn && later.Minutes == MinutesState.Draft && later.CancelledAt == null)
            .OrderBy(later => later.HeldOn).FirstOrDefaultAsync();
        if (next is not null)
        {
            await IntoAsync(db, next, actor, now);
        }
    }

    /// <summary>An item and the place for what is said to it.</summary>
    public static void Add(AppDb db, AgendaItem item, Actor actor, DateTimeOffset now)
    {
        db.AgendaItems.Add(item);
        db.ItemTexts.Add(new ItemText { ItemId = item.Id, ChangedAt = now, ChangedBy = actor.Name });
    }

    private static string Short(string title) => title.Length <= AgendaItem.LongestTitle ? title : title[..(AgendaItem.LongestTitle - 1)] + "…";

    public sealed record Carried(string Title, Guid? ItemId, Guid? TaskId);
}
