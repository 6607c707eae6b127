using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Resources;
using Sasaeai.Features.Shared;
using Sasaeai.Japanese;
using Sasaeai.Web;

namespace Sasaeai.Features.TownSettings;

/// <summary>How often people searched, and found nothing, by 圏域 and 分類. No word and no person is counted, so nothing is masked.</summary>
public class SearchCountsModel(AppDb db, CurrentPerson person, TimeProvider time) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? From { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? To { get; set; }

    [BindProperty(Name = ListOrder.Parameter, SupportsGet = true)]
    public string? Sort { get; set; }

    public ListOrder Order => ListOrder.Of(Sort, "-zero", "area", "category", "searches", "zero");

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public async Task OnGetAsync()
    {
        person.Require(person.IsOfficer);
        Rows = await LoadAsync();
    }

    public async Task<IActionResult> OnGetTableAsync(TableFormat format)
    {
        person.Require(person.IsOfficer);
        return this.Table("検索の回数", format, ["圏域", "分類", "検索の回数", "見つからなかった回数"], (await LoadAsync()).Select(row => new object?[] { row.Area, row.Category, row.Searches, row.ZeroHits }));
    }

    private async Task<List<Row>> LoadAsync()
    {
        var today = time.Today();
        var (from, to) = (Wareki.TryReadDate(From, out var first) ? first : FiscalYear.Of(today).Starts, Wareki.TryReadDate(To, out var last) ? last : today);
        (From, To) = (Wareki.Date(from), Wareki.Date(to));
        var rows = await db.Database.SqlQuery<Row>($"""
            select coalesce(area.name, nullif(count.area_code, ''), '指定なし') as "Area", coalesce(category.name, nullif(count.category_code, ''), '指定なし') as "Category",
              sum(count.searches)::int as "Searches", sum(count.zero_hits)::int as "ZeroHits"
            from app.search_count as count
            left join app.area on area.municipality_id = count.municipality_id and area.code = count.area_code
            left join app.category on category.municipality_id = count.municipality_id and category.code = count.category_code
            where count.municipality_id = {db.TownId} and count.day between {from} and {to}
            group by 1, 2 order by 4 desc, 3 desc limit 2000
            """).ToListAsync();
        return [.. rows.By(Order, row => Order.Column switch { "area" => row.Area, "category" => row.Category, "searches" => row.Searches, _ => row.ZeroHits })];
    }

    public sealed record Row(string Area, string Category, int Searches, int ZeroHits);
}
