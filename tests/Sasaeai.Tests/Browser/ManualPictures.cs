using DemoTown = Sasaeai.Commands.Demo;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Sasaeai.Tests.Browser;

/// <summary>Takes the pictures of docs/manual from a running demo town; docs/manual/pictures/take.sh runs it.</summary>
public class ManualPictures(Chromium chromium)
{
    private const int Wide = 1280, Phone = 360, LargestFile = 150_000;

    private static readonly Uri Town = new(Environment.GetEnvironmentVariable("SASAEAI_DEMO") ?? $"http://127.0.0.1:8080/{DemoTown.Slug}/");
    private static readonly string Folder = Environment.GetEnvironmentVariable("SASAEAI_PICTURES") ?? ".";

    [Fact(Explicit = true)]
    public async Task Of_residents()
    {
        var page = await chromium.OpenAsync(Town);
        await TakeAsync(page, "", "home", Wide, 900);
        await TakeAsync(page, "", "home", Phone, 900);
        await TakeAsync(page, "resources?q=ゴミ出しがつらい", "search", Wide, 900);
        await TakeAsync(page, "resources?q=ゴミ出しがつらい", "search", Phone, 1100);
        await TakeAsync(page, "calendar", "calendar", Wide, 640);
        await TakeAsync(page, "voices/new", "voice", Phone, 1100);

        await page.GotoAsync(At("resources?q=本町ひだまりサロン"));
        await page.Locator(".card.resource a").First.ClickAsync();
        var resource = page.Url;
        await TakeAsync(page, resource, "resource", Wide, 1000);
        await TakeAsync(page, $"{resource}/card", "card", Wide, 1000);
        await TakeAsync(page, $"{resource}/mistake-reports/new", "mistake", Phone, 1100);
    }

    [Fact(Explicit = true)]
    public async Task Of_coordinators()
    {
        var page = await chromium.OpenAsync(new Uri(Town, "sign-ins/new"));
        await TakeAsync(page, "sign-ins/new", "sign-in", Wide, 640);
        await SignInAsync(page, "sc-chuo");
        await TakeAsync(page, "today", "today", Wide, 800);
        await TakeAsync(page, "verifications", "verifications", Phone, 1100, ".calls");
        await TakeAsync(page, "verifications/sheet", "call-sheet", Wide, 700);
        await TakeAsync(page, "voices", "voices", Wide, 700);
        await TakeAsync(page, "activities/new", "activity", Phone, 1100);
        await TakeAsync(page, "issues/board", "board", Wide, 900);
        await TakeAsync(page, "initiatives/road-map", "road-map", Wide, 900);
        await page.GotoAsync(At("councils"));
        await page.Locator("main table th a").First.ClickAsync();
        await TakeAsync(page, page.Url, "council", Wide, 1000);

        await page.GotoAsync(At("mistake-reports"));
        await page.Locator("table.data th a").First.ClickAsync();
        await TakeAsync(page, page.Url, "mistake-report", Wide, 760);
        await page.GetByRole(AriaRole.Link, new() { Name = "記録を直す" }).ClickAsync();
        await page.GetByLabel("日時", new() { Exact = true }).FillAsync("毎週火曜 10:00〜11:30\nお盆のころは休みます");
        await page.GetByRole(AriaRole.Button, new() { Name = "日時の読み取りを確かめる" }).ClickAsync();
        await Expect(page.GetByText("このように読み取りました")).ToBeVisibleAsync();
        await ShootAsync(page, "schedule", Wide, 640, "#schedule");
    }

