using AngleSharp.Html.Dom;
using Deque.AxeCore.Playwright;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Meetings;
using Sasaeai.Features.Resources;
using Sasaeai.Tests.Browser;
using Sasaeai.Tests.Features.ActivityRecords;
using Sasaeai.Tests.Features.Issues;
using Sasaeai.Tests.Features.Meetings;
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

    [Fact]
    public async Task Meetings_minutes_tasks_and_handovers_wait_for_those_whose_work_they_are()
    {
        var chain = await ChainTown.CreateAsync(app);
        var (town, today, now) = (chain.Town, MeetingTown.Today, DateTimeOffset.UtcNow);
        var held = await town.AddMeetingAsync(today.AddDays(-3), chain.Council, agenda: "移動販売");
        foreach (var ahead in new[] { -2, 0, 7, 8 })      // without an agenda there are no minutes to wait for
        {
            await town.AddMeetingAsync(today.AddDays(ahead), chain.Council);
        }

        await town.InAsync(async (db, _) =>
        {
            var item = await db.AgendaItems.SingleAsync(one => one.MeetingId == held);
            db.AddRange(new int?[] { -1, 7, 8, null }.Select(due => new MeetingTask { MeetingId = held, ItemId = item.Id, Text = $"宿題 {due}", Owner = "見本", DueOn = due is { } days ? today.AddDays(days) : null, CreatedAt = now, CreatedBy = "見本" }));
            await db.SaveChangesAsync();
        });
        var late = await chain.HandAsync(await chain.IssueAsync("おそい"), chain.DepartmentBody, dueInDays: 0);
        await town.App.Owner.CreateCommand($"update app.handover set handed_on = handed_on - 40, due_on = due_on - 10 where id = '{late}'").ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        var email = await town.AddAccountAsync(Role.Coordinator);
        await ActivityRecordTests.RecordAsync(town, email, await ActivityRecordTests.ContentAsync(town) with { NextStep = "会長に電話する", NextDue = today.AddDays(-1) });
        var (coordinator, neighbour, officer, member) = (await ActivityRecordTests.SignedInAsync(app, town, email), await app.SignedInAsync(town, Role.Coordinator, "Z2"), await app.SignedInAsync(town, Role.Officer), await app.MemberOfAsync(town, chain.Council));
        static async Task<string> WaitsAsync(HttpClient client)
        {
            var day = await client.GetPageAsync("today");
            return string.Join(' ', new[] { "会議録", "宿題", "答えの期限が過ぎた引継ぎ" }.Select(name => day.QuerySelectorAll(".tiles a").SingleOrDefault(tile => tile.TextContent.Contains(name))?.QuerySelector("strong")!.TextContent ?? "-")
                .Append($"{day.QuerySelectorAll("a[href*='/meetings/']").Count(link => link.TextContent.Contains("話し合い"))}"));
        }

        Assert.Equal("1件 2件 1件 2", await WaitsAsync(coordinator));
        Assert.Equal("0件 0件 0件 0", await WaitsAsync(neighbour));
        Assert.Equal("1件 2件 1件 2", await WaitsAsync(officer));
        Assert.Equal("- 0件 1件 3", await WaitsAsync(member));      // a month ahead; the minutes are a draft yet
        var mine = (await coordinator.GetPageAsync("today")).QuerySelector("main")!;
        Assert.Contains("会長に電話する", mine.TextContent);
        Assert.DoesNotContain("会長に電話する", (await officer.GetPageAsync("today")).Body!.TextContent);
        foreach (var (tile, rows) in new[] { ("会議録", 1), ("宿題", 2), ("答えの期限", 1) })
        {
            var path = mine.QuerySelectorAll(".tiles a").OfType<IHtmlAnchorElement>().Single(link => link.TextContent.Contains(tile)).Href;
            Assert.Equal((tile, rows), (tile, (await coordinator.GetPageAsync(path)).QuerySelectorAll("main table:last-of-type tbody tr").Length));
        }
    }

    [Theory, InlineData(360)]
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
