using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Resources;
using Sasaeai.Web;

namespace Sasaeai.Features.Plans;

public class EditModel(AppDb db, CurrentPerson person) : PageModel
{
    [BindProperty]
    public PlanForm Form { get; set; } = new();

    public Plan Plan { get; private set; } = null!;

    public async Task OnGetAsync(Guid id)
    {
        await LoadAsync(id);
        Form = new PlanForm { Title = Plan.Title, Heading = Plan.Heading };
    }

    public async Task<IActionResult> OnPostAsync(Guid id)
    {
        await LoadAsync(id);
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        Plan.Describe(Form.Title, Form.Heading ?? "");
        await db.SaveChangesAsync();
        TempData["Notice"] = $"{Plan.Period}の計画を直しました。";
        return RedirectToPage("Show", new { id });
    }

    private async Task LoadAsync(Guid id)
    {
        Plan = await db.GetAsync<Plan>(id);
        person.Require(person.CanChangePlans());
    }
}
