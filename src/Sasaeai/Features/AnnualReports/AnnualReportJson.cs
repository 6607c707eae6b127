using System.Text.Json;
using Sasaeai.Data;
using Sasaeai.Features.Plans;
using Sasaeai.Japanese;

namespace Sasaeai.Features.AnnualReports;

/// <summary>The paper for programs: its texts, and each table as rows of named cells with text and figure.</summary>
public static class AnnualReportJson
{
    private static readonly JsonSerializerOptions Options = new(JsonColumn.Options) { WriteIndented = true };

    public static byte[] Write(AnnualReport report) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        Title = AnnualReport.Title,
        report.Town,
        FiscalYear = report.Year.Year,
        report.Year.Label,
        report.Heading,
        MadeOn = report.MadeOn,
        Texts = report.Parts.OfType<ReportText>().Where(text => text.Text != "").Select(text => new { text.Place.Section, text.Place.Kind, text.Place.AreaId, text.Text }),
        Tables = report.Tables.Select(table => new
        {
            table.Code,
            table.Caption,
            Columns = table.Columns.Select(column => new { column.Group, column.Name }),
            Rows = table.Rows.Select(row => row.Select(cell => new { cell.Text, cell.Value })),
            Note = table.Note == "" ? null : table.Note,
        }),
    }, Options);
}
