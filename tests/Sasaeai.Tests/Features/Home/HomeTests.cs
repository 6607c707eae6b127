using System.Net;
using Microsoft.Playwright;
using Deque.AxeCore.Playwright;
using Sasaeai.Features.Resources;
using Sasaeai.Features.Resources.Schedules;
using Sasaeai.Tests.Browser;
using static Microsoft.Playwright.Assertions;

namespace Sasaeai.Tests.Features.Home;

public class HomeTests(TestApp app, Chromium chromium)
{
    [Fact]
    public async Task Outside_a_town_the_towns_stand_by_prefecture_and_inside_it_the_towns_home()
    {
        var town = await app.CreateTownAsync();
        await town.PublishAsync("ふれあいサロン", ["1001"]);
        var client = app.ClientFor(town);

        var list = await client.GetPageAsync(app.UrlOf("").ToString());
        var home = await client.GetPageAsync("");

        Assert.Contains(list.QuerySelectorAll("h2"), heading => heading.TextContent == "見本県");
        Assert.NotNull(list.QuerySelector($"a[href='/{town.Slug}/']"));
        Assert.Contains("ゴミ出しがつらい", home.QuerySelector(".troubles")!.TextContent);
        Assert.Contains("1か所を載せています", home.QuerySelector("main")!.TextContent);
        foreach (var link in home.QuerySelectorAll("main a, footer a").Select(link => link.GetAttribute("href")!).Where(href => href.StartsWith('/') && !href.Contains("/api/")).Distinct())
        {
            using var answer = await client.GetAsync(link, TestContext.Current.CancellationToken);
            Assert.True(answer.StatusCode == HttpStatusCode.OK, link);
            Assert.True(link.Contains("new") || link.Contains("receipts") || !answer.Headers.Contains("Set-Cookie"), link);
        }
    }

    [Fact]
    public async Task Troubles_stand_under_what_meets_them_and_lead_back_home()
    {
        var town = await app.CreateTownAsync();
        await town.InAsync(async (db, _) =>
        {
            db.Troubles.Add(new Sasaeai.Features.Categories.Trouble { Words = "話し相手がほしい", CategoryCodes = ["1001"] });
            await db.SaveChangesAsync();
        });
        var page = await app.ClientFor(town).GetPageAsync("troubles");

        var house = page.QuerySelectorAll("main section").Single(section => section.QuerySelector("h2")!.TextContent == "家のこと");
        Assert.Contains("ゴミ出しがつらい", house.TextContent);
        Assert.DoesNotContain("話し相手がほしい", house.TextContent);
        Assert.Equal($"/{town.Slug}/", page.QuerySelector(".trail a")!.GetAttribute("href"));
        Assert.All(page.QuerySelectorAll(".contents a"), link => Assert.NotNull(page.QuerySelector(link.GetAttribute("href")!)));
    }

    [Theory, InlineData(360)]
    public async Task Public_pages_have_no_accessibility_violations(int width)
    {
        var town = await app.CreateTownAsync();
        var id = await town.PublishAsync("ふれあいサロンみほん", ["1001"], c => c with
        {
            CommonName = "ふれサロ", Description = "お茶を飲みながら、歌や体操を楽しみます。", Venue = "本町会館", Address = "本町一丁目2番3号", Lat = 36.1012, Lng = 139.6021, BarrierFree = ["01"],
            Schedule = ScheduleReader.Read("毎週火曜 10:00〜11:30").Schedule, FeeYen = 100, FeeNote = "お茶代", Phone = new() { Value = "049-000-0000", Publish = true }, Availability = Availability.Open,
        });
        await town.PublishAsync("ゴミ出し隊", ["1301"], c => c with { AddressDetail = AddressDetail.Hidden, Viewpoint = Viewpoint.Service });
        await town.PublishAsync("本町いきいき体操", ["1001"], c => c with { Lat = 36.1, Lng = 139.6, Schedule = ScheduleReader.Read("第2・4木曜 13:30〜15:00").Schedule with { Closures = [new(new(2026, 1, 1), null, "会場の工事")] } });
        var page = await chromium.OpenAsync(app.UrlOf(town), width: width);

        foreach (var path in new[] { "", "troubles", "resources?near=本町一丁目", "resources?q=宇宙", $"resources/{id}", $"resources/{id}/card", "map", "calendar?month=2026-12", "areas/Z1", "voices/new", $"resources/{id}/mistake-reports/new", "receipts", "accessibility", "privacy", "../" })
        {
            await page.GotoAsync(app.UrlOf(town, path).ToString());
            await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
            if (Environment.GetEnvironmentVariable("SASAEAI_PICTURES") is { } folder)
            {
                await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"public-{path.Split('?')[0].Replace(id.ToString(), "id").Replace('/', '-')}-{width}.png"), FullPage = true });
            }

            Assert.Empty((await page.RunAxe()).Violations.Select(v => $"{path} {v.Id}: {v.Help}\n{string.Join('\n', v.Nodes.Select(n => n.Html))}"));
            Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= width, path);
        }
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_resident_finds_reads_and_reports_with_and_without_javascript(bool javaScript)
    {
        var town = await app.CreateTownAsync();
        await town.PublishAsync("ゴミ出し隊", ["1301"]);
        var page = await chromium.OpenAsync(app.UrlOf(town), javaScript, width: 360);

        await page.GetByRole(AriaRole.Link, new() { Name = "ゴミ出しがつらい" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "ゴミ出し隊" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "情報が違います" }).ClickAsync();
        await page.GetByLabel("もうやっていない").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "送る" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("受付番号");
    }
}
