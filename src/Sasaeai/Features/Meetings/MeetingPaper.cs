using Sasaeai.Data;

namespace Sasaeai.Features.Meetings;

/// <summary>配付資料 of a meeting.</summary>
public class MeetingPaper : TownRecord
{
    public required Guid MeetingId { get; init; }
    public required string MediaType { get; init; }
    public required string FileName { get; init; }
    public string Caption { get; init; } = "";
    public required byte[] Bytes { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required string CreatedBy { get; init; }
    public DateTimeOffset? RemovedAt { get; set; }
}
