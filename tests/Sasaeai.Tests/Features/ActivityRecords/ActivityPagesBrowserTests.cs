using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Postings;
using Sasaeai.Tests.Browser;

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
}
