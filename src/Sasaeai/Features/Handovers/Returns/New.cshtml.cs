using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Sasaeai.Data;
using Sasaeai.Features.Forms;
using Sasaeai.Features.Issues;
using Sasaeai.Features.Shared;
using Sasaeai.Web;

namespace Sasaeai.Features.Handovers.Returns;

/// <summary>お返し: the answer was brought back to the body that asked.</summary>
public class NewModel(AppDb db, HandoverDesk desk, IssueDesk issues, TimeProvider time) : PageModel
{
    [BindProperty]
    public Input Form { get; set; } = new();

    public HandoverDesk Desk => desk;
    public IReadOnlyList<SelectListItem> Meetings { get; private set; } = [];

    public async Task OnGetAsync(Guid id)
    {
        await LoadAsync(id);
        Form.Day = new DateInput(time.Today());
    }

    public async Task<IActionResult> OnPostAsync(Guid id)
    {
        await LoadAsync(id);
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        if (desk.Handover.Return(desk.Issue, IssueChoices.Day(Form.Day, "お返しした日"), IssueChoices.Meeting(Form.Meeting, Meetings), PlainText.Of(Form.Place), time.Today(), issues.Mover) is { } move)
        {
            db.Add(move);
        }

        await db.SaveChangesAsync();
        TempData["Notice"] = "お返しを記録しました。引継ぎはこれで終わりです。";
        return RedirectToPage("/Handovers/Show", new { id });
    }

    private async Task LoadAsync(Guid id)
    {
        await desk.ToReturnAsync(id);
        Meetings = await IssueChoices.MeetingsAsync(db, time.Today());
    }

    public class Input
    {
        [Display(Name = "お返しした日")]
        public DateInput Day { get; set; } = null!;

        [Display(Name = "お返しした会議")]
        public Guid? Meeting { get; set; }

        [Display(Name = "会議のほかの場"), StringLength(200)]
        public string? Place { get; set; }
    }
}
