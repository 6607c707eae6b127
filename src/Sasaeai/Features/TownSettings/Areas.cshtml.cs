using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Areas;
using Sasaeai.Features.Resources;
using Sasaeai.Features.Shared;
using Sasaeai.Web;

namespace Sasaeai.Features.TownSettings;

/// <summary>The areas of one kind with what they lie in. They are changed by import.</summary>
public class AreasModel(AppDb db, CurrentPerson person) : PageModel
{
    public const int PageSize = 100;

    [BindProperty(SupportsGet = true)]
    public AreaKind Kind { get; set; } = AreaKind.LivingArea;

    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    [BindProperty(Name = ListOrder.Parameter, SupportsGet = true)]
    public string? Sort { get; set; }

    public ListOrder Order => ListOrder.Of(Sort, "code", "code", "name");

    [BindProperty(SupportsGet = true, Name = PagerTagHelper.Parameter)]
    public int Number { get; set; } = 1;

    public IReadOnlyList<Row> Rows { get; private set; } = [];
    public int Total { get; private set; }

    public async Task OnGetAsync()
    {
        person.Require(person.IsOfficer);
        var areas = Found();
        Total = await areas.CountAsync();
        Number = Math.Clamp(Number, 1, Math.Max(1, (Total + PageSize - 1) / PageSize));
        Rows = await RowsOf(areas.Skip((Number - 1) * PageSize).Take(PageSize)).ToListAsync();
    }

    public async Task<IActionResult> OnGetTableAsync(TableFormat format)
    {
        person.Require(person.IsOfficer);
        return this.Table($"地域_{NameOf(Kind)}", format, ["名前", "コード", "入っている地域", "層", "始まり", "終わり"],
            (await RowsOf(Found()).ToListAsync()).Select(row => new object?[] { row.Name, row.Code, string.Join("、", row.Parents), row.Layer, row.StartsOn, row.EndsOn }));
    }

    private IQueryable<Area> Found()
    {
        var (words, areas) = ((Q ?? "").Trim(), db.Areas.AsNoTracking().Where(area => area.Kind == Kind));
        areas = words == "" ? areas : areas.Where(area => area.Name.Contains(words) || area.Kana.Contains(words) || area.Code.StartsWith(words));
        return (Order.Column == "name" ? areas.By(Order, area => area.Kana).ThenBy(area => area.Name) : areas.By(Order, area => area.Code)).ThenBy(area => area.Id);
    }

    private IQueryable<Row> RowsOf(IQueryable<Area> areas) => areas.Select(area => new Row(area.Code, area.Name, area.Layer, area.StartsOn, area.EndsOn,
        db.AreaParents.Where(link => link.AreaId == area.Id).Join(db.Areas, link => link.ParentId, parent => parent.Id, (_, parent) => parent.Name).ToList()));

    public static string NameOf(AreaKind kind) => kind switch
    {
        AreaKind.Town => "市町村",
        AreaKind.LivingArea => "日常生活圏域",
        AreaKind.SchoolDistrict => "小学校区",
        AreaKind.CouncilDistrict => "地区社協",
        AreaKind.Block => "町丁目",
        _ => "そのほか",
    };

    public sealed record Row(string Code, string Name, int? Layer, DateOnly? StartsOn, DateOnly? EndsOn, List<string> Parents);
}
