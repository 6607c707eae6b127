using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.OutputCaching;
using Sasaeai.Data;
using Sasaeai.Features.Directory;
using Sasaeai.Features.Shared;
using Sasaeai.Japanese;

namespace Sasaeai.Web;

/// <summary>The page is the same for everybody who is not signed in, until the town publishes something or the day ends.</summary>
/// <param name="queryKeys">Query keys that the page reads. With any other, an address is not kept: nobody can fill the memory with ?1, ?2, ?3.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class CachedUntilPublicationAttribute(params string[] queryKeys) : Attribute
{
    public bool AnyQuery { get; init; }

    public bool Allows(IQueryCollection query) => AnyQuery || query.Count == 0 || query.Keys.All(queryKeys.Contains);
}

/// <summary>
/// Keeps public pages in memory. The town's version is part of the key: what was made from an older version is
/// never found again, so nothing has to be thrown away and no race can bring an old page back.
/// </summary>
public sealed class PageCache(TownDirectories directories, HolidayCalendar calendar, TimeProvider time) : IOutputCachePolicy
{
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    public async ValueTask CacheRequestAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        var http = context.HttpContext;
        var cached = http.GetEndpoint()?.Metadata.GetMetadata<CachedUntilPublicationAttribute>() is { } attribute && attribute.Allows(http.Request.Query)
            && (HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method))
            && !SessionCookie.IsSent(http.Request) && !NoticeCookie.IsSent(http.Request)
            && http.Features.Get<Municipality>() is { } town && Key(context, town, await calendar.GetAsync(cancellation));

        (context.EnableOutputCaching, context.AllowCacheLookup, context.AllowCacheStorage, context.AllowLocking) = (cached, cached, cached, cached);
        context.ResponseExpirationTimeSpan = Longest;
    }

    public ValueTask ServeFromCacheAsync(OutputCacheContext context, CancellationToken cancellation) => ValueTask.CompletedTask;

    public ValueTask ServeResponseAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        var response = context.HttpContext.Response;
        context.AllowCacheStorage = response.StatusCode == StatusCodes.Status200OK && response.Headers.SetCookie.Count == 0;
        return ValueTask.CompletedTask;
    }

    /// <summary>False while the version is not known for sure.</summary>
    private bool Key(OutputCacheContext context, Municipality town, Holidays holidays)
    {
        if (directories.KnownStamp(town.Id) is not { } stamp)
        {
            return false;
        }

        var rules = context.CacheVaryByRules;
        rules.QueryKeys = "*";
        rules.VaryByHost = true;
        rules.VaryByValues["version"] = string.Create(CultureInfo.InvariantCulture, $"{stamp}/{time.Today().DayNumber}/{RuntimeHelpers.GetHashCode(holidays)}/{TextSize.Of(context.HttpContext.Request)}");
        return true;
    }
}

public static class PageCaching
{
    public static void AddPageCache(this IServiceCollection services)
    {
        services.AddSingleton<PageCache>();
        services.AddOutputCache(options => options.SizeLimit = 256 * 1024 * 1024);
        services.AddOptions<OutputCacheOptions>().Configure<IServiceProvider>((options, provider) => options.AddBasePolicy(new Deferred(provider)));
    }

    public static void UsePageCache(this WebApplication app) => app.UseOutputCache();

    // The options are made before the services that the policy needs may be asked for.
    private sealed class Deferred(IServiceProvider provider) : IOutputCachePolicy
    {
        private readonly Lazy<PageCache> cache = new(provider.GetRequiredService<PageCache>);

        public ValueTask CacheRequestAsync(OutputCacheContext context, CancellationToken cancellation) => cache.Value.CacheRequestAsync(context, cancellation);
        public ValueTask ServeFromCacheAsync(OutputCacheContext context, CancellationToken cancellation) => cache.Value.ServeFromCacheAsync(context, cancellation);
        public ValueTask ServeResponseAsync(OutputCacheContext context, CancellationToken cancellation) => cache.Value.ServeResponseAsync(context, cancellation);
    }
}
