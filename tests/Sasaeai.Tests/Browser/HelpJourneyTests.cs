using System.Diagnostics;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.HelperLinks;
using Sasaeai.Features.Ledger;
using Sasaeai.Tests.Features.Groups;
using Sasaeai.Tests.Features.Visits;
using static Microsoft.Playwright.Assertions;

namespace Sasaeai.Tests.Browser;

/// <summary>From the telephone to the thank-you ticket, as people go it.</summary>
public class HelpJourneyTests(TestApp app, Chromium chromium)
{
    private static readonly string? Pictures = Environment.GetEnvironmentVariable("SASAEAI_PICTURES");

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_call_becomes_a_visit_and_the_visit_uses_tickets(bool javaScript)
    {
        var group = await GroupTown.CreateAsync(app);
        await group.SellAsync(HelpDesk.Today);
        await group.AskAsync(day: HelpDesk.Today.AddDays(-7));
        var keeper = await SignInAsync(group, javaScript);

        await keeper.Locator("main").GetByRole(AriaRole.Link, new() { Name = "電話を受ける" }).ClickAsync();
        await keeper.GetByLabel("電話番号、またはお名前の一部（ひらがな）").FillAsync("0004");
        await PressAsync(keeper, "さがす");
        await LookAsync(keeper, javaScript, "intake");
        await keeper.GetByLabel("日にち", new() { Exact = true }).FillAsync("今日");
        await PressAsync(keeper, "受け付けて、担い手をさがす");
        await Expect(keeper.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("会員 4郎");
        await LookAsync(keeper, javaScript, "candidates");
        await keeper.GetByRole(AriaRole.Link, new() { Name = "会員 1郎 さんに連絡する" }).ClickAsync();
        await LookAsync(keeper, javaScript, "offer");
        await PressAsync(keeper, "受けてくれた");
        await Expect(keeper.Locator("main")).ToContainTextAsync("担い手が決まった");
        await LookAsync(keeper, javaScript, "assigned");

        var token = await group.Town.InAsync((db, _) => HelperLink.MakeAsync(db, group.GroupId, group.Helpers[0].Id, "試し", DateTimeOffset.UtcNow));
        var phone = await chromium.OpenAsync(app.UrlOf(group.Town, $"helper/{token}"), javaScript, width: 360);
        await LookAsync(phone, javaScript, "helper");
        await phone.GetByRole(AriaRole.Button, new() { Name = "予定どおり手伝いました" }).ClickAsync();
        await Expect(phone.Locator("main")).ToContainTextAsync("報告を受け取りました");

        await keeper.GotoAsync(app.UrlOf(group.Town, $"groups/{group.GroupId}/visits").ToString());
        await Expect(keeper.Locator("main")).ToContainTextAsync("確かめる報告　1件");
        await LookAsync(keeper, javaScript, "board");
        await keeper.Locator("main .rows a[href*='/visit-reports/']").First.ClickAsync();
        await LookAsync(keeper, javaScript, "report");
        await PressAsync(keeper, "確かめて、帳簿に記録する");
        await Expect(keeper.Locator("main [role=status]").First).ToBeVisibleAsync();

        Assert.Equal(8L, await group.BalanceAsync(AccountRole.Holding, 2, group.Users[0].Id));
        await keeper.GotoAsync(app.UrlOf(group.Town, $"groups/{group.GroupId}/ledger").ToString());
        await Expect(keeper.Locator("main")).ToContainTextAsync("2枚");
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_paper_slip_is_typed_in_the_month_is_closed_and_the_statement_printed(bool javaScript)
    {
        var group = await GroupTown.CreateAsync(app);
        var (today, sold) = (HelpDesk.Today, new DateOnly(HelpDesk.Today.Year, HelpDesk.Today.Month, 1).AddDays(-10));
        await group.SellAsync(sold);
        var visit = await group.AskAsync(day: sold.AddDays(1));
        await group.GiveAsync(visit);
        var keeper = await SignInAsync(group, javaScript);
        Task OpenAsync(string path) => keeper.GotoAsync(app.UrlOf(group.Town, $"groups/{group.GroupId}/{path}").ToString());

        await OpenAsync($"visits/{visit}/slip");
        await Expect(keeper.Locator("main")).ToContainTextAsync("会員 4郎 様");
        await OpenAsync("visit-reports/sheet");
        await keeper.GetByRole(AriaRole.Checkbox).CheckAsync();
        await keeper.GetByLabel("の始め").FillAsync("10:00");
        await keeper.GetByLabel("の終わり").FillAsync("10:40");
        await keeper.GetByLabel("の券の番号").FillAsync("1〜3");
        await LookAsync(keeper, javaScript, "paper");
        await PressAsync(keeper, "印の行を記録する");
        await keeper.Locator("main .rows a[href*='/visit-reports/']").First.ClickAsync();
        await PressAsync(keeper, "確かめて、帳簿に記録する");
        Assert.Equal(7L, await group.BalanceAsync(AccountRole.Holding, 2, group.Users[0].Id));

        await OpenAsync("tickets/returns/new");
        await keeper.GetByLabel("番号").FillAsync("1~3");
        await PressAsync(keeper, "受け取る");
        await Expect(keeper.Locator("main [role=status]").First).ToBeVisibleAsync();
        await OpenAsync("closings");
        await keeper.GetByLabel("まだ売っていない券の枚数").FillAsync("10");
        await LookAsync(keeper, javaScript, "closing");
        await PressAsync(keeper, "この月を締める");
        await Expect(keeper.Locator("main")).ToContainTextAsync("締めました");
        await LookAsync(keeper, javaScript, "closed");
        await keeper.GetByRole(AriaRole.Link, new() { Name = "精算書・領収書を印刷する" }).ClickAsync();
        await Expect(keeper.Locator("article.letter").Filter(new() { HasText = "会員 4郎" })).ToContainTextAsync("この月の活動：1回、40分");
        await LookAsync(keeper, javaScript, "statement");
        Assert.Empty(await group.FaultsAsync());
    }

    [Fact]
    public async Task The_papers_of_a_month_fit_their_pages()
    {
        var group = await GroupTown.CreateAsync(app);
        var month = new DateOnly(HelpDesk.Today.Year, HelpDesk.Today.Month, 1).AddMonths(-1);
        await group.SellAsync(month);
        await group.PostAsync(month, group.Type.Sell(group.Users[1].Id, 1, month));
        for (var day = 1; day <= 4; day++)
        {
            await group.SettleAsync(group.Report(month.AddDays(day), 30) with { CategoryCode = "rubbish", HelperIds = [group.Helpers[day % 2].Id] });
        }

        var closing = await group.Town.InAsync((_, services) => ((LedgerBooks)services.GetService(typeof(LedgerBooks))!).CloseAsync(group.GroupId, month, new CountedByHand { CashYen = 3000 }));
        var page = await SignInAsync(group, javaScript: true);
        foreach (var (path, name, pages) in new[] { ($"closings/{closing}/papers", "paper-statements", 4), ($"tickets/{group.Type.Id}/sheet?from=11&until=20", "paper-tickets", 1), ($"cash-book?month={month:yyyy-MM}", "paper-cash-book", 1), ($"members/{group.Users[0].Id}/copy", "paper-copy", 1), ($"closings/{closing}", "paper-closing", 2) })
        {
            await page.GotoAsync(app.UrlOf(group.Town, $"groups/{group.GroupId}/{path}").ToString());
            await LookAsync(page, javaScript: true, name);
            var pdf = await page.PdfAsync(new() { PreferCSSPageSize = true, Path = Pictures is null ? null : Path.Combine(Pictures, name + ".pdf") });
            Assert.True(pages >= System.Text.RegularExpressions.Regex.Count(System.Text.Encoding.Latin1.GetString(pdf), @"/Type\s*/Page\b(?!s)"), name);
        }
    }

    [Fact]
    public async Task The_usual_request_takes_six_groups_of_keys_at_most_and_no_mouse()
    {
        var group = await GroupTown.CreateAsync(app);
        await group.AskAsync(day: HelpDesk.Today.AddDays(-7));
        var page = await SignInAsync(group, javaScript: true);
        await page.GotoAsync(app.UrlOf(group.Town, $"groups/{group.GroupId}/requests/new").ToString());
        var clock = Stopwatch.StartNew();
        var keys = 0;
        async Task TypeAsync(string text) { keys++; await page.Keyboard.TypeAsync(text); }
        async Task PressKeyAsync(string key) { keys++; await page.Keyboard.PressAsync(key); }

        await Expect(page.Locator("#q")).ToBeFocusedAsync();
        await TypeAsync("0004");            // the caller's number
        await PressKeyAsync("Enter");
        await page.WaitForURLAsync("**/requests/new?handler=Find");
        await Expect(page.GetByLabel("日にち", new() { Exact = true })).ToBeFocusedAsync();
        await PressKeyAsync("Control+a");   // the cursor stands in the day
        await TypeAsync("あした");
        await PressKeyAsync("Enter");
        await page.WaitForURLAsync("**/visits/*");

        Assert.InRange(keys, 1, 6);
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 30);
        Assert.Equal(HelpDesk.Today.AddDays(1), await group.Town.ScalarAsync($"select day from app.visit where municipality_id = {group.Town.Id} order by created_at desc limit 1"));
    }

    [Fact]
    public async Task A_colleagues_call_appears_without_reloading()
    {
        var group = await GroupTown.CreateAsync(app);
        var visit = await group.AskAsync();
        var page = await SignInAsync(group, javaScript: true);
        await page.GotoAsync(app.UrlOf(group.Town, $"groups/{group.GroupId}/visits/{visit}").ToString());
        await Expect(page.Locator("main")).ToContainTextAsync("まだだれにも連絡していません");

        await group.GiveAsync(visit, 1);

        await Expect(page.Locator("[data-live]")).ToContainTextAsync("会員 2郎", new() { Timeout = 15_000 });
    }

    [Theory, InlineData(360)]
    public async Task The_other_pages_have_no_accessibility_violations(int width)
    {
        var group = await GroupTown.CreateAsync(app);
        var visit = await group.AskAsync(day: HelpDesk.Today);
        await group.GiveAsync(visit);
        var page = await SignInAsync(group, javaScript: true, width);
        var request = await group.Town.ScalarAsync($"select request_id from app.visit where id = '{visit}'");
        var anyDay = await group.AskAsync(1, day: HelpDesk.Today, days: 6);
        var keeper = await group.Town.InAsync(async (db, _) =>
        {
            var one = db.Keepers.Add(new Sasaeai.Features.Groups.Keeper { GroupId = group.GroupId, Name = "当番 花子", DutyDays = ["Monday"], StartsOn = HelpDesk.Today }).Entity;
            await db.SaveChangesAsync();
            return one.Id;
        });
        foreach (var path in new[] { "visits", "requests", $"requests/{request}", $"visits/{visit}/reports/new", $"visits/{visit}/cancellations/new", $"visits/{visit}/slip", "visit-reports/sheet", "announcements", "incidents", "rubbish-days", "help-rule", "help-categories",
            $"helper-links/new?member={group.Helpers[0].Id}", $"ride-checks/new?member={group.Helpers[0].Id}", $"visits/{visit}/introductions/new?member={group.Helpers[1].Id}", $"visits/{visit}/accompaniments/new", $"requests/{await SeriesAsync(page, group)}/series/edit",
            $"requests/{request}/edit", $"requests/{request}/visits/new", $"visits/{anyDay}/offers/new?member={group.Helpers[1].Id}", $"keepers/{keeper}/edit", "members/sheet", $"members/{group.Helpers[0].Id}", $"members/{group.Helpers[0].Id}/edit" })
        {
            await page.GotoAsync(app.UrlOf(group.Town, $"groups/{group.GroupId}/{path}").ToString());
            await LookAsync(page, javaScript: true, path.Split('/', '?')[^1] is { Length: < 20 } name ? $"{path.Split('/')[0]}-{name}" : path.Split('/')[0], width);
        }

        var token = await group.Town.InAsync((db, _) => HelperLink.MakeAsync(db, group.GroupId, group.Helpers[0].Id, "試し", DateTimeOffset.UtcNow));
        await page.GotoAsync(app.UrlOf(group.Town, $"helper/{token}/reports/new?visit={visit}").ToString());
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        await LookAsync(page, javaScript: true, "helper-report", width);
    }

    /// <summary>A request for every Tuesday, as the telephone form takes it.</summary>
    private async Task<string> SeriesAsync(IPage page, GroupTown group)
    {
        await page.GotoAsync(app.UrlOf(group.Town, $"groups/{group.GroupId}/requests/new?q=0005").ToString());
        await page.Locator("summary").Filter(new() { HasText = "いつでもよい・定期" }).ClickAsync();
        await page.GetByLabel("定期に").CheckAsync();
        await page.GetByLabel("火", new() { Exact = true }).CheckAsync();
        await page.GetByLabel("内容").First.SelectOptionAsync("rubbish");
        await page.GetByLabel("始める時刻").First.FillAsync("9:00");
        await PressAsync(page, "受け付けて、担い手をさがす");
        await page.GetByRole(AriaRole.Link, new() { Name = "依頼の内容" }).ClickAsync();
        await Expect(page.Locator("a[href$='/series/edit']")).ToBeVisibleAsync();
        return page.Url.Split('/')[^1];
    }

    private async Task<IPage> SignInAsync(GroupTown group, bool javaScript, int width = 1280)
    {
        var page = await chromium.OpenAsync(app.UrlOf(group.Town, "sign-ins/new"), javaScript, width);
        await page.GetByLabel("メールアドレス").FillAsync(await group.Town.AddAccountAsync(Role.GroupKeeper, organization: GroupTown.Organization));
        await page.GetByLabel("パスワード").FillAsync(Town.Password);
        await PressAsync(page, "サインインする");
        await page.WaitForURLAsync("**/today");
        return page;
    }

    private static async Task LookAsync(IPage page, bool javaScript, string name, int? width = null)
    {
        if (Pictures is not null)
        {
            System.IO.Directory.CreateDirectory(Pictures);
            await page.ScreenshotAsync(new() { Path = Path.Combine(Pictures, $"{name}-{width ?? page.ViewportSize!.Width}.png"), FullPage = true });
        }

        if (javaScript)
        {
            Assert.Empty((await page.RunAxe()).Violations.Select(violation => $"{name}: {violation.Id} {string.Join(' ', violation.Nodes.Select(node => node.Html))}"));
            Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= page.ViewportSize!.Width, name);
        }
    }

    private static Task PressAsync(IPage page, string button) => page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
}
