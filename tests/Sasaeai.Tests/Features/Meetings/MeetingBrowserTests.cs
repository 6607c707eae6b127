using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Sasaeai.Features.Accounts;
using Sasaeai.Tests.Browser;

namespace Sasaeai.Tests.Features.Meetings;

public class MeetingBrowserTests(TestApp app, Chromium chromium)
{
    private async Task<IPage> SignedInAsync(Town town, Uri root, Role role, int width = 1280)
    {
        var page = await chromium.OpenAsync(new Uri(root, $"/{town.Slug}/sign-ins/new"), width: width);
        await page.GetByLabel("メールアドレス").FillAsync(await town.AddAccountAsync(role));
        await page.GetByLabel("パスワード").FillAsync(Town.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "サインインする" }).ClickAsync();
        await page.WaitForURLAsync("**/today");
        return page;
    }

    [Fact]
    public async Task Minutes_survive_a_closed_browser_and_a_restarted_server()
    {
        var town = await app.CreateTownAsync();
        var meeting = await town.AddMeetingAsync(MeetingTown.Today, await town.AddCouncilAsync(), agenda: ["買い物", "見守り"]);
        var path = $"/{town.Slug}/meetings/{meeting}/minutes/edit";
        var server = await TestApp.StartAsync(app.Settings);
        var root = new Uri(server.Urls.First());
        var page = await SignedInAsync(town, root, Role.Coordinator);
        await page.GotoAsync(new Uri(root, path).ToString());
        await page.GetByLabel("話し合ったこと").First.FillAsync("坂の上に店がない。");
        await page.GetByText("に保存しました。").WaitForAsync();
        await page.GetByLabel("話し合ったこと").First.PressSequentiallyAsync("困っている人が多い。");
        await page.CloseAsync();        // the last words were typed less than a second ago
        await Task.Delay(500, TestContext.Current.CancellationToken);
        await server.DisposeAsync();

        await using var again = await TestApp.StartAsync(app.Settings);
        root = new Uri(again.Urls.First());
        var other = await SignedInAsync(town, root, Role.Officer);
        await other.GotoAsync(new Uri(root, path).ToString());
        Assert.Equal("坂の上に店がない。困っている人が多い。", await other.GetByLabel("話し合ったこと").First.InputValueAsync());
    }

    [Fact]
    public async Task A_long_text_survives_a_browser_that_is_closed_at_once_and_a_hidden_page_saves_itself()
    {
        const int Long = 12_000;        // 36 KB; as a query it would be 108 KB, more than a closing page may send
        var town = await app.CreateTownAsync();
        var meeting = await town.AddMeetingAsync(MeetingTown.Today, await town.AddCouncilAsync(), agenda: "買い物");
        Task<object?> LengthAsync() => town.ScalarAsync($"select length(text) from app.item_text where municipality_id = {town.Id}");
        var page = await SignedInAsync(town, app.Address, Role.Coordinator);
        await page.GotoAsync(app.UrlOf(town, $"meetings/{meeting}/minutes/edit").ToString());
        await page.GetByLabel("話し合ったこと").FillAsync(new string('あ', Long));
        await page.CloseAsync();
        for (var tries = 0; tries < 50 && (int)(await LengthAsync())! != Long; tries++)
        {
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        Assert.Equal(Long, await LengthAsync());

        page = await SignedInAsync(town, app.Address, Role.Coordinator);
        await page.GotoAsync(app.UrlOf(town, $"meetings/{meeting}/minutes/edit").ToString());
        await page.GetByLabel("話し合ったこと").FillAsync("短くした。");
        await page.EvaluateAsync("() => { Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true }); document.dispatchEvent(new Event('visibilitychange')); delete document.visibilityState; }");
        await page.GetByText("に保存しました。").WaitForAsync();
        await page.GetByLabel("話し合ったこと").PressSequentiallyAsync("もう一度。");
        await page.WaitForFunctionAsync("() => document.querySelector('.saved').textContent.includes('に保存しました')");
        Assert.Equal(0, await page.Locator(".notice.warning").CountAsync());
        Assert.Equal("短くした。もう一度。".Length, await LengthAsync());
    }

    [Fact]
    public async Task Two_note_takers_see_each_others_text_and_choose()
    {
        var town = await app.CreateTownAsync();
        var meeting = await town.AddMeetingAsync(MeetingTown.Today, await town.AddCouncilAsync(), agenda: "買い物");
        var (one, two) = (await SignedInAsync(town, app.Address, Role.Coordinator), await SignedInAsync(town, app.Address, Role.Officer));
        await Task.WhenAll(one.GotoAsync(app.UrlOf(town, $"meetings/{meeting}/minutes/edit").ToString()), two.GotoAsync(app.UrlOf(town, $"meetings/{meeting}/minutes/edit").ToString()));
        await one.GetByLabel("話し合ったこと").FillAsync("一人めの文");
        await one.GetByText("に保存しました。").WaitForAsync();
        await two.GetByLabel("話し合ったこと").FillAsync("二人めの文");
        await two.GetByText("一人めの文").WaitForAsync();
        Assert.Empty((await two.RunAxe()).Violations.Select(violation => violation.Id));
        Assert.Equal("一人めの文", await town.ScalarAsync($"select text from app.item_text where municipality_id = {town.Id}"));

        await two.GetByRole(AriaRole.Button, new() { Name = "相手の文を後ろに付ける" }).ClickAsync();
        await two.GetByText("に保存しました。").WaitForAsync();

        Assert.Equal("二人めの文\n一人めの文", await town.ScalarAsync($"select text from app.item_text where municipality_id = {town.Id}"));
    }

    [Theory, InlineData(360)]
    public async Task The_pages_of_councils_and_meetings_have_no_accessibility_violations(int width)
    {
        var town = await app.CreateTownAsync();
        var council = await town.AddCouncilAsync();
        await town.AddMemberAsync(council, "山田 花子");
        var meeting = await town.AddMeetingAsync(MeetingTown.Today, council, agenda: ["坂の上の買い物", "冬の見守り"]);
        using var coordinator = await app.SignedInAsync(town, Role.Coordinator);
        var typed = await coordinator.GetPageAsync($"meetings/{meeting}/minutes/edit");
        typed.QuerySelectorAll("main textarea")[0].TextContent = "歩いて行ける店がなくなった。";
        foreach (var (item, kind, text) in new[] { (0, "Decision", "移動販売の店に相談する"), (1, "Task", "声かけの名簿をつくる") })
        {
            typed.QuerySelector($"#kind-{item} option[value={kind}]")!.SetAttribute("selected", "");
            typed.QuerySelector($"#note-{item}")!.SetAttribute("value", text);
            typed.QuerySelector($"#owner-{item}")!.SetAttribute("value", "相沢");
        }

        await coordinator.PressAsync(typed, "保存する");
        await coordinator.SubmitAsync(await coordinator.GetPageAsync($"meetings/{meeting}/summary"), ("要旨", "移動販売を呼ぶことにしました。"));
        var task = await town.ScalarAsync($"select id from app.meeting_task where municipality_id = {town.Id}");
        var page = await SignedInAsync(town, app.Address, Role.Coordinator, width);
        foreach (var (name, path) in new[]
        {
            ("councils", "councils"), ("council", $"councils/{council}"), ("council-new", "councils/new"), ("members", $"councils/{council}/members"), ("member-new", $"councils/{council}/members/new"), ("progress", $"councils/{council}/progress"), ("stage", $"councils/{council}/stages/new"),
            ("list", "meetings"), ("new", $"meetings/new?council={council}"), ("show", $"meetings/{meeting}"), ("agenda", $"meetings/{meeting}/agenda"), ("minutes-edit", $"meetings/{meeting}/minutes/edit"), ("minutes", $"meetings/{meeting}/minutes"), ("attendances", $"meetings/{meeting}/attendances"),
            ("sheet", $"meetings/{meeting}/attendances/sheet"), ("papers", $"meetings/{meeting}/papers"), ("invitation", $"meetings/{meeting}/invitations/new"), ("summary", $"meetings/{meeting}/summary"), ("counts", "meetings/counts"), ("ending", $"meeting-tasks/{task}/endings/new"), ("public", "meetings/public"), ("public-show", $"meetings/public/{meeting}"),
        })
        {
            await page.GotoAsync(app.UrlOf(town, path).ToString());
            if (Environment.GetEnvironmentVariable("SASAEAI_PICTURES") is { Length: > 0 } folder)
            {
                await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"meetings-{name}-{width}.png"), FullPage = true });
            }

            Assert.Empty((await page.RunAxe()).Violations.Select(violation => $"{name}: {violation.Id} {string.Join(' ', violation.Nodes.Select(node => node.Html))}"));
            Assert.Equal((name, width), (name, await page.EvaluateAsync<int>("document.documentElement.scrollWidth")));
        }
    }
}
