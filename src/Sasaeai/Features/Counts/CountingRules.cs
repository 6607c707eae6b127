namespace Sasaeai.Features.Counts;

/// <summary>All ways in which the program counts.</summary>
public static class CountingRules
{
    public static readonly MeetingCount Meetings = new();
    public static readonly MeetingSeriesCount MeetingSeries = new();
    public static readonly CouncilMeetingCount CouncilMeetings = new();
    public static readonly ActivityCount Activities = new();
    public static readonly OutreachTimesCount OutreachTimes = new();
    public static readonly OutreachHeadsCount OutreachHeads = new();
    public static readonly ReportingEventCount ReportingEvents = new();
    public static readonly PostedCount Postings = new();
    public static readonly PublishedResourceCount PublishedResources = new();
    public static readonly OverdueResourceCount OverdueResources = new();

    public static readonly IReadOnlyList<CountingRule> All =
    [
        CouncilMeetings,
        Meetings,
        MeetingSeries,
        Activities,
        OutreachTimes,
        OutreachHeads,
        ReportingEvents,
        Postings,
        new CareMeetingShare(),
        new AnsweredHandoverShare(),
        new ReturnedHandoverShare(),
        PublishedResources,
        OverdueResources,
    ];

    public static CountingRule? Find(string? code) => All.FirstOrDefault(rule => rule.Code == code);
}
