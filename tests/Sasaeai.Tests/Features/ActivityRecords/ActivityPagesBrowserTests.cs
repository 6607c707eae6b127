using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Postings;
using Sasaeai.Tests.Browser;
using static Microsoft.Playwright.Assertions;

namespace Sasaeai.Tests.Features.ActivityRecords;

public class ActivityPagesBrowserTests(TestApp app, Chromium chromium)
{
    [Theory, InlineData(360)]
    public async Task The_coordinators_pages_have_no_accessibility_violations(int width)
    {
        var town = await app.CreateTownAsync();
        var email = await town.AddAccountAsync(Role.Officer);
        var content = await ActivityRecordTests.ContentAsync(town, null, "Z1", 1, "01", "09");
        var id = await ActivityRecordTests.RecordAsync(town, email, content with { Noticed = "男性の参加が少ない。", NextStep = "会長に電話する", NextDue = content.OnDay, HeadCount = 9 });
        var account = await town.ScalarAsync($"select id from app.account where municipality_id = {town.Id}");
        await town.InAsync(async (db, _) =>
        {
            foreach (var (name, layer, from) in new[] { ("相沢 恵", PostingLayer.Both, 2019), ("望月 沙織", PostingLayer.Second, 2021) })
            {
                var posting = new Posting { Kind = PostingKind.Coordinator, AccountId = (Guid)account!, PersonName = name, AreaId = content.AreaId!.Value, Layer = layer, Employer = Employer.WelfareCouncil, IsEntrusted = true, FullTimeShare = 0.5m };
                posting.Last(new(from, 4, 1), null);
                db.Add(posting);
            }

            await db.SaveChangesAsync();
        });
        var page = await chromium.OpenAsync(app.UrlOf(town, "sign-ins/new"), width: width);
        await page.GetByLabel("メールアドレス").FillAsync(email);
        await page.GetByLabel("パスワード").FillAsync(Town.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "サインインする" }).ClickAsync();
        await page.WaitForURLAsync("**/today");
        foreach (var (name, path) in new[]
        {
            ("list", "activities"), ("new", "activities/new"), ("show", $"activities/{id}"), ("edit", $"activities/{id}/edit"), ("drafts", "activities/drafts"), ("diary", "activities/diary"), ("calendar", "activities/calendar"), ("offline", "activities/offline"),
            ("reports", "activity-reports"), ("report", $"activity-reports/{content.OnDay:yyyy-MM}"), ("report-edit", $"activity-reports/{content.OnDay:yyyy-MM}/edit"), ("outreaches", "outreaches"), ("outreach-new", "outreaches/new"), ("postings", "postings"), ("posting-new", "postings/new"), ("hand-over", $"hand-over-packs/{account}"),
        })
        {
            await page.GotoAsync(app.UrlOf(town, path).ToString());
            await OfflineQueueTests.LookAsync(page, $"activities-{name}-{width}");
            Assert.Empty((await page.RunAxe()).Violations.Select(violation => $"{name}: {violation.Id} {string.Join(' ', violation.Nodes.Select(node => node.Html))}"));
            Assert.True(width == await page.EvaluateAsync<int>("document.documentElement.scrollWidth"), $"{name} is wider than {width}");
        }
    }

    /// <summary>20 seconds on a phone: a tap takes about two of them with finding the place, a letter about half a one.</summary>
    [Fact]
    public async Task A_phone_records_an_activity_with_four_taps_and_a_few_words_in_20_seconds()
    {
        const string What = "会長とベンチの話をした";
        var town = await app.CreateTownAsync();
        var email = await town.AddAccountAsync(Role.Coordinator);
        await town.InAsync(async (db, _) =>
        {
            var account = db.Accounts.Single(one => one.Email == email);
            var posting = new Posting { Kind = PostingKind.Coordinator, AccountId = account.Id, PersonName = account.Name, AreaId = db.Areas.Single(area => area.Code == "Z1").Id, Layer = PostingLayer.Second, Employer = Employer.WelfareCouncil, IsEntrusted = true };
            posting.Last(new(2020, 4, 1), null);
            db.Add(posting);
            await db.SaveChangesAsync();
        });
        var page = await chromium.OpenAsync(app.UrlOf(town, "sign-ins/new"), width: 360);
        await page.SetViewportSizeAsync(360, 640);
        await page.GetByLabel("メールアドレス").FillAsync(email);
        await page.GetByLabel("パスワード").FillAsync(Town.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "サインインする" }).ClickAsync();
        await page.WaitForURLAsync("**/today");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "活動を記録する" })).ToBeInViewportAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "活動を記録する" }).ClickAsync();
        var record = page.GetByRole(AriaRole.Button, new() { Name = "記録する" });
        await Expect(record).ToBeInViewportAsync(new() { Ratio = 1 });

        var taps = 0;
        foreach (var place in new[] { page.GetByLabel("ニーズ把握"), page.GetByLabel("訪問", new() { Exact = true }), page.GetByLabel("したこと"), record })
        {
            var box = (await place.Locator("xpath=self::*[not(@type='checkbox') and not(@type='radio')] | parent::*[contains(@class, 'choice')]").First.BoundingBoxAsync())!;
            Assert.True(box.Height >= 44 && box.Width >= 44, $"{box.Width} × {box.Height}");
            if (place == record)
            {
                await Expect(page.GetByLabel("したこと")).ToHaveValueAsync(What);
                await Expect(record).ToBeInViewportAsync(new() { Ratio = 1 });
            }

            await place.ClickAsync();
            taps++;
            if (taps == 3)
            {
                await page.Keyboard.TypeAsync(What);
            }
        }

        await Expect(page.Locator("main .notice.success")).ToContainTextAsync("記録しました。");
        Assert.True(taps * 2 + What.Length * 0.5 <= 20);
        Assert.Equal($"2 第1圏域 {What}", await town.ScalarAsync($"select r.layer || ' ' || a.name || ' ' || r.what from app.activity_record r join app.area a on a.municipality_id = r.municipality_id and a.id = r.area_id where r.municipality_id = {town.Id} and r.completed_at is not null"));
    }

    [Fact]
    public async Task A_photo_travels_once_however_often_the_typing_pauses()
    {
        var town = await app.CreateTownAsync();
        var page = await SignInAsync(town, await town.AddAccountAsync(Role.Coordinator));
        await page.AddInitScriptAsync("window.photos = 0; const send = window.fetch; window.fetch = (to, options) => { if (options?.body instanceof FormData && options.body.get('Form.Photo') instanceof File) window.photos++; return send(to, options); };");
        await page.GotoAsync(app.UrlOf(town, "activities/new").ToString());
        await page.GetByText("気づき・次の一歩・写真").ClickAsync();
        await page.GetByLabel("写真").SetInputFilesAsync(new FilePayload { Name = "photo.png", MimeType = "image/png", Buffer = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==") });
        foreach (var text in new[] { "ベンチ", "ベンチの話", "ベンチの話をした。" })
        {
            await page.GetByLabel("したこと").FillAsync(text);
            await Expect(page.Locator("[data-draft-state]")).ToHaveTextAsync("下書きを保存しました。");
            await page.EvaluateAsync("() => document.querySelector('[data-draft-state]').textContent = ''");
        }

        Assert.Equal(1, await page.EvaluateAsync<int>("() => window.photos"));
        Assert.Equal(1L, await town.ScalarAsync($"select count(*) from app.activity_photo where municipality_id = {town.Id}"));

        await page.RouteAsync("**/activities/offline*", async route => await (route.Request.ResourceType == "document" ? route.ContinueAsync() : route.AbortAsync()));
        await page.GotoAsync(app.UrlOf(town, "activities/offline").ToString());
        await page.GetByText("気づき・次の一歩・写真").ClickAsync();
        await page.GetByLabel("写真").SetInputFilesAsync(new FilePayload { Name = "photo.png", MimeType = "image/png", Buffer = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==") });
        await page.GetByLabel("したこと").FillAsync("山で撮った。");
        await Expect(page.Locator("[data-queue] h3")).ToHaveTextAsync("山で撮った。");
        await page.ReloadAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "直す" }).ClickAsync();
        await page.GetByLabel("したこと").FillAsync("山で撮った写真。");
        await Expect(page.Locator("[data-queue] h3")).ToHaveTextAsync("山で撮った写真。");
        await page.UnrouteAllAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "今すぐ送る" }).ClickAsync();
        await Expect(page.Locator("[data-queue-state]")).ToHaveTextAsync("送信待ちの記録はありません。");
        Assert.Equal(1L, await town.ScalarAsync($"select count(*) from app.activity_photo p join app.activity_record r on r.municipality_id = p.municipality_id and r.id = p.activity_record_id where r.municipality_id = {town.Id} and r.what = '山で撮った写真。'"));
    }

    private async Task<IPage> SignInAsync(Town town, string email)
    {
        var page = await chromium.OpenAsync(app.UrlOf(town, "sign-ins/new"), width: 360);
        await page.GetByLabel("メールアドレス").FillAsync(email);
        await page.GetByLabel("パスワード").FillAsync(Town.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "サインインする" }).ClickAsync();
        await page.WaitForURLAsync("**/today");
        return page;
    }
}
