using System.Diagnostics;
using Sasaeai.Commands;
using Sasaeai.Features.Accounts;

namespace Sasaeai.Tests.Commands;

public class VerifyAuditTests(TestApp app)
{
    /// <summary>Runs the program as a person at a terminal does.</summary>
    private async Task<(int Code, string Said)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(CommandLine).Assembly.Location, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["SASAEAI_DB"] = app.WebConnection;
        start.Environment["SASAEAI_DATA"] = app.Settings.DataFolder;
        using var program = Process.Start(start)!;
        var said = await Task.WhenAll(program.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), program.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        await program.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (program.ExitCode, string.Concat(said));
    }

    [Fact]
    public async Task The_command_names_the_first_broken_entry_and_ends_with_1()
    {
        var town = await app.CreateTownAsync();
        await town.AddAccountAsync(Role.Administrator);

        var whole = await RunAsync("verify-audit", "--town", town.Slug);
        Assert.True(whole.Code == CommandLine.Done, whole.Said);
        Assert.Contains("件の記録に異常はありません", whole.Said);

        await town.ScalarAsync($"update app.audit_entry set note = 'x' where municipality_id = {town.Id} and no = 2");
        var broken = await RunAsync("verify-audit", "--town", town.Slug);
        Assert.Equal(CommandLine.Refused, broken.Code);
        Assert.Contains("2 番で切れています: 内容が書き換えられています。", broken.Said);

        var unknown = await RunAsync("verify-audit", "--town", "no-such-town");
        Assert.Equal(CommandLine.Refused, unknown.Code);
        Assert.Contains("登録されていません", unknown.Said);
        Assert.Equal(CommandLine.WrongUsage, (await RunAsync("verify-audit")).Code);
    }
}
