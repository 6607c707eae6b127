using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Forms;
using Sasaeai.Features.Groups;
using Sasaeai.Features.Ledger;
using Sasaeai.Web;

namespace Sasaeai.Features.Visits.Cancellations;

public enum CancelReason
{
    [Display(Name = "利用する人の都合")] User,
    [Display(Name = "入院・入所")] Hospital,
    [Display(Name = "天候")] Weather,
    [Display(Name = "担い手が見つからない")] NoHelper,
    [Display(Name = "そのほか")] Other,
}

/// <summary>A visit will not be made.</summary>
public class NewModel(AppDb db, CurrentPerson person, AuditTrail trail, Arrangements arrangements) : PageModel
{
    [BindProperty, Display(Name = "理由"), Required, EnumDataType(typeof(CancelReason))]
    public CancelReason? Reason { get; set; }

    [BindProperty, Display(Name = "メモ"), StringLength(300)]
    public string? Note { get; set; }

    public HelpGroup Group { get; private set; } = null!;
    public Visit Visit { get; private set; } = null!;

    public Task OnGetAsync(Guid id, Guid visitId) => LoadAsync(id, visitId);

    public async Task<IActionResult> OnPostAsync(Guid id, Guid visitId)
    {
        await LoadAsync(id, visitId);
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        await arrangements.CancelAsync(id, visitId, string.Join(' ', new[] { Reason!.Value.Japanese(), PlainText.Of(Note) }.Where(part => part != "")));
        TempData["Notice"] = "活動を取りやめました。担い手と利用する人に知らせてください。";
        return RedirectToPage("/Visits/Show", new { id, visitId });
    }

    private async Task LoadAsync(Guid id, Guid visitId)
    {
        (Group, Visit) = (await db.ArrangeAsync(person, id), await db.OfGroupAsync<Visit>(id, visitId));
        trail.Looked("visit", visitId, "取りやめるために表示");
    }
}
