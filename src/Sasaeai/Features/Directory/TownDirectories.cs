using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Sasaeai.Data;
using Sasaeai.Features.Areas;
using Sasaeai.Features.Categories;
using Sasaeai.Features.Resources;
using Sasaeai.Features.Resources.Schedules;
using Sasaeai.Web;

namespace Sasaeai.Features.Directory;

/// <summary>
/// The towns' directories in memory, the least recently used dropped beyond the memory that is set. A town that
/// published something is brought up to date by the rows that are newer, not loaded again.
/// </summary>
public sealed class TownDirectories(NpgsqlDataSource data, Towns towns, DirectoryVersions versions, TimeProvider time, Settings settings)
{
    private readonly ConcurrentDictionary<int, Holding> holdings = new();

    private sealed class Holding
    {
        public readonly SemaphoreSlim Loading = new(1, 1);
        public volatile Loaded? Loaded;
        public long UsedAt;
    }

    /// <param name="Box">Where neighbours' entries were looked for.</param>
    private sealed record Loaded(TownDirectory Directory, DateOnly Day, IReadOnlyDictionary<int, long> Versions, Box? Box, long Size);

    public async ValueTask<TownDirectory> GetAsync(Municipality town, CancellationToken cancellation = default)
    {
        var holding = holdings.GetOrAdd(town.Id, _ => new Holding());
        holding.UsedAt = Environment.TickCount64;
        var today = time.Today();
        if (holding.Loaded is { } loaded && await IsCurrentAsync(loaded, today, cancellation))
        {
            return loaded.Directory;
        }

        await holding.Loading.WaitAsync(cancellation);
        try
        {
            if (holding.Loaded is not { } known || !await IsCurrentAsync(known, today, cancellation))
            {
                holding.Loaded = await LoadAsync(town, today, holding.Loaded, cancellation);
                DropLeastUsed(town.Id);
            }

            return holding.Loaded.Directory;
        }
        finally
        {
            holding.Loading.Release();
        }
    }

    /// <summary>The stamp that <see cref="TownDirectory.Stamp"/> would have now, or null when it is not known without asking.</summary>
    public long? KnownStamp(int municipalityId)
    {
        if (!holdings.TryGetValue(municipalityId, out var holding) || holding.Loaded is not { } loaded || loaded.Day != time.Today())
        {
            return null;
        }

        var stamp = 0L;
        foreach (var town in loaded.Versions.Keys)
        {
            if (versions.Known(town) is not { } version)
            {
                return null;
            }

            stamp += version;
        }

        return stamp;
    }

    private async ValueTask<bool> IsCurrentAsync(Loaded loaded, DateOnly today, CancellationToken cancellation)
    {
        foreach (var (town, version) in loaded.Versions)
        {
            if (await versions.CurrentAsync(town, cancellation) > version)
            {
                return false;
            }
        }

        return loaded.Day == today;
    }

    private async Task<Loaded> LoadAsync(Municipality town, DateOnly today, Loaded? known, CancellationToken cancellation)
    {
        await using var connection = await data.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellation);
        var current = new CurrentTown { Municipality = town };
        await using var db = new AppDb(new DbContextOptionsBuilder<AppDb>().UseNpgsql(connection).Options, current);
        await db.Database.UseTransactionAsync(transaction, cancellation);
        await connection.EnterTownAsync(town.Id, cancellation);

        var rule = await db.TownRules.AsNoTracking().SingleOrDefaultAsync(cancellation) ?? new TownRule();
        var (around, box) = await AroundAsync(connection, town.Id, rule.ReachKm, cancellation);
        // After the town's box or reach changed, what is known of the neighbours is not all that lies within.
        var kept = known?.Versions.Where(other => around.ContainsKey(other.Key) && (other.Key == town.Id || known.Box == box)).ToDictionary() ?? [];
        var entries = known?.Directory.Entries.Where(entry => kept.ContainsKey(entry.MunicipalityId)).ToDictionary(entry => (entry.MunicipalityId, entry.Id)) ?? [];
        foreach (var id in around.Keys)
        {
            await ReadEntriesAsync(connection, id, kept.GetValueOrDefault(id, -1), id == town.Id ? null : box, entries, cancellation);
        }

