using Microsoft.EntityFrameworkCore;
using Npgsql;
using Sasaeai.Data;
using Sasaeai.Features.Directory;
using Sasaeai.Web;

namespace Sasaeai.Features.Areas;

/// <summary>
/// On the day on which a 圏域 begins or ends, or a 町丁目 passes into another, the town's records are placed anew: what a record
/// says of its areas was worked out when it was saved. Days that passed while the server stood still are made up for.
/// </summary>
public sealed class AreaDays(IServiceScopeFactory scopes, Towns towns, TimeProvider time, ILogger<AreaDays> log) : BackgroundService
{
    private const int MadeUpFor = 30;
    private static readonly TimeSpan AfterMidnight = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await TryAsync(stoppingToken);
                var now = time.GetUtcNow().ToOffset(Clock.Japan);
                await Task.Delay(TimeSpan.FromDays(1) - now.TimeOfDay + AfterMidnight, time, stoppingToken);
            }
        }
        catch (Exception error) when (stoppingToken.IsCancellationRequested && error is OperationCanceledException or ObjectDisposedException)
        {
            // The server stops.
        }
    }

    private async Task TryAsync(CancellationToken cancellation)
    {
        try
        {
            await PlaceAsync(time.Today(), cancellation);
        }
        catch (Exception error) when (error is NpgsqlException or DbUpdateException || ErrorPages.IsDatabaseGone(error))
        {
            log.LogWarning("The areas of today could not be looked at ({Reason}).", error.GetType().Name);
        }
    }

    /// <summary>Places the records of each town in which something about its areas changed on the day or shortly before.</summary>
    public async Task PlaceAsync(DateOnly day, CancellationToken cancellation = default)
    {
        foreach (var town in await towns.AllAsync(cancellation))
        {
            await using var scope = scopes.CreateAsyncScope();
            var (db, transaction) = (scope.ServiceProvider.GetRequiredService<AppDb>(), scope.ServiceProvider.GetRequiredService<TownTransaction>());
            scope.ServiceProvider.GetRequiredService<AuditTrail>().Actor = new Actor(null, "圏域の変わる日");
            await transaction.BeginAsync(town, cancellation);
            if (await ChangesAsync(db, day))
            {
                await scope.ServiceProvider.GetRequiredService<Publisher>().PlaceAllAgainAsync(day);
            }

            await transaction.CommitAsync();
        }
    }

    /// <summary>Several servers ask one after the other; the second finds nothing left to place.</summary>
    private static async Task<bool> ChangesAsync(AppDb db, DateOnly day)
    {
        var since = day.AddDays(-MadeUpFor);
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtext('areas'), {db.TownId})");
        return await db.Areas.AnyAsync(area => area.StartsOn > since && area.StartsOn <= day || area.EndsOn >= since && area.EndsOn < day)
            || await db.AreaParents.AnyAsync(link => link.StartsOn > since && link.StartsOn <= day || link.EndsOn >= since && link.EndsOn < day);
    }
}
