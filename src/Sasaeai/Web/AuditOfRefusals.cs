using System.Threading.RateLimiting;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;

namespace Sasaeai.Web;

/// <summary>
/// Notes who asked for a record that is not this town's (404) or that they may not have (403), in a transaction of its
/// own, because the request's was rolled back. Bounded, so that nobody can fill the chain: 30 entries a minute for a
/// signed-in person, and 10 a minute for all visitors of a town together, whose crawlers follow old links.
/// </summary>
public static class AuditOfRefusals
{
    public static void UseAuditOfRefusals(this WebApplication app)
    {
        var limiter = PartitionedRateLimiter.Create<(int Town, Guid? Account), (int, Guid?)>(who => RateLimitPartition.GetFixedWindowLimiter(who, _ => new FixedWindowRateLimiterOptions
        {
            PermitLimit = who.Account is null ? 10 : 30,
            Window = TimeSpan.FromMinutes(1),
        }));
        app.Lifetime.ApplicationStopped.Register(limiter.Dispose);
        app.Use(async (context, next) =>
        {
            await next(context);
            if (Verb(context) is { } verb && context.Features.Get<Municipality>() is { } town && context.GetEndpoint() is RouteEndpoint page)
            {
                var person = context.RequestServices.GetRequiredService<CurrentPerson>();
                var ids = context.Request.RouteValues.Values.Select(value => value?.ToString()).Where(value => Guid.TryParse(value, out _)).ToList();
                if ((ids.Count > 0 || person.IsSignedIn) && limiter.AttemptAcquire((town.Id, person.Account?.Id)).IsAcquired)
                {
                    await NoteAsync(context.RequestServices, town, person.Actor, verb, page.RoutePattern.RawText!, string.Join('/', ids));
                }
            }
        });
    }

    private static string? Verb(HttpContext context) => context.Response.StatusCode switch
    {
        StatusCodes.Status404NotFound => "not_found",
        StatusCodes.Status403Forbidden => "refused",
        _ => null,
    };

    private static async Task NoteAsync(IServiceProvider services, Municipality town, Actor actor, string verb, string page, string ids)
    {
        await using var scope = services.GetRequiredService<IServiceScopeFactory>().CreateAsyncScope();
        var (transaction, trail) = (scope.ServiceProvider.GetRequiredService<TownTransaction>(), scope.ServiceProvider.GetRequiredService<AuditTrail>());
        await transaction.BeginAsync(town);
        trail.Actor = actor;
        trail.Note(verb, page, ids);
        await transaction.CommitAsync();
    }
}
