using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Postings;
using Sasaeai.Japanese;

namespace Sasaeai.Features.Counts;

/// <summary>SCの配置 at the end of each fiscal year; in the year that is not over, today.</summary>
public sealed class PostingRule : CountingRule
{
    public override string Code => "postings";
    public override string Name => "SCの配置の数";
    public override string Unit => "人";
    public override string Counting => "年度の終わりの日(途中の年度は今日)に続いている配置1件を1と数える。兼務は合計だけに入れ、第1層・第2層それぞれには入れない。";

    public override bool IsStock => true;

    public override IQueryable<Counted> Records(AppDb db, CountSpan span)
    {
        var last = span.To < span.Today ? span.To : span.Today;
        var days = Enumerable.Range(FiscalYear.Of(span.From).Year, Math.Max(0, FiscalYear.Of(last).Year - FiscalYear.Of(span.From).Year + 1))
            .Select(year => new FiscalYear(year).Ends).Select(end => end < last ? end : last).ToList();
        return db.Postings.AsNoTracking().Where(posting => posting.Kind == PostingKind.Coordinator).SelectMany(
            posting => days.Where(day => posting.StartsOn <= day && (posting.EndsOn == null || day <= posting.EndsOn)),
            (posting, day) => new Counted
            {
                Id = posting.Id, Day = day, Layer = posting.Layer == PostingLayer.First ? 1 : posting.Layer == PostingLayer.Second ? 2 : null, AreaId = posting.AreaId,
                Kind = "", Title = posting.PersonName, Numerator = 1, Denominator = 0,
            });
    }
}
