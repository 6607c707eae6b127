using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sasaeai.Data;
using Sasaeai.Web;

namespace Sasaeai.Features.Meetings;

public class EditModel(AppDb db, MeetingDesk desk) : PageModel
{
    [BindProperty]
    public MeetingForm Form { get; set; } = new();

    public Meeting Meeting { get; private set; } = null!;
    public MeetingChoices Choices { get; private set; } = null!;

    public async Task OnGetAsync(Guid id)
    {
        await LoadAsync(id);
        Form = MeetingForm.Of(Meeting);
    }

    public async Task<IActionResult> OnPostAsync(Guid id)
    {
        await LoadAsync(id);
        if (!ModelState.IsValid)
        {
            return this.Invalid();
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
        Choices = await desk.ChoicesAsync(Meeting.KindCode);
    }
}
