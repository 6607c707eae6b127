using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Forms;
using Sasaeai.Features.Resources;
using Sasaeai.Web;

namespace Sasaeai.Features.Voices.Closings;

/// <summary>A voice that becomes no issue ends with a reason that its person reads.</summary>
public class NewModel(AppDb db, CurrentPerson person, TimeProvider time) : PageModel
{
    [BindProperty, Display(Name = "理由"), Required(ErrorMessage = "理由を入力してください。"), DataType(DataType.MultilineText), StringLength(1000)]
    public string Reason { get; set; } = "";

    public Voice Voice { get; private set; } = null!;

    public Task OnGetAsync(Guid id) => LoadAsync(id);

    public async Task<IActionResult> OnPostAsync(Guid id)
    {
        await LoadAsync(id);
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        Voice.Close(PlainText.Of(Reason), person.Actor, time.GetUtcNow());
        await db.SaveChangesAsync();
        TempData["Notice"] = "声への対応を終わりにしました。";
        return RedirectToPage("/Voices/Index");
    }

    private async Task LoadAsync(Guid id)
    {
        Voice = await db.GetAsync<Voice>(id);
        person.Require(person.CanHear(Voice));
    }
}
