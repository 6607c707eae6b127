using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Forms;
using Sasaeai.Features.Resources;
using Sasaeai.Features.Shared;
using Sasaeai.Features.TownSettings;
using Sasaeai.Web;

namespace Sasaeai.Features.Councils.Stages;

public class NewModel(AppDb db, CurrentPerson person, TimeProvider time) : PageModel
{
    [BindProperty]
    public Input Form { get; set; } = new();

    public Council Council { get; private set; } = null!;

    public async Task OnGetAsync(Guid id)
    {
        await LoadAsync(id);
        Form.ReachedOn = new DateInput(time.Today());
    }

    public async Task<IActionResult> OnPostAsync(Guid id)
    {
        await LoadAsync(id);
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        db.CouncilStages.Add(Council.Reach(Form.Stage!.Value, Choices.Day(Form.ReachedOn, "日付")!.Value, PlainText.Of(Form.Note), person.Actor, time.GetUtcNow()));
        await db.SaveChangesAsync();
        TempData["Notice"] = "段階を記録しました。";
        return RedirectToPage("/Councils/Show", new { id });
    }

    private async Task LoadAsync(Guid id)
    {
        Council = await db.GetAsync<Council>(id);
        person.Require(person.CanChange(Council));
    }

    public class Input
    {
        [Display(Name = "段階"), Required, EnumDataType(typeof(FoundingStage))]
        public FoundingStage? Stage { get; set; }

        [Display(Name = "日付")]
        public DateInput ReachedOn { get; set; } = null!;

        [Display(Name = "何があったか"), StringLength(500)]
        public string? Note { get; set; }
    }
}
