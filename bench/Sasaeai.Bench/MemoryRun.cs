using System.Diagnostics;
using Sasaeai.Bench.Load;
using Sasaeai.Web;

namespace Sasaeai.Bench;

/// <summary>What must not grow with the amount of data: the memory of a long answer and of a long command.</summary>
public static class MemoryRun
{
    /// <summary>Reads the path three times as fast as it comes, and prints the memory of the program around it.</summary>
    public static async Task FeedAsync(Settings settings, string path)
    {
        await using var product = await Child.ServerAsync("product", settings.Name());
        using var client = new HttpClient { BaseAddress = product.Url, Timeout = TimeSpan.FromMinutes(10) };
        for (var time = 1; time <= 3; time++)
        {
            var (before, cpu, watch, bytes, lines) = (product.ResidentBytes, product.Time, Stopwatch.StartNew(), 0L, 0L);
            using var response = await client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead);
            response.EnsureSuccessStatusCode();
            await using var body = await response.Content.ReadAsStreamAsync();
            var buffer = new byte[64 * 1024];
            for (int read; (read = await body.ReadAsync(buffer)) > 0; bytes += read)
            {
                lines += buffer.AsSpan(0, read).Count((byte)'\n');
            }

            Console.WriteLine($"{path}: {lines:N0} lines, {bytes / 1e6:N1} MB in {watch.Elapsed.TotalSeconds:N1} s ({(product.Time - cpu).Microseconds / 1e6:N1} s of processor); memory {before / 1e6:N0} → {product.ResidentBytes / 1e6:N0} MB, at most {product.PeakBytes / 1e6:N0} MB");
        }
    }

    /// <summary>Runs a command of the program as people run it.</summary>
    public static async Task CommandAsync(Settings settings, string[] words)
    {
        var program = typeof(WebServer).Assembly.Location;
        var start = new ProcessStartInfo("dotnet", [program, .. words]) { Environment = { ["SASAEAI_DB"] = settings.Db, ["SASAEAI_OWNER_DB"] = settings.OwnerDb, ["SASAEAI_DATA"] = settings.DataFolder, ["DOTNET_TieredPGO"] = "0" } };
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        var (peak, cpu) = (0L, default(ProcessTime));
        while (!process.HasExited)
        {
            try
            {
                (peak, cpu) = (Math.Max(peak, ProcessTime.Status(process.Id, "VmHWM")), ProcessTime.Of(process.Id));
            }
            catch (IOException)
            {
                break;  // it has just ended
            }

            await Task.Delay(20);
        }

        await process.WaitForExitAsync();
        Console.WriteLine($"{string.Join(' ', words)}: exit {process.ExitCode}, {watch.Elapsed.TotalSeconds:N1} s ({cpu.Microseconds / 1e6:N1} s of processor), at most {peak / 1e6:N0} MB");
    }
}
