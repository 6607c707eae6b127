using System.Text.RegularExpressions;

namespace Sasaeai.Features.Hsds;

/// <summary>Any web page may read the interface: open data without key or cookie, errors included.</summary>
public static partial class HsdsHeaders
{
    /// <summary>Before error pages and the town's prefix, so that no answer leaves without them.</summary>
    public static void UseHsdsHeaders(this WebApplication app) => app.Use((context, next) =>
    {
        if (!Below().IsMatch(context.Request.Path.Value!))
        {
            return next(context);
        }

        var response = context.Response;
        response.OnStarting(() =>
        {
            response.Headers.AccessControlAllowOrigin = "*";
            response.Headers["Cross-Origin-Resource-Policy"] = "cross-origin";
            return Task.CompletedTask;
        });
        if (!HttpMethods.IsOptions(context.Request.Method))
        {
            return next(context);
        }

        response.StatusCode = StatusCodes.Status204NoContent;
        response.Headers.AccessControlAllowMethods = "GET, HEAD, OPTIONS";
        response.Headers.AccessControlAllowHeaders = "*";
        response.Headers.AccessControlMaxAge = "86400";
        return Task.CompletedTask;
    });

    [GeneratedRegex(@"\A/[^/]+/api/hsds(/|\z)")]
    private static partial Regex Below();
}
