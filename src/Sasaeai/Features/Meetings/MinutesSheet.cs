using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Meetings.Minutes;

namespace Sasaeai.Features.Meetings;

/// <summary>A meeting with all that its minutes say, for the page, for paper and for Word.</summary>
public sealed record MinutesSheet(Meeting Meeting, string TownName, string KindName, string AreaName, string CouncilName, MinutesContent Content)
{
    public static async Task<MinutesSheet> LoadAsync(AppDb db, Meeting meeting, Municipality town, DateOnly today)
    {
        var council = meeting.CouncilId is { } id ? await db.GetAsync<Councils.Council>(id) : null;
        var area = await db.GetAsync<Areas.Area>(meeting.AreaId);
        return new(meeting, town.Name, (await MeetingKinds.LoadAsync(db, today)).Name(meeting.KindCode), area.Name, council?.FullName ?? "", await ContentAsync(db, meeting));
    }

    /// <summary>The minutes as they read now.</summary>
    public static async Task<MinutesContent> ContentAsync(AppDb db, Meeting meeting)
    {
        var items = await (from item in db.AgendaItems.AsNoTracking() join text in db.ItemTexts.AsNoTracking() on item.Id equals text.ItemId
            where item.MeetingId == meeting.Id orderby item.Position, item.Id select new { Item = item, text.Text }).ToListAsync();
        var raised = (await NoteTaking.RaisedAsync(db, meeting.Id, [.. items.Select(one => one.Item)])).ToLookup(note => note.Item, note => $"{note.Kind.InWords()}：{note.Text}");
        var decisions = (await db.Decisions.AsNoTracking().Where(one => one.MeetingId == meeting.Id).OrderBy(one => one.CreatedAt).ThenBy(one => one.Id).ToListAsync()).ToLookup(one => one.ItemId);
        var tasks = (await db.MeetingTasks.AsNoTracking().Where(one => one.MeetingId == meeting.Id).OrderBy(one => one.CreatedAt).ThenBy(one => one.Id).ToListAsync()).ToLookup(one => one.ItemId);
        var people = await db.Attendances.AsNoTracking().Where(one => one.MeetingId == meeting.Id).OrderBy(one => one.CreatedAt).ThenBy(one => one.Id).Take(1000).ToListAsync();
        return new MinutesContent
        {
            Present = [.. people.Where(one => one.Present).OrderBy(one => one.Kind).Select(InWords)],
            Absent = [.. people.Where(one => !one.Present).OrderBy(one => one.Kind).Select(InWords)],
            Heads = meeting.HeadCount ?? people.Count(one => one.Present),
            Papers = await db.MeetingPapers.Where(paper => paper.MeetingId == meeting.Id && paper.RemovedAt == null).OrderBy(paper => paper.CreatedAt).Select(paper => paper.Caption == "" ? paper.FileName : paper.Caption).ToListAsync(),
            Items = [.. from one in items let id = one.Item.Id select new MinutesItem(one.Item.Title, one.Text, one.Item.PostponedAt is not null,
                [.. decisions[id].Select(decision => decision.Text)], [.. tasks[id].Select(task => new MinutesTask(task.Text, task.Owner, task.DueOn))], [.. raised[id]])],
        };
    }

    private static string InWords(Attendance one) => one.Affiliation == "" ? one.Name : $"{one.Name}（{one.Affiliation}）";
}
