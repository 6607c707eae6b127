using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Forms;
using Sasaeai.Features.Issues;
using Sasaeai.Features.Shared;
using Sasaeai.Web;

namespace Sasaeai.Features.Handovers.Receptions;

/// <summary>受領: from here on the asked body owns the issue.</summary>
public class NewModel(AppDb db, CurrentPerson person, HandoverDesk desk, IssueDesk issues, TimeProvider time) : PageModel
{
    [BindProperty]
    public Input Form { get; set; } = new();

    public HandoverDesk Desk => desk;

    public async Task OnGetAsync(Guid id)
    {
        await desk.ToAnswerAsync(id);
        (Form.Day, Form.Receiver) = (new DateInput(time.Today()), person.Name);
    }

    public async Task<IActionResult> OnPostAsync(Guid id)
    {
        await desk.ToAnswerAsync(id);
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        desk.Handover.Receive(desk.Issue, IssueChoices.Day(Form.Day, "受け取った日"), PlainText.Of(Form.Receiver), time.Today(), issues.Mover);
        await db.SaveChangesAsync();
        TempData["Notice"] = "受領を記録しました。";
        return RedirectToPage("/Handovers/Show", new { id });
    }

    public class Input
    {
        [Display(Name = "受け取った日")]
        public DateInput Day { get; set; } = null!;

        [Display(Name = "受け取った人"), Required(ErrorMessage = "受け取った人を入力してください。"), StringLength(100)]
        public string Receiver { get; set; } = "";
    }
}
