using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sasaeai.Data;
using Sasaeai.Features.Resources;
using Sasaeai.Web;

namespace Sasaeai.Features.Accounts;

public class NewModel(AppDb db, CurrentPerson person, UserManager<Account> accounts, TimeProvider time) : PageModel
{
    [BindProperty]
    public Input Form { get; set; } = new();

    public void OnGet() => person.Require(person.CanChangeAccounts());

    public async Task<IActionResult> OnPostAsync()
    {
        person.Require(person.CanChangeAccounts());
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        Rule.Require(await accounts.FindByEmailAsync(Form.Email.Trim()) is null, "このメールアドレスのアカウントはすでにあります。一覧でさがしてください。");
        var account = new Account { Email = Form.Email.Trim(), Name = "", CreatedAt = time.GetUtcNow() };
        account.Rename(Form.Name, Form.Affiliation ?? "");
        var made = await accounts.CreateAsync(account);
        Rule.Require(made.Succeeded, "このメールアドレスは使えません。書き方を確かめてください。");
        await this.GiveAsync(accounts, db, account, time.GetUtcNow());
        TempData["Notice"] = $"{account.Name} さんのアカウントを作りました。続けて役割を付けてください。";
        return RedirectToPage("Show", new { id = account.Id });
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
