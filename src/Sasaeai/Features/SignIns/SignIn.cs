using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.KeptForms;
using Sasaeai.Web;

namespace Sasaeai.Features.SignIns;

/// <summary>Starting, checking and ending sessions. The cookie only names a session of one town; the row decides.</summary>
public static class SignIn
{
    public const string Path = "/sign-ins/new";
    private const string TownClaim = "town", SessionClaim = "session";
    public static readonly TimeSpan Idle = TimeSpan.FromHours(12);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    public static void AddSignIn(this IServiceCollection services, Settings settings)
    {
        services.AddScoped<SignInTries>();
        services.AddScoped<HalfSignIn>();
        services.AddScoped<KeptFormStore>();
        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(options =>
        {
            options.Cookie.Name = SessionCookie.Name(settings.Https);
            options.Cookie.Path = "/";
            options.Cookie.HttpOnly = true;
            options.Cookie.SameSite = SameSiteMode.Lax;
            options.Cookie.SecurePolicy = settings.Https ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
            options.LoginPath = Path;
            options.ReturnUrlParameter = "back";
            options.ExpireTimeSpan = Longest;
            options.SlidingExpiration = false;
            options.Events.OnValidatePrincipal = CheckAsync;
            options.Events.OnRedirectToLogin = AskToSignInAsync;
            options.Events.OnRedirectToAccessDenied = context =>
            {
                context.Response.StatusCode = StatusCodes.Status403Forbidden;
                return Task.CompletedTask;
            };
        });
        // Pages are for signed-in people unless they say otherwise.
        services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
    }

    /// <summary>Begins a session of this account on this device, always with a new id; the one that the browser had ends.</summary>
    public static async Task StartSessionAsync(this HttpContext context, Account account)
    {
        var services = context.RequestServices;
        var (db, now) = (services.GetRequiredService<AppDb>(), services.GetRequiredService<TimeProvider>().GetUtcNow());
        var session = new AccountSession { AccountId = account.Id, StartedAt = now, SeenAt = now, Device = Device(context.Request.Headers.UserAgent.ToString()) };
        await context.EndSessionAsync();
        db.AccountSessions.Add(session);
        account.AccessFailedCount = 0;
        services.GetRequiredService<AuditTrail>().Actor = new Actor(account.Id, account.Name);
        services.GetRequiredService<AuditTrail>().Note("sign_in", "account", account.Id);
        await db.SaveChangesAsync();
        var identity = new ClaimsIdentity([new Claim(TownClaim, db.TownId.ToString(System.Globalization.CultureInfo.InvariantCulture)), new Claim(SessionClaim, session.Id.ToString())], CookieAuthenticationDefaults.AuthenticationScheme);
        context.User = new ClaimsPrincipal(identity);   // tokens of forms in this very answer are the new session's
        await context.SignInAsync(context.User, new AuthenticationProperties { IsPersistent = false });
        await services.GetRequiredService<CurrentPerson>().SignedInAsync(db, account, session.Id);
    }

    /// <summary>Ends the session that the browser has, if any.</summary>
    public static async Task EndSessionAsync(this HttpContext context)
    {
        var services = context.RequestServices;
        if (services.GetRequiredService<CurrentPerson>().SessionId is { } id && await services.GetRequiredService<AppDb>().FindAsync<AccountSession>(id) is { } session)
        {
            session.EndedAt = services.GetRequiredService<TimeProvider>().GetUtcNow();
            services.GetRequiredService<AuditTrail>().Note("sign_out", "account", session.AccountId);
            await services.GetRequiredService<AppDb>().SaveChangesAsync();
        }
    }

    /// <summary>Where to go after signing in: what was typed before, the page that was asked for, or the first page.</summary>
    public static IActionResult Onward(this PageModel page, string? back, string? kept)
    {
        var services = page.HttpContext.RequestServices;
        return services.GetRequiredService<KeptFormStore>().Open(kept) is { } form ? services.GetRequiredService<KeptFormStore>().Show(form, StatusCodes.Status200OK)
            : page.LocalRedirect(page.Url.IsLocalUrl(back) ? back : services.GetRequiredService<CurrentPerson>().SeesFiguresOnly ? "~/figures" : "~/today");
    }

    /// <summary>A form that arrives without a session is kept; everything else is asked for again after signing in.</summary>
    private static async Task AskToSignInAsync(RedirectContext<CookieAuthenticationOptions> context)
    {
        if (await context.HttpContext.RequestServices.GetRequiredService<KeptFormStore>().KeepAsync(context.HttpContext))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        }
        else
        {
            context.Response.Redirect(context.RedirectUri);
        }
    }

    /// <summary>The cookie's town must be the path's, the session open and in use, the account open.</summary>
    private static async Task CheckAsync(CookieValidatePrincipalContext context)
    {
        var services = context.HttpContext.RequestServices;
        var (db, now) = (services.GetRequiredService<AppDb>(), services.GetRequiredService<TimeProvider>().GetUtcNow());
        if (!services.GetRequiredService<TownTransaction>().IsOpen
            || context.Principal?.FindFirstValue(TownClaim) != db.TownId.ToString(System.Globalization.CultureInfo.InvariantCulture)
            || !Guid.TryParse(context.Principal.FindFirstValue(SessionClaim), out var id)
            || await db.FindAsync<AccountSession>(id) is not { EndedAt: null } session
            || now - session.SeenAt > Idle
            || await db.FindAsync<Account>(session.AccountId) is not { ClosedAt: null } account)
        {
            context.RejectPrincipal();
            return;
        }

        if (now - session.SeenAt > TimeSpan.FromMinutes(5))
        {
            await db.AccountSessions.Where(row => row.Id == id).ExecuteUpdateAsync(row => row.SetProperty(s => s.SeenAt, now));
        }

        await services.GetRequiredService<CurrentPerson>().SignedInAsync(db, account, id);
    }

    /// <summary>「Chrome・Windows」: enough to recognise one's own device.</summary>
    private static string Device(string userAgent)
    {
        string First(params (string Mark, string Name)[] known) => known.FirstOrDefault(item => userAgent.Contains(item.Mark, StringComparison.OrdinalIgnoreCase)).Name ?? "その他";
        return First(("Edg", "Edge"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari")) + "・"
            + First(("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS", "Mac"), ("Linux", "Linux"));
    }
}
