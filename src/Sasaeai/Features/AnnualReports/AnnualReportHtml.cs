using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Html;
using Sasaeai.Features.Plans;
using Sasaeai.Japanese;

namespace Sasaeai.Features.AnnualReports;

/// <summary>The paper as an article of HTML: the same on the page, in the file, and in the PDF that a browser prints from it.</summary>
/// <param name="record">Makes a link of a figure's path, or null: no links.</param>
/// <param name="edit">Makes a link to where a text is written, or null: not for this reader.</param>
public sealed class AnnualReportHtml(AnnualReport report, Func<string, string>? record = null, Func<PlanPlace, string>? edit = null) : IHtmlContent
{
    /// <summary>A file that needs nothing else: its styles are in it, and it asks nobody for anything.</summary>
    public static string WholePage(AnnualReport report, string styles)
    {
        var encoder = HtmlEncoder.Create(UnicodeRanges.All);
        using var writer = new StringWriter();
        writer.Write($"<!DOCTYPE html>\n<html lang=\"ja\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n<title>{encoder.Encode($"{AnnualReport.Title} {report.Year.Label} {report.Town}")}</title>\n<style>\n{styles}\n</style>\n</head>\n<body>\n<main>\n");
        new AnnualReportHtml(report).WriteTo(writer, encoder);
        writer.Write("</main>\n</body>\n</html>\n");
        return writer.ToString();
    }

    public void WriteTo(TextWriter writer, HtmlEncoder encoder)
    {
        writer.Write($"<article class=\"paper\">\n<p class=\"paper-town\">{encoder.Encode(report.Town)}　{encoder.Encode(report.Year.Label)}</p>\n<h1>{AnnualReport.Title}</h1>\n");
        if (report.Heading != "")
        {
            writer.Write($"<p class=\"paper-heading\">{encoder.Encode(report.Heading)}</p>\n");
        }

        foreach (var part in report.Parts)
        {
            switch (part)
            {
                case ReportHeading heading:
                    writer.Write($"<h{heading.Level}>{encoder.Encode(heading.Text)}</h{heading.Level}>\n");
                    break;
                case ReportText text:
                    Write(text, writer, encoder);
                    break;
                case ReportTable table:
                    Write(table, writer, encoder);
                    break;
            }
        }

        writer.Write($"<p class=\"paper-made\">{encoder.Encode(Wareki.Date(report.MadeOn))}に、記録から作りました。</p>\n</article>\n");
    }

    private void Write(ReportText text, TextWriter writer, HtmlEncoder encoder)
    {
        if (text.Text != "")
        {
            var lines = string.Concat(text.Text.ReplaceLineEndings("\n").Split('\n').Where(line => line.Trim() != "").Select(line => $"<p>{encoder.Encode(line)}</p>\n"));
            writer.Write(text.Title is null ? lines : $"<section class=\"situation\"><h4>{encoder.Encode(text.Title)}</h4>\n{lines}</section>\n");
        }

        if (edit is not null)
        {
            var what = text.Title ?? "本文";
            writer.Write($"<p class=\"screen-only\"><a href=\"{encoder.Encode(edit(text.Place))}\">{encoder.Encode($"{what}を{(text.Text == "" ? "書く" : "直す")}")}<span class=\"visually-hidden\">（{encoder.Encode(text.Place.Section?.Words() ?? "")}）</span></a></p>\n");
        }
    }

    private void Write(ReportTable table, TextWriter writer, HtmlEncoder encoder)
    {
        // A wide table moves by itself on a phone (paper.css), so the keyboard must reach it.
        writer.Write($"<table id=\"{table.Code}\"{(table.Columns.Count > 4 ? " tabindex=\"0\"" : "")}>\n<caption>{encoder.Encode(table.Caption)}</caption>\n<thead>\n");
        WriteHeader(table, writer, encoder);
        writer.Write("</thead>\n<tbody>\n");
        for (var row = 0; row < table.Rows.Count; row++)
        {
            writer.Write("<tr>");
            for (var column = 0; column < table.Columns.Count; column++)
            {
                var cell = table.Rows[row][column];
                if (column >= table.Headings)
                {
                    writer.Write($"<td{(cell.Value is null ? "" : " class=\"number\"")}>{Linked(cell, encoder)}</td>");
                }
                else if (column == table.Headings - 1)
                {
                    writer.Write($"<th scope=\"row\">{encoder.Encode(cell.Text)}</th>");
                }
                else if (Span(table, row, column) is > 0 and var span)
                {
                    writer.Write($"<th scope=\"rowgroup\" rowspan=\"{span}\">{encoder.Encode(cell.Text)}</th>");
                }
            }

            writer.Write("</tr>\n");
        }

        writer.Write("</tbody>\n</table>\n");
        if (table.Note != "")
        {
            writer.Write($"<p class=\"note\">{encoder.Encode(table.Note)}</p>\n");
        }
    }

    private static void WriteHeader(ReportTable table, TextWriter writer, HtmlEncoder encoder)
    {
        if (!table.HasGroups)
        {
            writer.Write($"<tr>{string.Concat(table.Columns.Select(column => $"<th scope=\"col\">{encoder.Encode(column.Name)}</th>"))}</tr>\n");
            return;
        }

        var (first, second) = (new StringBuilder(), new StringBuilder());
        for (var column = 0; column < table.Columns.Count; column++)
        {
            var (name, group) = (table.Columns[column].Name, table.Columns[column].Group);
            if (group is null)
            {
                first.Append($"<th scope=\"col\" rowspan=\"2\">{encoder.Encode(name)}</th>");
                continue;
            }

            if (column == 0 || table.Columns[column - 1].Group != group)
            {
                first.Append($"<th scope=\"colgroup\" colspan=\"{table.Columns.Skip(column).TakeWhile(other => other.Group == group).Count()}\">{encoder.Encode(group)}</th>");
            }

            second.Append($"<th scope=\"col\">{encoder.Encode(name)}</th>");
        }

        writer.Write($"<tr>{first}</tr>\n<tr>{second}</tr>\n");
    }

    private string Linked(ReportCell cell, HtmlEncoder encoder) =>
        cell.Path is { } path && record is not null && cell.Value > 0 ? $"<a href=\"{encoder.Encode(record(path))}\">{encoder.Encode(cell.Text)}</a>" : encoder.Encode(cell.Text);

    /// <summary>How many rows a heading at the left stands for, or 0 where the row above has begun it.</summary>
    private static int Span(ReportTable table, int row, int column) =>
        row > 0 && table.Rows[row - 1][column].Text == table.Rows[row][column].Text ? 0 : table.Rows.Skip(row).TakeWhile(other => other[column].Text == table.Rows[row][column].Text).Count();
}
