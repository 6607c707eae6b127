using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Resources;
using Sasaeai.Web;

namespace Sasaeai.Features.Groups;

public class EditModel(AppDb db, CurrentPerson person, TimeProvider time) : PageModel
{
    [BindProperty]
    public GroupForm Form { get; set; } = new();

    public HelpGroup Group { get; private set; } = null!;
    public GroupChoices Choices { get; private set; } = null!;

    public async Task OnGetAsync(Guid id)
    {
        await LoadAsync(id);
        Form = GroupForm.Of(Group);
    }

    public async Task<IActionResult> OnPostAsync(Guid id)
    {
        await LoadAsync(id);
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        Rule.Require(Form.Version == Group.Version, "この団体は、入力している間にほかの人が変更しました。開き直して、もう一度入力してください。");
        Rule.Require(Form.AreaId is null || Form.AreaId == Group.AreaId || Choices.Areas.Any(area => area.Value == $"{Form.AreaId}"), "地区を選び直してください。");
        Form.ApplyTo(Group, time.GetUtcNow());
        await db.SaveChangesAsync();
        TempData["Notice"] = $"「{Group.Name}」を直しました。";
        return RedirectToPage("Show", new { id });
    }

    private async Task LoadAsync(Guid id)
    {
        Group = await db.GetAsync<HelpGroup>(id);
        person.Require(person.CanChange(Group));
        Choices = await GroupChoices.LoadAsync(db);
    }
}
