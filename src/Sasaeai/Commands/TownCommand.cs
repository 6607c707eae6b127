using System.CommandLine;
using Sasaeai.Data;
using Sasaeai.Features;
using Sasaeai.Web;

namespace Sasaeai.Commands;

/// <summary>A command that works in one town: its services, and one transaction for all it does.</summary>
public static class TownCommand
{
    public static Option<string> TownOption() => new("--town") { Description = "町の識別名(アドレスの最初の部分。例: mihon)", Required = true };

    /// <summary>Runs the work in the town's transaction and commits it, unless the work refuses.</summary>
    public static async Task<int> RunAsync(string slug, Func<IServiceProvider, Task<int>> work, CancellationToken cancellation = default)
    {
        await using var services = new ServiceCollection().AddLogging().AddTownServices(Settings.Read(Environment.GetEnvironmentVariable)).BuildServiceProvider();
        return await RunAsync(services, slug, work, cancellation);
    }

    public static async Task<int> RunAsync(IServiceProvider services, string slug, Func<IServiceProvider, Task<int>> work, CancellationToken cancellation = default)
    {
        var town = await services.GetRequiredService<Towns>().FindAsync(slug, cancellation)
            ?? throw new RuleBrokenException($"「{slug}」という市町村は登録されていません。sasaeai town add で登録してください。");
        await using var scope = services.CreateAsyncScope();
        var transaction = scope.ServiceProvider.GetRequiredService<TownTransaction>();
        scope.ServiceProvider.GetRequiredService<AuditTrail>().Actor = Actor.Command;
        await transaction.BeginAsync(town, cancellation);
        await scope.ServiceProvider.GetRequiredService<AppDb>().SeeAllGroupsAsync();
        var code = await work(scope.ServiceProvider);
        await (code == CommandLine.Done ? transaction.CommitAsync() : transaction.RollbackAsync());
        return code;
    }
}
