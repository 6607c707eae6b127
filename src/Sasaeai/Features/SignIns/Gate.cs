using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;

namespace Sasaeai.Features.SignIns;

/// <summary>The page serves also those who still have to change their password or set up the second factor.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class BeforeReadyAttribute : Attribute;

/// <summary>The page serves also those who may see figures only.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ForFigureReadersAttribute : Attribute;

/// <summary>What a signed-in person must do before anything else, and where a 県 account ends.</summary>
public static class Gate
{
    public static void UseGate(this WebApplication app) => app.Use(async (context, next) =>
    {
        var person = context.RequestServices.GetRequiredService<CurrentPerson>();
        var marks = context.GetEndpoint()?.Metadata;
        if (person.IsSignedIn && marks?.GetMetadata<PageActionDescriptor>() is not null)
        {
            (context.Response.Headers.CacheControl, context.Response.Headers.Pragma) = ("no-cache, no-store", "no-cache");     // what staff see stays in no browser and no proxy
        }

        if (!person.IsSignedIn || marks?.GetMetadata<PageActionDescriptor>() is null || marks.GetMetadata<BeforeReadyAttribute>() is not null)
        {
            await next(context);
        }
        else if (await person.StepBeforeAllElseAsync(context) is { } step)
        {
            context.Response.Redirect(context.Request.PathBase + step);
        }
        else if (person.SeesFiguresOnly && marks.GetMetadata<IAllowAnonymous>() is null && marks.GetMetadata<ForFigureReadersAttribute>() is null)
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
        }
        else
        {
            await next(context);
        }
    });

    private static async Task<string?> StepBeforeAllElseAsync(this CurrentPerson person, HttpContext context) =>
        person.Account!.MustChangePassword ? "/account/password/edit"
        : await person.MustSetUpSecondFactorAsync(context.RequestServices.GetRequiredService<AppDb>(), context.Features.Get<Municipality>()!) ? "/account/second-factor/new"
        : null;

    /// <summary>True while the town's rule asks for a second factor of this person's roles and there is none.</summary>
    public static async Task<bool> MustSetUpSecondFactorAsync(this CurrentPerson person, AppDb db, Municipality town) =>
        !town.Demo && !person.Account!.TwoFactorEnabled && person.Memberships.Any(membership => membership.Role.NeedsSecondFactor()) && (await db.RuleAsync()).TwoFactorRequired;
}
