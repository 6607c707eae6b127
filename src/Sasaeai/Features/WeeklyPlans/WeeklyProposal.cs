using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Sasaeai.Data;
using Sasaeai.Features.WeeklyPlans.Planning;

namespace Sasaeai.Features.WeeklyPlans;

/// <summary>A helper in a place of a visit.</summary>
/// <param name="Place">0, or 1 for the second of two helpers.</param>
public sealed record PlacedHelper(Guid VisitId, short Place, Guid MemberId, DateOnly Day, TimeOnly Starts);

/// <summary>A visit for which nobody was found.</summary>
public sealed record LeftVisit(Guid VisitId, string Reason, RelaxationKind? Relaxation, double Minutes, IReadOnlyList<Guid> HelperIds);

/// <summary>The coordinator took a helper off a visit: the plan does not propose the two again this week.</summary>
public sealed record TakenOff(Guid VisitId, Guid MemberId);

public sealed record ProposalContent
{
    public IReadOnlyList<PlacedHelper> Places { get; init; } = [];
    /// <summary>What was agreed when the plan was made; an agreement that is gone since frees its helper.</summary>
    public IReadOnlyList<PlacedHelper> Agreed { get; init; } = [];
    public IReadOnlyList<LeftVisit> Left { get; init; } = [];
    public IReadOnlyList<TakenOff> TakenOff { get; init; } = [];
    /// <summary>Proven to be the best by the group's weights.</summary>
    public bool Exact { get; init; }
}

/// <summary>週の予定案: who could make the visits of one week, before the coordinator accepts it.</summary>
public class WeeklyProposal : TownRecord
{
    public required Guid GroupId { get; init; }
    /// <summary>The first day of the week.</summary>
    public required DateOnly Monday { get; init; }
    public int Seed { get; init; } = 1;
    [Secret] public ProposalContent Content { get; private set; } = new();
    public DateTimeOffset MadeAt { get; private set; }
    public string MadeBy { get; private set; } = "";

    public void Make(ProposalContent content, string byName, DateTimeOffset now) => (Content, MadeBy, MadeAt) = (content, byName, now);

    /// <summary>Puts a helper in a place by hand, instead of whoever was proposed there.</summary>
    public void Put(PlacedHelper placed) => Content = Content with
    {
        Places = [.. Content.Places.Where(other => other.VisitId != placed.VisitId || other.Place != placed.Place).Select(other => other.VisitId == placed.VisitId ? other with { Day = placed.Day, Starts = placed.Starts } : other), placed],
        Left = [.. Content.Left.Where(left => left.VisitId != placed.VisitId)],
        TakenOff = [.. Content.TakenOff.Where(off => off != new TakenOff(placed.VisitId, placed.MemberId))],
    };

    /// <summary>Takes the helper off and does not propose the two again this week.</summary>
    public void TakeOff(Guid visitId, Guid memberId)
    {
        Rule.Require(Content.Places.Any(placed => placed.VisitId == visitId && placed.MemberId == memberId), "この担当は、もう案にありません。");
        Content = Content with { Places = [.. Content.Places.Where(placed => placed.VisitId != visitId || placed.MemberId != memberId)], TakenOff = [.. Content.TakenOff, new TakenOff(visitId, memberId)] };
    }

    /// <summary>These were accepted.</summary>
    public void Settle(IReadOnlyCollection<PlacedHelper> accepted) => Content = Content with { Places = [.. Content.Places.Except(accepted)], Agreed = [.. Content.Agreed, .. accepted] };

    public static DateOnly MondayOf(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
}

public class WeeklyProposalMapping : IEntityTypeConfiguration<WeeklyProposal>
{
    public void Configure(EntityTypeBuilder<WeeklyProposal> builder)
    {
        builder.Property<uint>("xmin").IsRowVersion();
        builder.Property(proposal => proposal.Content).IsJson();
    }
}
