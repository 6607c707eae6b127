using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Sasaeai.Bench.Generation;
using Sasaeai.Bench.Load;
using Sasaeai.Data;
using Sasaeai.Features.Directory;
using Sasaeai.Japanese;
using Sasaeai.Web;

namespace Sasaeai.Bench;

/// <summary>Searching in memory without HTTP: what a search, a cold town, a refresh and an entry cost.</summary>
public static class SearchRun
{
    private static readonly DateOnly Today = DateTimeOffset.UtcNow.Day();

    public static readonly (string Name, string[] Words)[] Kinds =
        [("1 character", Words.OneCharacter), ("common word", Words.Common), ("2 characters", [.. Words.Mid, .. Words.Rare]), ("3 characters+", Words.Long), ("several words", Words.Several)];

    /// <summary>The towns of middle size, three times that, and the largest.</summary>
    public static async Task<List<(string Slug, int Rows)>> TownsAsync(NpgsqlDataSource owner)
    {
        var sizes = await owner.ListAsync("select slug, count(*)::int from published.resource join app.municipality on id = municipality_id group by 1 order by 2", row => (Slug: row.GetString(0), Rows: row.GetInt32(1)));
        var mean = (int)sizes.Average(town => town.Rows);
        return [sizes.MinBy(town => Math.Abs(town.Rows - mean)), sizes.MinBy(town => Math.Abs(town.Rows - 3 * mean)), sizes.Last()];
    }

    public static async Task RunAsync(Settings settings)
    {
        await using var owner = settings.Owner();
        await using var services = new ServiceCollection().AddLogging().AddTownServices(settings).BuildServiceProvider();
        var (data, towns) = (services.GetRequiredService<NpgsqlDataSource>(), services.GetRequiredService<Towns>());
        var directories = services.GetRequiredService<TownDirectories>();
        foreach (var (slug, _) in await TownsAsync(owner))
        {
            await directories.GetAsync((await towns.FindAsync(slug))!);     // code is compiled, connections are open
        }

        var kept = new List<TownDirectories>();
        foreach (var (slug, rows) in await TownsAsync(owner))
        {
            await MeasureAsync((await towns.FindAsync(slug))!, rows);
        }

        GC.KeepAlive(kept);

        // All stay alive: what is freed between two readings would be taken off the memory of the next town.
        async Task MeasureAsync(Municipality town, int rows)
        {
            var versions = new DirectoryVersions(data, NullLogger<DirectoryVersions>.Instance);
            var cold = new TownDirectories(data, towns, versions, TimeProvider.System, settings);
            kept.Add(cold);
            var before = GC.GetTotalMemory(forceFullCollection: true);
            var (mine, theirs) = (ProcessTime.Of(Environment.ProcessId), ProcessTime.OfDatabase(settings.Name()));
            var directory = await LoadAsync();
            var loading = Since(mine, theirs);
            var memory = GC.GetTotalMemory(forceFullCollection: true) - before;

            await owner.ExecuteAsync("update published.town set version = version + 1 where municipality_id = $1", town.Id);
            (mine, theirs) = (ProcessTime.Of(Environment.ProcessId), ProcessTime.OfDatabase(settings.Name()));
            directory = await LoadAsync();
            var refresh = Since(mine, theirs);
            Console.WriteLine($"\n/{town.Slug}/ {rows:N0} rows and {directory.Entries.Count(entry => entry.MunicipalityId != town.Id):N0} of {directory.Neighbours.Count} neighbours: cold load {loading}, refresh {refresh}, {memory / 1e6:N2} MB = {memory / directory.Entries.Length:N0} B/entry (counted {directory.Size / 1e6:N2} MB)");
            foreach (var (name, words) in Kinds)
            {
                Print(name, words, word => directory.Search(new DirectoryQuery { Text = word }, Today, Holidays.None).Total);
            }

            Print("nearest", [""], _ => directory.Search(new DirectoryQuery { Near = (town.Lat!.Value, town.Lng!.Value) }, Today, Holidays.None).Total);
            Print("suggestions", ["体", "さくら", "ごみ"], word => directory.Thesaurus.Suggest(word, 8).Count() + directory.SuggestNames(word, Today, 8).Count());

            async Task<TownDirectory> LoadAsync()
            {
                var loaded = await cold.GetAsync(town);
                _ = loaded.Index;   // otherwise the first search makes it
                return loaded;
            }
        }

        string Since(ProcessTime mine, ProcessTime theirs) =>
            $"{(ProcessTime.Of(Environment.ProcessId) - mine).Microseconds / 1000:N0} + {(ProcessTime.OfDatabase(settings.Name()) - theirs).Microseconds / 1000:N0} ms (program + database)";
    }

    private static void Print(string name, string[] words, Func<string, int> search)
    {
        var (microseconds, bytes, hits) = Measure(words, search);
        Console.WriteLine($"  {name,-15}{microseconds,9:N0} µs{bytes / 1000,9:N1} KB allocated{hits,9:N0} found");
    }

    /// <summary>Processor time and bytes of one call: the mean of a quarter of a second on the processor, whoever else uses the machine.</summary>
    private static (double Microseconds, double Bytes, int Hits) Measure(string[] words, Func<string, int> search)
    {
        for (var warm = ThreadMicroseconds(); ThreadMicroseconds() - warm < 200_000;)
        {
            words.Sum(search);
        }

        var hits = words.Sum(search);
        var (calls, bytes, start) = (0, GC.GetAllocatedBytesForCurrentThread(), ThreadMicroseconds());
        while (ThreadMicroseconds() - start < 250_000)
        {
            for (var i = 0; i < 10; i++, calls += words.Length)
            {
                words.Sum(search);
            }
        }

        return ((ThreadMicroseconds() - start) / calls, (GC.GetAllocatedBytesForCurrentThread() - bytes) / (double)calls, hits / words.Length);
    }

    private static double ThreadMicroseconds() => long.Parse(File.ReadAllText("/proc/thread-self/schedstat").Split(' ')[0]) / 1000.0;
}
