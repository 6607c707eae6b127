using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.ActivityRecords;
using Sasaeai.Features.Resources;
using Sasaeai.Features.Shared;
using Sasaeai.Web;

namespace Sasaeai.Features.Outreaches;

public class EditModel(AppDb db, ActivityDesk desk, CurrentPerson person) : PageModel, IOutreachFormPage
{
    private Outreach outreach = null!;

    /// <summary>The state of the record that the form shows.</summary>
    [BindProperty]
    public uint State { get; set; }

    [BindProperty]
    public OutreachForm Form { get; set; } = new();

    public ActivityLists Lists { get; private set; } = null!;

    public async Task OnGetAsync(Guid id)
    {
        await LoadAsync(id);
        State = db.StateOf(outreach);
        Form = OutreachForm.Of(outreach);
    }

    public async Task<IActionResult> OnPostAsync(Guid id)
    {
        await LoadAsync(id);
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        (Form.Activity, Form.Meeting) = (outreach.ActivityRecordId, outreach.MeetingId);
        if (State != db.StateOf(outreach))
        {
            State = db.StateOf(outreach);
            return this.ShowBoth(nameof(State), OutreachForm.Of(outreach), Form, Lists.ZoneChoices(outreach.AreaId));
        }

        Form.WriteTo(outreach, Lists);
        await db.SaveChangesAsync();
        TempData["Notice"] = "普及啓発の記録を直しました。";
        return RedirectToPage("Index");
    }

    private async Task LoadAsync(Guid id)
    {
        outreach = await db.GetAsync<Outreach>(id);
        person.Require(person.CanChange(outreach));
        Lists = await desk.ListsAsync();
    }
}
