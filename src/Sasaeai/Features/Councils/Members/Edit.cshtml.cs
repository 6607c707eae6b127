using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Resources;
using Sasaeai.Features.Shared;
using Sasaeai.Web;

namespace Sasaeai.Features.Councils.Members;

public class EditModel(AppDb db, CurrentPerson person, AuditTrail trail) : PageModel
{
    /// <summary>The state of the record that the form shows.</summary>
    [BindProperty]
    public uint State { get; set; }

    [BindProperty]
    public MemberForm Form { get; set; } = new();

    public Council Council { get; private set; } = null!;
    public CouncilMember Member { get; private set; } = null!;
    public IReadOnlyList<SelectListItem> Organizations { get; private set; } = [];

    public async Task OnGetAsync(Guid id, Guid member)
    {
        await LoadAsync(id, member);
        State = db.StateOf(Member);
        Form = MemberForm.Of(Member);
        trail.Looked("council_member", member);
    }

    public async Task<IActionResult> OnPostAsync(Guid id, Guid member)
    {
        await LoadAsync(id, member);
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        if (State != db.StateOf(Member))
        {
            State = db.StateOf(Member);
            return this.ShowBoth(nameof(State), MemberForm.Of(Member), Form, Organizations);
        }

        Form.ApplyTo(Member, Organizations);
        await db.SaveChangesAsync();
        TempData["Notice"] = $"{Member.Name} さんの記録を保存しました。";
        return RedirectToPage("Index", new { id });
    }

    private async Task LoadAsync(Guid id, Guid member)
    {
        Council = await db.GetAsync<Council>(id);
        person.Require(person.CanChange(Council));
        Member = await db.GetAsync<CouncilMember>(member) is { } found && found.CouncilId == id ? found : throw new NotFoundException();
        Organizations = await MemberForm.OrganizationsAsync(db, Member.OrganizationId);
    }
}
