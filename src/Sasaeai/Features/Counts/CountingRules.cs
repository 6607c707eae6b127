namespace Sasaeai.Features.Counts;

/// <summary>All ways in which the program counts.</summary>
public static class CountingRules
{
    public static readonly MeetingRule Meetings = new();
    public static readonly MeetingSeriesRule MeetingSeries = new();
    public static readonly CouncilMeetingRule CouncilMeetings = new();
    public static readonly ActivityRule Activities = new();
    public static readonly OutreachTimesRule OutreachTimes = new();
    public static readonly OutreachHeadsRule OutreachHeads = new();
    public static readonly ReportingEventRule ReportingEvents = new();
    public static readonly PostingRule Postings = new();
    public static readonly PublishedResourceRule PublishedResources = new();
    public static readonly OverdueResourceRule OverdueResources = new();

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
        new CareMeetingRule(),
        new AnsweredHandoverRule(),
        new ReturnedHandoverRule(),
        PublishedResources,
        OverdueResources,
    ];

    public static CountingRule? Find(string? code) => All.FirstOrDefault(rule => rule.Code == code);
}
