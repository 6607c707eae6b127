using Microsoft.AspNetCore.DataProtection;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Web;

namespace Sasaeai.Features.SignIns;

/// <summary>The password was right and the code is still missing: a protected cookie for ten minutes that opens the code page and nothing else.</summary>
public sealed class HalfSignIn(IDataProtectionProvider protection, AppDb db, Settings settings)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);
    private readonly ITimeLimitedDataProtector protector = protection.CreateProtector("Sasaeai.HalfSignIn").ToTimeLimitedDataProtector();

    private string Cookie => settings.Https ? "__Host-half" : "half";

    public void Remember(HttpContext context, Account account) =>
        context.Response.Cookies.Append(Cookie, protector.Protect(Text(account), Longest), Options(context, Longest));

    /// <summary>Whose code is awaited, or null. A new password or a reset second factor ends the wait.</summary>
    public async Task<Account?> AccountAsync(HttpRequest request)
    {
        if (request.Cookies[Cookie] is not { } sealedText || !Sealed.TryOpen(protector, sealedText, out var text)
            || text.Split(' ') is not [_, var id, _] || !Guid.TryParse(id, out var accountId))
        {
            return null;
        }

        return await db.FindAsync<Account>(accountId) is { ClosedAt: null, TwoFactorEnabled: true } account && Text(account) == text ? account : null;
    }

    public void Forget(HttpContext context) => context.Response.Cookies.Delete(Cookie, Options(context, TimeSpan.Zero));

    private string Text(Account account) => $"{db.TownId} {account.Id} {account.SecurityStamp}";

    private CookieOptions Options(HttpContext context, TimeSpan age) => new()
    {
        HttpOnly = true,
        IsEssential = true,
        MaxAge = age,
        Path = "/",
        SameSite = SameSiteMode.Lax,
        Secure = settings.Https || context.Request.IsHttps,
    };
}
