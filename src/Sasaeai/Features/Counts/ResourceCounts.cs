using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Areas;
using Sasaeai.Features.Resources;

namespace Sasaeai.Features.Counts;

/// <summary>Resources that are public today.</summary>
public class PublishedResourceCount : CountingRule
{
    public override string Code => "published_resources";
    public override string Name => "公開している地域資源の数";
    public override string Unit => "件";
    public override string Counting => "今日の時点で掲載中の地域資源。一つの資源は、置かれている圏域に1と数える。";
    public override bool IsOfToday => true;

    public override IQueryable<Counted> Records(AppDb db, DateOnly from, DateOnly to) => Of(db, db.Resources, from, to);

    public override string PathOf(Guid id) => $"/records/{id}";

    protected static IQueryable<Counted> Of(AppDb db, IQueryable<Resource> resources, DateOnly from, DateOnly to)
    {
        var today = TimeProvider.System.Today();
        return resources.AsNoTracking().Where(resource => resource.State == ResourceState.Published && from <= today && today <= to).Select(resource => new Counted
        {
            Id = resource.Id, Day = today, Layer = 2, Kind = "", Title = resource.Name, Numerator = 1, Denominator = 0,
            AreaId = db.Areas.Where(area => area.Kind == AreaKind.LivingArea && resource.AreaIds.Contains(area.Id)).OrderBy(area => area.Code).Select(area => (Guid?)area.Id).FirstOrDefault(),
        });
    }
}

/// <summary>確認の負債: public resources past their day.</summary>
public sealed class OverdueResourceCount : PublishedResourceCount
{
    public override string Code => "overdue_resources";
    public override string Name => "確認の期限をすぎた地域資源の数";
    public override string Counting => "今日の時点で掲載中の地域資源のうち、確認の期限をすぎたもの。";

    public override IQueryable<Counted> Records(AppDb db, DateOnly from, DateOnly to)
    {
        var today = TimeProvider.System.Today();
        return Of(db, db.Resources.Where(resource => resource.DueOn < today), from, to);
    }
}
