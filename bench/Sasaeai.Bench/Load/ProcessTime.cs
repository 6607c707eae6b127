using System.Globalization;
using System.Text;

namespace Sasaeai.Bench.Load;

/// <summary>Processor time from /proc, which is steadier than latencies on a machine that others use too.</summary>
public readonly record struct ProcessTime(double Microseconds)
{
    private const double MicrosecondsPerTick = 10_000;

    public static ProcessTime Of(int process) => new(Ticks(process) * MicrosecondsPerTick);

    /// <summary>The backends of a database on this machine, by the title that PostgreSQL gives them.</summary>
    public static ProcessTime OfDatabase(string name) => new(MicrosecondsPerTick * Directory.EnumerateDirectories("/proc")
        .Select(folder => int.TryParse(Path.GetFileName(folder), out var process) ? process : 0)
        .Where(process => process > 0 && Title(process) is { } title && title.StartsWith("postgres: ", StringComparison.Ordinal) && title.Contains($" {name} ", StringComparison.Ordinal))
        .Sum(Ticks));

    public static ProcessTime operator -(ProcessTime later, ProcessTime earlier) => new(later.Microseconds - earlier.Microseconds);

    /// <summary>A field of /proc/…/status in bytes, such as VmRSS.</summary>
    public static long Status(int process, string field) =>
        File.ReadLines($"/proc/{process}/status").FirstOrDefault(line => line.StartsWith(field, StringComparison.Ordinal)) is { } line
            ? 1024 * long.Parse(line.AsSpan(field.Length + 1).Trim().TrimEnd(" kB"), NumberStyles.Integer) : 0;

    private static double Ticks(int process)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{process}/stat");
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return long.Parse(fields[11]) + long.Parse(fields[12]);
        }
        catch (IOException)
        {
            return 0;   // it has just ended
        }
    }

    private static string? Title(int process)
    {
        try
        {
            return Encoding.UTF8.GetString(File.ReadAllBytes($"/proc/{process}/cmdline")).Replace('\0', ' ');
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
