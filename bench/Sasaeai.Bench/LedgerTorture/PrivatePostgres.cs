using System.Diagnostics;

namespace Sasaeai.Bench.LedgerTorture;

/// <summary>A PostgreSQL of one run, in a folder of its own, that may be killed.</summary>
public sealed class PrivatePostgres : IAsyncDisposable
{
    private readonly string folder = System.IO.Directory.CreateTempSubdirectory("sasaeai-torture-").FullName;
    private readonly string programs = System.IO.Directory.EnumerateDirectories("/usr/lib/postgresql").OrderByDescending(path => int.Parse(Path.GetFileName(path))).Select(path => Path.Combine(path, "bin")).First(path => File.Exists(Path.Combine(path, "postgres")));

    private PrivatePostgres()
    {
    }

    public string Connection => $"Host={folder};Port=5432;Username=postgres;Timeout=5";

    public static async Task<PrivatePostgres> StartAsync()
    {
        var postgres = new PrivatePostgres();
        if (Environment.IsPrivilegedProcess)
        {
            await RunAsync("chown", "postgres:", postgres.folder);
        }

        await postgres.AsServerAsync("initdb", "-D", postgres.Data, "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8", "--auth=trust", "--no-sync");
        await postgres.AsServerAsync("pg_ctl", postgres.Start);
        return postgres;
    }

    /// <summary>As if the power went: the server dies without a word, and recovers from its log.</summary>
    public async Task KillAsync()
    {
        var pid = int.Parse(File.ReadLines(Path.Combine(Data, "postmaster.pid")).First());
        using var server = Process.GetProcessById(pid);
        server.Kill();
        await server.WaitForExitAsync();
        for (var tries = 0; ; tries++)
        {
            try
            {
                await Task.Delay(200);      // its children notice, and leave the shared memory
                await AsServerAsync("pg_ctl", Start);
                return;
            }
            catch (InvalidOperationException) when (tries < 50)
            {
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await AsServerAsync("pg_ctl", "stop", "-s", "-w", "-m", "immediate", "-D", Data);
        System.IO.Directory.Delete(folder, recursive: true);
    }

    private string Data => Path.Combine(folder, "data");

    private string[] Start => ["start", "-s", "-w", "-t", "60", "-D", Data, "-l", Path.Combine(folder, "log"), "-o", $"-c listen_addresses= -c unix_socket_directories={folder} -c port=5432 -c max_connections=120 -c shared_buffers=128MB -c fsync=off -c jit=off"];

    private Task AsServerAsync(string program, params string[] words)
    {
        var path = Path.Combine(programs, program);
        return Environment.IsPrivilegedProcess ? RunAsync("setpriv", ["--reuid=postgres", "--regid=postgres", "--init-groups", path, .. words]) : RunAsync(path, words);
    }

    private static async Task RunAsync(string program, params string[] words)
    {
        using var process = Process.Start(new ProcessStartInfo(program, words) { WorkingDirectory = "/", RedirectStandardOutput = program != "setpriv" || !words.Contains("start"), RedirectStandardError = false })!;
        if (process.StartInfo.RedirectStandardOutput)
        {
            await process.StandardOutput.ReadToEndAsync();
        }

        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', words)}: {process.ExitCode}");
        }
    }
}
