using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Sasaeai.Data;
using Sasaeai.Features.Ledger;

namespace Sasaeai.Features.GroupClosings;

/// <summary>A month of a group's books that is finished (月締め). Written by the database alone (app.close_month).</summary>
[NotAudited]
public class GroupClosing : TownRecord
{
    public Guid GroupId { get; private set; }
    public DateOnly Month { get; private set; }
    public DateTimeOffset ClosedAt { get; private set; }
    public Guid? ClosedBy { get; private set; }
    public string ClosedByName { get; private set; } = "";
    public CountedByHand Counted { get; private set; } = new();
    public DateTimeOffset? ReopenedAt { get; private set; }
    public Guid? ReopenedBy { get; private set; }
    public string? ReopenedByName { get; private set; }
    public string? ReopenReason { get; private set; }
}

/// <summary>What an account had before a closed month, what came and went in it, and what it had after.</summary>
[NotAudited]
public class ClosingBalance : ITownOwned
{
    public int MunicipalityId { get; private set; }
    public Guid ClosingId { get; private set; }
    public Guid AccountId { get; private set; }
    public Guid GroupId { get; private set; }
    public long Opening { get; private set; }
    public long Came { get; private set; }
    public long Went { get; private set; }
    public long Balance { get; private set; }
}

public class GroupClosingMapping : IEntityTypeConfiguration<GroupClosing>
{
    public void Configure(EntityTypeBuilder<GroupClosing> builder) => builder.Property(closing => closing.Counted).IsJson();
}

public class ClosingBalanceMapping : IEntityTypeConfiguration<ClosingBalance>
{
    public void Configure(EntityTypeBuilder<ClosingBalance> builder) => builder.HasKey(balance => new { balance.MunicipalityId, balance.ClosingId, balance.AccountId });
}
