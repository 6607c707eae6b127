using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Areas;
using Sasaeai.Features.Resources;
using Sasaeai.Features.Shared;

namespace Sasaeai.Features.TownSettings;

/// <summary>The areas of one kind with what they lie in. They are changed by import.</summary>
public class AreasModel(AppDb db, CurrentPerson person) : PageModel
{
    public const int PageSize = 100;

    [BindProperty(SupportsGet = true)]
    public AreaKind Kind { get; set; } = AreaKind.LivingArea;

    [BindProperty(SupportsGet = true, Name = PagerTagHelper.Parameter)]
    public int Number { get; set; } = 1;

    public IReadOnlyList<Row> Rows { get; private set; } = [];
    public int Total { get; private set; }

    public async Task OnGetAsync()
    {
        person.Require(person.IsOfficer);
        var areas = db.Areas.AsNoTracking().Where(area => area.Kind == Kind);
        Total = await areas.CountAsync();
        Number = Math.Clamp(Number, 1, Math.Max(1, (Total + PageSize - 1) / PageSize));
        Rows = await areas.OrderBy(area => area.Code).Skip((Number - 1) * PageSize).Take(PageSize)
            .Select(area => new Row(area.Code, area.Name, area.Layer, area.StartsOn, area.EndsOn,
                db.AreaParents.Where(link => link.AreaId == area.Id).Join(db.Areas, link => link.ParentId, parent => parent.Id, (_, parent) => parent.Name).ToList())).ToListAsync();
    }

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
