using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Sasaeai.Data;

namespace Sasaeai.Features.Issues;

/// <summary>把握, 整理, 協議体で検討, 取組中, 引継ぎ中, 解決, 見送り.</summary>
public enum IssueState { Heard, Sorted, Discussed, InWork, HandedOver, Solved, Declined }

public enum Urgency { High, Middle, Low }

public enum Frequency { Often, Sometimes, Rarely }

/// <summary>課題: what many voices have in common, always owned by one body. Holds nobody's name.</summary>
public class Issue : TownRecord
{
    public required string Title { get; set; }
    public string Text { get; set; } = "";
    /// <summary>Null: the whole town.</summary>
    public Guid? AreaId { get; set; }
    public string? CategoryCode { get; set; }
    public Urgency Urgency { get; set; } = Urgency.Middle;
    public Frequency Frequency { get; set; } = Frequency.Sometimes;
    /// <summary>Urgency, then frequency, 0 to 8: how lists are sorted. Computed by the database.</summary>
    public short Weight { get; private set; }
    /// <summary>The body that has to see to it now.</summary>
    public required Guid OwnerId { get; set; }
    public IssueState State { get; private set; }
    public string ClosingReason { get; private set; } = "";
    /// <summary>What those who raised it read under their receipt number.</summary>
    public string PublicNote { get; private set; } = "";
    public Guid? MergedIntoId { get; private set; }
    public int Version { get; private set; } = 1;
    public required DateTimeOffset CreatedAt { get; init; }
    public required string CreatedBy { get; init; }
    public DateTimeOffset ChangedAt { get; private set; } = DateTimeOffset.UtcNow;
    public DateTimeOffset? ClosedAt { get; private set; }

    public bool IsOpen => ClosedAt is null && MergedIntoId is null;

    /// <summary>Somebody else moved it since the page was made: told, not overwritten.</summary>
    public void RequireSeen(int version, string? lastMove = null) =>
        Rule.Require(version == Version, $"「{Title}」は、あなたが見ているあいだに{lastMove ?? "ほかの人が変えました"}。今の場所を確かめて、もう一度動かしてください。");

    public IssueMove MoveTo(IssueState state, Mover by)
    {
        RequireOpen();
        Rule.Require(State != IssueState.HandedOver, "引継ぎ中の課題は、お返しを記録するまで動かせません。引継ぎを開いてください。");
        Rule.Require(state != IssueState.HandedOver, "引き継ぐときは、課題を開いて「引き継ぐ」から記録してください。");
        Rule.Require(state is not (IssueState.Solved or IssueState.Declined), "解決・見送りにするときは、課題を開いて「終わりにする」から理由を記録してください。");
        Rule.Require(state != State, "すでにその状態です。");
        return Change(MoveKind.State, $"{state}", by);
    }

    public IssueMove PlaceIn(Guid? areaId, Mover by)
    {
        RequireOpen();
        Rule.Require(areaId != AreaId, "すでにその地域です。");
        return Change(MoveKind.Area, $"{areaId}", by);
    }

    /// <returns>What changed: urgency, frequency or both.</returns>
    public IReadOnlyList<IssueMove> Weigh(Urgency urgency, Frequency frequency, Mover by)
    {
        RequireOpen();
        Rule.Require((urgency, frequency) != (Urgency, Frequency), "すでにその緊急度と頻度です。");
        return
        [
            .. urgency == Urgency ? Array.Empty<IssueMove>() : [Change(MoveKind.Urgency, $"{urgency}", by)],
            .. frequency == Frequency ? Array.Empty<IssueMove>() : [Change(MoveKind.Frequency, $"{frequency}", by)],
        ];
    }

    /// <summary>解決, or 見送り with its reason.</summary>
    public IssueMove Close(IssueState state, string reason, string publicNote, Mover by)
    {
        RequireOpen();
        Rule.Require(state is IssueState.Solved or IssueState.Declined, "解決か見送りを選んでください。");
        Rule.Require(State != IssueState.HandedOver, "引継ぎの答えとお返しがすむまで、この課題は終わりにできません。");
        Rule.Require(state != IssueState.Declined || reason != "", "見送る理由を入力してください。");
        (ClosingReason, PublicNote) = (reason, publicNote);
        return Change(MoveKind.State, $"{state}", by);
    }

    public IssueMove Reopen(Mover by)
    {
        Rule.Require(ClosedAt is not null, "この課題は終わっていません。");
        return Change(MoveKind.State, $"{IssueState.Discussed}", by);
    }

