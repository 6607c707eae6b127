using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Groups;
using Sasaeai.Features.HelpRequests;
using Sasaeai.Japanese;
using Sasaeai.Web;

namespace Sasaeai.Features.Visits;

/// <summary>Another day or time, while nobody has accepted.</summary>
public class EditModel(AppDb db, CurrentPerson person, AuditTrail trail, TimeProvider time) : PageModel
{
    [BindProperty]
    public IntakeForm Form { get; set; } = new();

    public HelpGroup Group { get; private set; } = null!;
    public Visit Visit { get; private set; } = null!;

    public async Task OnGetAsync(Guid id, Guid visitId)
    {
        await LoadAsync(id, visitId);
        Form = new IntakeForm
        {
            Category = Visit.CategoryCode, Timing = Visit.FromDay == Visit.UntilDay ? RequestTiming.Once : RequestTiming.AnyTime, Day = Wareki.Date(Visit.FromDay),
            Start = $"{Visit.Earliest:H:mm}", Latest = Visit.Latest == Visit.Earliest ? null : $"{Visit.Latest:H:mm}", Minutes = Visit.Minutes, Helpers = Visit.Helpers,
        };
    }

    public async Task<IActionResult> OnPostAsync(Guid id, Guid visitId)
    {
        await LoadAsync(id, visitId);
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        Rule.Require(Form.Timing != RequestTiming.Series, "定期の予定は、依頼のページから直してください。");
        var times = Form.Time(time.Today());
        Visit = await db.HoldVisitAsync(id, visitId);
        Rule.Require(!db.Assignments.Any(assignment => assignment.VisitId == visitId && assignment.EndedAt == null), "担い手が決まった活動は、先に担い手の担当を外してから日時を変えてください。");
        Visit.Move(times, Form.Minutes, Form.Helpers);
        await db.SaveChangesAsync();
        TempData["Notice"] = "日時を直しました。";
        return RedirectToPage("Show", new { id, visitId });
    }

    private async Task LoadAsync(Guid id, Guid visitId)
    {
        (Group, Visit) = (await db.ArrangeAsync(person, id), await db.OfGroupAsync<Visit>(id, visitId));
        trail.Looked("visit", visitId, "日時を直すために表示");
    }
}
