using System.Text;
using CsvHelper;

namespace Sasaeai.Tables;

/// <summary>What a CSV is written in: UTF-8 with BOM for Excel and open data, CP932 for older systems.</summary>
public enum CsvEncoding { Utf8Bom, Cp932 }

/// <summary>
/// Writes one table, header first, in constant memory and with asynchronous writes only. Values may be text, numbers, bool,
/// <see cref="DateOnly"/>, <see cref="TimeOnly"/>, <see cref="DateTime"/>, <see cref="DateTimeOffset"/> (its own clock time),
/// <see cref="Guid"/> or null (an empty cell).
/// </summary>
public static class TableWriter
{
    /// <summary>Characters told in one report; a table full of them needs no longer list.</summary>
    public const int MostUnmappable = 1_000;

    /// <summary>
    /// Writes a CSV (RFC 4180, CRLF, dates as yyyy-MM-dd, times as HH:mm). Text that a spreadsheet would run as a formula gets a
    /// leading apostrophe. The stream stays open.
    /// </summary>
    /// <returns>What CP932 could not carry and was replaced by 〓 (a variant form by its plain kanji), at most
    /// <see cref="MostUnmappable"/>; always empty for UTF-8.</returns>
    public static async Task<IReadOnlyList<UnmappableCharacter>> WriteCsvAsync(
        Stream file, IReadOnlyList<string> header, IAsyncEnumerable<IReadOnlyList<object?>> rows, CsvEncoding encoding,
        CancellationToken cancellation = default)
    {
        var unmappable = new List<UnmappableCharacter>();
        var row = 1;

        string Cell(object? value, int column)
        {
            var text = value is string given ? FormulaGuard.Add(given) : CellText.Of(value);
            return encoding == CsvEncoding.Utf8Bom ? text : Cp932.Carry(text, character =>
            {
                if (unmappable.Count < MostUnmappable)
                {
                    unmappable.Add(new UnmappableCharacter(row, column < header.Count ? header[column] : "", character));
                }
            });
        }

        async Task WriteRow(CsvWriter csv, IReadOnlyList<object?> values)
        {
            for (var column = 0; column < values.Count; column++)
            {
                csv.WriteField(Cell(values[column], column));
            }

            await csv.EndRecordAsync(cancellation).ConfigureAwait(false);
        }

        var text = new StreamWriter(file, encoding == CsvEncoding.Utf8Bom ? new UTF8Encoding(true) : Cp932.Strict, leaveOpen: true);
        await using (text.ConfigureAwait(false))
        {
            var csv = CsvWriter.Create(text, leaveOpen: true);
            await using (csv.ConfigureAwait(false))
            {
                await WriteRow(csv, header).ConfigureAwait(false);
                await foreach (var values in rows.WithCancellation(cancellation).ConfigureAwait(false))
                {
                    row++;
                    await WriteRow(csv, values).ConfigureAwait(false);
                }
            }
        }

        return unmappable;
    }

    /// <summary>
    /// Writes an Excel workbook of one sheet: numbers as numbers, dates and times as real ones, all text as plain text that is
    /// never run as a formula, no merged cells. The stream stays open and need not seek.
    /// </summary>
    /// <param name="sheetName">Cut to 31 characters; what Excel forbids in a name becomes a space.</param>
    /// <exception cref="TableRefusedException">A text is longer than 32,767 characters, or the rows are more than 1,048,576.</exception>
    public static async Task WriteXlsxAsync(
        Stream file, string sheetName, IReadOnlyList<string> header, IAsyncEnumerable<IReadOnlyList<object?>> rows,
        CancellationToken cancellation = default)
    {
        await WriteXlsxAsync(file, [new Sheet(sheetName, header, rows)], cancellation).ConfigureAwait(false);
    }

    /// <summary>Writes an Excel workbook of several sheets, each with its header in the first row.</summary>
    /// <inheritdoc cref="WriteXlsxAsync(Stream, string, IReadOnlyList{string}, IAsyncEnumerable{IReadOnlyList{object?}}, CancellationToken)"/>
    public static async Task WriteXlsxAsync(Stream file, IReadOnlyList<Sheet> sheets, CancellationToken cancellation = default)
    {
        using var workbook = new XlsxWriter(file, [.. sheets.Select(sheet => sheet.Name)], cancellation);
        foreach (var sheet in sheets)
        {
            workbook.BeginSheet();
            await workbook.WriteAsync(sheet.Header).ConfigureAwait(false);
            await foreach (var values in sheet.Rows.WithCancellation(cancellation).ConfigureAwait(false))
            {
                await workbook.WriteAsync(values).ConfigureAwait(false);
            }
        }

        await workbook.FinishAsync().ConfigureAwait(false);
    }
}
