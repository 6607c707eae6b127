using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Forms;
using Sasaeai.Features.Issues;
using Sasaeai.Features.Shared;
using Sasaeai.Web;

namespace Sasaeai.Features.Handovers.Answers;

public class NewModel(AppDb db, CurrentPerson person, HandoverDesk desk, TimeProvider time) : PageModel
{
    [BindProperty]
    public Input Form { get; set; } = new();

    public HandoverDesk Desk => desk;

    public async Task OnGetAsync(Guid id)
    {
        await desk.ToAnswerAsync(id);
        Form.Day = new DateInput(time.Today());
    }

    public async Task<IActionResult> OnPostAsync(Guid id)
    {
        await desk.ToAnswerAsync(id);
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        desk.Handover.Answer(Form.Kind!.Value, PlainText.Of(Form.Text), PlainText.Of(Form.Reference), PlainText.Of(Form.PublicText), IssueChoices.Day(Form.Day, "答えた日"), await desk.IsPassedOnAsync(), time.Today(), person.Actor);
        await db.SaveChangesAsync();
        TempData["Notice"] = "答えを記録しました。もとの主体へお返ししたら、お返しを記録してください。";
        return RedirectToPage("/Handovers/Show", new { id });
    }

    public class Input
    {
        [Display(Name = "答えの種類"), Required(ErrorMessage = "答えの種類を選んでください。"), EnumDataType(typeof(AnswerKind))]
        public AnswerKind? Kind { get; set; }

        [Display(Name = "答えの内容"), Required(ErrorMessage = "答えの内容を入力してください。"), DataType(DataType.MultilineText), StringLength(4000)]
        public string Text { get; set; } = "";

        [Display(Name = "予算・計画のどこか"), StringLength(200)]
        public string? Reference { get; set; }

        [Display(Name = "声を寄せた人への文"), DataType(DataType.MultilineText), StringLength(1000)]
        public string? PublicText { get; set; }

        [Display(Name = "答えた日")]
        public DateInput Day { get; set; } = null!;
    }
}
