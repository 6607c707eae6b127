using System.Buffers;
using Microsoft.AspNetCore.Http.Features;

namespace Sasaeai.Web;

/// <summary>The most that a request may carry, in bytes.</summary>
public static class UploadLimits
{
    public const int OrdinaryBytes = 1024 * 1024;
    public const int TableBytes = 20 * 1024 * 1024;
    public const int PhotoBytes = 8 * 1024 * 1024;
    /// <summary>Beside the file a form carries its other fields.</summary>
    public const int FieldBytes = 64 * 1024;

    private const int MostHeardOut = 256 * 1024 * 1024;

    /// <summary>
    /// Answers a request that says it is too large before anything of it is kept. A browser shows the answer only after it
    /// has sent everything, so the rest is heard out and dropped, within bounds. Runs after routing, which knows the page's limit.
    /// </summary>
    public static void UseUploadLimits(this WebApplication app) => app.Use(async (context, next) =>
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is not { MaxRequestBodySize: { } limit, IsReadOnly: false } size || context.Request.ContentLength is not { } length || length <= limit)
        {
            await next(context);
            return;
        }

        if (length <= MostHeardOut && context.Request.Headers.Expect.Count == 0)
        {
            size.MaxRequestBodySize = MostHeardOut;
            await HearOutAsync(context.Request.Body, context.RequestAborted);
        }

        context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
    });

    private static async Task HearOutAsync(Stream body, CancellationToken cancellation)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        while (await body.ReadAsync(buffer, cancellation) > 0)
        {
        }

        ArrayPool<byte>.Shared.Return(buffer);
    }
}
