using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.SignIns;
using Sasaeai.Web;

namespace Sasaeai.Features.OwnAccount.RecoveryCode;

[ForFigureReaders, EnableRateLimiting(RateLimits.SignIn)]
public class NewModel(CurrentPerson person, UserManager<Account> accounts) : PageModel
{
    [BindProperty]
    public Input Form { get; set; } = new();

    public async Task<IActionResult> OnPostAsync()
    {
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        Rule.Require(person.Account!.TwoFactorEnabled, "二段階認証を使っていません。先に使いはじめてください。");
        Rule.Require(await accounts.CheckPasswordAsync(person.Account, Form.Password), "パスワードが違います。");
        return await this.ShowOnceAsync(accounts, person.Account);
    }

    public class Input
    {
        [Display(Name = "パスワード"), DataType(DataType.Password), StringLength(Passwords.LongestLength)]
        public string Password { get; set; } = "";
    }
}
