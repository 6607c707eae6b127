using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;

namespace Sasaeai.Commands;

public static class VerifyAudit
{
    public static Command Command()
    {
        var town = TownCommand.TownOption();
        var command = new Command("verify-audit", "操作の記録が書き換えられていないことを確かめる") { town };
        command.SetAction((parsed, cancellation) => TownCommand.RunAsync(parsed.GetValue(town)!, async services =>
        {
            var db = services.GetRequiredService<AppDb>();
            if (await FirstBrokenAsync(db) is { } broken)
            {
                await Console.Error.WriteLineAsync($"記録の鎖が {broken.No} 番で切れています: {broken.Reason}");
                return CommandLine.Refused;
            }

            var end = (await db.Database.SqlQuery<string>($"select no || ' 番 ' || encode(hash, 'hex') as \"Value\" from app.audit_head where municipality_id = {db.TownId}").ToListAsync(cancellation)).SingleOrDefault();
            Console.WriteLine($"{await db.AuditEntries.CountAsync(cancellation)} 件の記録に異常はありません。鎖の終わり: {end ?? "まだありません"}");
            return CommandLine.Done;
        }, cancellation));
        return command;
    }

    public sealed record Broken(long No, string Reason);

    /// <summary>The first entry that does not fit the town's chain, or null.</summary>
    public static async Task<Broken?> FirstBrokenAsync(AppDb db) =>
        (await db.Database.SqlQueryRaw<Broken>("select no as \"No\", reason as \"Reason\" from app.first_broken_audit_entry()").ToListAsync()).SingleOrDefault();
}
