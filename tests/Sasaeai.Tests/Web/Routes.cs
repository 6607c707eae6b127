using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;

namespace Sasaeai.Tests.Web;

/// <summary>Every address that the running application answers, so that a page added later is tested without being named.</summary>
public static class Routes
{
    /// <summary>The handlers of POST are "" and the named ones; an address that is no page has none.</summary>
    public sealed record Route(string Text, RoutePattern Pattern, bool IsPublic, IReadOnlyList<string> Posts)
    {
        public IEnumerable<string> Ids => Pattern.Parameters.Where(parameter => parameter.Name.EndsWith("id", StringComparison.OrdinalIgnoreCase) || parameter.ParameterPolicies.Any(policy => policy.Content == "guid")).Select(parameter => parameter.Name);

        public bool IsPlain => Pattern.Parameters.Count == 0;

        public string With(Func<string, string> value) => string.Join('/', Pattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part switch
        {
            RoutePatternLiteralPart literal => literal.Content,
            RoutePatternParameterPart parameter => Pattern.GetParameter(parameter.Name)!.ParameterPolicies.Any(policy => policy.Content == "datetime") ? "2026-11-16" : value(parameter.Name),
            _ => "",
        }))));
    }

    public static async Task<IReadOnlyList<Route>> AllAsync(TestApp app)
    {
        var routes = new List<Route>();
        foreach (var endpoint in app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            var page = endpoint.Metadata.GetMetadata<PageActionDescriptor>();
            var compiled = page is null ? null : await app.Services.GetRequiredService<PageLoader>().LoadAsync(page, endpoint.Metadata);
            routes.Add(new(endpoint.RoutePattern.RawText!, endpoint.RoutePattern,
                endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null || compiled?.Endpoint?.Metadata.GetMetadata<IAllowAnonymous>() is not null,
                [.. (compiled?.HandlerMethods ?? []).Where(handler => handler.HttpMethod == "Post").Select(handler => handler.Name ?? "")]));
        }

        return routes;
    }
}