        var categories = await db.Categories.AsNoTracking().OrderBy(category => category.Sort).ThenBy(category => category.Code).ToListAsync(cancellation);
        var codes = await db.CodeItems.AsNoTracking().OrderBy(item => item.Sort).ToListAsync(cancellation);
        var troubles = await db.Troubles.AsNoTracking().Where(trouble => trouble.RemovedAt == null).OrderBy(trouble => trouble.Sort).ToListAsync(cancellation);
        var directory = new TownDirectory
        {
            Town = town,
            Stamp = around.Values.Sum(),
            Rule = rule,
            Areas = await AreaTree.LoadAsync(db, today),
            Categories = categories,
            Codes = Enum.GetValues<CodeList>().ToDictionary(list => list, list => (IReadOnlyList<CodeItem>)[.. codes.Where(item => item.List == list)]),
            Troubles = troubles,
            Thesaurus = new Thesaurus(await db.Synonyms.AsNoTracking().Where(synonym => synonym.RemovedAt == null).ToListAsync(cancellation), troubles, categories, codes.Where(item => item.List == CodeList.BarrierFree)),
            Neighbours = await towns.OfAsync([.. around.Keys.Where(id => id != town.Id)], cancellation),
            Entries = [.. entries.Values.OrderBy(entry => entry.MunicipalityId != town.Id).ThenBy(entry => entry.Id)],
        };
        return new Loaded(directory, today, around, box, directory.Size);
    }

    private sealed record Box(double South, double North, double West, double East);

    /// <summary>The town itself, and each town with points within reach of the town's own, with its version; and the box within reach.</summary>
    private static async Task<(Dictionary<int, long> Versions, Box? Box)> AroundAsync(NpgsqlConnection connection, int town, double reachKm, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("""
            with own as (
              select south - $2 / 111.0 as south, north + $2 / 111.0 as north, west - $2 / 88.0 as west, east + $2 / 88.0 as east
              from published.town where municipality_id = $1 and south is not null)
            select town.municipality_id, town.version, own.south, own.north, own.west, own.east
            from published.town left join own on true
            where town.municipality_id = $1
               or town.south <= own.north and town.north >= own.south and town.west <= own.east and town.east >= own.west
            """, connection);
        command.Parameters.Add(new NpgsqlParameter { Value = town });
        command.Parameters.Add(new NpgsqlParameter { Value = reachKm });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var (around, box) = (new Dictionary<int, long> { [town] = 0 }, (Box?)null);
        while (await reader.ReadAsync(cancellation))
        {
            around[reader.GetInt32(0)] = reader.GetInt64(1);
            box = reader.IsDBNull(2) ? null : new Box(reader.GetDouble(2), reader.GetDouble(3), reader.GetDouble(4), reader.GetDouble(5));
        }

        return (around, box);
    }

    /// <summary>Brings the entries of one town up to date: rows newer than known, less those withdrawn or outside the box.</summary>
    private static async Task ReadEntriesAsync(NpgsqlConnection connection, int town, long newerThan, Box? within, Dictionary<(int, Guid), Entry> entries, CancellationToken cancellation)
    {
        var gone = within is null ? "withdrawn" : "(withdrawn or (lat between $3 and $4 and lng between $5 and $6) is not true)";
        await using var command = new NpgsqlCommand($"""
            select resource_id, {gone}, name, name_key, text_key, category_codes, area_ids, day_keys, features, starts_minute, ends_minute,
              lat, lng, availability, availability_until, verified_on, due_on, hide_on, limits, weekdays
            from published.resource where municipality_id = $1 and version > $2 {(newerThan < 0 ? $"and not {gone}" : "")}
            """, connection);
        command.Parameters.Add(new NpgsqlParameter { Value = town });
        command.Parameters.Add(new NpgsqlParameter { Value = newerThan });
        foreach (var edge in within is null ? [] : new[] { within.South, within.North, within.West, within.East })
        {
            command.Parameters.Add(new NpgsqlParameter { Value = edge });
        }

        var shared = new Dictionary<string, string>();   // codes repeat in each row: one string each
        string[] Shared(string[] texts)
        {
            for (var i = 0; i < texts.Length; i++)
            {
                texts[i] = shared.TryGetValue(texts[i], out var same) ? same : shared[texts[i]] = texts[i];
            }

            return texts;
        }

        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var key = (town, reader.GetGuid(0));
            if (reader.GetBoolean(1))
            {
                entries.Remove(key);
                continue;
            }

            entries[key] = new Entry
            {
                MunicipalityId = town,
                Id = key.Item2,
                Name = reader.GetString(2),
                NameKey = reader.GetString(3),
                TextKey = reader.GetString(4),
                Categories = Shared(reader.GetFieldValue<string[]>(5)),
                Areas = reader.GetFieldValue<Guid[]>(6),
                DayKeys = reader.GetFieldValue<int[]>(7),
                Features = Shared(reader.GetFieldValue<string[]>(8)),
                StartsMinute = reader.IsDBNull(9) ? null : reader.GetInt16(9),
                EndsMinute = reader.IsDBNull(10) ? null : reader.GetInt16(10),
                Lat = reader.IsDBNull(11) ? double.NaN : reader.GetDouble(11),
                Lng = reader.IsDBNull(12) ? double.NaN : reader.GetDouble(12),
                Availability = reader.IsDBNull(13) ? null : SnakeCase.To<Availability>(reader.GetString(13)),
                AvailabilityUntil = reader.IsDBNull(14) ? null : reader.GetFieldValue<DateOnly>(14),
                VerifiedOn = reader.IsDBNull(15) ? null : reader.GetFieldValue<DateOnly>(15),
                DueOn = reader.GetFieldValue<DateOnly>(16),
                HideOn = reader.GetFieldValue<DateOnly>(17),
                Weekdays = (Weekdays)reader.GetInt16(19),
                Limits = reader.IsDBNull(18) ? null : JsonColumn.Read<Schedule>(reader.GetString(18)),
            };
        }
    }

    private void DropLeastUsed(int keep)
    {
        var limit = settings.DirectoryMegabytes * 1024L * 1024;
        var total = holdings.Values.Sum(holding => holding.Loaded?.Size ?? 0);
        foreach (var (town, holding) in holdings.Where(pair => pair.Key != keep).OrderBy(pair => pair.Value.UsedAt))
        {
            if (total <= limit)
            {
                return;
            }

            total -= holding.Loaded?.Size ?? 0;
            holdings.TryRemove(town, out _);
        }
    }
}
