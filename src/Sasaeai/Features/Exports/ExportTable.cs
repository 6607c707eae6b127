using Sasaeai.Tables;

namespace Sasaeai.Features.Exports;

public enum ExportFormat { Csv, CsvCp932, Xlsx }

/// <summary>A list on its way out: header in row 1, one value a cell.</summary>
public sealed record ExportTable(string Name, IReadOnlyList<string> Header, IAsyncEnumerable<IReadOnlyList<object?>> Rows)
{
    /// <returns>What CP932 could not carry.</returns>
    public async Task<IReadOnlyList<UnmappableCharacter>> WriteAsync(Stream file, ExportFormat format, CancellationToken cancellation = default)
    {
        if (format == ExportFormat.Xlsx)
        {
            await TableWriter.WriteXlsxAsync(file, Name, Header, Rows, cancellation);
            return [];
        }

        return await TableWriter.WriteCsvAsync(file, Header, Rows, format == ExportFormat.Csv ? CsvEncoding.Utf8Bom : CsvEncoding.Cp932, cancellation);
    }

    public static string FileName(string name, ExportFormat format) => format switch
    {
        ExportFormat.Xlsx => $"{name}.xlsx",
        ExportFormat.CsvCp932 => $"{name}_cp932.csv",
        _ => $"{name}.csv",
    };

    public static string MediaType(ExportFormat format) => format switch
    {
        ExportFormat.Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ExportFormat.CsvCp932 => "text/csv; charset=windows-31j",
        _ => "text/csv; charset=utf-8",
    };
}
