using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sasaeai.Data;

namespace Sasaeai.Features.Accounts;

/// <summary>A first password made for somebody else: shown once to the administrator, changed at the first sign-in.</summary>
public static class InitialPassword
{
    /// <summary>Sets it, ends all sessions, and keeps it for the next page of this browser only.</summary>
    public static async Task GiveAsync(this PageModel page, UserManager<Account> accounts, AppDb db, Account account, DateTimeOffset now)
    {
        var password = Passwords.Initial();
        account.PasswordHash = accounts.PasswordHasher.HashPassword(account, password);
        account.MustChangePassword = true;
        await accounts.UpdateSecurityStampAsync(account);
        await db.EndSessionsAsync(account.Id, now);
        page.TempData[Key(account.Id)] = password;
    }

    public static string Key(Guid accountId) => $"InitialPassword {accountId}";
}
