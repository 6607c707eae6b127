using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Sasaeai.Data;
using Sasaeai.Features.Bodies;
using Sasaeai.Features.Forms;
using Sasaeai.Features.Handovers;
using Sasaeai.Features.Shared;
using Sasaeai.Web;

namespace Sasaeai.Features.Issues.Handovers;

/// <summary>引継ぎ: the owner asks another body.</summary>
public class NewModel(AppDb db, IssueDesk desk, TimeProvider time) : PageModel
{
    private const int UsualDays = 60;

    [BindProperty]
    public Input Form { get; set; } = new();

    public Issue Issue { get; private set; } = null!;
    public TownNames Names => desk.Names;
    public IReadOnlyList<SelectListItem> Bodies { get; private set; } = [];
    public IReadOnlyList<SelectListItem> Meetings { get; private set; } = [];

    public async Task OnGetAsync(Guid id, Guid? meeting)
    {
        await LoadAsync(id);
        (Form.Meeting, Form.HandedOn, Form.DueOn) = (meeting, new DateInput(time.Today()), new DateInput(time.Today().AddDays(UsualDays)));
    }

    public async Task<IActionResult> OnPostAsync(Guid id)
    {
        await LoadAsync(id);
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        var to = await BodyList.FindOrAddAsync(db, new BodyInput(Form.To, Form.ToOrganization), Bodies);
        var asking = new Asking(PlainText.Of(Form.DecidedBy), IssueChoices.Meeting(Form.Meeting, Meetings), PlainText.Of(Form.Item), PlainText.Of(Form.Reason), PlainText.Of(Form.AskedAction),
            IssueChoices.Day(Form.HandedOn, "引き継いだ日"), IssueChoices.Day(Form.DueOn, "答えの期限"));
        var (handover, move) = Handover.Hand(Issue, to.Id, asking, await desk.OpenHandoversAsync(id), time.Today(), desk.Mover);
        db.Add(handover);
        if (move is not null)
        {
            db.Add(move);
        }

        await db.SaveChangesAsync();
        TempData["Notice"] = "引き継ぎました。相手が受け取ったら、受領を記録します。";
        return RedirectToPage("/Handovers/Show", new { id = handover.Id });
    }

    private async Task LoadAsync(Guid id)
    {
        Issue = await desk.ChangeAsync(id);
        Bodies = await BodyList.ChoicesAsync(db, time.Today());
        Meetings = await IssueChoices.MeetingsAsync(db, time.Today());
    }

    public class Input
    {
        [Display(Name = "引継ぎ先"), Required(ErrorMessage = "引継ぎ先を選んでください。"), StringLength(60)]
        public string To { get; set; } = "";

        [Display(Name = "団体の番号か名称"), StringLength(200)]
        public string? ToOrganization { get; set; }

        [Display(Name = "決めた会議")]
        public Guid? Meeting { get; set; }

        [Display(Name = "議題"), StringLength(200)]
        public string? Item { get; set; }

        [Display(Name = "決めた人"), StringLength(100)]
        public string? DecidedBy { get; set; }

        [Display(Name = "引き継ぐ理由"), Required(ErrorMessage = "引き継ぐ理由を入力してください。"), DataType(DataType.MultilineText), StringLength(2000)]
        public string Reason { get; set; } = "";

        [Display(Name = "してほしいこと"), Required(ErrorMessage = "してほしいことを入力してください。"), DataType(DataType.MultilineText), StringLength(2000)]
        public string AskedAction { get; set; } = "";

        [Display(Name = "引き継いだ日")]
        public DateInput HandedOn { get; set; } = null!;

        [Display(Name = "答えの期限")]
        public DateInput DueOn { get; set; } = null!;
    }
}
