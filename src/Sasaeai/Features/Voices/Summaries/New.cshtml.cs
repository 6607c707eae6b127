using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Forms;
using Sasaeai.Features.Resources;
using Sasaeai.Web;

namespace Sasaeai.Features.Voices.Summaries;

/// <summary>What the voice says, without who said it, written by a person who has read it.</summary>
public class NewModel(AppDb db, CurrentPerson person, AuditTrail trail, TimeProvider time) : PageModel
{
    [BindProperty]
    public SummaryForm Form { get; set; } = new();

    public Voice Voice { get; private set; } = null!;

    public async Task OnGetAsync(Guid id)
    {
        await LoadAsync(id);
        Form.Summary = Voice.Summary;
    }

    public async Task<IActionResult> OnPostAsync(Guid id)
    {
        await LoadAsync(id);
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        var summary = PlainText.Of(Form.Summary);
        Form.RequireNoTraces(summary, Voice.Contact);
        Voice.Summarize(summary, person.Actor);
        Voice.Read(person.Actor, time.GetUtcNow());
        await db.SaveChangesAsync();
        TempData["Notice"] = "要旨を保存しました。課題に入れることができます。";
        return RedirectToPage("/Voices/Show", new { id });
    }

    private async Task LoadAsync(Guid id)
    {
        Voice = await db.GetAsync<Voice>(id);
        person.Require(person.CanHear(Voice));
        trail.Looked("voice", id);
    }
}
