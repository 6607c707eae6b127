using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Sasaeai.Data;

namespace Sasaeai.Features.Imports;

/// <summary>Which column of a file is which field, kept for the next file with the same header.</summary>
public class ImportMapping : ITownOwned
{
    public int MunicipalityId { get; private set; }
    public required string Noun { get; init; }
    public required string HeaderDigest { get; init; }
    public required Dictionary<string, string> Mapping { get; set; }
    public required DateTimeOffset ChangedAt { get; set; }
}

public class ImportMappingMapping : IEntityTypeConfiguration<ImportMapping>
{
    public void Configure(EntityTypeBuilder<ImportMapping> builder)
    {
        builder.HasKey(mapping => new { mapping.MunicipalityId, mapping.Noun, mapping.HeaderDigest });
        builder.Property(mapping => mapping.Mapping).IsJson();
    }
}
