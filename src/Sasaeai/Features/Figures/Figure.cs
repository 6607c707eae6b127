using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;

namespace Sasaeai.Features.Figures;

/// <summary>Published resources of one town, all or of one category. Nothing but counts leaves this class.</summary>
public sealed record Figure(int MunicipalityId, string? CategoryCode, int Resources, int Verified)
{
    /// <summary>未確認: the debt.</summary>
    public int Unverified => Resources - Verified;

    public string ResourcesShown(int smallest) => Masked(Resources, smallest);

    public string UnverifiedShown(int smallest) => Masked(Unverified, smallest);

    /// <summary>The share would give a masked count away.</summary>
    public string ShareShown(int smallest) => Resources == 0 ? "—" : IsSmall(Resources, smallest) || IsSmall(Verified, smallest) || IsSmall(Unverified, smallest) ? "—" : $"{100 * Verified / Resources}%";

    /// <summary>Per town, then per town and top category of the reader's own list.</summary>
    public static Task<List<Figure>> OfAsync(AppDb db, int[] towns, DateOnly today) => db.Database.SqlQuery<Figure>($"""
        select r.municipality_id as "MunicipalityId", t.code as "CategoryCode", count(distinct r.resource_id)::int as "Resources",
          (count(distinct r.resource_id) filter (where r.due_on > {today}))::int as "Verified"
        from published.resource r
        cross join lateral unnest(r.category_codes) as used(code)
        left join app.category c on c.municipality_id = {db.TownId} and c.code = used.code
        cross join lateral (select coalesce(c.parent_code, used.code) as code) t
        where r.municipality_id = any({towns}) and not r.withdrawn and r.hide_on > {today}
        group by grouping sets ((r.municipality_id), (r.municipality_id, t.code))
        """).ToListAsync();

    private static string Masked(int count, int smallest) => IsSmall(count, smallest) ? $"{smallest}未満" : $"{count:N0}";

    private static bool IsSmall(int count, int smallest) => count > 0 && count < smallest;
}
