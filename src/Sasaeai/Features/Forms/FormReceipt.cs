using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Sasaeai.Data;

namespace Sasaeai.Features.Forms;

/// <summary>A form that was taken, by the key that its page was made with, and where it led.</summary>
[NotAudited]
public class FormReceipt : ITownOwned
{
    public int MunicipalityId { get; private set; }
    public required Guid Key { get; init; }
    public required string Location { get; init; }
}

public class FormReceiptMapping : IEntityTypeConfiguration<FormReceipt>
{
    public void Configure(EntityTypeBuilder<FormReceipt> builder) => builder.HasKey(receipt => new { receipt.MunicipalityId, receipt.Key });
}
