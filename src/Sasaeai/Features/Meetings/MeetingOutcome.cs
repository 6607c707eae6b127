using Sasaeai.Data;

namespace Sasaeai.Features.Meetings;

/// <summary>進行中, 済み, 取りやめ.</summary>
public enum OutcomeState { Open, Done, Dropped }

/// <summary>What a meeting leaves behind at one item: a decision or a task, and what became of it.</summary>
public abstract class MeetingOutcome : TownRecord
{
    public required Guid MeetingId { get; init; }
    public required Guid ItemId { get; init; }
    public required string Text { get; set; }
    public OutcomeState State { get; private set; }
    public string Result { get; private set; } = "";
    public DateOnly? EndedOn { get; private set; }
    public string? EndedBy { get; private set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required string CreatedBy { get; init; }

    public void End(OutcomeState state, string result, Actor actor, DateOnly today)
    {
        Rule.Require(State == OutcomeState.Open, $"{EndedBy}さんが、すでに「{State.InWords()}」と記録しています。");
        Rule.Require(state != OutcomeState.Open, "「済み」か「取りやめ」を選んでください。");
        Rule.Require(state != OutcomeState.Dropped || result != "", "取りやめの理由を入力してください。");
        (State, Result, EndedOn, EndedBy) = (state, result, today, actor.Name);
    }

    /// <summary>It was not over after all.</summary>
    public void TakeUpAgain() => (State, EndedOn, EndedBy) = (OutcomeState.Open, null, null);
}

/// <summary>決定.</summary>
public class Decision : MeetingOutcome;

/// <summary>宿題: what somebody took upon them.</summary>
public class MeetingTask : MeetingOutcome
{
    /// <summary>担当, a person or a body in words.</summary>
    public required string Owner { get; set; }
    public DateOnly? DueOn { get; set; }

    public bool IsOverdue(DateOnly today) => State == OutcomeState.Open && DueOn < today;
}

public static class OutcomeWords
{
    public static string InWords(this OutcomeState state) => state switch { OutcomeState.Done => "済み", OutcomeState.Dropped => "取りやめ", _ => "進行中" };

    public static string InWords(this MinutesStepKind kind) => kind switch { MinutesStepKind.Checked => "確認ずみにした", MinutesStepKind.Finalised => "確定した", _ => "下書きにもどした" };

    public static string InWords(this MinutesState state) => state switch { MinutesState.Checked => "確認ずみ", MinutesState.Final => "確定", _ => "下書き" };
}
