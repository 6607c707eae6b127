using Microsoft.AspNetCore.Http.Features;
using Sasaeai.Data;

namespace Sasaeai.Web;

/// <summary>The page reads published rows only, so that an anonymous request needs no transaction of the town.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class PublishedOnlyAttribute : Attribute;

public static class TownMiddleware
{
    /// <summary>
    /// Takes /{slug} off the front of the path, so that pages and links are written as if each town had the
    /// application to itself. Runs before routing.
    /// </summary>
    public static void UseTownPrefix(this WebApplication app) => app.Use(async (context, next) =>
    {
        var path = context.Request.Path.Value!;
        var end = path.IndexOf('/', Math.Min(1, path.Length));
        var slug = path.Length < 2 ? "" : path[1..(end < 0 ? path.Length : end)];
        if (await context.RequestServices.GetRequiredService<Towns>().FindAsync(slug, context.RequestAborted) is { } town)
        {
            context.Features.Set(town);
            context.RequestServices.GetRequiredService<CurrentTown>().Municipality = town;
            context.Request.PathBase = context.Request.PathBase.Add("/" + slug);
            context.Request.Path = end < 0 ? "/" : path[end..];
        }
        else if (path == "/")
        {
            context.Request.Path = "/municipalities";    // "/" inside a town is the town's home
        }

        await next(context);
    });

    /// <summary>
    /// Opens the request's transaction, and commits it before the first byte of the answer leaves; an answer
    /// that is an error rolls it back. Runs after routing and before authentication, which reads the town's rows.
    /// </summary>
    public static void UseTownTransaction(this WebApplication app) => app.Use(async (context, next) =>
    {
        if (context.Features.Get<Municipality>() is not { } town || context.GetEndpoint() is not { } endpoint || !Needs(context, endpoint))
        {
            await next(context);
            return;
        }

        var transaction = context.RequestServices.GetRequiredService<TownTransaction>();
        await transaction.BeginAsync(town, context.RequestAborted);
        context.Response.OnStarting(FinishAsync);
        await next(context);
        await FinishAsync();

        Task FinishAsync() => context.Response.StatusCode switch
        {
            < 400 => transaction.CommitAsync(),
            < 500 when transaction.KeepOnError => transaction.CommitAsync(),
            StatusCodes.Status422UnprocessableEntity => transaction.RollbackButLooksAsync(),
            _ => transaction.RollbackAsync(),
        };
    });

    private static bool Needs(HttpContext context, Endpoint endpoint) =>
        endpoint.Metadata.GetMetadata<PublishedOnlyAttribute>() is null || SessionCookie.IsSent(context.Request) || !HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method);
}

/// <summary>The cookie that carries a sign-in.</summary>
public static class SessionCookie
{
    /// <summary>Over HTTPS the name makes the browser refuse the cookie to any other host or path.</summary>
    public static string Name(bool https) => https ? "__Host-sasaeai" : "sasaeai";

    public static bool IsSent(HttpRequest request) => request.Cookies.ContainsKey(Name(https: true)) || request.Cookies.ContainsKey(Name(https: false));
}
