using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Categories;
using Sasaeai.Features.Resources;
using Sasaeai.Web;

namespace Sasaeai.Features.Organizations;

public class NewModel(AppDb db, CurrentPerson person, TimeProvider time) : PageModel
{
    [BindProperty]
    public OrganizationForm Form { get; set; } = new();

    [BindProperty]
    public string? OrganizationNumber { get; set; }

    public IReadOnlyList<SelectListItem> Kinds { get; private set; } = [];

    public async Task OnGetAsync() => await LoadAsync();

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        Form.RequireReadable();
        var number = string.IsNullOrWhiteSpace(OrganizationNumber) ? $"N{await db.Organizations.CountAsync() + 1:0000}-{Random.Shared.Next(1000):000}" : OrganizationNumber.Trim();
        Rule.Require(number.Length <= 40, "団体番号は40文字以内で入力してください。");
        Rule.Require(!await db.Organizations.AnyAsync(other => other.Number == number), $"団体番号「{number}」はすでに使われています。別の番号にするか、空けたままにしてください。");
        Rule.Require(string.IsNullOrEmpty(Form.Kind) || Kinds.Any(kind => kind.Value == Form.Kind), "主体種別を一覧から選び直してください。");
        var organization = new Organization(number, Form.ApplyTo(new OrganizationContent()), time.GetUtcNow());
        db.Organizations.Add(organization);
        await db.SaveChangesAsync();
        TempData["Notice"] = $"「{organization.Name}」を登録しました。";
        return RedirectToPage("Show", new { id = organization.Id });
    }

    private async Task LoadAsync()
    {
        person.Require(person.IsStaff);
        Kinds = await db.CodeItems.AsNoTracking().Where(item => item.List == CodeList.OperatorKind).OrderBy(item => item.Sort).Select(item => new SelectListItem(item.Name, item.Code)).ToListAsync();
    }
}
