using Sasaeai.Data;

namespace Sasaeai.Features.ActivityReports;

/// <summary>月報, 年報.</summary>
public enum ReportSpan { Month, Year }

/// <summary>主なできごと and 今後の課題と提案 of a month or year, for the town or for one coordinator. The figures above it are counted, not kept.</summary>
public class ActivityReport : TownRecord
{
    public required ReportSpan Span { get; init; }
    /// <summary>The first of the month, or 1 April.</summary>
    public required DateOnly StartsOn { get; init; }
    /// <summary>Null for the town.</summary>
    public Guid? AccountId { get; init; }
    public string Events { get; private set; } = "";
    public string Proposals { get; private set; } = "";
    public int Version { get; private set; }
    public DateTimeOffset ChangedAt { get; private set; }
    public string ChangedBy { get; private set; } = "";

    public void Write(string events, string proposals, string by, DateTimeOffset now) =>
        (Events, Proposals, ChangedBy, ChangedAt, Version) = (events, proposals, by, now, Version + 1);
}
