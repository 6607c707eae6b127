using System.Diagnostics;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Issues;
using Sasaeai.Tests.Features.Issues;
using Sasaeai.Web;
using static Microsoft.Playwright.Assertions;

namespace Sasaeai.Tests.Browser;

public class IssueBoardTests(TestApp app, Chromium chromium)
{
    [Fact]
    public async Task Two_people_see_each_others_moves_within_two_seconds_even_through_two_processes()
    {
        var town = await ChainTown.CreateAsync(app);
        var id = await town.IssueAsync("ふたりで動かす課題");
        await using var other = await TestApp.StartAsync(app.Settings);
        var first = await SignInAsync(app.UrlOf(town.Town), town.Town, Role.Coordinator);
        var second = await SignInAsync(new Uri(new Uri(other.Urls.First()), $"/{town.Town.Slug}/"), town.Town, Role.Officer);
        foreach (var page in new[] { first, second })
        {
            await page.GotoAsync(new Uri(new Uri(page.Url), "issues/board").ToString());
        }

        await first.Locator($"#on-{id}").ClickAsync();
        var clock = Stopwatch.StartNew();
        await Expect(Column(second, "整理").Locator($"#card-{id}")).ToBeVisibleAsync(new() { Timeout = 2000 });
        Assert.InRange(clock.ElapsedMilliseconds, 0, 2000);

        await second.Locator($"#on-{id}").FocusAsync();
        await second.Keyboard.PressAsync("Enter");
        await Expect(Column(first, "協議体で検討").Locator($"#card-{id}")).ToBeVisibleAsync(new() { Timeout = 2000 });
        await Expect(second.Locator($"#on-{id}")).ToBeFocusedAsync();
        await Expect(second.Locator("#board-said")).ToContainTextAsync("「整理」から「協議体で検討」に");

        await first.Locator($"#card-{id}").DragToAsync(Column(first, "取組中"));
        await Expect(Column(second, "取組中").Locator($"#card-{id}")).ToBeVisibleAsync(new() { Timeout = 2000 });
        Assert.Equal("in_work", await town.Town.ScalarAsync($"select state from app.issue where id = '{id}'"));

        await first.Locator($"#card-{id}").DragToAsync(Column(first, "解決（最近）"));
        await first.WaitForURLAsync("**/closings/new?state=Solved");
    }

    [Theory, InlineData(360)]
    public async Task Board_list_issue_and_road_map_have_no_accessibility_violation(int width)
    {
        var town = await ChainTown.CreateAsync(app);
        var id = await town.IssueAsync("坂の上の団地で、ゴミ出しに困る人がふえている", issue => issue.Urgency = Urgency.High);
        await town.VoiceAsync("x", "雨の日にゴミ出しができない。", id);
        var handed = await town.IssueAsync("引き継いだ課題");
        var handover = await town.HandAsync(handed, town.DepartmentBody);
        var page = await SignInAsync(app.UrlOf(town.Town), town.Town, Role.Officer, width);
        foreach (var path in new[] { "issues/board", "issues/board?view=Area", "issues/board?view=Weight", "issues", $"issues/{id}", $"issues/{id}/edit", $"issues/{id}/chain", $"issues/{handed}/handovers/new", $"handovers/{handover}", $"handovers/{handover}/receptions/new", "handovers",
            "initiatives", "initiatives/new", "initiatives/road-map", "measures", "voices", "voices/entries/new", "voices/unmet", "settings/departments", "settings/departments/edit", $"issues/{id}/resources?q=x", $"issues/{id}/mergings/new", $"issues/{id}/voices/new", $"issues/{id}/closings/new" })
        {
            await page.GotoAsync(app.UrlOf(town.Town, path).ToString());
            Assert.Empty((await page.RunAxe()).Violations.Select(violation => $"{path}: {violation.Id} {string.Join(' ', violation.Nodes.Select(node => node.Html))}"));
            Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= width, path);
        }
    }

    private static ILocator Column(IPage page, string title) => page.Locator("#board section").Filter(new() { Has = page.GetByRole(AriaRole.Heading, new() { Name = title }) });

    private async Task<IPage> SignInAsync(Uri address, Town town, Role role, int width = 1280)
    {
        var page = await chromium.OpenAsync(new Uri(address, "sign-ins/new"), width: width);
        await page.GetByLabel("メールアドレス").FillAsync(await town.AddAccountAsync(role));
        await page.GetByLabel("パスワード").FillAsync(Town.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "サインインする" }).ClickAsync();
        await page.WaitForURLAsync("**/today");
        return page;
    }
}
