using System.CommandLine;
using System.Diagnostics;
using Npgsql;
using Sasaeai.Commands;
using Sasaeai.Data;

namespace Sasaeai.Bench.LedgerTorture;

/// <summary>Thousands of random operations on the books, while connections, worker processes and PostgreSQL itself are killed; then every invariant is checked.</summary>
public static class TortureRun
{
    public static Command Command()
    {
        var operations = new Option<int>("--operations") { DefaultValueFactory = _ => 100_000 };
        var processes = new Option<int>("--processes") { DefaultValueFactory = _ => 3 };
        var connections = new Option<int>("--connections") { Description = "Of each process", DefaultValueFactory = _ => 6 };
        var seed = new Option<int>("--seed") { DefaultValueFactory = _ => 1 };
        var kills = new Option<int>("--kills") { Description = "Of PostgreSQL", DefaultValueFactory = _ => 6 };
        var torture = new Command("torture", "Random operations with kills, on a PostgreSQL of its own, then every invariant") { operations, processes, connections, seed, kills };
        torture.SetAction((parsed, _) => RunAsync(parsed.GetValue(operations), parsed.GetValue(processes), parsed.GetValue(connections), parsed.GetValue(seed), parsed.GetValue(kills)));

        var connection = new Option<string>("--connection") { Required = true };
        var first = new Option<int>("--first");
        var from = new Option<int>("--from");
        var until = new Option<int>("--until");
        var child = new Command("torture-worker") { connection, seed, first, connections, from, until };
        child.Hidden = true;
        child.SetAction((parsed, cancellation) => WorkAsync(parsed.GetValue(connection)!, parsed.GetValue(seed), parsed.GetValue(first), parsed.GetValue(connections), parsed.GetValue(from), parsed.GetValue(until), cancellation));
        return new Command("ledger", "Tortures and measures the books of mutual help") { torture, child };
    }

