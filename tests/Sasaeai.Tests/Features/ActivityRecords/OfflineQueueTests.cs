using Microsoft.AspNetCore.Http;
using Microsoft.Playwright;
using Sasaeai.Features.Accounts;
using Sasaeai.Tests.Browser;
using static Microsoft.Playwright.Assertions;

namespace Sasaeai.Tests.Features.ActivityRecords;

/// <summary>A phone's queue in a real browser against the real server, with the connection broken in between.</summary>
public sealed class OfflineQueueTests(TestApp app, Chromium chromium) : IAsyncLifetime
{
    private Connection connection = null!;

    public async ValueTask InitializeAsync() => connection = await Connection.OpenAsync(app);

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private async Task<(IPage Page, string Email)> SignInAsync(Town town)
    {
        var email = await town.AddAccountAsync(Role.Coordinator);
        return (await SignInAsync(town, email), email);
    }

    private async Task<IPage> SignInAsync(Town town, string email)
    {
        var page = await chromium.OpenAsync(connection.UrlOf(town, "sign-ins/new"), width: 360);
        await page.GetByLabel("メールアドレス").FillAsync(email);
        await page.GetByLabel("パスワード").FillAsync(Town.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "サインインする" }).ClickAsync();
        await page.WaitForURLAsync("**/today");
        return page;
    }

    /// <summary>What the queue sends, and the token that it asks for first; neither the page nor its plain form.</summary>
    private static bool IsSending(HttpRequest request) => request.Path.Value!.EndsWith("/activities/offline", StringComparison.Ordinal)
        && request.Headers["Sec-Fetch-Dest"] != "document" && (HttpMethods.IsPost(request.Method) || request.Query["handler"] == "Token");

    private async Task LoseConnectionAsync(IPage page)
    {
        connection.Judge = _ => Passage.LostOnTheWay;
        await page.Context.SetOfflineAsync(true);
    }

    private static async Task FillAsync(IPage page, string what)
    {
        await page.GetByLabel("第2層相当").CheckAsync();
        await page.GetByLabel("ニーズ把握").CheckAsync();
        await page.GetByLabel("訪問", new() { Exact = true }).CheckAsync();
        await page.GetByLabel("したこと").FillAsync(what);
    }

    private static Task<object?> CountAsync(Town town, string where = "true") => town.ScalarAsync($"select count(*) from app.activity_record where municipality_id = {town.Id} and {where}");

    /// <summary>Puts entries into the device's queue as the form does: the fields of the page's own form, with ids of their own.</summary>
    private static Task QueueAsync(IPage page, int count) => page.EvaluateAsync("""
        async count => {
          const { put } = await import(document.querySelector("script[src*='/js/activities.js']").src);
          const form = document.querySelector("form[data-activity]");
          const base = [...new FormData(form)].filter(([name, value]) => !name.startsWith("__") && !(value instanceof File) && !["Form.Id", "Form.Key", "Form.No", "Form.Layer", "Form.Kinds", "Form.Way", "Form.What"].includes(name));
          const account = document.querySelector("a[data-waiting]").dataset.account;
          for (let i = 0; i < count; i++) {
            const id = crypto.randomUUID();
            await put({ id, account, no: 1, at: i, complete: true, state: "waiting", title: `記録 ${i}`, fields: [...base,
              ["Form.Id", id], ["Form.Key", crypto.randomUUID()], ["Form.No", "1"], ["Form.Layer", "2"], ["Form.Kinds", "01"], ["Form.Way", "01"], ["Form.What", `記録 ${i}`]] });
          }
        }
        """, count);

    [Fact]
    public async Task A_queue_of_200_arrives_once_each_wherever_the_connection_breaks()
    {
        const int Records = 200;
        var town = await app.CreateTownAsync();
        var (page, _) = await SignInAsync(town);
        await page.GotoAsync(connection.UrlOf(town, "activities/offline").ToString());
        var fate = new Random(7);
        var broken = 0;
        connection.Judge = request =>
        {
            if (!IsSending(request))
            {
                return Passage.Through;
            }

            lock (fate)
            {
                Passage[] equallyLikely = [Passage.LostOnTheWay, Passage.AnswerLost, Passage.AnswerTorn, Passage.Refused, Passage.Through, Passage.Through, Passage.Through, Passage.Through];
                var passage = equallyLikely[fate.Next(equallyLikely.Length)];
                broken += passage == Passage.Through ? 0 : 1;
                return passage;
            }
        };
        await QueueAsync(page, Records);

        var left = Records;
        for (var tries = 0; left > 0 && tries < 2000; tries++)
        {
            left = await page.EvaluateAsync<int>("""
                async () => {
                  const { sync } = await import(document.querySelector("script[src*='/js/activities.js']").src);
                  await sync();
                  return document.querySelectorAll("[data-queue] > li").length;
                }
                """);
            if (tries % 25 == 24)
            {
                await page.GotoAsync(connection.UrlOf(town, "activities/drafts").ToString());      // closed in the middle of sending
                await page.GotoAsync(connection.UrlOf(town, "activities/offline").ToString());
            }
        }

        Assert.Equal(0, left);
        Assert.True(broken > Records / 2, $"only {broken} requests were broken");
        Assert.Equal((long)Records, await CountAsync(town));
        Assert.Equal((long)Records, await town.ScalarAsync($"select count(distinct what) from app.activity_record where municipality_id = {town.Id} and version = 1 and completed_at is not null"));
    }

    [Fact]
    public async Task What_is_written_without_a_connection_is_shown_as_waiting_and_sent_when_there_is_one()
    {
        var town = await app.CreateTownAsync();
        var (page, _) = await SignInAsync(town);
        await page.GotoAsync(connection.UrlOf(town, "activities/new").ToString());
        await Expect(page.Locator("[data-kept]")).ToBeVisibleAsync();

        await LoseConnectionAsync(page);
        await page.GotoAsync(connection.UrlOf(town, "activities/new").ToString());
        await Expect(page.Locator("h1")).ToHaveTextAsync("電波のないところで書く");
        await FillAsync(page, "山の集会所で話を聞いた。");
        await page.GetByRole(AriaRole.Button, new() { Name = "記録する" }).ClickAsync();
        await Expect(page.Locator("[data-queue-state]")).ToContainTextAsync("送信待ち 1件");
        await Expect(page.Locator("[data-queue] h3")).ToHaveTextAsync("山の集会所で話を聞いた。");
        await LookAsync(page, "activities-offline-360");
        Assert.Equal(0L, await CountAsync(town));

        connection.Judge = _ => Passage.Through;
        await page.Context.SetOfflineAsync(false);      // the device says so
        await Expect(page.Locator("[data-queue-state]")).ToHaveTextAsync("送信待ちの記録はありません。", new() { Timeout = 40_000 });
        Assert.Equal(1L, await CountAsync(town, "completed_at is not null and what = '山の集会所で話を聞いた。'"));
    }

    [Fact]
    public async Task Nothing_stays_on_the_device_after_signing_out_and_what_was_not_sent_stops_it()
    {
        var town = await app.CreateTownAsync();
        var (page, _) = await SignInAsync(town);
        await page.GotoAsync(connection.UrlOf(town, "activities/offline").ToString());
        await page.WaitForFunctionAsync("async () => (await caches.keys()).length > 0");
        connection.Judge = request => IsSending(request) ? Passage.LostOnTheWay : Passage.Through;
        await QueueAsync(page, 1);

        await page.GetByRole(AriaRole.Button, new() { Name = "サインアウト" }).ClickAsync();
        await Expect(page.Locator("#leaving")).ToBeVisibleAsync();
        await Expect(page.Locator("[data-queue] h3")).ToHaveTextAsync("記録 0");

        connection.Judge = _ => Passage.Through;
        await page.GetByRole(AriaRole.Button, new() { Name = "今すぐ送る" }).ClickAsync();
        await Expect(page.Locator("[data-queue-state]")).ToHaveTextAsync("送信待ちの記録はありません。");
        await page.GetByRole(AriaRole.Button, new() { Name = "サインアウト" }).ClickAsync();
        await page.WaitForURLAsync("**/sign-ins/new");
        Assert.Equal(0, await page.EvaluateAsync<int>("async () => (await caches.keys()).length + (await navigator.serviceWorker.getRegistrations()).length"));
        Assert.Equal(1L, await CountAsync(town));
    }

    [Fact]
    public async Task A_draft_is_saved_from_the_first_field_without_pressing_anything()
    {
        var town = await app.CreateTownAsync();
        var (page, _) = await SignInAsync(town);
        await page.GotoAsync(connection.UrlOf(town, "activities/new").ToString());
        await page.GetByLabel("したこと").FillAsync("会長と立ち話");
        await Expect(page.Locator("[data-draft-state]")).ToHaveTextAsync("下書きを保存しました。");
        Assert.Equal(1L, await CountAsync(town, "completed_at is null and what = '会長と立ち話'"));

        await FillAsync(page, "会長と立ち話。会場の相談。");
        await LookAsync(page, "activities-new-360");
        await page.GetByRole(AriaRole.Button, new() { Name = "記録する" }).ClickAsync();
        await Expect(page.Locator("main .notice.success")).ToContainTextAsync("記録しました。");
        Assert.Equal(1L, await CountAsync(town, "completed_at is not null and what = '会長と立ち話。会場の相談。'"));
        Assert.Equal(1L, await CountAsync(town));
    }

    [Fact]
    public async Task A_wrong_day_comes_back_beside_its_field_and_a_conflict_waits_for_a_choice()
    {
        var town = await app.CreateTownAsync();
        var (page, email) = await SignInAsync(town);
        await page.GotoAsync(connection.UrlOf(town, "activities/new").ToString());
        await FillAsync(page, "役員会に出た。");
        await page.Locator("summary").Filter(new() { HasText = "いつ・どこで" }).ClickAsync();
        await page.GetByLabel("月").First.FillAsync("2");
        await page.GetByLabel("日", new() { Exact = true }).First.FillAsync("30");
        await page.GetByRole(AriaRole.Button, new() { Name = "記録する" }).ClickAsync();
        await Expect(page.Locator(".error-summary")).ToContainTextAsync("活動した日は");
        Assert.Equal("役員会に出た。", await page.GetByLabel("したこと").InputValueAsync());

        var content = await ActivityRecordTests.ContentAsync(town);
        var id = await ActivityRecordTests.RecordAsync(town, email, content);
        await page.GotoAsync(connection.UrlOf(town, $"activities/{id}/edit").ToString());
        var office = await SignInAsync(town, email);
        await office.GotoAsync(connection.UrlOf(town, $"activities/{id}/edit").ToString());
        await office.GetByLabel("したこと").FillAsync("事務所で書いた。");
        await office.GetByRole(AriaRole.Button, new() { Name = "記録する" }).ClickAsync();
        await Expect(office.Locator("main .notice.success")).ToBeVisibleAsync();

        connection.Judge = request => IsSending(request) ? Passage.LostOnTheWay : Passage.Through;
        await page.GetByLabel("したこと").FillAsync("電車で書いた。");
        await page.GetByRole(AriaRole.Button, new() { Name = "記録する" }).ClickAsync();
        await Expect(page.Locator("[data-queue-state]")).ToContainTextAsync("送信待ち 1件");
        connection.Judge = _ => Passage.Through;
        await page.GetByRole(AriaRole.Button, new() { Name = "今すぐ送る" }).ClickAsync();
        await Expect(page.Locator("[data-queue]")).ToContainTextAsync("保存されているもの：事務所で書いた。");
        await LookAsync(page, "activities-conflict-360");
        Assert.Equal("事務所で書いた。", await town.ScalarAsync($"select what from app.activity_record where id = '{id}'"));

        await page.GetByLabel("この端末で書いたもの：電車で書いた。").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "選んだ内容で送る" }).ClickAsync();
        await Expect(page.Locator("[data-queue-state]")).ToHaveTextAsync("送信待ちの記録はありません。");
        Assert.Equal("電車で書いた。", await town.ScalarAsync($"select what from app.activity_record where id = '{id}'"));
    }

    internal static async Task LookAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("SASAEAI_PICTURES") is { Length: > 0 } folder)
        {
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), FullPage = true });
        }
    }
}
