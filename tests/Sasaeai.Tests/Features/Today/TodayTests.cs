using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Resources;
using Sasaeai.Tests.Browser;
using Sasaeai.Tests.Features.Verifications;

namespace Sasaeai.Tests.Features.Today;

public class TodayTests(TestApp app, Chromium chromium)
{
    [Fact]
    public async Task Each_role_has_a_day_of_its_own()
    {
        var town = await app.CreateTownAsync();
        await town.PublishStaleAsync("古いサロン", 400, content => content with { AvailabilityUntil = new DateOnly(2020, 1, 1), Availability = Availability.Full });

        var day = (await (await app.SignedInAsync(town, Role.Coordinator)).GetPageAsync("today")).QuerySelector("main")!;

        Assert.Contains("古いサロン", day.TextContent);
        Assert.Contains("空き状況の期限がすぎました", day.TextContent);
        Assert.Equal("1件", day.QuerySelector(".tiles strong")!.TextContent);
        Assert.Contains("待っている仕事はありません", (await (await app.SignedInAsync(town, Role.CouncilMember)).GetPageAsync("today")).Body!.TextContent);
    }

    [Theory, InlineData(1280), InlineData(360)]
    public async Task The_coordinators_pages_have_no_accessibility_violations_and_fit(int width)
    {
        var town = await app.CreateTownAsync();
        await town.PublishStaleAsync("ふれあいサロンみほん", 600, content => content with { Phone = new ContactField { Value = "0999-12-3456" }, Person = new ContactField { Value = "見本 花子" }, Venue = "東部公民館" });
        var record = await town.PublishStaleAsync("西町いきいき体操の会", 300);
        var email = await town.AddAccountAsync(Role.Officer);
        var page = await chromium.OpenAsync(app.UrlOf(town, "sign-ins/new"), width: width);
        await page.GetByLabel("メールアドレス").FillAsync(email);
        await page.GetByLabel("パスワード").FillAsync(Town.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "サインインする" }).ClickAsync();

        foreach (var path in new[] { "today", "verifications", "verifications/debt", "verifications/sheet", "confirmation-requests/new", "confirmation-requests", "mistake-reports", "voices", "organizations", "organizations/new", $"records/{record}/attachments", "settings", "settings/categories", "settings/synonyms", "settings/troubles/edit", "settings/codes", "settings/rule", "settings/areas", "settings/search-counts" })
        {
            await page.GotoAsync(app.UrlOf(town, path).ToString());
            if (Environment.GetEnvironmentVariable("SASAEAI_PICTURES") is { Length: > 0 } folder)
            {
                await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{path.Replace('/', '-')}-{width}.png"), FullPage = true });
            }

            Assert.Empty((await page.RunAxe()).Violations.Select(violation => $"{path}: {violation.Id} {string.Join(' ', violation.Nodes.Select(node => node.Html))}"));
            Assert.Equal(width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        }
    }
}
