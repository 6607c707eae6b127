using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Sasaeai.Web;

/// <summary>
/// U+0000, which no keyboard makes and PostgreSQL refuses, is refused before it gets there: a statement that fails while
/// its parameters are being read would cost later requests on the same connection as well.
/// </summary>
public sealed class UnwritableText : IAsyncResourceFilter
{
    public async Task OnResourceExecutionAsync(ResourceExecutingContext context, ResourceExecutionDelegate next)
    {
        var request = context.HttpContext.Request;
        if (request.HasFormContentType && (await request.ReadFormAsync(context.HttpContext.RequestAborted)).Any(field => field.Value.Any(Holds)))
        {
            context.Result = new BadRequestResult();
            return;
        }

        await next();
    }

    /// <summary>The address: path and query. The open data interface reads its own parameters and answers in its own form.</summary>
    public static void Refuse(WebApplication app) => app.Use((context, next) =>
    {
        if (context.Request.Path.StartsWithSegments("/api") || !Holds(context.Request.Path.Value) && !context.Request.QueryString.Value!.Contains("%00", StringComparison.Ordinal))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        return Task.CompletedTask;
    });

    private static bool Holds(string? text) => text?.Contains('\0', StringComparison.Ordinal) == true;
}
