using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace Sasaeai.Bench.Load;

/// <summary>Another process of this program: the product, the floor, or the load.</summary>
public sealed class Child : IAsyncDisposable
{
    private readonly Process process;

    private Child(Process process, Uri url) => (this.process, Url) = (process, url);

    public Uri Url { get; }

    public ProcessTime Time => ProcessTime.Of(process.Id);

    public long ResidentBytes => Status("VmRSS");

    public long PeakBytes => Status("VmHWM");

    /// <summary>Starts a server and waits until it answers.</summary>
    public static async Task<Child> ServerAsync(string kind, string database)
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var url = new Uri($"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}");
        free.Stop();
        var child = new Child(Start([kind, "--url", url.ToString(), "--db", database]), url);
        child.process.OutputDataReceived += (_, line) => { if (line.Data?.Contains("Error") == true) { Console.Error.WriteLine(line.Data); } };
        child.process.BeginOutputReadLine();
        using var client = new HttpClient();
        for (var tries = 0; ; tries++)
        {
            try
            {
                (await client.GetAsync(new Uri(url, "/healthz"))).EnsureSuccessStatusCode();
                return child;
            }
            catch (HttpRequestException) when (tries < 100 && !child.process.HasExited)
            {
                await Task.Delay(200);
            }
        }
    }

    /// <summary>Puts load on the server from a process of its own.</summary>
    public async Task<LoadResult> LoadAsync(IEnumerable<string> paths, double seconds, int connections, int status = 200)
    {
        using var load = Start(["load", "--url", Url.ToString(), "--seconds", $"{seconds}", "--connections", $"{connections}", "--status", $"{status}"]);
        foreach (var path in paths)
        {
            await load.StandardInput.WriteLineAsync(path);
        }

        load.StandardInput.Close();
        var answer = await load.StandardOutput.ReadToEndAsync();
        return JsonSerializer.Deserialize<LoadResult>(answer)!;
    }

    public static Process Start(IEnumerable<string> words)
    {
        var program = Environment.ProcessPath!;
        var start = new ProcessStartInfo(program) { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var word in Path.GetFileNameWithoutExtension(program) == "dotnet" ? words.Prepend(typeof(Child).Assembly.Location) : words)
        {
            start.ArgumentList.Add(word);
        }

        return Process.Start(start)!;
    }

    /// <summary>Runs a server until the parent closes standard input or is gone.</summary>
    public static async Task ServeAsync(WebApplication app)
    {
        await using var serving = app;
        await app.StartAsync();
        await Console.In.ReadToEndAsync();
        await app.StopAsync();
    }

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private long Status(string field) => ProcessTime.Status(process.Id, field);
}
