using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Organizations;
using Sasaeai.Features.Resources;
using Sasaeai.Features.Shared;
using Sasaeai.Web;

namespace Sasaeai.Features.Postings;

public class EditModel(AppDb db, CurrentPerson person) : PageModel, IPostingFormPage
{
    private Posting posting = null!;

    /// <summary>The state of the record that the form shows.</summary>
    [BindProperty]
    public uint State { get; set; }

    [BindProperty]
    public PostingForm Form { get; set; } = new();

    public IReadOnlyList<SelectListItem> Areas { get; private set; } = [];
    public IReadOnlyList<SelectListItem> People { get; private set; } = [];
    public IReadOnlyList<string> Organizations { get; private set; } = [];

    public async Task OnGetAsync(Guid id)
    {
        await LoadAsync(id);
        State = db.StateOf(posting);
        Form = await SavedAsync();
    }

    public async Task<IActionResult> OnPostAsync(Guid id)
    {
        await LoadAsync(id);
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        if (State != db.StateOf(posting))
        {
            State = db.StateOf(posting);
            return this.ShowBoth(nameof(State), await SavedAsync(), Form, [.. Areas, .. People]);
        }

        await Form.WriteAsync(posting, db, Areas, People);
        await db.SaveChangesAsync();
        TempData["Notice"] = $"{posting.PersonName} さんの配置を直しました。";
        return RedirectToPage("Index");
    }

    private async Task<PostingForm> SavedAsync() => PostingForm.Of(posting, posting.OrganizationId is { } organization ? (await db.FindAsync<Organization>(organization))?.Name : null);

    private async Task LoadAsync(Guid id)
    {
        posting = await db.GetAsync<Posting>(id);
        person.Require(person.CanChangePostings());
        (Areas, People, Organizations) = await PostingChoices.LoadAsync(db);
    }
}
