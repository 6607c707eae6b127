using System.Text;
using Microsoft.Playwright;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Handovers;
using Sasaeai.Features.Initiatives;
using Sasaeai.Features.Issues;
using Sasaeai.Tests.Features.Issues;
using static Microsoft.Playwright.Assertions;

namespace Sasaeai.Tests.Browser;

/// <summary>One voice to the city and back, as the five people go it.</summary>
public class ChainJourneyTests(TestApp app, Chromium chromium)
{
    [Theory, InlineData(false), InlineData(true)]
    public async Task A_voice_travels_to_the_city_and_back_and_prints_on_one_page(bool javaScript)
    {
        var town = await ChainTown.CreateAsync(app);
        await town.IssueAsync("ほかの課題");

        var resident = await chromium.OpenAsync(app.UrlOf(town.Town, "voices/new?area=Z1&category=1301"), javaScript, width: 360);
        await resident.GetByLabel("内容").FillAsync("坂本です。ゴミ置き場まで運べません。");
        await resident.GetByLabel("お名前と連絡先").FillAsync("坂本 タケ子 090-1111-2222");
        await PressAsync(resident, "送る");
        var number = await resident.Locator(".figure").TextContentAsync();

        var coordinator = await SignInAsync(town.Town, Role.Coordinator, "Z1", javaScript);
        await coordinator.GotoAsync(app.UrlOf(town.Town, "voices?unread=true").ToString());
        await coordinator.Locator("tbody th a").ClickAsync();
        await coordinator.GetByRole(AriaRole.Link, new() { Name = "匿名化した要旨を書く" }).ClickAsync();
        await coordinator.GetByLabel("匿名化した要旨").FillAsync("坂本さんがゴミ置き場まで運べない。");
        await PressAsync(coordinator, "保存する");
        await Expect(coordinator.Locator(".error-summary")).ToContainTextAsync("だれのことか分かるかもしれない言葉");
        await coordinator.GetByLabel("匿名化した要旨").FillAsync("坂の上の家から、ゴミ置き場まで運べない。");
        await PressAsync(coordinator, "保存する");
        await coordinator.GetByRole(AriaRole.Link, new() { Name = "新しい課題にする" }).ClickAsync();
        await coordinator.GetByLabel("課題の名前").FillAsync("坂の上のゴミ出し");
        await coordinator.GetByLabel("持ち主").SelectOptionAsync("水辺協議体");
        await PressAsync(coordinator, "課題にする");
        await coordinator.GetByRole(AriaRole.Link, new() { Name = "引き継ぐ", Exact = true }).ClickAsync();
        await HandAsync(coordinator, "推進会議", "水辺協議体の集まり");

        var upper = await SignInAsync(town.Town, Role.Coordinator, "Z2", javaScript);      // looks after 推進会議
        await upper.GotoAsync(coordinator.Url);
        await upper.GetByRole(AriaRole.Link, new() { Name = "受領を記録する" }).ClickAsync();
        await PressAsync(upper, "受け取りました");
        var first = upper.Url;
        await upper.GetByRole(AriaRole.Link, new() { Name = "さらに引き継ぐ" }).ClickAsync();
        await HandAsync(upper, "交通課", "推進会議");
        var second = upper.Url;

        var officer = await SignInAsync(town.Town, Role.Officer, "Z1", javaScript);
        await officer.GotoAsync(second);
        await officer.GetByRole(AriaRole.Link, new() { Name = "受領を記録する" }).ClickAsync();
        await PressAsync(officer, "受け取りました");
        await AnswerAsync(officer, "坂の上まで集めに行く日を、来年度から試します。");
        await ReturnAsync(officer);
        await upper.GotoAsync(first);
        await AnswerAsync(upper, "来年の四月から、坂の上にもゴミを集めに行きます。");
        await ReturnAsync(upper);

        var member = await SignInAsync(town.Town, Role.CouncilMember, "Z1", javaScript, () => app.Owner.CreateCommand($"update app.membership set council_id = '{town.Council}' where municipality_id = {town.Town.Id} and role = 'council_member'").ExecuteNonQueryAsync());
        await member.GotoAsync(app.UrlOf(town.Town, "issues?q=坂の上").ToString());
        await member.Locator("tbody th a").ClickAsync();
        await Expect(member.Locator("main")).ToContainTextAsync("お返しずみ");
        await Expect(member.Locator("main")).Not.ToContainTextAsync("坂本");
        await member.GetByRole(AriaRole.Link, new() { Name = "声からお返しまで" }).ClickAsync();
        await Expect(member.Locator(".one-page")).ToContainTextAsync("坂の上まで集めに行く日を");
        Assert.Equal(1, await PagesAsync(member, "chain.png"));

        await resident.GotoAsync(app.UrlOf(town.Town, "receipts").ToString());
        await resident.GetByLabel("受付番号").FillAsync(number!);
        await PressAsync(resident, "その後をみる");
        await Expect(resident.Locator("main")).ToContainTextAsync("答えが返ってきました");
        await Expect(resident.Locator("main")).ToContainTextAsync("来年の四月から、坂の上にもゴミを集めに行きます。");
        await Expect(resident.Locator("main")).Not.ToContainTextAsync("坂本");
    }

