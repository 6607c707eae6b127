using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Forms;
using Sasaeai.Features.Issues;
using Sasaeai.Features.Resources;
using Sasaeai.Features.Shared;
using Sasaeai.Web;

namespace Sasaeai.Features.Initiatives.StepRecords;

/// <summary>The day on which an initiative reached a step of the guide.</summary>
public class NewModel(AppDb db, CurrentPerson person, TimeProvider time) : PageModel
{
    private List<InitiativeStep> reached = [];

    [BindProperty]
    public Input Form { get; set; } = new();

    public Initiative Initiative { get; private set; } = null!;
    public IEnumerable<SelectListItem> Choices => Steps.All.Where(step => reached.All(known => known.Step != step)).Select(step => new SelectListItem(step.InWords(), $"{step}"));

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

        db.Add(Initiative.Reach(Form.Step!.Value, IssueChoices.Day(Form.Day, "たどりついた日"), PlainText.Of(Form.Note), reached, time.Today(), person.Actor, time.GetUtcNow()));
        await db.SaveChangesAsync();
        TempData["Notice"] = $"「{Form.Step.Value.InWords()}」を記録しました。";
        return RedirectToPage("/Initiatives/Show", new { id });
    }

    private async Task LoadAsync(Guid id)
    {
        Initiative = await db.GetAsync<Initiative>(id);
        person.Require(person.CanChange(Initiative));
        reached = await db.InitiativeSteps.AsNoTracking().Where(step => step.InitiativeId == id).ToListAsync();
    }

    public class Input
    {
        [Display(Name = "段階"), Required(ErrorMessage = "段階を選んでください。"), EnumDataType(typeof(Step))]
        public Step? Step { get; set; }

        [Display(Name = "たどりついた日")]
        public DateInput Day { get; set; } = null!;

        [Display(Name = "メモ"), DataType(DataType.MultilineText), StringLength(1000)]
        public string? Note { get; set; }
    }
}
