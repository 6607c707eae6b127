using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Resources;
using Sasaeai.Web;

namespace Sasaeai.Features.Postings;

public class NewModel(AppDb db, CurrentPerson person) : PageModel, IPostingFormPage
{
    [BindProperty]
    public PostingForm Form { get; set; } = new();

    public IReadOnlyList<SelectListItem> Areas { get; private set; } = [];
    public IReadOnlyList<SelectListItem> People { get; private set; } = [];
    public IReadOnlyList<string> Organizations { get; private set; } = [];

    public Task OnGetAsync() => LoadAsync();

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        var posting = new Posting { Kind = Form.Kind, PersonName = Form.PersonName, AreaId = Guid.Empty, Employer = Employer.Other, IsEntrusted = Form.IsEntrusted };
        await Form.WriteAsync(posting, db, Areas, People);
        db.Postings.Add(posting);
        await db.SaveChangesAsync();
        TempData["Notice"] = $"{posting.PersonName} さんの配置を登録しました。";
        return RedirectToPage("Index");
    }

    private async Task LoadAsync()
    {
        person.Require(person.CanChangePostings());
        (Areas, People, Organizations) = await PostingChoices.LoadAsync(db);
    }
}
