using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sasaeai.Data;
using Sasaeai.Features.Resources;
using Sasaeai.Web;

namespace Sasaeai.Features.Accounts;

public class EditModel(AppDb db, CurrentPerson person, UserManager<Account> accounts, TimeProvider time) : PageModel
{
    [BindProperty]
    public Input Form { get; set; } = new();

    public Account Account { get; private set; } = null!;

    public async Task OnGetAsync(Guid id)
    {
        await LoadAsync(id);
        Form = new Input { Name = Account.Name, Affiliation = Account.Affiliation, Email = Account.Email };
    }

    public async Task<IActionResult> OnPostAsync(Guid id)
    {
        await LoadAsync(id);
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        Account.Rename(Form.Name, Form.Affiliation ?? "");
        if (Form.Email.Trim() != Account.Email)
        {
            await ChangeEmailAsync(Form.Email.Trim());
        }

        await db.SaveChangesAsync();
        TempData["Notice"] = "アカウントを直しました。";
        return RedirectToPage("Show", new { id });
    }

    /// <summary>Whoever knew the old address and is signed in by it has to sign in again.</summary>
    private async Task ChangeEmailAsync(string email)
    {
        var other = await accounts.FindByEmailAsync(email);
        Rule.Require(other is null || other.Id == Account.Id, "このメールアドレスのアカウントはすでにあります。");
        (Account.Email, Account.EmailKey) = (email, accounts.NormalizeEmail(email));
        await accounts.UpdateSecurityStampAsync(Account);
        await db.EndSessionsAsync(Account.Id, time.GetUtcNow(), except: person.SessionId);
    }

    private async Task LoadAsync(Guid id)
    {
        Account = await db.GetAsync<Account>(id);
        person.Require(person.CanChangeAccounts());
    }

    public class Input
    {
        [Display(Name = "氏名"), StringLength(60)]
        public string Name { get; set; } = "";

        [Display(Name = "所属"), StringLength(100)]
        public string? Affiliation { get; set; }

        [Display(Name = "メールアドレス"), EmailAddress, StringLength(254)]
        public string Email { get; set; } = "";
    }
}
