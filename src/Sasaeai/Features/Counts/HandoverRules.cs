using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Handovers;

namespace Sasaeai.Features.Counts;

/// <summary>引継ぎ that got their answer.</summary>
public sealed class AnsweredHandoverRule : CountingRule
{
    public override string Code => "answered_handovers";
    public override string Name => "引継ぎに答えが出た割合";
    public override string Unit => "%";
    public override string Counting => "その年度に引き継いだもののうち、答えが出た割合。";
    public override bool IsShare => true;
    public override bool HasLayers => false;

    public override IQueryable<Counted> Records(AppDb db, CountSpan span) => Handed(db, span).Join(db.Issues, handover => handover.IssueId, issue => issue.Id, (handover, issue) => new Counted
    {
        Id = handover.Id, Day = handover.HandedOn, Layer = null, AreaId = issue.AreaId, Kind = "", Title = issue.Title, Numerator = handover.AnsweredOn != null ? 1 : 0, Denominator = 1,
    });

    public override string? PathOf(Guid id) => $"/handovers/{id}";

    internal static IQueryable<Handover> Handed(AppDb db, CountSpan span) => db.Handovers.AsNoTracking().Where(handover => handover.HandedOn >= span.From && handover.HandedOn <= span.To);
}

/// <summary>引継ぎ whose answer came back to those who asked (お返し).</summary>
public sealed class ReturnedHandoverRule : CountingRule
{
    public override string Code => "returned_handovers";
    public override string Name => "引継ぎのお返しができた割合";
    public override string Unit => "%";
    public override string Counting => "その年度に引き継いだもののうち、答えをもとの主体に返した割合。";
    public override bool IsShare => true;
    public override bool HasLayers => false;

    public override IQueryable<Counted> Records(AppDb db, CountSpan span) => AnsweredHandoverRule.Handed(db, span).Join(db.Issues, handover => handover.IssueId, issue => issue.Id, (handover, issue) => new Counted
    {
        Id = handover.Id, Day = handover.HandedOn, Layer = null, AreaId = issue.AreaId, Kind = "", Title = issue.Title, Numerator = handover.ReturnedOn != null ? 1 : 0, Denominator = 1,
    });

    public override string? PathOf(Guid id) => $"/handovers/{id}";
}
