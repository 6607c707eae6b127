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

public class EditModel(AppDb db, CurrentPerson person, AuditTrail trail, TimeProvider time) : PageModel
{
    [BindProperty]
    public OrganizationForm Form { get; set; } = new();

    public Organization Organization { get; private set; } = null!;
    public IReadOnlyList<SelectListItem> Kinds { get; private set; } = [];

    /// <summary>What another person saved meanwhile, beside what was typed here.</summary>
    public IReadOnlyList<(string Label, string Saved, string Typed)> Differences { get; private set; } = [];

    public async Task OnGetAsync(Guid id)
    {
        await LoadAsync(id);
        Form = OrganizationForm.Of(Organization.Content, Organization.Version);
        trail.Looked("organization", id, "編集のために表示");
    }

    public async Task<IActionResult> OnPostAsync(Guid id)
    {
        await LoadAsync(id);
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        Form.RequireReadable();
        if (Form.Version != Organization.Version)
        {
            ShowBoth();
            return this.Invalid();
        }

        Rule.Require(string.IsNullOrEmpty(Form.Kind) || Form.Kind == Organization.Kind || Kinds.Any(kind => kind.Value == Form.Kind), "主体種別を一覧から選び直してください。");
        Organization.Change(Form.ApplyTo(Organization.Content), time.GetUtcNow());
        await db.SaveChangesAsync();
        TempData["Notice"] = $"「{Organization.Name}」を直しました。";
        return RedirectToPage("Show", new { id });
    }

    /// <summary>The form keeps what was typed; sent again, it is meant for the newer version.</summary>
    private void ShowBoth()
    {
        var saved = OrganizationForm.Of(Organization.Content, Organization.Version);
        Differences = [.. MetadataProvider.GetMetadataForType(typeof(OrganizationForm)).Properties
            .Where(property => property.PropertyName != nameof(OrganizationForm.Version))
            .Select(property => (property.GetDisplayName(), Words(property.PropertyGetter!(saved)), Words(property.PropertyGetter!(Form))))
            .Where(difference => difference.Item2 != difference.Item3)];
        ModelState.Remove("Form.Version");
        Form.Version = Organization.Version;
        ModelState.AddModelError("", "この団体は、入力している間にほかの人が変更しました。下の「ちがい」を見て、よければもう一度「保存する」を押してください。");
    }

    private static string Words(object? value) => value switch { null => "", true => "はい", false => "いいえ", _ => value.ToString() ?? "" };

    private async Task LoadAsync(Guid id)
    {
        Organization = await db.GetAsync<Organization>(id);
        person.Require(person.CanChange(Organization));
        Kinds = await db.CodeItems.AsNoTracking().Where(item => item.List == CodeList.OperatorKind).OrderBy(item => item.Sort).Select(item => new SelectListItem(item.Name, item.Code)).ToListAsync();
    }
}
