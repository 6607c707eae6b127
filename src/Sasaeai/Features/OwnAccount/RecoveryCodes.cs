using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sasaeai.Features.Accounts;

namespace Sasaeai.Features.OwnAccount;

/// <summary>Codes for the day on which the telephone is not at hand. Only their digests are kept, so they are shown once.</summary>
public static class RecoveryCodes
{
    public const string Notice = "RecoveryCodes";
    private const int Count = 10;

    /// <summary>Makes new codes, which end the old ones, and leads to the page that shows them.</summary>
    public static async Task<IActionResult> ShowOnceAsync(this PageModel page, UserManager<Account> accounts, Account account)
    {
        page.TempData[Notice] = (await accounts.GenerateNewTwoFactorRecoveryCodesAsync(account, Count))!.ToArray();
        return page.LocalRedirect("~/account/recovery-codes");
    }
}
