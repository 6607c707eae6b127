using Sasaeai.Data;
using Sasaeai.Features.Forms;
using Sasaeai.Japanese;

namespace Sasaeai.Features.Meetings.Minutes;

/// <summary>What a note taker makes of an item besides its text.</summary>
public enum NoteKind { Decision, Task }

public static class NoteKinds
{
    public static IReadOnlyList<NoteKind> All => Enum.GetValues<NoteKind>();

    public static string InWords(this NoteKind kind) => kind == NoteKind.Decision ? "決定" : "宿題";
}

/// <summary>One line under an item, as the page shows it.</summary>
public sealed record Note(Guid Id, Guid Item, string Kind, string Text)
{
    public static Note Of(Decision decision) => new(decision.Id, decision.ItemId, NoteKind.Decision.InWords(), decision.Text);

    public static Note Of(MeetingTask task) => new(task.Id, task.ItemId, NoteKind.Task.InWords(), $"{task.Text}（担当：{task.Owner}{(task.DueOn is { } due ? $"、期限：{Wareki.Date(due)}" : "")}）");
}

/// <summary>A note as it was typed.</summary>
public sealed class TypedNote
{
    private const int Longest = 500;

    public Guid Item { get; set; }
    public NoteKind Kind { get; set; }
    public string? Text { get; set; }
    public string? Owner { get; set; }
    public string? Due { get; set; }

    public void AddTo(AppDb db, AgendaItem item, Actor actor, DateTimeOffset now)
    {
        var (text, owner) = (PlainText.Of(Text), PlainText.Of(Owner));
        Rule.Require(text.Length <= Longest && owner.Length <= 80, $"内容は{Longest}文字、担当は80文字までです。");
        if (Kind == NoteKind.Decision)
        {
            db.Decisions.Add(new Decision { MeetingId = item.MeetingId, ItemId = item.Id, Text = text, CreatedAt = now, CreatedBy = actor.Name });
            return;
        }

        var due = default(DateOnly);
        Rule.Require(owner != "", $"宿題「{text}」の担当を入力してください。");
        Rule.Require(string.IsNullOrWhiteSpace(Due) || Wareki.TryReadDate(Due, out due), $"期限「{Due}」は、暦にない日か、読み取れない書き方です。R8.12.20 や 2026-12-20 のように入力してください。");
        db.MeetingTasks.Add(new MeetingTask { MeetingId = item.MeetingId, ItemId = item.Id, Text = text, Owner = owner, DueOn = due == default ? null : due, CreatedAt = now, CreatedBy = actor.Name });
    }
}
