using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;

namespace Sasaeai.Features.Figures;

/// <summary>Published resources of one town, all or of one category. Nothing but counts leaves this class.</summary>
public sealed record Figure(int MunicipalityId, string? CategoryCode, int Resources, int Verified)
{
    /// <summary>未確認: the debt.</summary>
    public int Unverified => Resources - Verified;

    /// <summary>Left out although not small, because a masked count could be worked out from it.</summary>
    [NotMapped]
    public bool IsLeftOut { get; init; }

    /// <summary>One of its counts is too small to be shown.</summary>
    public bool IsMasked(int smallest) => IsSmall(Resources, smallest) || IsSmall(Verified, smallest) || IsSmall(Unverified, smallest);

    public string ResourcesShown(int smallest) => IsLeftOut ? "—" : Masked(Resources, smallest);

    /// <summary>Beside the number of resources it would give a small number of verified ones away.</summary>
    public string UnverifiedShown(int smallest) => IsLeftOut || IsSmall(Verified, smallest) && !IsSmall(Resources, smallest) ? "—" : Masked(Unverified, smallest);

    /// <summary>The share would give a masked count away.</summary>
    public string ShareShown(int smallest) => IsLeftOut || Resources == 0 || IsMasked(smallest) ? "—" : $"{100 * Verified / Resources}%";

    /// <summary>When a single category of a town is masked, the town's whole less the others would tell it: the smallest other one is left out too.</summary>
    public static IEnumerable<Figure> WithComplement(IEnumerable<Figure> figures, int smallest) => figures.GroupBy(figure => figure.MunicipalityId).SelectMany(town =>
    {
        var categories = town.Where(figure => figure.CategoryCode is not null).ToList();
        var other = categories.Count(figure => figure.IsMasked(smallest)) == 1 ? categories.Where(figure => !figure.IsMasked(smallest)).MinBy(figure => figure.Resources) : null;
        return town.Select(figure => figure == other ? figure with { IsLeftOut = true } : figure);
    });

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
