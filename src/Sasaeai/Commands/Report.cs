using System.CommandLine;
using Sasaeai.Data;
using Sasaeai.Features;
using Sasaeai.Features.AnnualReports;
using Sasaeai.Japanese;

namespace Sasaeai.Commands;

/// <summary>Papers that come out of the records.</summary>
public static class Report
{
    public static Command Command() => new("report", "記録から資料を作る") { Annual(), MutualHelpReports.Command() };

    private static Command Annual()
    {
        var town = TownCommand.TownOption();
        var year = new Option<string>("--fiscal-year") { Description = "年度。R1、H30、令和元年度、2019 のどれでも", Required = true };
        var format = new Option<ReportFormat>("--format") { Description = "html, docx, xlsx, json, pdf", DefaultValueFactory = _ => ReportFormat.Html };
        var file = new Option<string?>("--out") { Description = "書き出すファイル。指定しなければ標準出力" };
        var command = new Command("annual", $"年次の資料「{AnnualReport.Title}」") { town, year, format, file };
        command.SetAction((parsed, cancellation) => TownCommand.RunAsync(parsed.GetValue(town)!, async services =>
        {
            var text = parsed.GetValue(year)!;
            Rule.Require(FiscalYear.TryRead(text, out var fiscalYear), $"「{text}」を年度として読めません。R1、H30、令和元年度、2019 のように指定してください。");
            var report = await services.GetRequiredService<AnnualReportReading>().MakeAsync(fiscalYear);
            var bytes = await services.GetRequiredService<AnnualReportFiles>().WriteAsync(report, parsed.GetValue(format), cancellation);
            await using var output = parsed.GetValue(file) is { } path ? CommandLine.Create(path) : Console.OpenStandardOutput();
            await output.WriteAsync(bytes, cancellation);
            services.GetRequiredService<AuditTrail>().Note("export", "annual_report", fiscalYear.Year, note: $"{fiscalYear.Label} {parsed.GetValue(format)}");
            return CommandLine.Done;
        }, cancellation));
        return command;
    }
}
