using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Groups;
using Sasaeai.Features.Visits;
using Sasaeai.Web;

namespace Sasaeai.Features.HelpRequests;

/// <summary>What was taken down wrongly on the telephone. Visits that are still to be made follow.</summary>
public class EditModel(AppDb db, CurrentPerson person, AuditTrail trail) : PageModel
{
    [BindProperty]
    public IntakeForm Form { get; set; } = new();

    [BindProperty]
    public int Version { get; set; }

    public HelpGroup Group { get; private set; } = null!;
    public HelpRequest Asked { get; private set; } = null!;
    public IReadOnlyList<HelpKind> Kinds { get; private set; } = [];
    public IEnumerable<SelectListItem> Categories => Kinds.Where(kind => kind.IsOffered || kind.Code == Asked.CategoryCode).Select(kind => new SelectListItem(kind.Words, kind.Code));

    public async Task OnGetAsync(Guid id, Guid requestId)
    {
        await LoadAsync(id, requestId);
        (Form, Version) = (IntakeForm.Of(Asked), Asked.Version);
    }

    public async Task<IActionResult> OnPostAsync(Guid id, Guid requestId)
    {
        await LoadAsync(id, requestId);
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        Rule.Require(Version == Asked.Version, "この依頼は、入力している間にほかの人が変更しました。開き直して、もう一度入力してください。");
        (Form.Minutes, Form.Helpers) = (Asked.Minutes, Asked.Helpers);
        Asked.Want(Form.Wanted(Kinds));
        Asked.Say(Form.Content());
        foreach (var visit in await db.Visits.Where(visit => visit.RequestId == requestId && (visit.State == VisitState.Open || visit.State == VisitState.Assigned)).ToListAsync())
        {
            visit.Follow(Asked);
        }

        await db.SaveChangesAsync();
        TempData["Notice"] = "依頼の内容を直しました。";
        return RedirectToPage("Show", new { id, requestId });
    }

    private async Task LoadAsync(Guid id, Guid requestId)
    {
        Group = await db.ArrangeAsync(person, id);
        Asked = await db.OfGroupAsync<HelpRequest>(id, requestId);
        Kinds = await HelpKind.OfGroupAsync(db, id);
        trail.Looked("help_request", requestId, "依頼の内容を直すために表示");
    }
}
