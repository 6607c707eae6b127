using System.Diagnostics;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Sasaeai.Features.Confirmations;

/// <summary>The address of the page is itself the key: it must not reach other pages, caches, search engines or traces.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class PrivateLinkAttribute : Attribute, IResourceFilter
{
    public void OnResourceExecuting(ResourceExecutingContext context)
    {
        var headers = context.HttpContext.Response.Headers;
        headers["Referrer-Policy"] = "no-referrer";
        (headers.CacheControl, headers.Pragma) = ("no-cache, no-store", "no-cache");
        headers["X-Robots-Tag"] = "noindex, nofollow";
        Activity.Current?.SetTag("url.path", "(確認リンク)").SetTag("http.target", null).SetTag("url.query", null);
    }

    public void OnResourceExecuted(ResourceExecutedContext context)
    {
    }
}
