using Sasaeai.Data;

namespace Sasaeai.Features.Resources;

public enum AttachmentKind { Photo, Paper }

/// <summary>A photo or paper of a record. A photo is public only with consent.</summary>
public class Attachment : TownRecord
{
    public required Guid ResourceId { get; init; }
    public required AttachmentKind Kind { get; init; }
    public required string MediaType { get; init; }
    public required string FileName { get; init; }
    public string Caption { get; set; } = "";
    public required byte[] Bytes { get; init; }
    public DateOnly? ConsentedOn { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required string CreatedBy { get; init; }
    public DateTimeOffset? RemovedAt { get; set; }
}
