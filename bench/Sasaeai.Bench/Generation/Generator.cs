using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;
using Sasaeai.Commands;
using Sasaeai.Data;
using Sasaeai.Features;
using Sasaeai.Features.Areas;
using Sasaeai.Features.Categories;
using Sasaeai.Features.Directory;
using Sasaeai.Features.Resources;
using Sasaeai.Features.Resources.Schedules;
using Sasaeai.Japanese;
using Sasaeai.Web;

namespace Sasaeai.Bench.Generation;

/// <summary>
/// Fills an empty database with COPY. The records, their dates and areas, and the published rows are made by the
/// program's own classes. The owner must be a superuser: row security refuses COPY to anybody else.
/// </summary>
public static class Generator
{
    private static readonly string[] Lists = ["town_rule", "category", "code_item", "trouble", "synonym"];

    private sealed record Place(int Id, string Slug, double Lat, double Lng, int Rows, int Seed);

    private sealed record Defaults(List<Category> Categories, TownRule Rule, Dictionary<string, string> Words, List<string> Free, List<string> Fees, List<string> BarrierFree);

    public static async Task RunAsync(Settings settings, int towns, int resources, int large, int seed, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        await CreateDatabaseAsync(settings);
        await using var owner = settings.Owner();
        await Migrator.MigrateAsync(owner);
        if (await owner.ScalarAsync<long>("select count(*) from app.municipality") > 0)
        {
            throw new SettingException($"The database {settings.Name()} has towns already; choose another with --db.");
        }

        var random = new Random(seed);
        var sizes = TownSizes.Of(towns, resources, random);
        await AddTownsAsync(owner, sizes.Length + (large > 0 ? 1 : 0), large > 0);
        var places = await owner.ListAsync("select id, slug, lat, lng from app.municipality order by id",
            row => new Place(row.GetInt32(0), row.GetString(1), row.GetDouble(2), row.GetDouble(3), row.GetString(1) == "large" ? large : sizes[row.GetInt32(0) - 1], random.Next()));
        var defaults = await AddListsAsync(settings, owner, places[0]);

        var done = 0;
        await Parallel.ForEachAsync(places, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellation }, async (place, _) =>
        {
            await FillAsync(owner, place, defaults);
            var before = Interlocked.Add(ref done, place.Rows) - place.Rows;
            if (before / 100_000 != (before + place.Rows) / 100_000)
            {
                Console.WriteLine($"{before + place.Rows,9:N0} resources after {watch.Elapsed.TotalSeconds:N0} s");
            }
        });
        await owner.ExecuteAsync("vacuum analyze");
        Console.WriteLine($"{places.Count:N0} towns, {done:N0} resources in {settings.Name()} after {watch.Elapsed.TotalSeconds:N0} s");
    }

    private static async Task CreateDatabaseAsync(Settings settings)
    {
        if (!await settings.ExistsAsync())
        {
            await using var server = settings.Named("postgres").Owner();
            await server.ExecuteAsync($"create database \"{settings.Name()}\" encoding 'UTF8' locale 'C.UTF-8' template template0");
        }
    }

    /// <summary>Towns on a grid of about 14 km: each touches a few neighbours. The large one lies alone, so that it is in nobody's directory but its own.</summary>
    private static async Task AddTownsAsync(NpgsqlDataSource owner, int count, bool withLarge)
    {
        var side = (int)Math.Ceiling(Math.Sqrt(count));
        await using var connection = await owner.OpenConnectionAsync();
        await using var copy = await connection.BeginBinaryImportAsync("copy app.municipality (code, slug, name, prefecture, lat, lng) from stdin (format binary)");
        for (var i = 0; i < count; i++)
        {
            var isLarge = withLarge && i == count - 1;
            MunicipalityCode.TryRead($"{i / 900 + 10:00}{i % 900 + 100:000}", out var reading);
            await copy.StartRowAsync();
            await copy.WriteAsync(reading!.Code.Digits);
            await copy.WriteAsync(isLarge ? "large" : $"town-{i + 1}");
            await copy.WriteAsync($"{i + 1}番市");
            await copy.WriteAsync("見本県");
            await copy.WriteAsync(isLarge ? 25 : 33 + 0.13 * (i / side));
            await copy.WriteAsync(132 + 0.16 * (i % side));
        }

        await copy.CompleteAsync();
    }

    /// <summary>The lists a new town starts with, made once by the program and copied to the other towns.</summary>
    private static async Task<Defaults> AddListsAsync(Settings settings, NpgsqlDataSource owner, Place first)
    {
        await using var services = new ServiceCollection().AddLogging().AddTownServices(settings).BuildServiceProvider();
        Defaults defaults = null!;
        await TownCommand.RunAsync(services, first.Slug, async scope =>
        {
            var db = scope.GetRequiredService<AppDb>();
            await Masters.AddDefaultsAsync(db, demo: false);
            var codes = await db.CodeItems.ToListAsync();
            List<string> Codes(CodeList list) => [.. codes.Where(item => item.List == list).Select(item => item.Code)];
            var categories = await db.Categories.ToListAsync();
            defaults = new Defaults(categories, await db.RuleAsync(), categories.ToDictionary(category => category.Code, category => category.Name),
                [.. codes.Where(item => item.List == CodeList.FeeKind && item.Name == "無料").Select(item => item.Code)], Codes(CodeList.FeeKind), Codes(CodeList.BarrierFree));
            return CommandLine.Done;
        });
        foreach (var list in Lists)
        {
            var columns = await owner.ScalarAsync<string>("select string_agg(quote_ident(column_name), ', ') from information_schema.columns where table_schema = 'app' and table_name = $1 and column_name <> 'municipality_id'", list);
            await owner.ExecuteAsync($"insert into app.{list} (municipality_id, {columns}) select town.id, {columns.Replace(", ", ", list.").Insert(0, "list.")} from app.{list} list, app.municipality town where list.municipality_id = $1 and town.id <> $1", first.Id);
        }

        return defaults;
    }

    private static async Task FillAsync(NpgsqlDataSource owner, Place place, Defaults defaults)
    {
        var random = new Random(place.Seed);
        var (areas, links) = Areas(place, random);
        var now = DateTimeOffset.UtcNow;
        var today = now.Day();
        var setting = new ResourceSetting(new AreaTree(areas, links, today), defaults.Categories, defaults.Rule, today);
        var blocks = areas.Where(area => area.Kind == AreaKind.Block).ToDictionary(area => area.Id);
        var resources = Enumerable.Range(1, place.Rows).Select(number => NewResource(number, place, blocks.Values.ToList(), defaults, setting, now, random)).ToList();

        await using var connection = await owner.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await CopyAsync(connection, "app.area", "municipality_id, id, code, kind, layer, name, lat, lng", areas.Select(area => new object?[] { place.Id, area.Id, area.Code, SnakeCase.From(area.Kind), area.Layer, area.Name, area.Lat, area.Lng }));
        await CopyAsync(connection, "app.area_parent", "municipality_id, area_id, parent_id", links.Select(link => new object?[] { place.Id, link.AreaId, link.ParentId }));
        await CopyAsync(connection, "app.resource", "municipality_id, id, number, state, version, content, name, kana, category_codes, area_ids, verified_on, verified_how, verified_by, due_on, hide_on, created_at, changed_at",
            resources.Select(resource => new object?[]
            {
                place.Id, resource.Id, resource.Number, SnakeCase.From(resource.State), resource.Version, new Json(JsonColumn.Write(resource.Content)), resource.Name, resource.Kana, resource.CategoryCodes, resource.AreaIds,
                resource.VerifiedOn, SnakeCase.From(resource.VerifiedHow!.Value), resource.VerifiedBy, resource.DueOn, resource.HideOn, resource.CreatedAt, resource.ChangedAt,
            }));
        await CopyAsync(connection, "published.resource", string.Join(", ", PublishedRow.Columns.Select(column => column.Name)), resources.Select(resource =>
            PublishedRow.Of(place.Id, resource, PublishedResource.Of(resource, null, blocks[resource.Content.BlockId!.Value], []), defaults.Words, defaults.Free, 1).Values
                .Select((value, index) => value is string text && PublishedRow.Columns[index].Type == NpgsqlDbType.Jsonb ? new Json(text) : value).ToArray()));
        var points = resources.Select(resource => (Lat: resource.Content.Lat!.Value, Lng: resource.Content.Lng!.Value)).DefaultIfEmpty((place.Lat, place.Lng)).ToList();
        await using var version = new NpgsqlCommand("""
            insert into published.town (municipality_id, version, south, north, west, east) values ($1, 1, $2, $3, $4, $5)
            on conflict (municipality_id) do update set (version, south, north, west, east) = (excluded.version, excluded.south, excluded.north, excluded.west, excluded.east)
            """, connection);
        foreach (var value in new object[] { place.Id, points.Min(point => point.Lat), points.Max(point => point.Lat), points.Min(point => point.Lng), points.Max(point => point.Lng) })
        {
            version.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        await version.ExecuteNonQueryAsync();
        await transaction.CommitAsync();
    }

    /// <summary>Five zones of blocks each.</summary>
    private static (List<Area> Areas, List<AreaParent> Links) Areas(Place place, Random random)
    {
        string[] places = ["本町", "東台", "緑ヶ丘", "西原", "旭町"];
        var zones = Enumerable.Range(1, 5).Select(zone => new Area { Code = $"Z{zone}", Kind = AreaKind.LivingArea, Layer = 2, Name = $"第{zone}圏域", Lat = place.Lat, Lng = place.Lng }).ToList();
        var blocks = (from zone in zones from number in Enumerable.Range(1, 6) select (Zone: zone, Block: new Area
        {
            Code = $"{zone.Code}B{number}", Kind = AreaKind.Block, Name = $"{places[zone.Code[1] - '1']}{number}丁目",
            Lat = place.Lat + Spread(random), Lng = place.Lng + Spread(random),
        })).ToList();
        return ([.. zones, .. blocks.Select(pair => pair.Block)], [.. blocks.Select(pair => new AreaParent { AreaId = pair.Block.Id, ParentId = pair.Zone.Id })]);
    }

    /// <summary>Degrees from the middle: some kilometres, never past 0.06.</summary>
    private static double Spread(Random random) => Math.Clamp(0.025 * TownSizes.Normal(random), -0.06, 0.06);

    private static Resource NewResource(int number, Place place, IReadOnlyList<Area> blocks, Defaults defaults, ResourceSetting setting, DateTimeOffset now, Random random)
    {
        var block = random.Pick(blocks);
        var content = new ResourceContent
        {
            Name = Words.Name(random, block.Name[..2]),
            Viewpoint = (Viewpoint)random.Next(4),
            Categories = random.Next(4) == 0 ? [random.Pick(defaults.Categories).Code, random.Pick(defaults.Categories).Code] : [random.Pick(defaults.Categories).Code],
            OperatorName = $"{block.Name}自治会",
            Description = Words.Description(random),
            Venue = $"{block.Name}集会所",
            Address = $"{block.Name}{random.Next(1, 30)}番{random.Next(1, 20)}号",
            BlockId = block.Id,
            Lat = Math.Round(place.Lat + Spread(random), 5),
            Lng = Math.Round(place.Lng + Spread(random), 5),
            Schedule = new Schedule
            {
                Rules = [new ScheduleRule
                {
                    Repeats = Repeats.Weekly, Weekdays = (Weekdays)(1 << random.Next(7)), Starts = new TimeOnly(random.Next(9, 15), 0), Ends = new TimeOnly(random.Next(15, 18), 0),
                }],
            },
            FeeKind = random.Pick(defaults.Fees),
            BarrierFree = [.. defaults.BarrierFree.Where(_ => random.Next(8) == 0)],
            Availability = random.Next(3) == 0 ? (Availability)random.Next(3) : null,
            Phone = new ContactField { Value = $"0999-{random.Next(10, 99)}-{random.Next(1000, 9999)}", Publish = true },
            Person = new ContactField { Value = "世話役", Publish = false },
            ConsentedOn = now.Day(),
        };
        var resource = new Resource($"R-{number:000000}", content, setting, now.AddDays(-400));
        resource.Publish(now.AddDays(-random.Next(300)));
        resource.Verify(now.Day().AddDays(-random.Next(300)), VerificationWay.Phone, Actor.Command, setting, now);
        return resource;
    }

    /// <summary>Text for a jsonb column.</summary>
    private sealed record Json(string Text);

    private static async Task CopyAsync(NpgsqlConnection connection, string table, string columns, IEnumerable<object?[]> rows)
    {
        await using var copy = await connection.BeginBinaryImportAsync($"copy {table} ({columns}) from stdin (format binary)");
        foreach (var row in rows)
        {
            await copy.StartRowAsync();
            foreach (var value in row)
            {
                await (value switch
                {
                    null => copy.WriteNullAsync(),
                    Json json => copy.WriteAsync(json.Text, NpgsqlDbType.Jsonb),
                    DateTimeOffset time => copy.WriteAsync(time, NpgsqlDbType.TimestampTz),
                    _ => copy.WriteAsync(value),
                });
            }
        }

        await copy.CompleteAsync();
    }
}
