using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Sasaeai.Features;
using Sasaeai.Tables;
using Sasaeai.Web;

namespace Sasaeai.Commands;

/// <summary>The program as a command line. Exit codes: 0 done, 1 refused (the message says why), 2 wrong usage.</summary>
public static partial class CommandLine
{
    public const int Done = 0, Refused = 1, WrongUsage = 2;

    public static async Task<int> RunAsync(string[] args)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("ja");     // usage and its errors
        var root = new RootCommand("ささえあい — 生活支援体制整備のための公開ソフトウェア")
        {
            Serve.Command(),
            Migrate.Command(),
            TownAdd.Command(),
            AccountAdd.Command(),
            Import.Command(),
            Export.Command(),
            Report.Command(),
            Demo.Command(),
            VerifyAudit.Command(),
            Ledger.Command(),
        };
        root.Options.OfType<HelpOption>().Single().Description = "使い方を表示する";
        root.Options.OfType<VersionOption>().Single().Description = "版を表示する";
        var parsed = root.Parse(args);
        if (args.Length == 0)
        {
            await root.Parse(["--help"]).InvokeAsync();
            return WrongUsage;
        }

        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                Tell(InJapanese(error.Message));
            }

            Tell($"使い方: ./sasaeai {string.Join(' ', CommandsOf(parsed.CommandResult).Reverse().Skip(1).Append("--help"))}");
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

    private static IEnumerable<string> CommandsOf(SymbolResult? result)
    {
        for (; result is not null; result = result.Parent)
        {
            if (result is CommandResult command)
            {
                yield return command.Command.Name;
            }
        }
    }

    /// <summary>The library has some of its sentences in Japanese, and not these.</summary>
    private static string InJapanese(string message) =>
        MissingOption().Match(message) is { Success: true } missing ? $"{missing.Groups["option"].Value} を指定してください。"
        : UnreadableValue().Match(message) is { Success: true } value ? $"{value.Groups["option"].Value} に「{value.Groups["value"].Value}」は使えません。{string.Join("、", value.Groups["choice"].Captures.Select(choice => choice.Value.Trim()))}"
        : message.Replace("。.", "。", StringComparison.Ordinal);

    [GeneratedRegex("^Option '(?<option>[^']+)' is required")]
    private static partial Regex MissingOption();

    [GeneratedRegex(@"^Cannot parse argument '(?<value>[^']*)' for (?:option|command|argument) '(?<option>[^']+)' as expected type '[^']*'\.(?: Did you mean one of the following\?(?:\s*\n(?<choice>\s*\S+))*)?")]
    private static partial Regex UnreadableValue();

    /// <summary>What to tell the person, or null when the error is a fault of the program.</summary>
    private static string? Sentence(Exception error) => error switch
    {
        RuleBrokenException or SettingException or TableRefusedException => error.Message,
        NotFoundException => "指定されたものが見つかりません。",
        IOException { InnerException: Microsoft.AspNetCore.Connections.AddressInUseException } => "ポートがほかのプログラムに使われています。SASAEAI_URLS で別のポート(例: http://127.0.0.1:8081)を指定してください。",
        SocketException { SocketErrorCode: SocketError.AddressNotAvailable or SocketError.AccessDenied } => "SASAEAI_URLS のアドレスで待ち受けられません。この機械のアドレスと、使ってよいポート(1024以上)を指定してください。",
        PostgresException { SqlState: PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName or PostgresErrorCodes.UndefinedColumn or PostgresErrorCodes.UndefinedFunction } => "データベースの表がないか、古いままです。先に migrate を実行してください(./sasaeai migrate)。",
        PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege } => "データベースの利用者に、この操作の権限がありません。SASAEAI_OWNER_DB には表の持ち主を、SASAEAI_DB には sasaeai_web のような利用者を指定してください。",
        PostgresException { SqlState: "28P01" or "28000" } => "データベースに接続できません。接続文字列の利用者名かパスワードが違います。",
        PostgresException { SqlState: "3D000" } => "データベースに接続できません。接続文字列のデータベース名が違うか、まだ作られていません。",
        ArgumentException { StackTrace: { } trace } when trace.Contains("NpgsqlConnectionStringBuilder", StringComparison.Ordinal) => "接続文字列を読めません。Host=…;Database=…;Username=…;Password=… の形で指定してください。",
        DbUpdateException { InnerException: PostgresException inner } => Sentence(inner),
        _ when ErrorPages.IsDatabaseGone(error) => "データベースに接続できません。接続文字列のホストとポート、データベースが動いていることを確かめてください。",
        IOException or UnauthorizedAccessException => "ファイルを読み書きできませんでした。場所と名前、権限、ディスクの空きを確かめてください。",
        _ => null,
    };

    /// <summary>Makes the file that a command writes.</summary>
    /// <exception cref="RuleBrokenException">It cannot be made there.</exception>
    public static Stream Create(string path)
    {
        try
        {
            return File.Create(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new RuleBrokenException($"{path} を作れません。フォルダーがあり、書き込めることを確かめてください。");
        }
    }

    /// <summary>Tells at the terminal where long work has come to; what is asked for goes to standard output.</summary>
    public static void Tell(string line) => Console.Error.WriteLine(line);
}
