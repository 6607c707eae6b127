using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Sasaeai.Data;

namespace Sasaeai.Features.Issues;

/// <summary>対応できている, 足りない, 使われていない.</summary>
public enum ResourceFit { Enough, Short, Unused }

/// <summary>A resource that is there already, and whether it answers the issue.</summary>
public class IssueResource : ITownOwned
{
    public int MunicipalityId { get; private set; }
    public required Guid IssueId { get; init; }
    public required Guid ResourceId { get; init; }
    public required ResourceFit Fit { get; set; }
    public string Note { get; set; } = "";
    public required DateTimeOffset MarkedAt { get; set; }
    public required string MarkedBy { get; set; }
}

/// <summary>根拠: what besides the voices says that the issue is there.</summary>
public class IssueEvidence : TownRecord
{
    public required Guid IssueId { get; init; }
    public required DateOnly OnDay { get; init; }
    public required string Text { get; init; }
    public Guid? MeetingId { get; init; }
    public Guid? ActivityRecordId { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required string CreatedBy { get; init; }
}

public class IssueResourceMapping : IEntityTypeConfiguration<IssueResource>
{
    public void Configure(EntityTypeBuilder<IssueResource> builder) => builder.HasKey(mark => new { mark.MunicipalityId, mark.IssueId, mark.ResourceId });
}
