using System.Diagnostics;
using System.Globalization;
using Npgsql;
using NpgsqlTypes;
using Sasaeai.Bench.Load;
using Sasaeai.Data;
using Sasaeai.Features.Directory;
using Sasaeai.Japanese;
using Sasaeai.Web;

namespace Sasaeai.Bench;

/// <summary>
/// The alternative to searching in memory: a table with the bigrams of each record as integers under
/// GIN (municipality_id, grams), asked for hits, count and facets in one statement. The same towns and words for both,
/// one request at a time; synonyms are left out of both.
/// </summary>
public static class GramsRun
{
    private const string ByGrams = """
        with hits as materialized (
          select resource_id, category_codes, area_ids,
            case when starts_with(name_key, $3) then 60 when strpos(name_key, $3) > 0 then 40 else 5 end + case when verified_on > current_date - 90 then 10 else 5 end as score
          from bench_grams where municipality_id = $1 and grams @> $2 and text_key like all ($4) and hide_on > current_date)
        select (select array_agg(resource_id) from (select resource_id from hits order by score desc, resource_id limit 20) page),
          (select count(*) from hits),
          (select array_agg(code || ' ' || n) from (select code, count(*) n from hits, unnest(category_codes) code group by 1 order by 2 desc) facet),
          (select array_agg(area || ' ' || n) from (select area, count(*) n from hits, unnest(area_ids) area group by 1 order by 2 desc) facet)
        """;

    // A word of one character has no bigram, and no grams at all would read the whole index.
    private static readonly string ByTown = ByGrams.Replace("grams @> $2", "$2::int[] is not null", StringComparison.Ordinal);

    public static async Task RunAsync(Settings settings)
    {
        await using var owner = settings.Owner();
        await FillAsync(owner);
        await using var services = new ServiceCollection().AddLogging().AddTownServices(settings).BuildServiceProvider();
        await using var connection = await owner.OpenConnectionAsync();
        await using var byGrams = await PrepareAsync(connection, ByGrams);
        await using var byTown = await PrepareAsync(connection, ByTown);
        Console.WriteLine($"{"",-26}{"memory p50 ms",14}{"p95",7}{"CPU µs",8}{"   GIN p50 ms",14}{"p95",7}{"CPU µs",8}{"hits",14}");
        foreach (var (slug, rows) in await SearchRun.TownsAsync(owner))
        {
            var town = (await services.GetRequiredService<Towns>().FindAsync(slug))!;
            var loaded = await services.GetRequiredService<TownDirectories>().GetAsync(town);
            var directory = loaded.WithoutLists();
            foreach (var (name, words) in SearchRun.Kinds)
            {
                var inMemory = await MeasureAsync(settings, words, word => ValueTask.FromResult(directory.Search(new DirectoryQuery { Text = word }, DateTimeOffset.UtcNow.Day(), Holidays.None).Total));
                var inDatabase = await MeasureAsync(settings, words, async word =>
                {
                    var keys = Folding.Words(word);
                    var grams = keys.SelectMany(Grams).Distinct().ToArray();
                    var command = grams.Length == 0 ? byTown : byGrams;
                    ((NpgsqlParameter<int>)command.Parameters[0]).TypedValue = town.Id;
                    ((NpgsqlParameter<int[]>)command.Parameters[1]).TypedValue = grams;
                    ((NpgsqlParameter<string>)command.Parameters[2]).TypedValue = keys[0];
                    ((NpgsqlParameter<string[]>)command.Parameters[3]).TypedValue = [.. keys.Where(key => key.Length != 2).Select(key => $"%{key}%"), "%"];
                    await using var reader = await command.ExecuteReaderAsync();
                    await reader.ReadAsync();
                    return (int)reader.GetInt64(1);
                });
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{rows,7:N0} rows {name,-14}{inMemory.P50,14:N2}{inMemory.P95,7:N2}{inMemory.Cpu,8:N0}{inDatabase.P50,14:N2}{inDatabase.P95,7:N2}{inDatabase.Cpu,8:N0}{inMemory.Hits,7:N0}/{inDatabase.Hits:N0}"));
            }
        }

        Console.WriteLine($"table {await owner.ScalarAsync<string>("select pg_size_pretty(pg_table_size('bench_grams'))")}, indexes {await owner.ScalarAsync<string>("select pg_size_pretty(pg_indexes_size('bench_grams'))")}");
    }

