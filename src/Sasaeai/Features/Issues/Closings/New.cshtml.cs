using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Sasaeai.Data;
using Sasaeai.Features.Forms;
using Sasaeai.Web;

namespace Sasaeai.Features.Issues.Closings;

/// <summary>解決, or 見送り with its reason.</summary>
public class NewModel(AppDb db, IssueDesk desk) : PageModel
{
    public static readonly SelectListItem[] Closed = [new(IssueState.Solved.InWords(), nameof(IssueState.Solved)), new(IssueState.Declined.InWords(), nameof(IssueState.Declined))];

    [BindProperty]
    public Input Form { get; set; } = new();

    public Issue Issue { get; private set; } = null!;
    public IReadOnlyList<SelectListItem> States => Closed;

    public async Task OnGetAsync(Guid id, IssueState? state)
    {
        Issue = await desk.ChangeAsync(id);
        (Form.State, Form.Version) = (state ?? IssueState.Solved, Issue.Version);
    }

    public async Task<IActionResult> OnPostAsync(Guid id)
    {
        Issue = await desk.ChangeAsync(id);
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        Issue.RequireSeen(Form.Version);
        db.Add(Issue.Close(Form.State, PlainText.Of(Form.Reason), PlainText.Of(Form.PublicNote), desk.Mover));
        await db.SaveChangesAsync();
        TempData["Notice"] = $"「{Issue.State.InWords()}」として終わりにしました。";
        return RedirectToPage("/Issues/Show", new { id });
    }

    public class Input
    {
        [Display(Name = "終わり方"), EnumDataType(typeof(IssueState))]
        public IssueState State { get; set; }

        [Display(Name = "理由・結果"), DataType(DataType.MultilineText), StringLength(2000)]
        public string? Reason { get; set; }

        [Display(Name = "声を寄せた人への文"), DataType(DataType.MultilineText), StringLength(1000)]
        public string? PublicNote { get; set; }

        public int Version { get; set; }
    }
}
