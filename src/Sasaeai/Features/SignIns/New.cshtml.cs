using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Web;

namespace Sasaeai.Features.SignIns;

[AllowAnonymous, EnableRateLimiting(RateLimits.SignIn)]
public class NewModel(UserManager<Account> accounts, TownTransaction transaction) : PageModel
{
    [BindProperty]
    public Input Form { get; set; } = new();

    [BindProperty(Name = "back", SupportsGet = true)]
    public string? Back { get; set; }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        transaction.KeepOnError = true;     // a failed try counts
        var account = await accounts.FindByEmailAsync(Form.Email);
        Rule.Require(account is { ClosedAt: null } && !await accounts.IsLockedOutAsync(account) && await accounts.CheckPasswordAsync(account, Form.Password), "サインインできませんでした。");
        await HttpContext.StartSessionAsync(account!);
        return LocalRedirect(Url.IsLocalUrl(Back) ? Back : "~/today");
    }

    public class Input
    {
        [Display(Name = "メールアドレス"), EmailAddress]
        public string Email { get; set; } = "";

        [Display(Name = "パスワード"), DataType(DataType.Password)]
        public string Password { get; set; } = "";
    }
}
