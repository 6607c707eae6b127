using Microsoft.Playwright;
using Sasaeai.Features.Accounts;
using Sasaeai.Japanese;
using static Microsoft.Playwright.Assertions;

namespace Sasaeai.Tests.Browser;

/// <summary>The whole way of one piece of information, as people go it.</summary>
public class DirectoryJourneyTests(TestApp app, Chromium chromium)
{
    [Theory, InlineData(false), InlineData(true)]
    public async Task A_mistake_told_by_a_resident_is_corrected_checked_and_published(bool javaScript)
    {
        var town = await app.CreateTownAsync();
        await town.PublishAsync("ゴミ出しお助け隊", ["1301"], content => content with { Venue = "東公民館" });

        var resident = await chromium.OpenAsync(app.UrlOf(town), javaScript, width: 360);
        await resident.GetByRole(AriaRole.Link, new() { Name = "ゴミ出しがつらい" }).ClickAsync();
        await resident.GetByRole(AriaRole.Link, new() { Name = "ゴミ出しお助け隊" }).ClickAsync();
        var address = resident.Url;
        await resident.GetByRole(AriaRole.Link, new() { Name = "情報が違います" }).ClickAsync();
        await resident.GetByLabel("場所", new() { Exact = true }).CheckAsync();
        await resident.GetByLabel("正しい内容、気づいたこと").FillAsync("西公民館に変わりました");
        await PressAsync(resident, "送る");
        await Expect(resident.Locator("main")).ToContainTextAsync("受付番号");

        var coordinator = await SignInAsync(town, Role.Coordinator, javaScript);
        await coordinator.Locator("main").GetByRole(AriaRole.Link, new() { Name = "「情報が違います」の連絡" }).ClickAsync();
        await coordinator.Locator("main").GetByRole(AriaRole.Link, new() { Name = "ゴミ出しお助け隊" }).ClickAsync();
        await Expect(coordinator.Locator("main")).ToContainTextAsync("西公民館に変わりました");
        await coordinator.GetByRole(AriaRole.Link, new() { Name = "記録を直す" }).ClickAsync();
        await coordinator.GetByLabel("会場").FillAsync("西公民館");
        await coordinator.GetByLabel("電話で確かめた").CheckAsync();
        await coordinator.GetByLabel("変更の説明").FillAsync("会場が変わったことを電話で確かめました。");
        await PressAsync(coordinator, "修正案を送る");

        var officer = await SignInAsync(town, Role.Officer, javaScript);
        await officer.Locator("main").GetByRole(AriaRole.Link, new() { Name = "承認を待つ修正案" }).ClickAsync();
        await officer.Locator("main").GetByRole(AriaRole.Link, new() { Name = "ゴミ出しお助け隊" }).ClickAsync();
        await Expect(officer.Locator(".differences tbody td").First).ToHaveTextAsync("東公民館");
        await Expect(officer.Locator(".differences ins")).ToHaveTextAsync("西公民館");
        await PressAsync(officer, "採用する");
        await Expect(officer.Locator("main [role=status]").First).ToBeVisibleAsync();

        await resident.GotoAsync(address);
        await Expect(resident.Locator("main")).ToContainTextAsync("西公民館");
        await Expect(resident.Locator(".checked-on")).ToContainTextAsync($"{Wareki.Date(DateOnly.FromDateTime(DateTime.UtcNow.AddHours(9)))}に電話で確認");
        Assert.Equal("closed", await town.ScalarAsync($"select state from app.mistake_report where municipality_id = {town.Id}"));
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task The_search_needs_no_mouse(bool javaScript)
    {
        var town = await app.CreateTownAsync();
        await town.PublishAsync("ゴミ出しお助け隊", ["1301"]);
        var page = await chromium.OpenAsync(app.UrlOf(town), javaScript);

        await page.Keyboard.PressAsync("Tab");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "本文へ移動" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**#*");
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.Locator("main input[name=q]").First).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("ごみ捨て");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/resources?**");
        var found = page.GetByRole(AriaRole.Link, new() { Name = "ゴミ出しお助け隊" });
        await TabToAsync(page, found);
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("ゴミ出しお助け隊");
    }

    private static async Task TabToAsync(IPage page, ILocator link)
    {
        for (var step = 0; step < 80 && !await link.EvaluateAsync<bool>("e => e === document.activeElement"); step++)
        {
            await page.Keyboard.PressAsync("Tab");
        }

        await Expect(link).ToBeFocusedAsync();
    }

    private async Task<IPage> SignInAsync(Town town, Role role, bool javaScript)
    {
        var page = await chromium.OpenAsync(app.UrlOf(town, "sign-ins/new"), javaScript);
        await page.GetByLabel("メールアドレス").FillAsync(await town.AddAccountAsync(role));
        await page.GetByLabel("パスワード").FillAsync(Town.Password);
        await PressAsync(page, "サインインする");
        await page.WaitForURLAsync("**/today");
        return page;
    }

    private static Task PressAsync(IPage page, string button) => page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
}
