using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.ActivityRecords;
using Sasaeai.Features.Categories;

namespace Sasaeai.Features.Counts;

/// <summary>活動回数. What was written belongs to its recorder; that it was done, where and of which kind, all may count.</summary>
public sealed class ActivityRule : CountingRule
{
    public override string Code => "activity_records";
    public override string Name => "活動記録の件数";
    public override string Unit => "回";
    public override string Counting => "生活支援コーディネーターの、完成した活動記録1件を1と数える。下書きは数えない。";
    public override bool HasManyKinds => true;

    public override IQueryable<Counted> Records(AppDb db, CountSpan span) => Of(Done(db, span));

    public override IQueryable<Counted> Records(AppDb db, CountSpan span, IReadOnlyCollection<string> kinds) =>
        kinds.Count == 0 ? Records(db, span) : Of(Done(db, span).Where(record => record.Kinds.Any(kind => kinds.Contains(kind))));

    public override string? PathOf(Guid id) => $"/activities/{id}";

    public override async Task<IReadOnlyList<(string Code, string Name)>> KindsAsync(AppDb db) =>
        [.. (await db.CodeItems.AsNoTracking().Where(item => item.List == CodeList.ActivityKind).OrderBy(item => item.Sort).ToListAsync()).Select(item => (item.Code, item.Name))];

    private static IQueryable<ActivityRecord> Done(AppDb db, CountSpan span) =>
        db.ActivityRecords.AsNoTracking().Where(record => record.CompletedAt != null && record.OnDay >= span.From && record.OnDay <= span.To);

    private static IQueryable<Counted> Of(IQueryable<ActivityRecord> records) => records.Select(record => new Counted
    {
        Id = record.Id, Day = record.OnDay, Layer = record.Layer, AreaId = record.AreaId, Kind = "", Title = record.ByName, Numerator = 1, Denominator = 0,
    });
}
