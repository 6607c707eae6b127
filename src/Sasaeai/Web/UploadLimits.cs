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
    private const int MostInMemory = 64 * 1024;

    /// <summary>
    /// Answers a request that is too large before anything of it is kept. A browser shows the answer only after it has
    /// sent everything, so the rest is heard out and dropped, within bounds. Runs after routing, which knows the page's limit.
    /// </summary>
    public static void UseUploadLimits(this WebApplication app) => app.Use(async (context, next) =>
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is not { MaxRequestBodySize: { } limit, IsReadOnly: false } size || !await IsTooLargeAsync(context, size, limit))
        {
            await next(context);
            return;
        }

        context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
    });

    private static async Task<bool> IsTooLargeAsync(HttpContext context, IHttpMaxRequestBodySizeFeature size, long limit)
    {
        var (request, sent) = (context.Request, context.Request.Body);
        if (request.ContentLength is { } length)
        {
            if (length > limit && length <= MostHeardOut && request.Headers.Expect.Count == 0)
            {
                size.MaxRequestBodySize = MostHeardOut;
                await HearOutAsync(sent, context.RequestAborted);
            }

            return length > limit;
        }

        if (context.Features.Get<IHttpRequestBodyDetectionFeature>() is not { CanHaveBody: true })
        {
            return false;
        }

        // Sent in chunks: nobody knows how much it is before it has come. Past the server's own limit nothing more could be read or answered.
        size.MaxRequestBodySize = MostHeardOut;
        request.EnableBuffering(MostInMemory, limit);
        try
        {
            await HearOutAsync(request.Body, context.RequestAborted);
            request.Body.Position = 0;
            context.Features.Set<IHttpMaxRequestBodySizeFeature>(new Kept());
            return false;
        }
        catch (IOException error) when (error is not BadHttpRequestException && !context.RequestAborted.IsCancellationRequested)
        {
            await HearOutAsync(sent, context.RequestAborted);
            return true;
        }
    }

    /// <summary>The body is here already: pages set their limit once more, which does nothing.</summary>
    private sealed class Kept : IHttpMaxRequestBodySizeFeature
    {
        public bool IsReadOnly => false;
        public long? MaxRequestBodySize { get; set; }
    }

    private static async Task HearOutAsync(Stream body, CancellationToken cancellation)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        while (await body.ReadAsync(buffer, cancellation) > 0)
        {
        }

        ArrayPool<byte>.Shared.Return(buffer);
    }
}
