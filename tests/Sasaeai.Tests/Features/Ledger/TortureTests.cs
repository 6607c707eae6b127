using Npgsql;
using Sasaeai.Bench.LedgerTorture;
using Sasaeai.Commands;
using Sasaeai.Data;

namespace Sasaeai.Tests.Features.Ledger;

/// <summary>The short version of <c>bench ledger torture</c>: a PostgreSQL of its own is killed while many connections post.</summary>
public class TortureTests
{
    [Fact]
    public async Task Random_operations_leave_the_books_whole_though_PostgreSQL_and_connections_are_killed()
    {
        const int Seed = 20260615, Workers = 6;
        await using var postgres = await PrivatePostgres.StartAsync();
        await using var owner = NpgsqlDataSource.Create($"{postgres.Connection};Database=postgres");
        await Migrator.MigrateAsync(owner);
        var townId = await TownAdd.InsertAsync(owner, new("999997", "torture", "試し市", "", "見本県", MunicipalityKind.Municipality, Demo: true), TestContext.Current.CancellationToken);
        var town = await TortureTown.OpenAsync(owner, townId);
        await using var web = NpgsqlDataSource.Create($"{postgres.Connection};Username=sasaeai_web;Database=postgres");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var journal = new TortureJournal();

        var work = Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => Task.Run(() => new TortureWorker(web, town, Seed, worker, journal.Tell).RunAsync(0, 100_000, stop.Token))));
        await Task.WhenAny(work, Task.Delay(3_000, TestContext.Current.CancellationToken));
        await owner.ExecuteAsyncQuietly("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'sasaeai_web' limit 3");
        await Task.WhenAny(work, Task.Delay(1_000, TestContext.Current.CancellationToken));
        await postgres.KillAsync();
        await Task.WhenAny(work, Task.Delay(3_000, TestContext.Current.CancellationToken));
        await stop.CancelAsync();
        try
        {
            await work;
        }
        catch (OperationCanceledException)
        {
            // stopped by the clock
        }

        await using var after = NpgsqlDataSource.Create($"{postgres.Connection};Database=postgres");
        Assert.True(journal.Operations > 100, $"only {journal.Operations} operations");
        Assert.Empty(await town.FaultsAsync(web));
        Assert.Empty(await journal.FaultsAsync(after, townId));
    }
}

file static class Quiet
{
    public static async Task ExecuteAsyncQuietly(this NpgsqlDataSource data, string sql)
    {
        await using var command = data.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
