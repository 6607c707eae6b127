using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Forms;
using Sasaeai.Features.Groups;
using Sasaeai.Features.Members;
using Sasaeai.Web;

namespace Sasaeai.Features.Visits.Assignments.Endings;

/// <summary>A helper cannot come after all.</summary>
public class NewModel(AppDb db, CurrentPerson person, AuditTrail trail, Arrangements arrangements) : PageModel
{
    [BindProperty, Display(Name = "理由"), Required, StringLength(300)]
    public string Reason { get; set; } = "";

    public HelpGroup Group { get; private set; } = null!;
    public Assignment Assignment { get; private set; } = null!;
    public Member Helper { get; private set; } = null!;

    public Task OnGetAsync(Guid id, Guid assignmentId) => LoadAsync(id, assignmentId);

    public async Task<IActionResult> OnPostAsync(Guid id, Guid assignmentId)
    {
        await LoadAsync(id, assignmentId);
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        await arrangements.EndAsync(id, assignmentId, PlainText.Of(Reason));
        TempData["Notice"] = $"{Helper.Name}さんの担当を外しました。別の担い手をさがしてください。";
        return RedirectToPage("/Visits/Show", new { id, visitId = Assignment.VisitId });
    }

    private async Task LoadAsync(Guid id, Guid assignmentId)
    {
        Group = await db.ArrangeAsync(person, id);
        Assignment = await db.OfGroupAsync<Assignment>(id, assignmentId);
        Helper = await db.GetAsync<Member>(Assignment.MemberId);
        trail.Looked("member", Helper.Id, "担当を外すために表示");
    }
}
