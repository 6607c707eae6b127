using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Web;

namespace Sasaeai.Commands;

/// <summary>Checks the books of mutual help in a live town, or in all of them.</summary>
public static class Ledger
{
    public static Command Command()
    {
        var town = new Option<string?>("--town") { Description = "町の識別名。書かなければ、すべての市町村" };
        var verify = new Command("verify", "助け合いの帳簿がすべて合っていることを確かめる") { town };
        verify.SetAction(async (parsed, cancellation) =>
        {
            var slugs = parsed.GetValue(town) is { } one ? [one] : await SlugsAsync(cancellation);
            var worst = CommandLine.Done;
            foreach (var slug in slugs)
            {
                worst = Math.Max(worst, await TownCommand.RunAsync(slug, services => VerifyAsync(services.GetRequiredService<AppDb>(), slug, Console.Out), cancellation));
            }

            return worst;
        });
        return new Command("ledger", "助け合いの帳簿") { verify };
    }

    /// <summary>Tells each fault of the current town's books.</summary>
    /// <returns><see cref="CommandLine.Refused"/> when there is one.</returns>
    public static async Task<int> VerifyAsync(AppDb db, string slug, TextWriter told)
    {
        var faults = await FaultsAsync(db);
        foreach (var fault in faults)
        {
            await told.WriteLineAsync($"{slug}: {fault.Name}: {fault.Words}");
        }

        await told.WriteLineAsync($"{slug}: {await db.LedgerEntries.CountAsync():N0} 行の帳簿に、{(faults.Count == 0 ? "異常はありません" : $"{faults.Count}件の異常があります")}。");
        return faults.Count == 0 ? CommandLine.Done : CommandLine.Refused;
    }

    public static Task<List<Fault>> FaultsAsync(AppDb db) => db.Database.SqlQueryRaw<Fault>(
        "select coalesce(g.name, '') as \"Name\", f.fault as \"Words\" from app.ledger_faults() f left join app.help_group g on g.municipality_id = app.current_municipality() and g.id = f.group_id").ToListAsync();

    public sealed record Fault(string Name, string Words);

    private static async Task<IReadOnlyList<string>> SlugsAsync(CancellationToken cancellation)
    {
        await using var services = new ServiceCollection().AddLogging().AddTownServices(Settings.Read(Environment.GetEnvironmentVariable)).BuildServiceProvider();
        return [.. (await services.GetRequiredService<Towns>().AllAsync(cancellation)).Where(town => town.Kind == MunicipalityKind.Municipality).Select(town => town.Slug)];
    }
}
