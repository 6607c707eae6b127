using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sasaeai.Data;
using Sasaeai.Features.Shared;
using Sasaeai.Web;

namespace Sasaeai.Features.Meetings;

public class EditModel(AppDb db, MeetingDesk desk) : PageModel
{
    /// <summary>The state of the record that the form shows.</summary>
    [BindProperty]
    public uint State { get; set; }

    [BindProperty]
    public MeetingForm Form { get; set; } = new();

    public Meeting Meeting { get; private set; } = null!;
    public MeetingChoices Choices { get; private set; } = null!;

    public async Task OnGetAsync(Guid id)
    {
        await LoadAsync(id);
        State = db.StateOf(Meeting);
        Form = MeetingForm.Of(Meeting);
    }

    public async Task<IActionResult> OnPostAsync(Guid id)
    {
        await LoadAsync(id);
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        if (State != db.StateOf(Meeting))
        {
            State = db.StateOf(Meeting);
            return this.ShowBoth(nameof(State), MeetingForm.Of(Meeting), Form, [.. Choices.Kinds, .. Choices.Areas, .. Choices.Councils]);
        }

        var plan = Form.Read(Choices.Kinds, Choices.Areas, Choices.Councils);
        var sameYear = Japanese.FiscalYear.Of(plan.HeldOn).Year == Meeting.FiscalYear && plan.CouncilId == Meeting.CouncilId;
        Meeting.Plan(plan, await desk.NumberAsync(plan, sameYear || Form.Number != Meeting.Number ? Form.Number : null, id));
        await db.SaveChangesAsync();
        TempData["Notice"] = "会議を保存しました。";
        return RedirectToPage("Show", new { id });
    }

    private async Task LoadAsync(Guid id)
    {
        Meeting = await desk.OpenAsync(id, alone: true);
        Choices = await desk.ChoicesAsync(Meeting);
    }
}
