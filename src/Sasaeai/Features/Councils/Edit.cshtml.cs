using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Areas;
using Sasaeai.Features.Resources;
using Sasaeai.Features.Shared;
using Sasaeai.Web;

namespace Sasaeai.Features.Councils;

public class EditModel(AppDb db, CurrentPerson person, TimeProvider time) : PageModel
{
    /// <summary>The state of the record that the form shows.</summary>
    [BindProperty]
    public uint State { get; set; }

    [BindProperty]
    public CouncilForm Form { get; set; } = new();

    public Council Council { get; private set; } = null!;
    public IReadOnlyList<SelectListItem> Areas { get; private set; } = [];

    public async Task OnGetAsync(Guid id)
    {
        await LoadAsync(id);
        State = db.StateOf(Council);
        Form = CouncilForm.Of(Council);
    }

    public async Task<IActionResult> OnPostAsync(Guid id)
    {
        await LoadAsync(id);
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        if (State != db.StateOf(Council))
        {
            State = db.StateOf(Council);
            return this.ShowBoth(nameof(State), CouncilForm.Of(Council), Form, Areas);
        }

        Rule.Require(Areas.Any(area => area.Value == Form.AreaId.ToString()), "圏域を選び直してください。");
        Form.ApplyTo(Council);
        await db.SaveChangesAsync();
        TempData["Notice"] = $"「{Council.Name}」を保存しました。";
        return RedirectToPage("Show", new { id });
    }

    private async Task LoadAsync(Guid id)
    {
        Council = await db.GetAsync<Council>(id);
        person.Require(person.CanChange(Council));
        Areas = (await AreaTree.LoadAsync(db, time.Today())).Choices(person);
    }
}
