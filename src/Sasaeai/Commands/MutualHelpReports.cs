using System.CommandLine;
using Sasaeai.Data;
using Sasaeai.Features;
using Sasaeai.Features.MutualHelpReports;
using Sasaeai.Features.Resources;
using Sasaeai.Japanese;

namespace Sasaeai.Commands;

public static class MutualHelpReports
{
    public static Command Command()
    {
        var town = TownCommand.TownOption();
        var from = new Option<string>("--from") { Description = "始まりの日。例: 2026-04-01、令和8年4月1日", Required = true };
        var until = new Option<string>("--to") { Description = "終わりの日", Required = true };
        var format = new Option<MutualHelpFormat>("--format") { Description = "html, xlsx, json", DefaultValueFactory = _ => MutualHelpFormat.Html };
        var file = new Option<string?>("--out") { Description = "書き出すファイル。指定しなければ標準出力" };
        var command = new Command("mutual-help", "助け合いの集計") { town, from, until, format, file };
        command.SetAction((parsed, cancellation) => TownCommand.RunAsync(parsed.GetValue(town)!, async services =>
        {
            var (first, last) = (Day(parsed.GetValue(from)!), Day(parsed.GetValue(until)!));
            var report = await services.GetRequiredService<HelpFigures>().ReportAsync(services.GetRequiredService<CurrentTown>().Municipality.Name, first, last);
            var mask = new ReportMask((await services.GetRequiredService<AppDb>().RuleAsync()).SmallCount);
            await using var output = parsed.GetValue(file) is { } path ? CommandLine.Create(path) : Console.OpenStandardOutput();
            await MutualHelpFiles.WriteAsync(output, report, mask, parsed.GetValue(format), cancellation);
            services.GetRequiredService<AuditTrail>().Note("export", "mutual_help_report", $"{first:yyyy-MM-dd}", note: $"{first:yyyy-MM-dd}から{last:yyyy-MM-dd} {parsed.GetValue(format)}");
            return CommandLine.Done;
        }, cancellation));
        return command;
    }

    private static DateOnly Day(string text)
    {
        Rule.Require(Wareki.TryReadDate(text, out var day), $"「{text}」を日付として読めません。2026-04-01 か 令和8年4月1日 のように指定してください。");
        return day;
    }
}
