using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.SignIns;
using Sasaeai.Web;

namespace Sasaeai.Features.OwnAccount.Password;

[BeforeReady, ForFigureReaders, EnableRateLimiting(RateLimits.SignIn)]
public class EditModel(AppDb db, CurrentPerson person, CurrentTown town, UserManager<Account> accounts, TimeProvider time) : PageModel
{
    [BindProperty]
    public Input Form { get; set; } = new();

    public bool IsFirst => person.Account!.MustChangePassword;

    public async Task<IActionResult> OnPostAsync()
    {
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        var account = person.Account!;
        Rule.Require(Form.New == Form.Again, "新しいパスワードと、確かめのために入力したパスワードが違います。");
        Rule.Require(Form.New != Form.Old, "今のパスワードと違うものにしてください。");
        Rule.Require(Passwords.Refusal(town.Municipality, account.Email, Form.New) is null, Passwords.Refusal(town.Municipality, account.Email, Form.New) ?? "");
        var changed = await accounts.ChangePasswordAsync(account, Form.Old, Form.New);
        Rule.Require(changed.Succeeded, "今のパスワードが違います。");
        account.MustChangePassword = false;
        await db.EndSessionsAsync(account.Id, time.GetUtcNow(), except: person.SessionId);
        TempData["Notice"] = "パスワードを変えました。ほかの端末のサインインはすべて終わりました。";
        return LocalRedirect("~/account");
    }

    public class Input
    {
        [Display(Name = "今のパスワード"), DataType(DataType.Password), StringLength(Passwords.LongestLength)]
        public string Old { get; set; } = "";

        [Display(Name = "新しいパスワード"), DataType(DataType.Password), StringLength(Passwords.LongestLength)]
        public string New { get; set; } = "";

        [Display(Name = "新しいパスワード（確かめ）"), DataType(DataType.Password), StringLength(Passwords.LongestLength)]
        public string Again { get; set; } = "";
    }
}
