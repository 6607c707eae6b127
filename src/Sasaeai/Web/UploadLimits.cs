using Microsoft.AspNetCore.Http.Features;

namespace Sasaeai.Web;

/// <summary>The most that a request may carry, in bytes.</summary>
public static class UploadLimits
{
    public const int OrdinaryBytes = 1024 * 1024;
    public const int TableBytes = 20 * 1024 * 1024;
    public const int PhotoBytes = 8 * 1024 * 1024;

    /// <summary>Says 413 before anything reads the body. Runs after routing, which knows the page's own limit.</summary>
    public static void UseUploadLimits(this WebApplication app) => app.Use((context, next) =>
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is not { } limit || !(context.Request.ContentLength > limit.MaxRequestBodySize))
        {
            return next(context);
        }

        limit.MaxRequestBodySize = null;     // the server throws away for some seconds what is on its way, so that the browser reads the answer
        context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
        return Task.CompletedTask;
    });
}
