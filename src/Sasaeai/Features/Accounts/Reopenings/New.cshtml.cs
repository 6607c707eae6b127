using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sasaeai.Data;
using Sasaeai.Features.Resources;

namespace Sasaeai.Features.Accounts.Reopenings;

/// <summary>An account that was closed is used again, by somebody who came back or because it was closed by mistake.</summary>
public class NewModel(AppDb db, CurrentPerson person, UserManager<Account> accounts, TimeProvider time) : PageModel
{
    public Account Account { get; private set; } = null!;

    public async Task OnGetAsync(Guid id) => await LoadAsync(id);

    public async Task<IActionResult> OnPostAsync(Guid id)
    {
        await LoadAsync(id);
        Account.Reopen();
        await this.GiveAsync(accounts, db, Account, time.GetUtcNow());
        TempData["Notice"] = $"{Account.Name} さんのアカウントを、もう一度使えるようにしました。";
        return RedirectToPage("/Accounts/Show", new { id });
    }

    private async Task LoadAsync(Guid id)
    {
        Account = await db.GetAsync<Account>(id);
        person.Require(person.CanChangeAccounts());
    }
}
