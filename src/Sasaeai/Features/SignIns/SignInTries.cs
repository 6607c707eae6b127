using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;

namespace Sasaeai.Features.SignIns;

/// <summary>Tries of a password or a code. Each is counted and audited; the answer tells nobody whether an address is known.</summary>
public sealed class SignInTries(UserManager<Account> accounts, AppDb db, AuditTrail trail, TownTransaction transaction, TimeProvider time)
{
    // An unknown address costs the same work as a known one.
    private static readonly Account Nobody = new() { Email = "", Name = "", CreatedAt = default };
    private static string? nobodysHash;

    /// <summary>The same words for a wrong password, an unknown address and an account that is stopped for now.</summary>
    public string Refusal
    {
        get
        {
            var until = time.GetUtcNow().Add(accounts.Options.Lockout.DefaultLockoutTimeSpan).AddMinutes(1).TimeOfDay();
            return $"サインインできませんでした。メールアドレスとパスワードを確かめてください。続けて{accounts.Options.Lockout.MaxFailedAccessAttempts}回間違えると、しばらく受け付けません。正しいはずなのに入れないときは、{until.Hour}時{until.Minute:00}分を過ぎてからお試しください。";
        }
    }

    /// <summary>The account, if address and password fit and it is neither closed nor stopped.</summary>
    public async Task<Account?> WithPasswordAsync(string email, string password)
    {
        transaction.KeepOnError = true;     // a failed try counts although the answer is an error
        var key = accounts.NormalizeEmail(email.Trim());
        await LockAsync(key);
        var account = await accounts.FindByEmailAsync(email.Trim());
        var known = account?.PasswordHash ?? (nobodysHash ??= accounts.PasswordHasher.HashPassword(Nobody, Guid.NewGuid().ToString()));
        var verified = accounts.PasswordHasher.VerifyHashedPassword(account ?? Nobody, known, password);
        if (!await CountAsync(account, verified != PasswordVerificationResult.Failed))
        {
            return null;
        }

        if (verified == PasswordVerificationResult.SuccessRehashNeeded)
        {
            account!.PasswordHash = accounts.PasswordHasher.HashPassword(account, password);     // guidance asks for more work than when it was made
            await db.SaveChangesAsync();
        }

        return account;
    }

    /// <summary>True if the one-time code or a recovery code fits; each is taken once.</summary>
    public async Task<bool> WithCodeAsync(Account account, string typed)
    {
        transaction.KeepOnError = true;
        await LockAsync(account.EmailKey);
        await db.Entry(account).ReloadAsync();
        var code = Plain(typed);
        return await CountAsync(account, code.Length == 10 ? await IsRecoveryCodeAsync(account, code) : await IsOneTimeCodeAsync(account, code));
    }

    /// <summary>The code without spaces and hyphens, full width or not.</summary>
    public static string Plain(string typed) => string.Concat(typed.Normalize(NormalizationForm.FormKC).Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();

    /// <summary>A code of the authenticator that is newer than the last one taken (RFC 6238, 5.2).</summary>
    public async Task<bool> IsOneTimeCodeAsync(Account account, string code)
    {
        var step = await accounts.GetAuthenticatorKeyAsync(account) is { } key ? OneTimeCodes.StepOf(key, code, time.GetUtcNow()) : null;
        if (step is null || step <= account.LastStep)
        {
            return false;
        }

        account.LastStep = step;
        return true;
    }

    private async Task<bool> IsRecoveryCodeAsync(Account account, string code)
    {
        if (await accounts.IsLockedOutAsync(account) || !(await accounts.RedeemTwoFactorRecoveryCodeAsync(account, code.Insert(5, "-"))).Succeeded)
        {
            return false;
        }

        trail.Note("recovery_code", "account", account.Id);
        return true;
    }

    private async Task<bool> CountAsync(Account? account, bool right)
    {
        var locked = account is not null && await accounts.IsLockedOutAsync(account);
        if (account is { ClosedAt: null } && right && !locked)
        {
            return true;
        }

        trail.Note("sign_in_refused", "account", account?.Id);
        if (account is { ClosedAt: null } && !locked)
        {
            await accounts.AccessFailedAsync(account);
        }

        return false;
    }

    /// <summary>Tries of one account wait for each other, or many at once would count as one.</summary>
    private Task LockAsync(string? emailKey) =>
        db.Database.ExecuteSqlAsync($"select id from app.account where municipality_id = {db.TownId} and email_key = {emailKey} for update");
}
