using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Sasaeai.Bench.Generation;
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

        foreach (var (slug, rows) in await TownsAsync(owner))
        {
            var town = (await towns.FindAsync(slug))!;
            var versions = new DirectoryVersions(data, NullLogger<DirectoryVersions>.Instance);
            var cold = new TownDirectories(data, towns, versions, TimeProvider.System, settings);
            var before = GC.GetTotalMemory(forceFullCollection: true);
            var watch = Stopwatch.StartNew();
            var directory = await cold.GetAsync(town);
            var loading = watch.Elapsed;
            var memory = GC.GetTotalMemory(forceFullCollection: true) - before;

            await owner.ExecuteAsync("update published.town set version = version + 1 where municipality_id = $1", town.Id);
            watch.Restart();
            directory = await cold.GetAsync(town);
            var refresh = watch.Elapsed;
            Console.WriteLine($"\n/{slug}/ {rows:N0} rows and {directory.Entries.Length - directory.Entries.Count(entry => entry.MunicipalityId == town.Id):N0} of {directory.Neighbours.Count} neighbours: cold {loading.TotalMilliseconds:N1} ms, refresh {refresh.TotalMilliseconds:N1} ms, {memory / 1e6:N2} MB = {memory / directory.Entries.Length:N0} B/entry (counted {directory.Size / 1e6:N2} MB)");
            foreach (var (name, words) in Kinds)
            {
                var (microseconds, bytes, hits) = Measure(words, word => directory.Search(new DirectoryQuery { Text = word }, Today, Holidays.None).Total);
                Console.WriteLine($"  {name,-15}{microseconds,9:N0} µs{bytes / 1000.0,9:N1} KB allocated{hits,9:N0} hits");
            }

            var (nearest, nearestBytes, _) = Measure([""], _ => directory.Search(new DirectoryQuery { Near = (town.Lat!.Value, town.Lng!.Value) }, Today, Holidays.None).Total);
            Console.WriteLine($"  {"nearest",-15}{nearest,9:N0} µs{nearestBytes / 1000.0,9:N1} KB allocated");
            var (names, nameBytes, _) = Measure(["体", "さくら", "ごみ"], word => directory.Thesaurus.Suggest(word, 8).Concat(directory.SuggestNames(word, Today, 8).Select(text => (text, SuggestionKind.Name))).Take(8).Count());
            Console.WriteLine($"  {"suggestions",-15}{names,9:N0} µs{nameBytes / 1000.0,9:N1} KB allocated");
            GC.KeepAlive(cold);
        }
    }

    /// <summary>Time and bytes of one call, the mean of about half a second.</summary>
    private static (double Microseconds, double Bytes, int Hits) Measure(string[] words, Func<string, int> search)
    {
        var hits = words.Sum(search);
        var (calls, bytes, watch) = (0, GC.GetAllocatedBytesForCurrentThread(), Stopwatch.StartNew());
        while (watch.ElapsedMilliseconds < 500)
        {
            foreach (var word in words)
            {
                search(word);
                calls++;
            }
        }

        return (watch.Elapsed.TotalMicroseconds / calls, (GC.GetAllocatedBytesForCurrentThread() - bytes) / (double)calls, hits / words.Length);
    }
}
