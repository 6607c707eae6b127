using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.ActivityRecords;
using Sasaeai.Features.Resources;
using Sasaeai.Features.Shared;
using Sasaeai.Web;

namespace Sasaeai.Features.Outreaches;

public class EditModel(AppDb db, ActivityDesk desk, CurrentPerson person, TimeProvider time) : PageModel, IOutreachFormPage
{
    private Outreach outreach = null!;

    /// <summary>The state of the record that the form shows.</summary>
    [BindProperty]
    public uint State { get; set; }

    [BindProperty]
    public OutreachForm Form { get; set; } = new();

    public ActivityLists Lists { get; private set; } = null!;
    public IReadOnlyList<SelectListItem> Meetings { get; private set; } = [];

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

        Form.Activity = outreach.ActivityRecordId;
        if (State != db.StateOf(outreach))
        {
            State = db.StateOf(outreach);
            return this.ShowBoth(nameof(State), OutreachForm.Of(outreach), Form, [.. Lists.ZoneChoices(outreach.AreaId), .. Meetings]);
        }

        Form.WriteTo(outreach, Lists, Meetings);
        await db.SaveChangesAsync();
        TempData["Notice"] = "普及啓発の記録を直しました。";
        return RedirectToPage("Index");
    }

    /// <summary>One written down twice, or by mistake: it does not count any more, and the audit trail keeps it.</summary>
    public async Task<IActionResult> OnPostRemoveAsync(Guid id)
    {
        await LoadAsync(id);
        db.Remove(outreach);
        await db.SaveChangesAsync();
        TempData["Notice"] = $"{outreach.Kind.InWords()}の記録を消しました。回数と人数からも外れます。消した内容は操作の記録に残っています。";
        return RedirectToPage("Index");
    }

    private async Task LoadAsync(Guid id)
    {
        outreach = await db.GetAsync<Outreach>(id);
        person.Require(person.CanChange(outreach));
        Lists = await desk.ListsAsync();
        Meetings = await OutreachMeetings.MeetingsAsync(db, outreach.MeetingId, time.Today());
    }
}
