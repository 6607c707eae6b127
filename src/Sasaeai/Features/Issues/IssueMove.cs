using Sasaeai.Data;

namespace Sasaeai.Features.Issues;

public enum MoveKind { State, Area, Urgency, Frequency, Merge }

/// <summary>Who moves cards in one act, and when.</summary>
public sealed record Mover(Guid ActId, Actor Actor, DateTimeOffset At)
{
    public static Mover Of(Actor actor, DateTimeOffset now) => new(Guid.CreateVersion7(), actor, now);
}

/// <summary>One card moved once. It is itself the trace, and stays when it is taken back.</summary>
[NotAudited]
public class IssueMove : TownRecord
{
    public required Guid ActId { get; init; }
    public required Guid IssueId { get; init; }
    public required MoveKind What { get; init; }
    public required string Was { get; init; }
    public required string Became { get; init; }
    public required DateTimeOffset At { get; init; }
    public Guid? AccountId { get; init; }
    public required string ByName { get; init; }
    public DateTimeOffset? UndoneAt { get; private set; }
    public string? UndoneBy { get; private set; }

    internal void Undo(Mover by) => (UndoneAt, UndoneBy) = (by.At, by.Actor.Name);
}
