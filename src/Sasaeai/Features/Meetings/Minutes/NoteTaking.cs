using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Bodies;
using Sasaeai.Features.Categories;
using Sasaeai.Features.Forms;
using Sasaeai.Features.Handovers;
using Sasaeai.Features.Issues;
using Sasaeai.Features.Receipts;
using Sasaeai.Features.Voices;
using Sasaeai.Japanese;

namespace Sasaeai.Features.Meetings.Minutes;

/// <summary>
/// Makes a decision, a task, an issue or a handover of what was typed under an item. An issue belongs to the meeting's council;
/// where a meeting has none, what was said is kept as a 声, from which an issue is made later.
/// </summary>
public sealed class NoteTaking(AppDb db, Meeting meeting, IReadOnlyList<SelectListItem> bodies, Actor actor, DateTimeOffset now)
{
    private const int Longest = 500, LongestTitle = 100, UsualDays = 60;

    private DateOnly Today => now.Day();

    public async Task AddAsync(AgendaItem item, TypedNote typed)
    {
        var (text, owner) = (PlainText.Of(typed.Text), PlainText.Of(typed.Owner));
        Rule.Require(text.Length <= Longest && owner.Length <= 80, $"内容は{Longest}文字、担当は80文字までです。");
        var due = Due(typed.Due);
        switch (typed.Kind)
        {
            case NoteKind.Decision:
                db.Decisions.Add(new Decision { MeetingId = meeting.Id, ItemId = item.Id, Text = text, CreatedAt = now, CreatedBy = actor.Name });
                break;
            case NoteKind.Task:
                Rule.Require(owner != "", $"宿題「{text}」の担当を入力してください。");
                db.MeetingTasks.Add(new MeetingTask { MeetingId = meeting.Id, ItemId = item.Id, Text = text, Owner = owner, DueOn = due, CreatedAt = now, CreatedBy = actor.Name });
                break;
            case NoteKind.Issue when meeting.CouncilId is null:
                await SayAsync(text);
                break;
            case NoteKind.Issue:
                await RaiseAsync(item, text);
                break;
            case NoteKind.Handover:
                await HandOverAsync(item, text, typed.To, due);
                break;
        }
    }

    private async Task<Issue> RaiseAsync(AgendaItem item, string text)
    {
        var owner = await BodyList.FindOrAddAsync(db, new Body { CouncilId = meeting.CouncilId });
        var issue = new Issue { Title = text.Length <= LongestTitle ? text : text[..(LongestTitle - 1)] + "…", Text = text, AreaId = meeting.Layer == 1 ? null : meeting.AreaId, OwnerId = owner.Id, CreatedAt = now, CreatedBy = actor.Name };
        db.Add(issue);
        db.Add(new IssueEvidence { IssueId = issue.Id, OnDay = meeting.HeldOn, Text = item.Title, MeetingId = meeting.Id, CreatedAt = now, CreatedBy = actor.Name });
        return issue;
    }

    private async Task HandOverAsync(AgendaItem item, string text, string? to, DateOnly? due)
    {
        Rule.Require(meeting.CouncilId is not null, "引き継ぐ側の協議体がない会議です。課題のページから引き継いでください。");
        Rule.Require(!string.IsNullOrEmpty(to), $"「{text}」の引継ぎ先を選んでください。");
        var receiver = await BodyList.FindOrAddAsync(db, new BodyInput(to!, null), bodies);
        var asking = new Asking("", meeting.Id, item.Title, item.Title, text, meeting.HeldOn < Today ? meeting.HeldOn : Today, due ?? Today.AddDays(UsualDays));
        var (handover, move) = Handover.Hand(await RaiseAsync(item, text), receiver.Id, asking, [], Today, Mover.Of(actor, now));
        db.Add(handover);
        db.Add(move!);
    }

    private async Task SayAsync(string text)
    {
        var source = meeting.KindCode.StartsWith(MeetingKinds.CarePrefix, StringComparison.Ordinal) ? VoiceSource.CareConference : VoiceSource.Meeting;
        var area = await db.GetAsync<Areas.Area>(meeting.AreaId);
        var voice = new Voice { Receipt = ReceiptNumber.New(), Source = source, Text = text, AreaId = area.Kind == Areas.AreaKind.Town ? null : area.Id, HeardOn = meeting.HeldOn, EnteredBy = actor.Name, MeetingId = meeting.Id, CreatedAt = now };
        voice.Read(actor, now);
        db.Voices.Add(voice);
    }

    private static DateOnly? Due(string? typed)
    {
        var due = default(DateOnly);
        Rule.Require(string.IsNullOrWhiteSpace(typed) || Wareki.TryReadDate(typed, out due), $"期限「{typed}」は、暦にない日か、読み取れない書き方です。R8.12.20 や 2026-12-20 のように入力してください。");
        return due == default ? null : due;
    }

    /// <summary>The issues and handovers of the meeting, each under the item of that name.</summary>
    public static async Task<List<Note>> RaisedAsync(AppDb db, Guid meetingId, IReadOnlyList<AgendaItem> agenda)
    {
        var handovers = await db.Handovers.AsNoTracking().Where(one => one.DecidedMeetingId == meetingId).OrderBy(one => one.CreatedAt).Take(200).ToListAsync();
        var issues = await (from evidence in db.Set<IssueEvidence>() join issue in db.Issues on evidence.IssueId equals issue.Id where evidence.MeetingId == meetingId orderby evidence.CreatedAt select new { evidence.Text, Issue = issue }).AsNoTracking().Take(200).ToListAsync();
        var bodies = handovers.Count == 0 ? [] : (await BodyList.LoadAsync(db)).ToDictionary(body => body.Id, body => body.Name);
        Guid? ItemOf(string title) => agenda.FirstOrDefault(item => item.Title == title)?.Id ?? agenda.LastOrDefault()?.Id;
        return
        [
            .. from one in issues where handovers.All(handover => handover.IssueId != one.Issue.Id) let item = ItemOf(one.Text) where item is not null select Note.Of(one.Issue, item.Value),
            .. from handover in handovers let item = ItemOf(handover.DecidedItem) where item is not null select Note.Of(handover, bodies.GetValueOrDefault(handover.ToId, ""), item.Value),
        ];
    }
}
