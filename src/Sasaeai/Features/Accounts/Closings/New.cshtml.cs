using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sasaeai.Data;
using Sasaeai.Features.Resources;

namespace Sasaeai.Features.Accounts.Closings;

public class NewModel(AppDb db, CurrentPerson person, TimeProvider time) : PageModel
{
    public Account Account { get; private set; } = null!;

    public async Task OnGetAsync(Guid id) => await LoadAsync(id);

    public async Task<IActionResult> OnPostAsync(Guid id)
    {
        await LoadAsync(id);
        await db.RequireAdministratorAfterAsync(time.Today(), membership => membership.AccountId == id);
        Account.Close(time.GetUtcNow());
        await db.EndSessionsAsync(id, time.GetUtcNow());
        TempData["Notice"] = $"{Account.Name} さんのアカウントを停止しました。";
        return RedirectToPage("/Accounts/Show", new { id });
    }

    private async Task LoadAsync(Guid id)
    {
        Account = await db.GetAsync<Account>(id);
        person.Require(person.CanClose(Account));
    }
}