    [Fact(Explicit = true)]
    public async Task Of_group_keepers()
    {
        var page = await chromium.OpenAsync(new Uri(Town, "sign-ins/new"));
        await SignInAsync(page, "sewa-sasaetai");
        await TakeAsync(page, "today", "group-today", Wide, 640);
        await page.GetByRole(AriaRole.Link, new() { Name = "担い手をさがす活動" }).ClickAsync();
        var board = page.Url;
        await TakeAsync(page, board, "visits", Wide, 1000);
        await page.GetByRole(AriaRole.Link, new() { Name = "庭の草取り" }).ClickAsync();
        await TakeAsync(page, page.Url, "candidates", Wide, 1100);
        await TakeAsync(page, board.Replace("/visits", "/requests/new?q=1066", StringComparison.Ordinal), "intake", Wide, 900);
        await page.GotoAsync(board.Replace("/visits", "/weekly-plans", StringComparison.Ordinal));
        await page.Locator("main table th a").Nth(1).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("この週の案を作る|空いたところだけ立て直す") }).ClickAsync();
        await Expect(page.Locator("main .notice.success")).ToBeVisibleAsync();
        await ShootAsync(page, "week", Wide, 1100, "h1");
        await page.GotoAsync(board.Replace("/visits", "/closings", StringComparison.Ordinal));
        await page.Locator("main table th a").First.ClickAsync();
        await TakeAsync(page, page.Url, "closing", Wide, 1000);

        page = await chromium.OpenAsync(new Uri(Town, "sign-ins/new"));
        await SignInAsync(page, "sc-chuo");
        await page.GotoAsync(At("confirmation-requests/new"));
        await page.GetByLabel("仲宿おしゃべり会").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "確認依頼を作る" }).ClickAsync();
        await Expect(page.Locator(".letter")).ToHaveCountAsync(1);
        await ShootAsync(page, "letter", Wide, 960, ".letter");

        var link = new Uri(await page.Locator(".letter-link").InnerTextAsync());
        page = await chromium.OpenAsync(new Uri(Town, link.PathAndQuery));
        await ShootAsync(page, "confirmation", Phone, 800);
        await ShootAsync(page, "confirmation-answer", Phone, 800, "main form");
    }

    [Fact(Explicit = true)]
    public async Task Of_officers()
    {
        var page = await chromium.OpenAsync(new Uri(Town, "sign-ins/new"));
        await SignInAsync(page, "shokuin");
        await page.GotoAsync(At("revisions"));
        await page.Locator("table.data th a").First.ClickAsync();
        await TakeAsync(page, page.Url, "revision", Wide, 1000);
        await TakeAsync(page, "records", "records", Wide, 800);
        await TakeAsync(page, "settings", "settings", Wide, 800);
        await TakeAsync(page, "settings/rule", "rule", Wide, 1000);
        await TakeAsync(page, "dashboard", "dashboard", Wide, 860);
        await TakeAsync(page, "annual-reports/2019", "annual-report", Wide, 800);
        await TakeAsync(page, "mutual-help-reports", "mutual-help", Wide, 1100);

        await page.GotoAsync(At("imports/new"));
        await page.GetByLabel("取り込むもの").SelectOptionAsync("resources");
        await page.GetByLabel("ファイル").SetInputFilesAsync(new FilePayload { Name = "資源一覧.csv", MimeType = "text/csv", Buffer = Table });
        await page.GetByRole(AriaRole.Button, new() { Name = "確かめる" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "取り込むとどうなるか" })).ToBeVisibleAsync();
        await ShootAsync(page, "import", Wide, 1100);
        await ShootAsync(page, "import-rows", Wide, 640, "#problems");
    }

    [Fact(Explicit = true)]
    public async Task Of_administrators()
    {
        var page = await chromium.OpenAsync(new Uri(Town, "sign-ins/new"));
        await SignInAsync(page, "kanri");
        await page.GotoAsync(At("accounts"));
        await page.GetByRole(AriaRole.Link, new() { Name = "桑原 弓子" }).ClickAsync();
        await TakeAsync(page, page.Url, "account", Wide, 900);
        await page.GetByRole(AriaRole.Link, new() { Name = "役割を付ける" }).ClickAsync();
        await TakeAsync(page, page.Url, "role", Wide, 900);
        await TakeAsync(page, "account/second-factor/new", "second-factor", Wide, 900);
        await TakeAsync(page, "audit", "audit", Wide, 900);
    }

    /// <summary>A table with a good row, one with a doubt and one that is refused.</summary>
    private static byte[] Table => System.Text.Encoding.UTF8.GetBytes("""
        NO,資源名,カテゴリ,所在地,曜日時間,料金,電話,連絡先メモ
        1,ひまわり体操会,体操・運動,みほん市本町一丁目2-3,毎週火曜 10:00〜11:30,無料,0999-20-0001,午前中に
        2,なごみ茶話会,サロン・お茶会,みほん市本町九丁目1-1,気が向いた日,100円,999200002,
        3,おしゃべり広場,おしゃべり,みほん市仲宿町3-8,第2・第4木曜 午後,50,0999-20-0003,
        """);

    private static string At(string path) => new Uri(Town, path).ToString();

    private static async Task SignInAsync(IPage page, string name)
    {
        await page.GetByLabel("メールアドレス").FillAsync($"{name}@mihon.example.jp");
        await page.GetByLabel("パスワード").FillAsync(DemoTown.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "サインインする" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "サインアウト" })).ToBeVisibleAsync();
    }

    private static async Task TakeAsync(IPage page, string path, string name, int width, int height, string? from = null)
    {
        await page.SetViewportSizeAsync(width, height);
        await page.GotoAsync(At(path));
        await ShootAsync(page, name, width, height, from);
    }

    /// <param name="from">What stands at the top of the picture; the top of the page when not given.</param>
    private static async Task ShootAsync(IPage page, string name, int width, int height, string? from = null)
    {
        await page.SetViewportSizeAsync(width, height);
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await page.EvaluateAsync("from => from ? document.querySelector(from).scrollIntoView() : window.scrollTo(0, 0)", from);
        var file = Path.Combine(Folder, $"{name}-{width}.png");
        await page.ScreenshotAsync(new() { Path = file, Animations = ScreenshotAnimations.Disabled });

        Assert.InRange(new FileInfo(file).Length, 1, LargestFile);
    }
}
