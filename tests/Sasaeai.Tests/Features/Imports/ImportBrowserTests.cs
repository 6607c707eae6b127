using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Sasaeai.Features.Accounts;
using Sasaeai.Tests.Browser;

namespace Sasaeai.Tests.Features.Imports;

public class ImportBrowserTests(TestApp app, Chromium chromium)
{
    [Theory, InlineData(1280), InlineData(360)]
    public async Task An_officer_brings_in_a_file_and_takes_lists_along_on_accessible_pages(int width)
    {
        var town = await app.CreateTownAsync();
        await town.PublishAsync("𠮷野サロン", ["1001"]);
        var page = await chromium.OpenAsync(app.UrlOf(town, "sign-ins/new"), width: width);
        await page.GetByLabel("メールアドレス").FillAsync(await town.AddAccountAsync(Role.Officer));
        await page.GetByLabel("パスワード").FillAsync(Town.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "サインインする" }).ClickAsync();
        await page.WaitForURLAsync("**/today");

        await page.GotoAsync(app.UrlOf(town, "imports/new").ToString());
        await CheckAsync(page, $"imports-new-{width}", width);
        await page.GetByLabel("取り込むもの").SelectOptionAsync("resources");
        await page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "サロンの一覧.csv", MimeType = "text/csv", Buffer = "よび番号,名称,分類,曜日時間\nX1,青空の会,1001,毎週火曜 10時〜\nX2,,サロン,\n"u8.ToArray() });
        await page.GetByRole(AriaRole.Button, new() { Name = "確かめる" }).ClickAsync();
        await CheckAsync(page, $"imports-columns-{width}", width);
        await page.GetByLabel("「よび番号」の列").SelectOptionAsync("管理番号");
        await page.GetByRole(AriaRole.Button, new() { Name = "この対応で確かめる" }).ClickAsync();
        await CheckAsync(page, $"imports-preview-{width}", width);
        await page.GetByLabel("取り込めない行を除いて、残りを取り込む").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "取り込む", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByText("地域資源を取り込みました。")).ToBeVisibleAsync();
        await CheckAsync(page, $"imports-done-{width}", width);

        foreach (var (name, path) in new[] { ("exports", "exports"), ("exports-check", "exports?handler=Check&noun=resources"), ("settings", "settings") })
        {
            await page.GotoAsync(app.UrlOf(town, path).ToString());
            await CheckAsync(page, $"{name}-{width}", width);
        }
    }

    private static async Task CheckAsync(IPage page, string name, int width)
    {
        await page.WaitForLoadStateAsync();
        if (Environment.GetEnvironmentVariable("SASAEAI_PICTURES") is { Length: > 0 } folder)
        {
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), FullPage = true });
        }

        Assert.Empty((await page.RunAxe()).Violations.Select(violation => $"{name}: {violation.Id} {string.Join(' ', violation.Nodes.Select(node => node.Html))}"));
        Assert.Equal((name, width), (name, await page.EvaluateAsync<int>("document.documentElement.scrollWidth")));
    }
}