    /// <summary>Puts this issue, with those that were put into it before, into another. Voices stay with the issue they made.</summary>
    /// <param name="inside">The issues merged into this one.</param>
    public IReadOnlyList<IssueMove> MergeInto(Issue heir, IEnumerable<Issue> inside, Mover by)
    {
        Rule.Require(heir.Id != Id, "同じ課題どうしはまとめられません。");
        Rule.Require(heir.MergedIntoId != Id, $"「{heir.Title}」は、この課題にまとめられています。輪になるまとめ方はできません。");
        Rule.Require(heir.MergedIntoId is null, $"「{heir.Title}」は、ほかの課題にまとめられています。まとめた先の課題を選んでください。");
        RequireOpen();
        Rule.Require(heir.ClosedAt is null, "終わった課題にはまとめられません。先に「もう一度取り組む」で開いてください。");
        Rule.Require(State != IssueState.HandedOver, "引継ぎ中の課題は、お返しを記録するまで、ほかの課題にまとめられません。");
        heir.Touch(by.At);
        return [Change(MoveKind.Merge, $"{heir.Id}", by), .. inside.Select(issue => issue.Change(MoveKind.Merge, $"{heir.Id}", by))];
    }

    public IssueMove Unmerge(Mover by)
    {
        Rule.Require(MergedIntoId is not null, "この課題は、ほかの課題にまとめられていません。");
        return Change(MoveKind.Merge, "", by);
    }

    /// <summary>Puts back what a move changed, unless something changed it again since.</summary>
    public void TakeBack(IssueMove move, Mover by)
    {
        Rule.Require(move.UndoneAt is null, "この動きは、もう元にもどしてあります。");
        Rule.Require(ValueOf(move.What) == move.Became, $"「{Title}」はそのあとに動かされているため、元にもどせません。今の場所を確かめてください。");
        Rule.Require(move.What != MoveKind.State || ($"{IssueState.HandedOver}" is var handed && move.Was != handed && move.Became != handed), "引継ぎとお返しは、元にもどせません。引継ぎを開いてください。");
        Rule.Require(move.What == MoveKind.Merge || MergedIntoId is null, $"「{Title}」はほかの課題にまとめられているため、元にもどせません。先に分けてください。");
        Set(move.What, move.Was, by.At);
        move.Undo(by);
    }

    /// <summary>The issue goes with a handover; only a handover calls it.</summary>
    internal IssueMove HandOver(Mover by)
    {
        RequireOpen();
        return Change(MoveKind.State, $"{IssueState.HandedOver}", by);
    }

    /// <summary>The last open handover came back; only a handover calls it.</summary>
    internal IssueMove ComeBack(Mover by) => Change(MoveKind.State, $"{IssueState.Discussed}", by);

    internal void GoTo(Guid ownerId, DateTimeOffset now)
    {
        OwnerId = ownerId;
        Touch(now);
    }

    public void Touch(DateTimeOffset now)
    {
        ChangedAt = now;
        Version++;
    }

    public void RequireOpen()
    {
        Rule.Require(MergedIntoId is null, "この課題は、ほかの課題にまとめられています。まとめた先の課題を開いてください。");
        Rule.Require(ClosedAt is null, "この課題は終わっています。先に「もう一度取り組む」で開いてください。");
    }

    private IssueMove Change(MoveKind what, string value, Mover by)
    {
        var was = ValueOf(what);
        Set(what, value, by.At);
        return new IssueMove { ActId = by.ActId, IssueId = Id, What = what, Was = was, Became = value, At = by.At, AccountId = by.Actor.AccountId, ByName = by.Actor.Name };
    }

    private string ValueOf(MoveKind what) => what switch
    {
        MoveKind.State => $"{State}",
        MoveKind.Area => $"{AreaId}",
        MoveKind.Urgency => $"{Urgency}",
        MoveKind.Frequency => $"{Frequency}",
        _ => $"{MergedIntoId}",
    };

    private void Set(MoveKind what, string value, DateTimeOffset now)
    {
        switch (what)
        {
            case MoveKind.State:
                State = Enum.Parse<IssueState>(value);
                ClosedAt = State is IssueState.Solved or IssueState.Declined ? now : null;
                if (ClosedAt is null)
                {
                    (ClosingReason, PublicNote) = ("", "");
                }

                break;
            case MoveKind.Area:
                AreaId = value == "" ? null : Guid.Parse(value);
                break;
            case MoveKind.Urgency:
                Urgency = Enum.Parse<Urgency>(value);
                break;
            case MoveKind.Frequency:
                Frequency = Enum.Parse<Frequency>(value);
                break;
            default:
                MergedIntoId = value == "" ? null : Guid.Parse(value);
                break;
        }

        Touch(now);
    }
}

public class IssueMapping : IEntityTypeConfiguration<Issue>
{
    public void Configure(EntityTypeBuilder<Issue> builder)
    {
        builder.Property(issue => issue.Version).IsConcurrencyToken();
        builder.Property(issue => issue.Weight).ValueGeneratedOnAddOrUpdate();
        builder.Ignore(issue => issue.IsOpen);
    }
}
