using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Sasaeai.Features.Accounts;
using Sasaeai.Tests.Browser;

namespace Sasaeai.Tests.Features.Accessibility;

/// <summary>The pages that no test of their own feature looks at with axe, and 400 % on those for residents.</summary>
public class AccessibilityTests(TestApp app, Chromium chromium)
{
    [Theory, InlineData(360)]
    public async Task Visitors_and_administrators_pages_have_no_accessibility_violations(int width)
    {
        var town = await app.CreateTownAsync();
        await town.PublishAsync("ふれあいサロンみほん", ["1001"]);
        var page = await chromium.OpenAsync(app.UrlOf(town, "sign-ins/new"), width: width);
        await LookAsync(page, town, width, "sign-ins/new", "open-data", "api", "text-size");

        await page.GotoAsync(app.UrlOf(town, "sign-ins/new").ToString());
        await page.GetByLabel("メールアドレス").FillAsync(await town.AddAccountAsync(Role.Administrator));
        await page.GetByLabel("パスワード").FillAsync(Town.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "サインインする" }).ClickAsync();
        await page.WaitForURLAsync("**/today");
        await LookAsync(page, town, width, "account", "account/password/edit", "account/second-factor/new", "accounts", "accounts/new", "audit", "figures", "imports/new",
            "settings/categories/edit", "settings/synonyms/edit", "sign-out");
    }

    [Fact]
    public async Task Pages_for_residents_fit_320_pixels_in_the_largest_text()
    {
        var town = await app.CreateTownAsync();
        var id = await town.PublishAsync("ふれあいサロンみほん", ["1001"]);
        var page = await chromium.OpenAsync(app.UrlOf(town), width: 320);
        await page.GetByRole(AriaRole.Button, new() { Name = "特大" }).ClickAsync();

        foreach (var path in new[] { "", "resources", $"resources/{id}", $"resources/{id}/card", "map", "calendar", "troubles", "voices/new", $"resources/{id}/mistake-reports/new", "receipts", "open-data" })
        {
            await page.GotoAsync(app.UrlOf(town, path).ToString());
            Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= 320, path);
        }
    }

    private async Task LookAsync(IPage page, Town town, int width, params string[] paths)
    {
        foreach (var path in paths)
        {
            await page.GotoAsync(app.UrlOf(town, path).ToString());

            Assert.Empty((await page.RunAxe()).Violations.Select(violation => $"{path}: {violation.Id} {string.Join(' ', violation.Nodes.Select(node => node.Html))}"));
            Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= width, path);
        }
    }
}
