using System.CommandLine;
using Npgsql;
using Sasaeai.Features;
using Sasaeai.Tables;
using Sasaeai.Web;

namespace Sasaeai.Commands;

/// <summary>The program as a command line. Exit codes: 0 done, 1 refused (the message says why), 2 wrong usage.</summary>
public static class CommandLine
{
    public const int Done = 0, Refused = 1, WrongUsage = 2;

    public static async Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand("ささえあい — 生活支援体制整備のための公開ソフトウェア")
        {
            Serve.Command(),
            Migrate.Command(),
            TownAdd.Command(),
            AccountAdd.Command(),
            Import.Command(),
            Export.Command(),
            new Command("report", "記録から資料を作る") { MutualHelpReports.Command() },
            Demo.Command(),
            VerifyAudit.Command(),
            Ledger.Command(),
        };
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            await parsed.InvokeAsync();
            return WrongUsage;
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (Exception error) when (Sentence(error) is { } sentence)
        {
            await Console.Error.WriteLineAsync(sentence);
            return Refused;
        }
    }

    /// <summary>What to tell the person, or null when the error is a fault of the program.</summary>
    private static string? Sentence(Exception error) => error switch
    {
        RuleBrokenException or SettingException or TableRefusedException => error.Message,
        NotFoundException => "指定されたものが見つかりません。",
        IOException { InnerException: Microsoft.AspNetCore.Connections.AddressInUseException } => "ポートがほかのプログラムに使われています。SASAEAI_URLS で別のポート(例: http://127.0.0.1:8081)を指定してください。",
        PostgresException { SqlState: "28P01" or "28000" } => "データベースに接続できません。接続文字列の利用者名かパスワードが違います。",
        PostgresException { SqlState: "3D000" } => "データベースに接続できません。接続文字列のデータベース名が違うか、まだ作られていません。",
        ArgumentException { StackTrace: { } trace } when trace.Contains("NpgsqlConnectionStringBuilder", StringComparison.Ordinal) => "接続文字列を読めません。Host=…;Database=…;Username=…;Password=… の形で指定してください。",
        _ when ErrorPages.IsDatabaseGone(error) => "データベースに接続できません。接続文字列のホストとポート、データベースが動いていることを確かめてください。",
        _ => null,
    };
}
