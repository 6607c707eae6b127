using Npgsql;
using Sasaeai.Data;
using Sasaeai.Web;

namespace Sasaeai.Features.Directory;

/// <summary>
/// Counts searches and those without a hit by day, area and category: where something is missing. No words and no
/// address are kept, since people type names into search boxes. Written every few seconds and at the end.
/// </summary>
public sealed class SearchCounts(NpgsqlDataSource data, TimeProvider time, ILogger<SearchCounts> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    private readonly Lock gate = new();
    private Dictionary<Key, (int Searches, int ZeroHits)> counts = [];

    private readonly record struct Key(int Town, DateOnly Day, string AreaCode, string CategoryCode);

    public void Count(int town, string areaCode, string categoryCode, bool found) => Add(new Key(town, time.Today(), areaCode, categoryCode), (1, found ? 0 : 1));

    /// <summary>Writes what was counted since the last time; keeps what cannot be written.</summary>
    public async Task WriteAsync(CancellationToken cancellation = default)
    {
        Dictionary<Key, (int, int)> counted;
        lock (gate)
        {
            (counted, counts) = (counts, []);
        }

        foreach (var ofTown in counted.GroupBy(count => count.Key.Town))
        {
            try
            {
                await WriteAsync(ofTown.Key, [.. ofTown], cancellation);
            }
            catch (Exception error) when (ErrorPages.IsDatabaseGone(error))
            {
                log.LogWarning("Search counts wait for the database ({Reason}).", error.GetType().Name);
                foreach (var (key, count) in ofTown)
                {
                    Add(key, count);
                }
            }
        }
    }

    public override async Task StopAsync(CancellationToken cancellation)
    {
        await base.StopAsync(cancellation);
        await WriteAsync(cancellation);
    }

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Pause);
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
            {
                await WriteAsync(CancellationToken.None);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The last counts are written by StopAsync.
        }
    }

    private async Task WriteAsync(int town, List<KeyValuePair<Key, (int Searches, int ZeroHits)>> ofTown, CancellationToken cancellation)
    {
        await using var connection = await data.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await connection.EnterTownAsync(town, cancellation);
        await using var batch = new NpgsqlBatch(connection, transaction);
        foreach (var (key, (searches, zeroHits)) in ofTown.OrderBy(count => (count.Key.Day, count.Key.AreaCode, count.Key.CategoryCode)))   // one order: no deadlock with another process
        {
            var command = new NpgsqlBatchCommand("""
                insert into app.search_count as known (municipality_id, day, area_code, category_code, searches, zero_hits) values ($1, $2, $3, $4, $5, $6)
                on conflict (municipality_id, day, area_code, category_code)
                do update set searches = known.searches + excluded.searches, zero_hits = known.zero_hits + excluded.zero_hits
                """);
            foreach (var value in new object[] { key.Town, key.Day, key.AreaCode, key.CategoryCode, searches, zeroHits })
            {
                command.Parameters.Add(new NpgsqlParameter { Value = value });
            }

            batch.BatchCommands.Add(command);
        }

        await batch.ExecuteNonQueryAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private void Add(Key key, (int Searches, int ZeroHits) count)
    {
        lock (gate)
        {
            var known = counts.GetValueOrDefault(key);
            counts[key] = (known.Searches + count.Searches, known.ZeroHits + count.ZeroHits);
        }
    }
}
