using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.ActivityRecords;

namespace Sasaeai.Features.ActivityReports;

/// <summary>
/// How many activities and minutes, of this span or of the same span a year before, in one cell of a table: by layer with area and
/// recorder, by layer with kind or with SCの役割 (a record of two kinds counts in both), or by month. What a row does not tell is null.
/// </summary>
public sealed record ActivityCount(bool IsNow, int? Layer, Guid? AreaId, Guid? AccountId, string? Kind, string? Function, int? Month, int Count, long Minutes)
{
    /// <summary>One pass over two spans; the dates are the query's first and last day.</summary>
    public static Task<List<ActivityCount>> OfAsync(AppDb db, ActivityQuery span)
    {
        var (from, to) = (span.From!.Value, span.To!.Value);
        return db.Database.SqlQuery<ActivityCount>($"""
            with done as materialized (
              select on_day >= {from} as is_now, layer, area_id, account_id, kinds, functions, extract(month from on_day)::int as month, coalesce(minutes, 0) as minutes
              from app.activity_record
              where municipality_id = {db.TownId} and completed_at is not null
                and (on_day between {from} and {to} or on_day between {YearBefore(from)} and {YearBefore(to)})
                and ({span.Person}::uuid is null or account_id = {span.Person}) and ({span.Area}::uuid is null or area_id = {span.Area})
            )
            select is_now as "IsNow", layer as "Layer", area_id as "AreaId", account_id as "AccountId", null as "Kind", null as "Function", null::int as "Month", count(*)::int as "Count", sum(minutes) as "Minutes"
            from done group by is_now, layer, area_id, account_id
            union all
            select is_now, layer, null, null, kind, null, null, count(*)::int, sum(minutes) from done, unnest(kinds) as kind group by is_now, layer, kind
            union all
            select is_now, layer, null, null, null, function, null, count(*)::int, sum(minutes) from done, unnest(functions) as function group by is_now, layer, function
            union all
            select is_now, layer, null, null, null, null, month, count(*)::int, sum(minutes) from done group by is_now, layer, month
            """).ToListAsync();
    }

    /// <summary>The same day a year before; of a month's last day, that month's last day.</summary>
    private static DateOnly YearBefore(DateOnly day) => day.AddDays(1).AddYears(-1).AddDays(-1) is var last && day.AddDays(1).Day == 1 ? last : day.AddYears(-1);
}
