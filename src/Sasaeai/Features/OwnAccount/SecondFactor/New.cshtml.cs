using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.SignIns;
using Sasaeai.Web;

namespace Sasaeai.Features.OwnAccount.SecondFactor;

/// <summary>Ties an authenticator to the account; the first code proves that it works.</summary>
[BeforeReady, ForFigureReaders, EnableRateLimiting(RateLimits.SignIn)]
public class NewModel(AppDb db, CurrentPerson person, CurrentTown town, UserManager<Account> accounts, SignInTries tries) : PageModel
{
    [BindProperty]
    public Input Form { get; set; } = new();

    public bool IsRequired { get; private set; }
    public string Key { get; private set; } = "";
    public string KeyInGroups => string.Join(' ', Key.Chunk(4).Select(group => new string(group)));
    public string Uri => $"otpauth://totp/{Encode($"ささえあい {town.Municipality.Name}")}:{Encode(person.Account!.Email)}?secret={Key}&issuer={Encode($"ささえあい {town.Municipality.Name}")}&digits=6&period=30";

    public async Task<IActionResult> OnGetAsync()
    {
        if (person.Account!.TwoFactorEnabled)
        {
            return LocalRedirect("~/account");
        }

        if (await accounts.GetAuthenticatorKeyAsync(person.Account) is null)
        {
            await accounts.ResetAuthenticatorKeyAsync(person.Account);
        }

        await LoadAsync();
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var account = person.Account!;
        Rule.Require(!account.TwoFactorEnabled, "二段階認証はすでに使っています。");
        await LoadAsync();
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        Rule.Require(Key != "" && await tries.IsOneTimeCodeAsync(account, SignInTries.Plain(Form.Code)), "確認コードが違います。認証アプリに今出ている6けたの数字を入力してください。スマートフォンの時計が合っているかも確かめてください。");
        await accounts.SetTwoFactorEnabledAsync(account, true);
        return await this.ShowOnceAsync(accounts, account);
    }

    private async Task LoadAsync()
    {
        Key = await accounts.GetAuthenticatorKeyAsync(person.Account!) ?? "";
        IsRequired = await person.MustSetUpSecondFactorAsync(db, town.Municipality);
    }

    private static string Encode(string text) => System.Uri.EscapeDataString(text);

    public class Input
    {
        [Display(Name = "確認コード"), StringLength(40)]
        public string Code { get; set; } = "";
    }
}
