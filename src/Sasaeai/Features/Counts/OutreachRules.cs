using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Outreaches;
using Sasaeai.Features.Shared;

namespace Sasaeai.Features.Counts;

/// <summary>普及啓発, how often.</summary>
public sealed class OutreachTimesRule : CountingRule
{
    public override string Code => "outreach_times";
    public override string Name => "普及啓発の回数";
    public override string Unit => "回";
    public override string Counting => "普及啓発の記録1件を1回と数える。活動報告のイベント(報告会)は入れない。";

    public override IQueryable<Counted> Records(AppDb db, CountSpan span) => Told(db, span).Select(outreach => new Counted
    {
        Id = outreach.Id, Day = outreach.OnDay, Layer = outreach.Layer, AreaId = outreach.AreaId, Kind = (string)(object)outreach.Kind, Title = outreach.Content, Numerator = 1, Denominator = 0,
    });

    public override Task<IReadOnlyList<(string Code, string Name)>> KindsAsync(AppDb db) => Task.FromResult(Kinds);

    internal static IReadOnlyList<(string Code, string Name)> Kinds => [.. Enum.GetValues<OutreachKind>().Where(kind => kind != OutreachKind.Report).Select(kind => (SnakeCase.From(kind), kind.InWords()))];

    internal static IQueryable<Outreach> Told(AppDb db, CountSpan span) =>
        db.Outreaches.AsNoTracking().Where(outreach => outreach.Kind != OutreachKind.Report && outreach.OnDay >= span.From && outreach.OnDay <= span.To);
}

/// <summary>普及啓発, to how many people.</summary>
public sealed class OutreachHeadsRule : CountingRule
{
    public override string Code => "outreach_heads";
    public override string Name => "普及啓発の人数";
    public override string Unit => "人";
    public override string Counting => "普及啓発の記録の参加人数を足す(延べ人数)。活動報告のイベント(報告会)は入れない。";

    public override IQueryable<Counted> Records(AppDb db, CountSpan span) => OutreachTimesRule.Told(db, span).Select(outreach => new Counted
    {
        Id = outreach.Id, Day = outreach.OnDay, Layer = outreach.Layer, AreaId = outreach.AreaId, Kind = (string)(object)outreach.Kind, Title = outreach.Content, Numerator = outreach.HeadCount, Denominator = 0,
    });

    public override Task<IReadOnlyList<(string Code, string Name)>> KindsAsync(AppDb db) => Task.FromResult(OutreachTimesRule.Kinds);
}

/// <summary>活動報告のイベント, how many came.</summary>
public sealed class ReportingEventRule : CountingRule
{
    public override string Code => "reporting_event_heads";
    public override string Name => "活動報告イベントの参加人数";
    public override string Unit => "人";
    public override string Counting => "種類が「報告会」の記録の参加人数を足す。";

    public override IQueryable<Counted> Records(AppDb db, CountSpan span) => db.Outreaches.AsNoTracking()
        .Where(outreach => outreach.Kind == OutreachKind.Report && outreach.OnDay >= span.From && outreach.OnDay <= span.To)
        .Select(outreach => new Counted
        {
            Id = outreach.Id, Day = outreach.OnDay, Layer = outreach.Layer, AreaId = outreach.AreaId, Kind = "", Title = outreach.Content, Numerator = outreach.HeadCount, Denominator = 0,
        });
}
