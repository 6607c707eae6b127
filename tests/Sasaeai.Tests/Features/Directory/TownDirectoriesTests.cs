using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Sasaeai.Data;
using Sasaeai.Features.Directory;
using Sasaeai.Features.Resources;
using Sasaeai.Web;

namespace Sasaeai.Tests.Features.Directory;

public class TownDirectoriesTests(TestApp app)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_directory_brought_up_to_date_step_by_step_equals_one_loaded_whole()
    {
        var random = new Random(20261121);
        // Far from the towns of other tests, and close enough to be neighbours of each other.
        var (town, neighbour) = (await app.CreateTownAsync(), await app.CreateTownAsync());
        var kept = Directories();
        var resources = new List<(Town Town, Guid Id)>();
        for (var step = 0; step < 30; step++)
        {
            var owner = step < 2 ? new[] { neighbour, town }[step] : random.Next(2) == 0 ? town : neighbour;
            var (lat, lng) = step < 2 ? (44.06, 145.06) : (44 + random.Next(120) / 1000.0, 145 + random.Next(120) / 1000.0);
            if (resources.Count < 4 || random.Next(3) == 0)
            {
                resources.Add((owner, await owner.PublishAsync($"集まり{step}", ["1001"], content => content with { Lat = lat, Lng = lng })));
            }
            else
            {
                var (of, id) = resources[random.Next(resources.Count)];
                await of.InAsync(async (db, services) =>
                {
                    var resource = await db.GetAsync<Resource>(id);
                    if (resource.State == ResourceState.Published && random.Next(3) == 0)
                    {
                        resource.End(DateTimeOffset.UtcNow);
                    }
                    else
                    {
                        resource.Apply(resource.Content with { Name = $"集まり{step}", Lat = lat, Lng = lng }, await ResourceSetting.LoadAsync(db, services.GetRequiredService<TimeProvider>().Today()), DateTimeOffset.UtcNow);
                    }

                    await db.SaveChangesAsync();
                });
            }

            if (step < 1)
            {
                continue;   // a directory learns of its neighbours when it is loaded
            }

            Assert.Equal(await ContentAsync(Directories(), town), await ContentAsync(kept, town));
        }
    }

    [Fact]
    public async Task While_records_are_published_and_ended_a_reader_never_finds_one_whose_end_was_announced()
    {
        var town = await app.CreateTownAsync();
        var directories = app.Services.GetRequiredService<TownDirectories>();
        var municipality = await MunicipalityAsync(town);
        var (published, ending, ended) = (new ConcurrentDictionary<Guid, bool>(), new ConcurrentDictionary<Guid, bool>(), new ConcurrentDictionary<Guid, bool>());
        var done = false;

        var readers = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            while (!Volatile.Read(ref done))
            {
                var (mustBeThere, mustBeGone) = (published.Keys.ToList(), ended.Keys.ToList());
                var found = (await directories.GetAsync(municipality, Stop)).Entries.Select(entry => entry.Id).ToHashSet();
                Assert.DoesNotContain(mustBeGone, found.Contains);
                Assert.All(mustBeThere, id => Assert.True(found.Contains(id) || ending.ContainsKey(id)));
            }
        })).ToList();
        await Task.WhenAll(Enumerable.Range(0, 3).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; i < 8; i++)
            {
                var id = await town.PublishAsync($"書き手{writer}の{i}", ["1001"]);
                published[id] = true;
                await Task.Yield();
                ending[id] = true;
                await town.InAsync(async (db, _) =>
                {
                    (await db.GetAsync<Resource>(id)).End(DateTimeOffset.UtcNow);
                    await db.SaveChangesAsync();
                });
                ended[id] = true;
            }
        })));
        Volatile.Write(ref done, true);
        await Task.WhenAll(readers);

        Assert.Equal(24, ended.Count);
        Assert.Empty((await directories.GetAsync(municipality, Stop)).Entries);
    }

    [Fact]
    public async Task Beyond_the_memory_that_is_set_the_town_used_longest_ago_is_dropped()
    {
        var towns = new List<Municipality>();
        for (var i = 0; i < 3; i++)
        {
            var town = await app.CreateTownAsync();
            await town.PublishAsync("長い説明の集まり", ["1001"], content => content with { Description = new string('茶', 4_000_000) });
            towns.Add(await MunicipalityAsync(town));
        }

        var directories = Directories(megabytes: 20);   // two towns of about 8 MB
        var first = new List<TownDirectory>();
        foreach (var town in towns)
        {
            first.Add(await directories.GetAsync(town, Stop));
            await Task.Delay(30, Stop);   // the clock of use counts milliseconds
        }

        Assert.Same(first[2], await directories.GetAsync(towns[2], Stop));
        Assert.Same(first[1], await directories.GetAsync(towns[1], Stop));
        Assert.NotSame(first[0], await directories.GetAsync(towns[0], Stop));
    }

    [Fact]
    public async Task The_programs_own_addresses_and_those_of_scanners_are_never_asked_of_the_database()
    {
        await using var nowhere = NpgsqlDataSource.Create("Host=127.0.0.1;Port=1;Timeout=1");
        foreach (var slug in new[] { "", "healthz", "readyz", "wp-login.php", "robots.txt", ".env", "Town-1", "市", new string('a', 41) })
        {
            Assert.Null(await new Towns(nowhere).FindAsync(slug, Stop));
        }
    }

    private TownDirectories Directories(int megabytes = 1024)
    {
        var data = app.Services.GetRequiredService<NpgsqlDataSource>();
        return new TownDirectories(data, app.Services.GetRequiredService<Towns>(), new DirectoryVersions(data, NullLogger<DirectoryVersions>.Instance), TimeProvider.System, app.Settings with { DirectoryMegabytes = megabytes });
    }

    private async Task<Municipality> MunicipalityAsync(Town town) => (await app.Services.GetRequiredService<Towns>().FindAsync(town.Slug, Stop))!;

    private async Task<string[]> ContentAsync(TownDirectories directories, Town town)
    {
        var directory = await directories.GetAsync(await MunicipalityAsync(town), Stop);
        return [$"{directory.Stamp}", .. directory.Neighbours.Select(other => other.Slug), .. directory.Entries.Select(entry => $"{entry.MunicipalityId} {entry.Id} {entry.Name} {entry.Lat} {entry.Lng} {entry.HideOn}")];
    }
}
