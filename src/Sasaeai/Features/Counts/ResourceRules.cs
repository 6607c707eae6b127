using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Areas;
using Sasaeai.Features.Resources;

namespace Sasaeai.Features.Counts;

/// <summary>Resources that are public today.</summary>
public sealed class PublishedResourceRule : CountingRule
{
    public override string Code => "published_resources";
    public override string Name => "公開している地域資源の数";
    public override string Unit => "件";
    public override string Counting => "今日の時点で掲載中の地域資源。圏域が二つ以上ある資源は、はじめの圏域で1と数える。";
    public override bool IsOfToday => true;

    public override IQueryable<Counted> Records(AppDb db, CountSpan span) => Of(db, db.Resources, span);

    public override string? PathOf(Guid id) => $"/records/{id}";

    internal static IQueryable<Counted> Of(AppDb db, IQueryable<Resource> resources, CountSpan span)
    {
        var (from, to, today) = span;
        return resources.AsNoTracking().Where(resource => resource.State == ResourceState.Published && from <= today && today <= to).Select(resource => new Counted
        {
            Id = resource.Id, Day = today, Layer = 2, Kind = "", Title = resource.Name, Numerator = 1, Denominator = 0,
            AreaId = db.Areas.Where(area => area.Kind == AreaKind.LivingArea && resource.AreaIds.Contains(area.Id)).OrderBy(area => area.Code).Select(area => (Guid?)area.Id).FirstOrDefault(),
        });
    }
}

/// <summary>確認の負債: public resources past their day.</summary>
public sealed class OverdueResourceRule : CountingRule
{
    public override string Code => "overdue_resources";
    public override string Name => "確認の期限をすぎた地域資源の数";
    public override string Unit => "件";
    public override string Counting => "今日の時点で掲載中の地域資源のうち、確認の期限をすぎたもの。";
    public override bool IsOfToday => true;

    public override IQueryable<Counted> Records(AppDb db, CountSpan span) => PublishedResourceRule.Of(db, db.Resources.Where(resource => resource.DueOn < span.Today), span);

    public override string? PathOf(Guid id) => $"/records/{id}";
}
