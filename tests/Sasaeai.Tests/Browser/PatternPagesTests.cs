using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Sasaeai.Tests.Browser;

public class PatternPagesTests(TestApp app, Chromium chromium)
{
    [Theory]
    [InlineData("patterns", 1280)]
    [InlineData("patterns", 360)]
    [InlineData("patterns/form", 1280)]
    [InlineData("patterns/form", 360)]
    [InlineData("patterns/sheet", 1280)]
    public async Task Pages_have_no_accessibility_violations(string path, int width)
    {
        var page = await chromium.OpenAsync(app.UrlOf(path), width: width);
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await LookAsync(page, $"{path.Replace('/', '-')}-{width}");

        Assert.Empty(await ViolationsAsync(page));
    }

    [Theory, InlineData(1280), InlineData(360)]
    public async Task A_refused_form_has_no_accessibility_violations(int width)
    {
        var page = await chromium.OpenAsync(app.UrlOf("patterns/form"), width: width);
        await page.GetByLabel("定員").FillAsync("9000");
        await page.GetByRole(AriaRole.Button, new() { Name = "確認へ進む" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToBeFocusedAsync();
        await LookAsync(page, $"patterns-form-refused-{width}");

        Assert.Empty(await ViolationsAsync(page));
    }

    [Theory, InlineData("patterns"), InlineData("patterns/form"), InlineData("patterns/sheet")]
    public async Task Nothing_runs_over_the_edge_at_320_pixels_in_the_largest_text(string path)
    {
        var page = await chromium.OpenAsync(app.UrlOf(path), width: 320);
        await page.GetByRole(AriaRole.Button, new() { Name = "特大" }).ClickAsync();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-text-size", "extra-large");
        await LookAsync(page, $"{path.Replace('/', '-')}-320-extra-large");

        Assert.Equal(320, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    }

    [Fact]
    public async Task What_a_finger_presses_is_at_least_44_pixels_high()
    {
        var page = await chromium.OpenAsync(app.UrlOf("patterns/form"), width: 360);

        var small = await page.Locator("button:visible, input:visible:not([type=checkbox], [type=radio]), select:visible, summary:visible, .choice:visible").EvaluateAllAsync<string[]>(
            "all => all.filter(e => e.getBoundingClientRect().height < 43.9).map(e => e.outerHTML)");

        Assert.Empty(small);
    }

    [Fact]
    public async Task The_page_needs_no_inline_script_or_style()
    {
        var page = await chromium.OpenAsync(new Uri("about:blank"));
        var refused = new List<string>();
        page.Console += (_, message) => { if (message.Type == "error") { refused.Add(message.Text); } };
        await page.RouteAsync("**/*", async route =>
        {
            var answer = await route.FetchAsync();
            await route.FulfillAsync(new()
            {
                Response = answer,
                Headers = new Dictionary<string, string>(answer.Headers) { ["content-security-policy"] = "default-src 'self'; style-src 'self'; img-src 'self' data:" },
            });
        });

        await page.GotoAsync(app.UrlOf("patterns").ToString());
        await Expect(page.Locator(".place")).ToHaveCountAsync(2);

        Assert.Empty(refused);
    }

    [Fact]
    public async Task Without_javascript_menu_text_size_and_form_work()
    {
        var page = await chromium.OpenAsync(app.UrlOf("patterns/form"), javaScript: false, width: 360);

        await page.GetByText("メニュー", new() { Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Navigation, new() { Name = "主なメニュー" }).GetByRole(AriaRole.Link, new() { Name = "入力欄" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "大", Exact = true }).ClickAsync();
        await Expect(page).ToHaveURLAsync(app.UrlOf("patterns/form").ToString());
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-text-size", "large");
        await FillAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "確認へ進む" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("「ふれあいサロン」を受け取りました。");
    }

    [Fact]
    public async Task On_a_wide_screen_the_menu_lies_open()
    {
        var page = await chromium.OpenAsync(app.UrlOf("patterns"), javaScript: false);

        await Expect(page.GetByRole(AriaRole.Navigation, new() { Name = "主なメニュー" }).GetByRole(AriaRole.Link, new() { Name = "入力欄" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Two_presses_send_the_form_once()
    {
        var page = await chromium.OpenAsync(app.UrlOf("patterns/form"));
        await FillAsync(page);
        var sent = 0;
        await page.RouteAsync("**/patterns/form", async route =>
        {
            sent += route.Request.Method == "POST" ? 1 : 0;
            await Task.Delay(500);
            await route.ContinueAsync();
        });

        await page.GetByRole(AriaRole.Button, new() { Name = "確認へ進む" }).EvaluateAsync("button => { button.click(); setTimeout(() => button.click(), 200); }");
        await Expect(page.GetByRole(AriaRole.Status)).ToBeVisibleAsync();

        Assert.Equal(1, sent);
    }

    [Fact]
    public async Task What_was_typed_comes_back_after_the_page_was_lost_and_goes_once_it_was_taken_in()
    {
        var page = await chromium.OpenAsync(app.UrlOf("patterns/form"));
        var restore = page.GetByRole(AriaRole.Button, new() { Name = "入力内容を復元" });
        await FillAsync(page);

        await page.GotoAsync(app.UrlOf("patterns/sheet").ToString());
        await page.GotoAsync(app.UrlOf("patterns/form").ToString());
        await restore.ClickAsync();
        await Expect(page.GetByLabel("活動の名前")).ToHaveValueAsync("ふれあいサロン");
        await Expect(page.GetByLabel("火曜日")).ToBeCheckedAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "確認へ進む" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToBeVisibleAsync();

        await Expect(restore).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Suggestions_are_chosen_with_the_keyboard()
    {
        var page = await chromium.OpenAsync(app.UrlOf("patterns"));
        var box = page.GetByRole(AriaRole.Combobox, new() { Name = "何をおさがしですか" });

        await box.PressSequentiallyAsync("ゴミ");
        await Expect(page.GetByRole(AriaRole.Listbox, new() { Name = "候補" }).GetByRole(AriaRole.Option)).ToHaveCountAsync(2);
        Assert.Empty(await ViolationsAsync(page));
        await box.PressAsync("ArrowDown");
        await Expect(box).ToHaveValueAsync("ゴミ出し");
        await box.PressAsync("Escape");

        await Expect(box).ToHaveValueAsync("ゴミ");
        await Expect(box).ToHaveAttributeAsync("aria-expanded", "false");
    }

    [Fact]
    public async Task Looking_at_an_entry_of_the_list_shows_its_point_on_the_map()
    {
        var page = await chromium.OpenAsync(app.UrlOf("patterns"));
        var point = page.GetByRole(AriaRole.Button, new() { Name = "ふれあいサロンみほん" });

        await page.Locator("#place-1 a").FocusAsync();
        await Expect(point.Locator(".place")).ToHaveClassAsync("place highlighted");
        await point.FocusAsync();
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.Locator(".leaflet-popup").GetByRole(AriaRole.Link, new() { Name = "ふれあいサロンみほん" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_present_place_is_sent_to_about_a_hundred_metres()
    {
        var page = await chromium.OpenAsync(app.UrlOf("patterns"));
        await page.Context.GrantPermissionsAsync(["geolocation"]);
        await page.Context.SetGeolocationAsync(new() { Latitude = 35.856789f, Longitude = 139.549123f });

        await page.GetByRole(AriaRole.Button, new() { Name = "現在地からさがす" }).ClickAsync();

        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex(@"lat=35\.857&lon=139\.549$"));
    }

    [Fact]
    public async Task A_sheet_for_residents_prints_on_one_page_in_14_points()
    {
        var page = await chromium.OpenAsync(app.UrlOf("patterns/sheet"));
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        await LookAsync(page, "patterns-sheet-print");

        var size = await page.Locator(".sheet dd").First.EvaluateAsync<string>("e => getComputedStyle(e).fontSize");
        var pdf = System.Text.Encoding.Latin1.GetString(await page.PdfAsync(new() { PreferCSSPageSize = true }));

        Assert.Equal(14 * 96 / 72.0, double.Parse(size[..^2]), 1);
        Assert.Equal(1, System.Text.RegularExpressions.Regex.Count(pdf, @"/Type\s*/Page\b"));
    }

    private static async Task FillAsync(IPage page)
    {
        await page.GetByLabel("活動の名前").FillAsync("ふれあいサロン");
        await page.GetByLabel("圏域").SelectOptionAsync("東部");
        await page.GetByLabel("火曜日").CheckAsync();
        await page.GetByLabel("年", new() { Exact = true }).FillAsync("令和8");
        await page.GetByLabel("月", new() { Exact = true }).FillAsync("6");
        await page.GetByLabel("日", new() { Exact = true }).FillAsync("15");
    }

    private static async Task<IEnumerable<string>> ViolationsAsync(IPage page) =>
        (await page.RunAxe()).Violations.Select(v => $"{v.Id}: {v.Help}\n{string.Join('\n', v.Nodes.Select(n => n.Html))}");

    /// <summary>Keeps a picture where SASAEAI_PICTURES names a folder, for people to look at.</summary>
    private static async Task LookAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("SASAEAI_PICTURES") is { } folder)
        {
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}.png"), FullPage = true });
        }
    }
}
