using Sasaeai.Tables;
using Sasaeai.Web;

namespace Sasaeai.Features.AnnualReports;

public enum ReportFormat { Html, Docx, Xlsx, Json, Pdf }

/// <summary>The paper as a file.</summary>
public sealed class AnnualReportFiles(Printer printer)
{
    public static string MediaTypeOf(ReportFormat format) => format switch
    {
        ReportFormat.Html => "text/html; charset=utf-8",
        ReportFormat.Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ReportFormat.Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ReportFormat.Json => "application/json; charset=utf-8",
        _ => "application/pdf",
    };

    /// <exception cref="RuleBrokenException">A PDF is wanted, but there is no browser to print it, or it took too long.</exception>
    public async Task<byte[]> WriteAsync(AnnualReport report, ReportFormat format, CancellationToken cancellation = default)
    {
        switch (format)
        {
            case ReportFormat.Html:
                return System.Text.Encoding.UTF8.GetBytes(AnnualReportHtml.WholePage(report, await StylesAsync(cancellation)));
            case ReportFormat.Docx:
                return AnnualReportDocx.Write(report);
            case ReportFormat.Json:
                return AnnualReportJson.Write(report);
            case ReportFormat.Pdf:
                return await printer.PrintAsync(AnnualReportHtml.WholePage(report, await StylesAsync(cancellation)), cancellation);
            default:
                using (var file = new MemoryStream())
                {
                    await TableWriter.WriteXlsxAsync(file, [.. report.Tables.Select(table => new Sheet(table.Caption, [.. table.Columns.Select(column => column.Whole)],
                        table.Rows.Select(row => row.Select(cell => cell.Value ?? (object?)cell.Text).ToList()).ToAsyncEnumerable<IReadOnlyList<object?>>()))], cancellation);
                    return file.ToArray();
                }
        }
    }

    private static Task<string> StylesAsync(CancellationToken cancellation) => System.IO.File.ReadAllTextAsync(Path.Combine(WebServer.WebRoot(), "css", "paper.css"), cancellation);
}