    [Fact]
    public async Task The_chain_is_one_page_however_much_was_written()
    {
        var town = await ChainTown.CreateAsync(app);
        var much = string.Concat(Enumerable.Repeat("とても長い文が、いつまでも続いています。", 60));
        var id = await town.IssueAsync(much[..100], issue => issue.Text = much);
        for (var number = 0; number < 6; number++)
        {
            await town.VoiceAsync("x", much[..900], id, (Sasaeai.Features.Voices.VoiceSource)(number + 2));
        }

        await town.Town.InAsync(async (db, _) =>
        {
            var issue = await db.GetAsync<Issue>(id);
            db.AddRange(Enumerable.Range(0, 8).Select(number => new IssueEvidence { IssueId = id, OnDay = ChainTown.Today, Text = much, CreatedAt = DateTimeOffset.UtcNow, CreatedBy = "x" }));
            for (var number = 0; number < 6; number++)
            {
                var (handover, move) = Handover.Hand(issue, town.DepartmentBody, new Asking(much[..100], null, "", much, much, ChainTown.Today, ChainTown.Today), [], ChainTown.Today, ChainTown.By);
                handover.Receive(issue, ChainTown.Today, "x", ChainTown.Today, ChainTown.By);
                handover.Answer(AnswerKind.Planned, much, much[..200], much[..900], ChainTown.Today, false, ChainTown.Today, ChainTown.Somebody);
                db.AddRange(handover, move!, handover.Return(issue, ChainTown.Today, null, much[..200], ChainTown.Today, ChainTown.By)!);
                var initiative = new Initiative { Title = much[..100], AreaId = issue.AreaId!.Value, Aim = much, Result = much, StartsOn = ChainTown.Today, CreatedAt = DateTimeOffset.UtcNow, CreatedBy = "x" };
                db.AddRange(initiative, new InitiativeIssue { InitiativeId = initiative.Id, IssueId = id });
            }

            db.Add(issue.Close(IssueState.Solved, much, much[..900], ChainTown.By));
            await db.SaveChangesAsync();
        });
        var page = await SignInAsync(town.Town, Role.Officer, "Z1", javaScript: true);
        await page.GotoAsync(app.UrlOf(town.Town, $"issues/{id}/chain").ToString());

        await Expect(page.Locator(".one-page")).ToContainTextAsync("長い文は「…」まで");
        Assert.Equal(1, await PagesAsync(page, "chain-long.png"));
    }

    /// <summary>How many pages the browser prints; the picture is what the paper shows.</summary>
    private static async Task<int> PagesAsync(IPage page, string picture)
    {
        var pdf = Encoding.Latin1.GetString(await page.PdfAsync(new() { Format = "A4", PreferCSSPageSize = true, PrintBackground = true }));
        if (Environment.GetEnvironmentVariable("SASAEAI_PICTURES") is { Length: > 0 } folder)
        {
            await page.EmulateMediaAsync(new() { Media = Media.Print });
            await page.SetViewportSizeAsync(680, 1000);
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, picture), FullPage = true });
            await page.EmulateMediaAsync(new() { Media = Media.Screen });
        }

        return System.Text.RegularExpressions.Regex.Count(pdf, @"/Type\s*/Page[^s]");
    }

    private static async Task HandAsync(IPage page, string to, string decidedBy)
    {
        await page.GetByLabel("引継ぎ先").SelectOptionAsync(to);
        await page.GetByLabel("決めた人").FillAsync(decidedBy);
        await page.GetByLabel("引き継ぐ理由").FillAsync("ここだけでは決められない");
        await page.GetByLabel("してほしいこと").FillAsync("集めに来られないか調べてほしい");
        await PressAsync(page, "引き継ぐ");
        await Expect(page.Locator(".notice.success")).ToBeVisibleAsync();
    }

    private static async Task AnswerAsync(IPage page, string text)
    {
        await page.GetByRole(AriaRole.Link, new() { Name = "答えを記録する" }).ClickAsync();
        await page.GetByLabel("実施した").CheckAsync();
        await page.GetByLabel("答えの内容").FillAsync(text);
        await page.GetByLabel("声を寄せた人への文").FillAsync(text);
        await PressAsync(page, "答えを記録する");
    }

    private static async Task ReturnAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Link, new() { Name = "お返しを記録する" }).ClickAsync();
        await page.GetByLabel("会議のほかの場").FillAsync("協議体の集まり");
        await PressAsync(page, "お返ししました");
        await Expect(page.Locator(".notice.success")).ToBeVisibleAsync();
    }

    private async Task<IPage> SignInAsync(Town town, Role role, string area, bool javaScript, Func<Task>? before = null)
    {
        var page = await chromium.OpenAsync(app.UrlOf(town, "sign-ins/new"), javaScript);
        await page.GetByLabel("メールアドレス").FillAsync(await town.AddAccountAsync(role, area));
        await (before?.Invoke() ?? Task.CompletedTask);
        await page.GetByLabel("パスワード").FillAsync(Town.Password);
        await PressAsync(page, "サインインする");
        await page.WaitForURLAsync("**/today");
        return page;
    }

    private static Task PressAsync(IPage page, string button) => page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
}
