using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Resources;
using Sasaeai.Features.Shared;
using Sasaeai.Web;

namespace Sasaeai.Features.Councils.Members;

public class NewModel(AppDb db, CurrentPerson person, TimeProvider time) : PageModel
{
    [BindProperty]
    public MemberForm Form { get; set; } = new();

    public Council Council { get; private set; } = null!;
    public IReadOnlyList<SelectListItem> Organizations { get; private set; } = [];

    public async Task OnGetAsync(Guid id)
    {
        await LoadAsync(id);
        Form.StartsOn = new DateInput(time.Today());
    }

    public async Task<IActionResult> OnPostAsync(Guid id)
    {
        await LoadAsync(id);
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        var member = new CouncilMember { CouncilId = id, Name = Form.Name, Chosen = Form.Chosen!.Value, StartsOn = time.Today() };
        Form.ApplyTo(member, Organizations);
        db.CouncilMembers.Add(member);
        await db.SaveChangesAsync();
        TempData["Notice"] = $"{member.Name} さんを委員に加えました。";
        return RedirectToPage("Index", new { id });
    }

    private async Task LoadAsync(Guid id)
    {
        Council = await db.GetAsync<Council>(id);
        person.Require(person.CanChange(Council));
        Organizations = await MemberForm.OrganizationsAsync(db);
    }
}
