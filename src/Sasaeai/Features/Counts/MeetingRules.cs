using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Categories;
using Sasaeai.Features.Meetings;

namespace Sasaeai.Features.Counts;

/// <summary>Meetings that were held, by their kind.</summary>
public sealed class MeetingRule : CountingRule
{
    public override string Code => "meetings";
    public override string Name => "会議の回数";
    public override string Unit => "回";
    public override string Counting => "開いた会議1回を1と数える。中止した会議と、これからの会議は数えない。";

    public override IQueryable<Counted> Records(AppDb db, CountSpan span) => Of(Held(db, span));

    public override string? PathOf(Guid id) => $"/meetings/{id}";

    public override Task<IReadOnlyList<(string Code, string Name)>> KindsAsync(AppDb db) => KindsOfMeetingsAsync(db);

    internal static async Task<IReadOnlyList<(string Code, string Name)>> KindsOfMeetingsAsync(AppDb db) =>
        [.. (await db.CodeItems.AsNoTracking().Where(item => item.List == CodeList.MeetingKind).OrderBy(item => item.Sort).ToListAsync()).Select(item => (item.Code, item.Name))];

    internal static IQueryable<Meeting> Held(AppDb db, CountSpan span)
    {
        var last = span.To < span.Today ? span.To : span.Today;
        return db.Meetings.AsNoTracking().Where(meeting => meeting.CancelledAt == null && meeting.HeldOn >= span.From && meeting.HeldOn <= last);
    }

    internal static IQueryable<Counted> Of(IQueryable<Meeting> meetings) => meetings.Select(meeting => new Counted
    {
        Id = meeting.Id, Day = meeting.HeldOn, Layer = meeting.Layer, AreaId = meeting.AreaId, Kind = meeting.KindCode, Title = meeting.Closed ? "(非公開の会議)" : meeting.Name, Numerator = 1, Denominator = 0,
    });
}

/// <summary>Meetings by the name under which a yearly table counts them: the series, or else the kind.</summary>
public sealed class MeetingSeriesRule : CountingRule
{
    public override string Code => "meeting_series";
    public override string Name => "会議の回数(よび名ごと)";
    public override string Unit => "回";
    public override string Counting => "開いた会議1回を1と数え、続きものの会議はそのよび名で、ほかは種類で分ける。";

    public override IQueryable<Counted> Records(AppDb db, CountSpan span) => MeetingRule.Held(db, span).Select(meeting => new Counted
    {
        Id = meeting.Id, Day = meeting.HeldOn, Layer = meeting.Layer, AreaId = meeting.AreaId, Kind = meeting.Series != "" ? meeting.Series : meeting.KindCode,
        Title = meeting.Closed ? "(非公開の会議)" : meeting.Name, Numerator = 1, Denominator = 0,
    });

    public override string? PathOf(Guid id) => $"/meetings/{id}";

    public override async Task<IReadOnlyList<(string Code, string Name)>> KindsAsync(AppDb db)
    {
        var series = await db.Meetings.AsNoTracking().Where(meeting => meeting.Series != "").Select(meeting => meeting.Series).Distinct().OrderBy(name => name).Take(200).ToListAsync();
        return [.. series.Select(name => (name, name)), .. await MeetingRule.KindsOfMeetingsAsync(db)];
    }
}

/// <summary>推進会議等の開催回数: the meetings that count as the council's, whatever they are called.</summary>
public sealed class CouncilMeetingRule : CountingRule
{
    public override string Code => "council_meetings";
    public override string Name => "推進会議等の開催回数";
    public override string Unit => "回";
    public override string Counting => "「推進会議等に数える」とした会議を開いた1回を1と数える。関係者会議や視察は、そうしない限り数えない。";

    public override IQueryable<Counted> Records(AppDb db, CountSpan span) => MeetingRule.Of(MeetingRule.Held(db, span).Where(meeting => meeting.CountsAsCouncil));

    public override string? PathOf(Guid id) => $"/meetings/{id}";

    public override Task<IReadOnlyList<(string Code, string Name)>> KindsAsync(AppDb db) => MeetingRule.KindsOfMeetingsAsync(db);
}

/// <summary>SCの地域ケア会議への参加割合, an indicator of the national grant.</summary>
public sealed class CareMeetingRule : CountingRule
{
    internal const string CareMeetings = "care-";

    public override string Code => "care_meeting_share";
    public override string Name => "SCの地域ケア会議への参加割合";
    public override string Unit => "%";
    public override string Counting => "開いた地域ケア会議(個別・圏域・推進)のうち、SCが1人でも出席した回の割合。";
    public override bool IsShare => true;

    public override IQueryable<Counted> Records(AppDb db, CountSpan span) => MeetingRule.Held(db, span).Where(meeting => meeting.KindCode.StartsWith(CareMeetings)).Select(meeting => new Counted
    {
        Id = meeting.Id, Day = meeting.HeldOn, Layer = meeting.Layer, AreaId = meeting.AreaId, Kind = meeting.KindCode, Title = meeting.Closed ? "(非公開の会議)" : meeting.Name,
        Numerator = db.Attendances.Any(attendance => attendance.MeetingId == meeting.Id && attendance.Kind == AttendeeKind.Coordinator && attendance.Present) ? 1 : 0, Denominator = 1,
    });

    public override string? PathOf(Guid id) => $"/meetings/{id}";

    public override async Task<IReadOnlyList<(string Code, string Name)>> KindsAsync(AppDb db) =>
        [.. (await MeetingRule.KindsOfMeetingsAsync(db)).Where(kind => kind.Code.StartsWith(CareMeetings, StringComparison.Ordinal))];
}