    private static async Task<NpgsqlCommand> PrepareAsync(NpgsqlConnection connection, string sql)
    {
        var command = new NpgsqlCommand(sql, connection);
        command.Parameters.AddRange(new NpgsqlParameter[] { new NpgsqlParameter<int>(), new NpgsqlParameter<int[]>(), new NpgsqlParameter<string>(), new NpgsqlParameter<string[]>() });
        await command.PrepareAsync();
        return command;
    }

    /// <summary>Each pair of neighbouring characters; exact within the basic plane.</summary>
    private static IEnumerable<int> Grams(string key) => Enumerable.Range(0, Math.Max(0, key.Length - 1)).Where(i => key[i] != '\n' && key[i + 1] != '\n').Select(i => key[i] << 16 | key[i + 1]);

    /// <summary>A copy of the directory without synonyms, troubles and category names, so that both sides look for the same.</summary>
    private static TownDirectory WithoutLists(this TownDirectory directory) => new()
    {
        Town = directory.Town, Stamp = directory.Stamp, Rule = directory.Rule, Areas = directory.Areas, Categories = directory.Categories, Codes = directory.Codes, Troubles = [],
        Thesaurus = new Thesaurus([], [], [], []), Neighbours = [], Entries = [.. directory.Entries.Where(entry => entry.MunicipalityId == directory.Town.Id)],
    };

    private static async Task FillAsync(NpgsqlDataSource owner)
    {
        if (await owner.ScalarAsync<bool>("select to_regclass('bench_grams_index') is not null"))
        {
            return;
        }

        await owner.ExecuteAsync("""
            create extension if not exists btree_gin;
            drop table if exists bench_grams;
            create unlogged table bench_grams (municipality_id int, resource_id uuid, name_key text, text_key text, grams int[], category_codes text[], area_ids uuid[], verified_on date, hide_on date)
            """);
        await using var reading = await owner.OpenConnectionAsync();
        await using var writing = await owner.OpenConnectionAsync();
        await using var select = new NpgsqlCommand("select municipality_id, resource_id, name_key, text_key, category_codes, area_ids, verified_on, hide_on from published.resource where not withdrawn order by 1, 2", reading) { CommandTimeout = 0 };
        await using (var rows = await select.ExecuteReaderAsync())
        await using (var copy = await writing.BeginBinaryImportAsync("copy bench_grams from stdin (format binary)"))
        {
            while (await rows.ReadAsync())
            {
                var (name, text) = (rows.GetString(2), rows.GetString(2) + "\n" + rows.GetString(3));
                await copy.StartRowAsync();
                await copy.WriteAsync(rows.GetInt32(0));
                await copy.WriteAsync(rows.GetGuid(1));
                await copy.WriteAsync(name);
                await copy.WriteAsync(text);
                await copy.WriteAsync(Grams(text).Distinct().ToArray());
                await copy.WriteAsync(rows.GetFieldValue<string[]>(4));
                await copy.WriteAsync(rows.GetFieldValue<Guid[]>(5));
                await copy.WriteAsync(rows.GetFieldValue<DateOnly>(6), NpgsqlDbType.Date);
                await copy.WriteAsync(rows.GetFieldValue<DateOnly>(7), NpgsqlDbType.Date);
            }

            await copy.CompleteAsync();
        }

        await owner.ExecuteAsync("create index on bench_grams (municipality_id)");
        await owner.ExecuteAsync("create index bench_grams_index on bench_grams using gin (municipality_id, grams)");
        await owner.ExecuteAsync("vacuum analyze bench_grams");
    }

    private static async Task<(double P50, double P95, double Cpu, double Hits)> MeasureAsync(Settings settings, string[] words, Func<string, ValueTask<int>> search)
    {
        for (var i = 0; i < 10 * words.Length; i++)
        {
            await search(words[i % words.Length]);
        }

        var (times, hits) = (new List<double>(), 0L);
        var (app, database, whole) = (ProcessTime.Of(Environment.ProcessId), ProcessTime.OfDatabase(settings.Name()), Stopwatch.StartNew());
        while (whole.Elapsed.TotalSeconds < 1)
        {
            var start = Stopwatch.GetTimestamp();
            hits += await search(words[times.Count % words.Length]);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        var cpu = (ProcessTime.Of(Environment.ProcessId) - app).Microseconds + (ProcessTime.OfDatabase(settings.Name()) - database).Microseconds;
        times.Sort();
        return (times[times.Count / 2], times[times.Count * 95 / 100], cpu / times.Count, hits / (double)times.Count);
    }
}
