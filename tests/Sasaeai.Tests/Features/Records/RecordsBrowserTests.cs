using Deque.AxeCore.Playwright;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Resources;
using Sasaeai.Tests.Browser;

namespace Sasaeai.Tests.Features.Records;

public class RecordsBrowserTests(TestApp app, Chromium chromium)
{
    [Theory, InlineData(360)]
    public async Task Staff_and_operators_pages_have_no_accessibility_violations(int width)
    {
        var town = await app.CreateTownAsync();
        var id = await town.PublishAsync("ひだまりサロン", ["1001"], content => content with { Kana = "ヒダマリサロン", Phone = new() { Value = "000-0000-0000", Publish = true }, Address = "本町一丁目2-3" });
        var coordinator = await app.SignedInAsync(town, Role.Coordinator);
        await coordinator.PressAsync(await coordinator.GetPageAsync($"records/{id}/edit"), "修正案を送る", ("会場", "東公民館"), ("日時", "毎週火曜 10:00〜11:30\nお盆のころは変わります"), ("変更の説明", "会場が変わった"));
        var token = ConfirmationRequest.NewToken();
        var revision = await town.InAsync(async (db, _) =>
        {
            db.Add(new ConfirmationRequest { ResourceId = id, TokenDigest = ConfirmationRequest.Digest(token), SentHow = SentHow.Letter, SentAt = DateTimeOffset.UtcNow, SentBy = "職員", ExpiresAt = DateTimeOffset.UtcNow.AddDays(30) });
            await db.SaveChangesAsync();
            return await db.Revisions.Select(row => row.Id).SingleAsync();
        });

        var page = await chromium.OpenAsync(app.UrlOf(town, "sign-ins/new"), width: width);
        await page.GetByLabel("メールアドレス").FillAsync(await town.AddAccountAsync(Role.Officer));
        await page.GetByLabel("パスワード").FillAsync(Town.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "サインインする" }).ClickAsync();
        await page.WaitForURLAsync("**/today");
        foreach (var (name, path) in new[] { ("list", "records"), ("show", $"records/{id}"), ("edit", $"records/{id}/edit?revision={revision}"), ("history", $"records/{id}/history"), ("queue", "revisions"), ("revision", $"revisions/{revision}"), ("confirmation", $"confirmations/{token}"), ("correction", $"confirmations/{token}/edit") })
        {
            await page.GotoAsync(app.UrlOf(town, path).ToString());
            await LookAsync(page, $"records-{name}-{width}");
            Assert.Empty((await page.RunAxe()).Violations.Select(violation => $"{name}: {violation.Id} {string.Join(' ', violation.Nodes.Select(node => node.Html))}"));
            Assert.Equal(width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        }
    }

    private static async Task LookAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("SASAEAI_PICTURES") is { Length: > 0 } folder)
        {
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), FullPage = true });
        }
    }
}
