using System.Globalization;
using System.Net;
using System.Text;
using Sasaeai.Data;
using Sasaeai.Japanese;
using Sasaeai.Tables;

namespace Sasaeai.Features.MutualHelpReports;

public enum MutualHelpFormat { Html, Xlsx, Json }

/// <summary>The report as a file, with small counts hidden.</summary>
public static class MutualHelpFiles
{
    private static readonly string[] Header = ["区分", "名前", "相談", "需給調整", "需給調整の割合", "活動", "活動時間（分）", "応えられなかった"];

    public static async Task WriteAsync(Stream output, MutualHelpReport report, ReportMask mask, MutualHelpFormat format, CancellationToken cancellation)
    {
        if (format == MutualHelpFormat.Xlsx)
        {
            await TableWriter.WriteXlsxAsync(output, "助け合いの集計", Header, RowsWithNotes(report, mask).ToAsyncEnumerable(), cancellation);
            return;
        }

        await output.WriteAsync(Encoding.UTF8.GetBytes(format == MutualHelpFormat.Json ? Json(report, mask) : Html(report, mask)), cancellation);
    }

    public static IReadOnlyList<string> Columns => Header;

    /// <summary>The figures, and below them how they were counted and rounded.</summary>
    public static IEnumerable<IReadOnlyList<object?>> RowsWithNotes(MutualHelpReport report, ReportMask mask) =>
        Rows(report, mask).Concat(new[] { report.RoundingNote(mask), MutualHelpReport.TimeNote }.Select(note => (IReadOnlyList<object?>)["注", note, null, null, null, null, null, null]));

    private static IEnumerable<IReadOnlyList<object?>> Rows(MutualHelpReport report, ReportMask mask)
    {
        var total = report.Total.Adjustments;
        foreach (var (part, line) in Lines(report))
        {
            yield return [part, line.Name, Cell(line.Consultations), Cell(line.Adjustments), mask.Unless(Share.Of(line.Adjustments, total), line.Adjustments), Cell(line.Visits), mask.Hides(line.Visits) ? "—" : line.Minutes, Cell(line.Unmet)];
        }

        object Cell(int count) => mask.Hides(count) ? mask.Count(count) : count;
    }

    private static IEnumerable<(string Part, ReportLine Line)> Lines(MutualHelpReport report) =>
        new[] { ("合計", report.Total) }.Concat(report.Categories.Select(one => ("内容", one.Line))).Concat(report.Months.Select(one => ("月", one.Line))).Concat(report.ByGroup.Select(one => ("団体", one.Line))).Concat(report.ByArea.Select(line => ("地区", line)));

    /// <summary>A hidden count is a text, so that nobody adds it up by mistake.</summary>
    private static string Json(MutualHelpReport report, ReportMask mask)
    {
        return JsonColumn.Write(new
        {
            report.Town, report.From, report.Until, ActiveHelpers = Count(report.Helpers), ActiveUsers = Count(report.Users), report.Continuity, DaysToVisit = report.Wait, Total = Line(report.Total),
            Categories = report.Categories.Select(one => new { one.Code, Share = mask.Unless(Share.Of(one.Line.Adjustments, report.Total.Adjustments), one.Line.Adjustments), Counts = Line(one.Line) }),
            Months = report.Months.Select(one => new { Month = one.Month.ToString("yyyy-MM", CultureInfo.InvariantCulture), Counts = Line(one.Line) }),
            Groups = report.ByGroup.Select(one => new
            {
                Counts = Line(one.Line), Helpers = Count(report.Registers[one.Group.Id].Helpers), Users = Count(report.Registers[one.Group.Id].Users), Keepers = Count(report.Registers[one.Group.Id].Keepers),
                TicketsIssued = report.Tickets.GetValueOrDefault(one.Group.Id)?.Issued ?? 0, TicketsUsed = report.Tickets.GetValueOrDefault(one.Group.Id)?.Used ?? 0,
            }),
            Areas = report.ByArea.Select(Line), Notes = new[] { report.RoundingNote(mask), MutualHelpReport.TimeNote },
        });

        object Count(int count) => mask.Hides(count) ? mask.Count(count) : count;

        object Line(ReportLine line) => new { line.Name, Consultations = Count(line.Consultations), Adjustments = Count(line.Adjustments), Visits = Count(line.Visits), Minutes = mask.Hides(line.Visits) ? (object)"—" : line.Minutes, Unmet = Count(line.Unmet) };
    }

    private static string Html(MutualHelpReport report, ReportMask mask)
    {
        static string T(string text) => WebUtility.HtmlEncode(text);
        var html = new StringBuilder($"""
            <!DOCTYPE html>
            <html lang="ja"><head><meta charset="utf-8"><title>助け合いの集計</title></head><body>
            <h1>助け合いの集計　{T(report.Town)}</h1>
            <p>{Wareki.Date(report.From)}から{Wareki.Date(report.Until)}まで　活動した協力会員 {mask.Count(report.Helpers)}人、利用した会員 {mask.Count(report.Users)}人、同じ担い手の割合 {report.Continuity}、依頼から活動まで平均 {report.Wait}日</p>
            <table border="1"><thead><tr>{string.Concat(Header.Select(name => $"<th scope=\"col\">{T(name)}</th>"))}</tr></thead><tbody>
            """);
        foreach (var row in Rows(report, mask))
        {
            html.Append("<tr>").AppendJoin("", row.Select(cell => $"<td>{T(cell is int or long ? string.Create(CultureInfo.InvariantCulture, $"{cell:N0}") : $"{cell}")}</td>")).Append("</tr>\n");
        }

        return html.Append($"</tbody></table>\n<p>{T(report.RoundingNote(mask))}{T(MutualHelpReport.TimeNote)}</p></body></html>\n").ToString();
    }
}
