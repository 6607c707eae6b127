using Microsoft.Playwright;
using Sasaeai.Tests.Browser;

[assembly: AssemblyFixture(typeof(Chromium))]

namespace Sasaeai.Tests.Browser;

/// <summary>One headless Chromium for all tests, started by the first that opens a page. CHROMIUM names another program.</summary>
public sealed class Chromium : IAsyncDisposable
{
    private readonly Lazy<Task<(IPlaywright Playwright, IBrowser Browser)>> started = new(StartAsync);

    /// <summary>Opens the address in a context of its own: no cookie is shared with another test.</summary>
    /// <param name="width">CSS pixels; 360 is a phone.</param>
    public async Task<IPage> OpenAsync(Uri url, bool javaScript = true, int width = 1280)
    {
        var browser = (await started.Value).Browser;
        var context = await browser.NewContextAsync(new()
        {
            JavaScriptEnabled = javaScript,
            Locale = "ja-JP",
            TimezoneId = "Asia/Tokyo",
            ViewportSize = new() { Width = width, Height = 900 },
            ReducedMotion = ReducedMotion.Reduce,
        });
        var page = await context.NewPageAsync();
        await page.GotoAsync(url.ToString());
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        if (started.IsValueCreated)
        {
            var (playwright, browser) = await started.Value;
            await browser.DisposeAsync();
            playwright.Dispose();
        }
    }

    private static async Task<(IPlaywright, IBrowser)> StartAsync()
    {
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium",
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync",
            ],
        });
        return (playwright, browser);
    }
}
