using Sasaeai.Features.Resources;

namespace Sasaeai.Tests.Web;

public class PageCacheTests(TestApp app)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_page_comes_from_memory_until_the_town_publishes()
    {
        var town = await app.CreateTownAsync();
        var id = await town.PublishAsync("朝の体操", ["1001"]);
        var client = app.ClientFor(town);
        string[] pages = ["", "resources", $"resources/{id}", "map/points.json"];
        foreach (var page in pages)
        {
            await IsKeptAsync(client, page);     // the first asks load the town, the next keep the page
            await IsKeptAsync(client, page);
            Assert.True(await IsKeptAsync(client, page), page);
        }

        await town.InAsync(async (db, services) =>
        {
            var resource = await db.GetAsync<Resource>(id);
            resource.Apply(resource.Content with { Name = "夕方の体操" }, await ResourceSetting.LoadAsync(db, DateOnly.FromDateTime(DateTime.UtcNow)), DateTimeOffset.UtcNow);
            await db.SaveChangesAsync();
        });

        foreach (var page in pages)
        {
            Assert.False(await IsKeptAsync(client, page), page);
        }

        Assert.Contains("夕方の体操", await client.GetStringAsync("resources", Stop));
        Assert.Contains("夕方の体操", await client.GetStringAsync($"resources/{id}", Stop));
        await town.InAsync(async (db, _) =>
        {
            (await db.GetAsync<Resource>(id)).End(DateTimeOffset.UtcNow);
            await db.SaveChangesAsync();
        });
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await client.GetAsync($"resources/{id}", Stop)).StatusCode);
    }

    [Fact]
    public async Task An_address_with_anything_that_the_page_does_not_read_is_not_kept()
    {
        var town = await app.CreateTownAsync();
        var id = await town.PublishAsync("朝の体操", ["1001"]);
        var client = app.ClientFor(town);
        foreach (var page in new[] { "?n=1", $"resources/{id}?n=1", "resources?n=1", "resources?q=a" })
        {
            for (var time = 0; time < 4; time++)
            {
                Assert.False(await IsKeptAsync(client, page), page);
            }
        }
    }

    [Fact]
    public async Task Who_is_signed_in_or_chose_larger_letters_gets_a_page_of_their_own()
    {
        var town = await app.CreateTownAsync();
        await town.PublishAsync("朝の体操", ["1001"]);
        var client = app.ClientFor(town);
        for (var time = 0; time < 3; time++)
        {
            await IsKeptAsync(client, "resources");
        }

        var officer = await app.SignedInAsync(town, Sasaeai.Features.Accounts.Role.Officer);
        Assert.False(await IsKeptAsync(officer, "resources"));
        using var large = new HttpRequestMessage(HttpMethod.Get, "resources") { Headers = { { "Cookie", "text-size=large" } } };
        Assert.Contains("data-text-size=\"large\"", await (await client.SendAsync(large, Stop)).Content.ReadAsStringAsync(Stop));
        Assert.Contains("data-text-size=\"standard\"", await client.GetStringAsync("resources", Stop));
    }

    /// <summary>An answer from memory tells its age.</summary>
    private static async Task<bool> IsKeptAsync(HttpClient client, string page)
    {
        var answer = await client.GetAsync(page, Stop);
        answer.EnsureSuccessStatusCode();
        return answer.Headers.Age is not null;
    }
}
