using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Sasaeai.Data;

/// <summary>One link of the town's chain: who did what to which record, when and why.</summary>
public class AuditEntry : ITownOwned
{
    public int MunicipalityId { get; private set; }
    public long No { get; private set; }
    public DateTimeOffset At { get; private set; }
    public Guid? AccountId { get; private set; }
    public required string AccountName { get; init; }
    public required string Verb { get; init; }
    public required string Noun { get; init; }
    public required string RecordId { get; init; }
    public required string Note { get; init; }
    /// <summary>field → [before, after] as JSON; null when nothing changed or the retention period has passed.</summary>
    public string? Changes { get; private set; }
}

public class AuditEntryMapping : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> builder)
    {
        builder.HasKey(entry => new { entry.MunicipalityId, entry.No });
        builder.Property(entry => entry.Changes).HasColumnType("jsonb");
    }
}
