using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Categories;
using Sasaeai.Features.Resources;
using Sasaeai.Features.Shared;
using Sasaeai.Web;

namespace Sasaeai.Features.Organizations;

public class IndexModel(AppDb db, CurrentPerson person, AuditTrail trail) : PageModel
{
    public const int PageSize = 50;

    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Kind { get; set; }

    [BindProperty(SupportsGet = true, Name = PagerTagHelper.Parameter)]
    public int Number { get; set; } = 1;

    public IReadOnlyList<SelectListItem> Kinds { get; private set; } = [];
    public IReadOnlyList<Row> Rows { get; private set; } = [];
    public int Total { get; private set; }

    public async Task OnGetAsync()
    {
        person.Require(person.IsStaff);
        Kinds = await KindsAsync();
        var found = Found();
        Total = await found.CountAsync();
        Number = Math.Clamp(Number, 1, Math.Max(1, (Total + PageSize - 1) / PageSize));
        Rows = await found.Skip((Number - 1) * PageSize).Take(PageSize)
            .Select(organization => new Row(organization.Id, organization.Number, organization.Name, organization.Kind, organization.ClosedOn, db.Resources.Count(resource => resource.OrganizationId == organization.Id))).ToListAsync();
    }

    public async Task<IActionResult> OnGetTableAsync(TableFormat format)
    {
        person.Require(person.IsStaff);
        var kinds = (await KindsAsync()).ToDictionary(item => item.Value, item => item.Text);
        trail.Looked("organization", "", "団体の一覧を書き出し");
        return this.Table("団体一覧", format, ["団体番号", "名称", "名称_カナ", "通称", "主体種別", "郵便番号", "住所", "電話番号", "メールアドレス", "URL", "法人番号", "会員数", "説明"],
            (await Found().ToListAsync()).Select(one => new object?[]
            {
                one.Number, one.Name, one.Kana, one.Content.CommonName, kinds.GetValueOrDefault(one.Kind ?? "", one.Kind ?? ""), one.Content.PostalCode, one.Content.Address.Value,
                one.Content.Phone.Value, one.Content.Email.Value, one.Content.Url, one.Content.CorporateNumber, one.Content.Members, one.Content.Description,
            }));
    }

    private IQueryable<Organization> Found()
    {
        var all = db.Organizations.AsNoTracking();
        all = string.IsNullOrWhiteSpace(Q) ? all : all.Where(organization => organization.Name.Contains(Q.Trim()) || organization.Kana.Contains(Q.Trim()) || organization.Number == Q.Trim());
        all = string.IsNullOrEmpty(Kind) ? all : all.Where(organization => organization.Kind == Kind);
        return all.OrderBy(organization => organization.Kana).ThenBy(organization => organization.Name).ThenBy(organization => organization.Id);
    }

    private async Task<List<SelectListItem>> KindsAsync() =>
        await db.CodeItems.AsNoTracking().Where(item => item.List == CodeList.OperatorKind).OrderBy(item => item.Sort).Select(item => new SelectListItem(item.Name, item.Code)).ToListAsync();

    public sealed record Row(Guid Id, string Number, string Name, string? Kind, DateOnly? ClosedOn, int Resources);
}
