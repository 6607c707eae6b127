using System.Diagnostics;

namespace Sasaeai.Tests.Commands;

/// <summary>The program as somebody at a terminal runs it.</summary>
internal static class Program
{
    public sealed record Ran(int Code, byte[] Bytes, string Errors)
    {
        public string Text => System.Text.Encoding.UTF8.GetString(Bytes);
    }

    public static Task<Ran> RunAsync(this TestApp app, params string[] arguments) => app.RunAsync(new Dictionary<string, string>(), "", arguments);

    /// <param name="environment">Besides, or instead of, the connections of this test.</param>
    /// <param name="input">What is typed.</param>
    public static async Task<Ran> RunAsync(this TestApp app, IReadOnlyDictionary<string, string> environment, string input, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Sasaeai.dll"), .. arguments])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
            Environment = { ["SASAEAI_DB"] = app.WebConnection, ["SASAEAI_OWNER_DB"] = app.OwnerConnection, ["SASAEAI_DATA"] = app.Settings.DataFolder },
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        using var output = new MemoryStream();
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.StandardOutput.BaseStream.CopyToAsync(output, TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new Ran(process.ExitCode, output.ToArray(), await errors);
    }
}
