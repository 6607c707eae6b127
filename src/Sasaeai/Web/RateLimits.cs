using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;

namespace Sasaeai.Web;

/// <summary>How often one address may ask. Names of the policies for <c>[EnableRateLimiting]</c>.</summary>
public static class RateLimits
{
    /// <summary>Sign-in: 10 tries a minute.</summary>
    public const string SignIn = "sign-in";
    /// <summary>Public forms: 10 a minute.</summary>
    public const string PublicForm = "public-form";
    /// <summary>QR check-in: 120 a minute, since a whole meeting shares the address of the hall.</summary>
    public const string CheckIn = "check-in";
    /// <summary>Search and open data: SASAEAI_SEARCHES_PER_SECOND, bursts of ten times that.</summary>
    public const string Search = "search";
    /// <summary>Whole-town exports: one at a time.</summary>
    public const string Export = "export";

    public static void AddRateLimits(this IServiceCollection services, Settings settings) => services.AddRateLimiter(options =>
    {
        options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        options.OnRejected = (context, _) =>
        {
            var wait = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(10);
            context.HttpContext.Response.Headers.RetryAfter = Math.Max(1, (int)wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            return ValueTask.CompletedTask;
        };
        options.AddPolicy(SignIn, context => OnlyPosts(context, () => PerMinute(context, 10)));
        options.AddPolicy(PublicForm, context => OnlyPosts(context, () => PerMinute(context, 10)));
        options.AddPolicy(CheckIn, context => OnlyPosts(context, () => PerMinute(context, 120)));
        options.AddPolicy(Search, context => settings.SearchesPerSecond == 0 ? Unlimited() : RateLimitPartition.GetTokenBucketLimiter(Address(context), _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = settings.SearchesPerSecond * 10,
            TokensPerPeriod = settings.SearchesPerSecond,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            QueueLimit = 0,
        }));
        options.AddPolicy(Export, context => RateLimitPartition.GetConcurrencyLimiter(Address(context), _ => new ConcurrencyLimiterOptions { PermitLimit = 1, QueueLimit = 2 }));
    });

    private static RateLimitPartition<string> OnlyPosts(HttpContext context, Func<RateLimitPartition<string>> limited) =>
        HttpMethods.IsPost(context.Request.Method) ? limited() : Unlimited();

    private static RateLimitPartition<string> PerMinute(HttpContext context, int permits) =>
        RateLimitPartition.GetSlidingWindowLimiter(Address(context), _ => new SlidingWindowRateLimiterOptions
        {
            PermitLimit = permits * context.RequestServices.GetRequiredService<Settings>().RateFactor,
            Window = TimeSpan.FromMinutes(1),
            SegmentsPerWindow = 6,
        });

    private static RateLimitPartition<string> Unlimited() => RateLimitPartition.GetNoLimiter("");

    private static string Address(HttpContext context) => context.Connection.RemoteIpAddress?.ToString() ?? "";
}
