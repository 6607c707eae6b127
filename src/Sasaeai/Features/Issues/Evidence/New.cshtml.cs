using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Sasaeai.Data;
using Sasaeai.Features.Forms;
using Sasaeai.Features.Shared;
using Sasaeai.Web;

namespace Sasaeai.Features.Issues.Evidence;

public class NewModel(AppDb db, IssueDesk desk, TimeProvider time) : PageModel
{
    [BindProperty]
    public Input Form { get; set; } = new();

    public Issue Issue { get; private set; } = null!;
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

        Issue.RequireOpen();
        var by = desk.Mover;
        db.Add(new IssueEvidence { IssueId = id, OnDay = IssueChoices.Day(Form.Day, "いつのこと"), Text = PlainText.Of(Form.Text), MeetingId = IssueChoices.Meeting(Form.Meeting, Meetings), CreatedAt = by.At, CreatedBy = by.Actor.Name });
        Issue.Touch(by.At);
        await db.SaveChangesAsync();
        TempData["Notice"] = "根拠を加えました。";
        return RedirectToPage("/Issues/Show", new { id });
    }

    private async Task LoadAsync(Guid id)
    {
        Issue = await desk.ChangeAsync(id);
        Meetings = await IssueChoices.MeetingsAsync(db, time.Today());
    }

    public class Input
    {
        [Display(Name = "根拠"), Required(ErrorMessage = "根拠を入力してください。"), DataType(DataType.MultilineText), StringLength(2000)]
        public string Text { get; set; } = "";

        [Display(Name = "いつのこと")]
        public DateInput? Day { get; set; }

        [Display(Name = "会議")]
        public Guid? Meeting { get; set; }
    }
}
