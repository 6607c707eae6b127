using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Resources;
using Sasaeai.Web;

namespace Sasaeai.Features.MistakeReports;

/// <summary>One report beside the record that it speaks of. Its contact is shown here only, and each look is recorded.</summary>
public class ShowModel(AppDb db, CurrentPerson person, AuditTrail trail, TimeProvider time) : PageModel
{
    [BindProperty]
    public Input Form { get; set; } = new();

    public MistakeReport Report { get; private set; } = null!;
    public Resource Resource { get; private set; } = null!;
    public ResourceBrief Brief { get; private set; } = null!;

    public async Task OnGetAsync(Guid id)
    {
        await LoadAsync(id);
        trail.Looked("mistake_report", id);
    }

    public async Task<IActionResult> OnPostAsync(Guid id)
    {
        await LoadAsync(id);
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        Report.Close(person.Actor, time.GetUtcNow(), Form.Answer);
        await db.SaveChangesAsync();
        TempData["Notice"] = "連絡を処理ずみにしました。連絡先は消しました。";
        return RedirectToPage("Index");
    }

    private async Task LoadAsync(Guid id)
    {
        Report = await db.GetAsync<MistakeReport>(id);
        Resource = await db.GetAsync<Resource>(Report.ResourceId);
        person.Require(person.CanVerify(Resource));
        Brief = ResourceBrief.Of(Resource.Content, await ResourceBrief.FeeNamesAsync(db));
    }

    public class Input
    {
        [Display(Name = "どうなったか"), DataType(DataType.MultilineText), StringLength(1000)]
        public string Answer { get; set; } = "";
    }
}
