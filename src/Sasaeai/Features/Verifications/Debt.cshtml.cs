using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Areas;
using Sasaeai.Features.Resources;
using Sasaeai.Web;

namespace Sasaeai.Features.Verifications;

/// <summary>確認の負債: how many records are past their day, and by how many days together.</summary>
public class DebtModel(AppDb db, CurrentPerson person, TimeProvider time) : PageModel
{
    public Row Whole { get; private set; } = new("", 0, 0, 0);
    public IReadOnlyList<Row> ByArea { get; private set; } = [];
    public IReadOnlyList<Row> ByCategory { get; private set; } = [];

    public Task OnGetAsync() => LoadAsync();

    public async Task<IActionResult> OnGetTableAsync(TableFormat format)
    {
        await LoadAsync();
        return this.Table($"たまっている確認{time.Today():yyyyMMdd}", format, ["分け方", "名前", "掲載中", "期限をすぎた記録", "すぎた日数の合計"],
            new[] { ("全体", Whole with { Name = "全体" }) }.Concat(ByArea.Select(row => ("圏域", row))).Concat(ByCategory.Select(row => ("分類", row)))
                .Select(one => new object?[] { one.Item1, one.Item2.Name, one.Item2.Records, one.Item2.Overdue, one.Item2.Days }));
    }

    private async Task LoadAsync()
    {
        person.Require(person.IsStaff);
        var today = time.Today();
        var names = (await AreaTree.LoadAsync(db, today)).Of(AreaKind.LivingArea).ToDictionary(area => area.Id.ToString(), area => area.Name);
        var categories = await db.Categories.AsNoTracking().ToDictionaryAsync(category => category.Code, category => category.Name);
        Whole = (await db.Database.SqlQuery<Row>($"""
            select '' as "Name", count(*)::int as "Records", count(*) filter (where due_on < {today})::int as "Overdue",
              coalesce(sum({today} - due_on) filter (where due_on < {today}), 0)::int as "Days"
            from app.resource where municipality_id = {db.TownId} and state = 'published'
            """).ToListAsync()).Single();
        ByArea = Named(names, await db.Database.SqlQuery<Row>($"""
            select area_id::text as "Name", count(*)::int as "Records", count(*) filter (where due_on < {today})::int as "Overdue",
              coalesce(sum({today} - due_on) filter (where due_on < {today}), 0)::int as "Days"
            from app.resource, unnest(area_ids) as area_id where municipality_id = {db.TownId} and state = 'published' group by area_id
            """).ToListAsync());
        ByCategory = Named(categories, await db.Database.SqlQuery<Row>($"""
            select code as "Name", count(*)::int as "Records", count(*) filter (where due_on < {today})::int as "Overdue",
              coalesce(sum({today} - due_on) filter (where due_on < {today}), 0)::int as "Days"
            from app.resource, unnest(category_codes) as code where municipality_id = {db.TownId} and state = 'published' group by code
            """).ToListAsync());
    }

    private static List<Row> Named(Dictionary<string, string> names, List<Row> rows) =>
        [.. rows.Where(row => names.ContainsKey(row.Name)).Select(row => row with { Name = names[row.Name] }).OrderByDescending(row => row.Days).ThenBy(row => row.Name, StringComparer.Ordinal)];

    /// <param name="Name">Of the area or category.</param>
    /// <param name="Records">Published records.</param>
    /// <param name="Overdue">Those past their day.</param>
    /// <param name="Days">Days past, summed.</param>
    public sealed record Row(string Name, int Records, int Overdue, int Days);
}
