using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Groups;
using Sasaeai.Features.HelpRequests;
using Sasaeai.Features.Members;
using Sasaeai.Web;

namespace Sasaeai.Features.Visits;

/// <summary>One more visit for a request: the first one of a person who was sent by another group, or another day after a visit fell through.</summary>
public class NewModel(AppDb db, CurrentPerson person, AuditTrail trail, TimeProvider time) : PageModel
{
    [BindProperty]
    public IntakeForm Form { get; set; } = new();

    public HelpGroup Group { get; private set; } = null!;
    public HelpRequest Asked { get; private set; } = null!;
    public Member Asker { get; private set; } = null!;
    public string Words { get; private set; } = "";

    public async Task OnGetAsync(Guid id, Guid requestId)
    {
        await LoadAsync(id, requestId);
        Form = IntakeForm.Of(Asked);
    }

    public async Task<IActionResult> OnPostAsync(Guid id, Guid requestId)
    {
        await LoadAsync(id, requestId);
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        Rule.Require(Form.Timing != RequestTiming.Series, "定期の予定は、依頼のページから直してください。");
        var visit = new Visit(Asked, Form.Time(time.Today()), time.GetUtcNow());
        visit.Move(Form.Time(time.Today()), Form.Minutes, Form.Helpers);
        db.Visits.Add(visit);
        await db.SaveChangesAsync();
        TempData["Notice"] = "活動を加えました。続けて、担い手をさがせます。";
        return RedirectToPage("Show", new { id, visitId = visit.Id });
    }

    private async Task LoadAsync(Guid id, Guid requestId)
    {
        Group = await db.ArrangeAsync(person, id);
        Asked = await db.OfGroupAsync<HelpRequest>(id, requestId);
        Rule.Require(Asked is { State: RequestState.Open, UserId: not null }, "この依頼は終わっているか、相談だけの記録です。");
        Asker = await db.GetAsync<Member>(Asked.UserId!.Value);
        Words = (await HelpKind.OfGroupAsync(db, id)).FirstOrDefault(kind => kind.Code == Asked.CategoryCode)?.Words ?? Asked.CategoryCode;
        trail.Looked("help_request", requestId, "活動を加えるために表示");
    }
}
