using System.Diagnostics;
using Sasaeai.Features;

namespace Sasaeai.Web;

/// <summary>
/// Makes a PDF by the browser of the machine (Chromium), because only a browser sets Japanese with its line breaking and
/// writes tagged PDF from HTML. It runs without a network, with a profile of its own that is thrown away, one at a time.
/// </summary>
public sealed class Printer(Settings settings)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);
    private static readonly string[] Known = ["chromium", "chromium-browser", "google-chrome"];
    private static readonly SemaphoreSlim one = new(1);

    /// <summary>Path of the browser: SASAEAI_CHROMIUM, else what the distribution installs; null when there is none.</summary>
    public string? Browser => settings.Chromium is { } named ? Find(named) : Known.Select(Find).FirstOrDefault(path => path is not null);

    /// <param name="html">A whole page that needs nothing from outside, and forbids scripts itself (headless Chromium prints by a script of its own, so it cannot be told to run none).</param>
    /// <exception cref="RuleBrokenException">There is no browser, or it did not finish.</exception>
    public async Task<byte[]> PrintAsync(string html, CancellationToken cancellation = default)
    {
        var browser = Browser ?? throw new RuleBrokenException(settings.Chromium is { } named
            ? $"PDFを作るブラウザー(SASAEAI_CHROMIUM の {named})が見つかりません。場所を確かめるか、HTMLを開いて印刷してください。"
            : "PDFを作るブラウザー(chromium)がこのサーバーにありません。管理者に「apt install chromium fonts-noto-cjk」を頼むか、HTMLを開いて印刷してください。");
        await one.WaitAsync(cancellation);
        var folder = System.IO.Directory.CreateTempSubdirectory("sasaeai-print-");
        try
        {
            var (page, pdf) = (Path.Combine(folder.FullName, "page.html"), Path.Combine(folder.FullName, "page.pdf"));
            await File.WriteAllTextAsync(page, html, cancellation);
            using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            time.CancelAfter(Longest);
            await RunAsync(browser, folder.FullName, page, pdf, time.Token);
            return File.Exists(pdf) ? await File.ReadAllBytesAsync(pdf, cancellation) : throw new RuleBrokenException("ブラウザーがPDFを作れませんでした。HTMLを開いて印刷してください。");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new RuleBrokenException($"PDFが{Longest.TotalSeconds:0}秒たってもできませんでした。時間をおいてもう一度試すか、HTMLを開いて印刷してください。");
        }
        finally
        {
            folder.Delete(recursive: true);
            one.Release();
        }
    }

    private static async Task RunAsync(string browser, string folder, string page, string pdf, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(browser) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        foreach (var word in Words(folder, page, pdf))
        {
            start.ArgumentList.Add(word);
        }

        start.Environment["HOME"] = folder;
        using var process = Process.Start(start)!;
        try
        {
            _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
            _ = process.StandardError.ReadToEndAsync(CancellationToken.None);
            await process.WaitForExitAsync(cancellation);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync(CancellationToken.None);
            }
        }
    }

    private static IEnumerable<string> Words(string folder, string page, string pdf) =>
    [
        "--headless", "--disable-gpu", $"--user-data-dir={Path.Combine(folder, "profile")}", "--no-first-run", "--disable-extensions", "--disable-sync", "--disable-background-networking",
        "--disable-component-update", "--disable-dev-shm-usage", "--proxy-server=127.0.0.1:9", "--host-resolver-rules=MAP * ~NOTFOUND",
        .. Environment.IsPrivilegedProcess ? ["--no-sandbox"] : Array.Empty<string>(),     // root has no sandbox to run in; the page is ours, escaped and without script
        "--no-pdf-header-footer", "--generate-pdf-document-outline", "--export-tagged-pdf", $"--print-to-pdf={pdf}", new Uri(page).AbsoluteUri,
    ];

    private static string? Find(string name) => name.Contains('/') ? File.Exists(name) ? name : null
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
}
