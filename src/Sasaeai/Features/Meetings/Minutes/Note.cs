using Sasaeai.Features.Handovers;
using Sasaeai.Features.Issues;
using Sasaeai.Japanese;

namespace Sasaeai.Features.Meetings.Minutes;

/// <summary>What a note taker makes of an item besides its text.</summary>
public enum NoteKind { Decision, Task, Issue, Handover }

public static class NoteKinds
{
    public static IReadOnlyList<NoteKind> All => Enum.GetValues<NoteKind>();

    public static string InWords(this NoteKind kind) => kind switch { NoteKind.Decision => "決定", NoteKind.Task => "宿題", NoteKind.Issue => "課題", _ => "引継ぎ" };
}

/// <summary>One line under an item, as the page shows it.</summary>
/// <param name="Link">The page of an issue or handover, which goes its own way from here; null for what the minutes themselves keep.</param>
public sealed record Note(Guid Id, Guid Item, NoteKind Kind, string Text, string? Link = null)
{
    public static Note Of(Decision decision) => new(decision.Id, decision.ItemId, NoteKind.Decision, decision.Text);

    public static Note Of(MeetingTask task) => new(task.Id, task.ItemId, NoteKind.Task, $"{task.Text}（担当：{task.Owner}{(task.DueOn is { } due ? $"、期限：{Wareki.Date(due)}" : "")}）");

    public static Note Of(Issue issue, Guid item) => new(issue.Id, item, NoteKind.Issue, issue.Title, $"/issues/{issue.Id}");

    public static Note Of(Handover handover, string to, Guid item) => new(handover.Id, item, NoteKind.Handover, $"{handover.AskedAction}（引継ぎ先：{to}、期限：{Wareki.Date(handover.DueOn)}）", $"/handovers/{handover.Id}");
}

/// <summary>A note as it was typed.</summary>
public sealed class TypedNote
{
    public Guid Item { get; set; }
    public NoteKind Kind { get; set; }
    public string? Text { get; set; }
    public string? Owner { get; set; }
    public string? Due { get; set; }
    /// <summary>引継ぎ先, a choice of <see cref="Bodies.BodyList"/>.</summary>
    public string? To { get; set; }
}
