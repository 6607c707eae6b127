using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Forms;
using Sasaeai.Features.Groups;
using Sasaeai.Web;

namespace Sasaeai.Features.Visits.Accompaniments;

/// <summary>A 世話人 comes along the first time, without 謝礼.</summary>
public class NewModel(AppDb db, CurrentPerson person, AuditTrail trail) : PageModel
{
    [BindProperty, Display(Name = "同行する世話人"), Required, StringLength(100)]
    public string Name { get; set; } = "";

    public HelpGroup Group { get; private set; } = null!;
    public Visit Visit { get; private set; } = null!;

    public async Task OnGetAsync(Guid id, Guid visitId)
    {
        await LoadAsync(id, visitId);
        Name = person.Name;
    }

    public async Task<IActionResult> OnPostAsync(Guid id, Guid visitId)
    {
        await LoadAsync(id, visitId);
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        Visit.Accompany(PlainText.Of(Name));
        await db.SaveChangesAsync();
        TempData["Notice"] = "初回の同行を記録しました。";
        return RedirectToPage("/Visits/Show", new { id, visitId });
    }

    private async Task LoadAsync(Guid id, Guid visitId)
    {
        (Group, Visit) = (await db.ArrangeAsync(person, id), await db.OfGroupAsync<Visit>(id, visitId));
        trail.Looked("visit", visitId, "同行を記録するために表示");
    }
}