    private static async Task<int> RunAsync(int operations, int processes, int connections, int seed, int kills)
    {
        var watch = Stopwatch.StartNew();
        await using var postgres = await PrivatePostgres.StartAsync();
        await using var owner = NpgsqlDataSource.Create($"{postgres.Connection};Database=postgres");
        await Migrator.MigrateAsync(owner);
        var townId = await TownAdd.InsertAsync(owner, new("999997", "torture", "試し市", "", "見本県", MunicipalityKind.Municipality, Demo: true));
        var town = await TortureTown.OpenAsync(owner, townId);
        var web = $"{postgres.Connection};Username=sasaeai_web;Database=postgres";
        await using var check = NpgsqlDataSource.Create(web);
        var (journal, random) = (new TortureJournal(), new Random(seed));
        var each = operations / (processes * connections);
        var (killed, dropped, died) = (0, 0, 0);
        var faults = new List<string>();

        async Task WorkerProcess(int number)
        {
            for (var from = 0; from < each;)
            {
                var reached = from;
                using var child = System.Diagnostics.Process.Start(new ProcessStartInfo("dotnet", [typeof(TortureRun).Assembly.Location, "ledger", "torture-worker", "--connection", web, "--seed", $"{seed}", "--first", $"{number * connections}", "--connections", $"{connections}", "--from", $"{from}", "--until", $"{each}"]) { RedirectStandardOutput = true })!;
                using var doom = new CancellationTokenSource();
                var fate = Task.Run(async () =>
                {
                    await Task.Delay(random.Next(4_000, 15_000), doom.Token);
                    Interlocked.Increment(ref died);
                    try
                    {
                        child.Kill();
                    }
                    catch (InvalidOperationException)
                    {
                        // it had just finished
                    }
                }, CancellationToken.None);
                while (await child.StandardOutput.ReadLineAsync() is { } line)
                {
                    var words = line.Split(' ');
                    if (words[0] == "at")
                    {
                        reached = Math.Max(reached, int.Parse(words[1]));
                    }
                    else if (words.Length == 2 && Guid.TryParse(words[1], out var key))
                    {
                        journal.Tell(Enum.Parse<Told>(words[0]), key);
                    }
                }

                await child.WaitForExitAsync();
                await doom.CancelAsync();
                from = child.ExitCode == 0 ? each : reached + 1;
                if (child.ExitCode == 1)
                {
                    throw new InvalidOperationException("A worker failed; its reason stands above.");
                }

                await fate.ContinueWith(_ => { }, TaskScheduler.Default);
            }
        }

        var work = Task.WhenAll(Enumerable.Range(0, processes).Select(WorkerProcess));
        var lastKill = 0;
        while (!work.IsCompleted)
        {
            await Task.WhenAny(work, Task.Delay(random.Next(300, 1200)));
            try
            {
                if (killed < kills && journal.Operations > lastKill + operations / (kills + 1))
                {
                    lastKill = journal.Operations;
                    await postgres.KillAsync();
                    killed++;
                    owner.Clear();
                    check.Clear();
                    faults.AddRange(await town.FaultsAsync(check));
                    Console.WriteLine($"{watch.Elapsed:mm\\:ss} PostgreSQL killed {killed} times, {journal.Operations:N0} operations, {faults.Count} faults");
                }
                else
                {
                    dropped += (int)await owner.ScalarAsync<long>("select count(pg_terminate_backend(pid)) from (select pid from pg_stat_activity where usename = 'sasaeai_web' order by random() limit 2) victims");
                }
            }
            catch (NpgsqlException)
            {
                owner.Clear();
                check.Clear();
            }
        }

        await work;
        owner.Clear();
        check.Clear();
        faults.AddRange(await town.FaultsAsync(check));
        faults.AddRange(await journal.FaultsAsync(owner, townId));
        var counts = await owner.ListAsync("select (select count(*) from app.ledger_entry), (select count(*) from app.settlement), (select count(*) from app.ticket), (select count(*) from app.group_closing)", row => $"{row.GetInt64(0):N0} entries, {row.GetInt64(1):N0} settlements, {row.GetInt64(2):N0} paper tickets, {row.GetInt64(3):N0} closings");
        Console.WriteLine($"seed {seed}: {journal.Operations:N0} operations in {watch.Elapsed.TotalSeconds:0} s ({journal.Posted:N0} keys posted, {journal.Refused:N0} refused); {counts[0]}");
        Console.WriteLine($"killed: PostgreSQL {killed} times, worker processes {died}, connections {dropped}");
        Console.WriteLine(faults.Count == 0 ? "no fault" : string.Join('\n', faults.Distinct().Take(50)));
        return faults.Count == 0 ? 0 : 1;
    }

    private static async Task<int> WorkAsync(string connection, int seed, int first, int connections, int from, int until, CancellationToken cancellation)
    {
        await using var data = NpgsqlDataSource.Create(connection + ";Maximum Pool Size=" + (connections + 2));
        await using var owner = NpgsqlDataSource.Create(connection.Replace("Username=sasaeai_web", "", StringComparison.Ordinal));
        TortureTown? town = null;
        while (town is null)
        {
            try
            {
                town = await TortureTown.OpenAsync(owner, 1);
            }
            catch (NpgsqlException)
            {
                await Task.Delay(200, cancellation);      // it was killed at this very moment
            }
        }

        var gate = new Lock();
        void Say(string line)
        {
            lock (gate)
            {
                Console.Out.WriteLine(line);
                Console.Out.Flush();
            }
        }

        await Parallel.ForEachAsync(Enumerable.Range(first, connections), new ParallelOptions { MaxDegreeOfParallelism = connections, CancellationToken = cancellation }, async (worker, stop) =>
        {
            var it = new TortureWorker(data, town, seed, worker, (what, key) => Say($"{what} {key}"));
            for (var at = from; at < until; at += 10)
            {
                await it.RunAsync(at, Math.Min(at + 10, until), stop);
                Say($"at {Math.Min(at + 10, until) - 1}");
            }
        });
        return 0;
    }
}
