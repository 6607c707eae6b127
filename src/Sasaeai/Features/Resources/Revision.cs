using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Sasaeai.Data;

namespace Sasaeai.Features.Resources;

/// <summary>職員・SC, 実施主体(確認リンク), 世話人, 取り込み.</summary>
public enum RevisionSource { Staff, Operator, Group, Import }

/// <summary>内容の修正, 掲載の終了, 再掲載.</summary>
public enum RevisionKind { Change, Ending, Republication }

public enum RevisionState { Pending, Approved, Declined }

/// <summary>A proposed content. The last approved version stays public until somebody decides.</summary>
public class Revision : TownRecord
{
    public required Guid ResourceId { get; init; }
    public RevisionKind Kind { get; init; }
    public required int BaseVersion { get; init; }
    public required ResourceContent Content { get; init; }
    public required RevisionSource Source { get; init; }
    public RevisionState State { get; private set; }
    public Guid? AccountId { get; init; }
    public required string ByName { get; init; }
    public string Note { get; init; } = "";
    /// <summary>How the proposer checked the content; approval then counts as a verification.</summary>
    public VerificationWay? VerifiedHow { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? DecidedAt { get; private set; }
    public string? DecidedBy { get; private set; }
    public string DecisionNote { get; private set; } = "";

    /// <summary>The record was changed after this proposal had been made.</summary>
    public bool IsOutdated(Resource resource) => Kind == RevisionKind.Change && resource.Version != BaseVersion;

    /// <summary>Makes this content the approved one and publishes it, or ends or republishes the record.</summary>
    /// <returns>The verification, when the proposer had checked the content.</returns>
    public Verification? Approve(Resource resource, Actor actor, ResourceSetting setting, DateTimeOffset now, string note = "")
    {
        Rule.Require(State == RevisionState.Pending, "この修正案はすでに処理されています。");
        Rule.Require(!IsOutdated(resource), "この修正案が作られたあとに、記録が別に変更されています。両方の内容を見比べて、修正案を作り直してください。");

        switch (Kind)
        {
            case RevisionKind.Ending:
                resource.End(now);
                break;
            case RevisionKind.Republication:
                resource.Publish(now);
                break;
            default:
                resource.Apply(Content, setting, now);
                if (resource.State == ResourceState.Draft)
                {
                    resource.Publish(now);
                }

                break;
        }

        Decide(RevisionState.Approved, actor, now, note);
        return VerifiedHow is { } how
            ? resource.Verify(CreatedAt.Day(), how, new Actor(AccountId, ByName), setting, now)
            : null;
    }

    public void Decline(Actor actor, DateTimeOffset now, string reason)
    {
        Rule.Require(State == RevisionState.Pending, "この修正案はすでに処理されています。");
        Rule.Require(reason.Trim() != "", "採用しない理由を入力してください。");
        Decide(RevisionState.Declined, actor, now, reason);
    }

    private void Decide(RevisionState state, Actor actor, DateTimeOffset now, string note) =>
        (State, DecidedAt, DecidedBy, DecisionNote) = (state, now, actor.Name, note);
}

public class RevisionMapping : IEntityTypeConfiguration<Revision>
{
    public void Configure(EntityTypeBuilder<Revision> builder)
    {
        builder.Property<uint>("xmin").IsRowVersion();
        builder.Property(revision => revision.Content).IsJson();
    }
}
