using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Sasaeai.Data;

namespace Sasaeai.Features.Imports;

/// <summary>A file between its preview and its confirmation; afterwards its report. Seen by the one who sent it only.</summary>
[NotAudited]
public class ImportUpload : TownRecord
{
    public static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    public required Guid AccountId { get; init; }
    public required string Noun { get; init; }
    public required string FileName { get; init; }
    public required byte[] Bytes { get; set; }
    /// <summary>Values for fields that the file has no column for.</summary>
    public Dictionary<string, string> Defaults { get; set; } = [];
    public byte[]? Report { get; private set; }
    public string? Summary { get; private set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
    public DateTimeOffset? AppliedAt { get; private set; }

    /// <summary>The file is done with and forgotten; what became of its rows stays until the record expires.</summary>
    public void Apply(byte[] report, string summary, DateTimeOffset now)
    {
        Rule.Require(AppliedAt is null, "このファイルはすでに取り込みました。");
        (Report, Summary, AppliedAt, Bytes) = (report, summary, now, []);
    }
}

public class ImportUploadMapping : IEntityTypeConfiguration<ImportUpload>
{
    public void Configure(EntityTypeBuilder<ImportUpload> builder) => builder.Property(upload => upload.Defaults).IsJson();
}
