namespace Sasaeai.Tables;

/// <summary>
/// Reads the table in a CSV or XLSX file row by row, in memory that does not grow with the number of rows
/// (an XLSX's shared strings apart). Kind and encoding are told from the bytes, not from the name.
/// </summary>
public sealed class TableReader : IDisposable
{
    /// <summary>Problems kept in <see cref="Problems"/>; a file that is uneven throughout needs no more.</summary>
    public const int MostProblems = 1_000;

    /// <summary>Titles, dates and notes that may stand above the header.</summary>
    public const int MostRowsAboveHeader = 10;

    // One word may stand in a title by chance.
    private const int FewestKnownNames = 2;

    private readonly IEnumerator<RawRow> rows;
    private readonly TableLimits limits;
    private readonly Dictionary<string, int> columns = [];
    private readonly List<ImportProblem> problems = [];
    private long cellsRead;
    private readonly Queue<RawRow> ahead = [];
    private bool started;

    private TableReader(IEnumerator<RawRow> rows, TableLimits limits, Func<IReadOnlyList<string>, int>? recognise)
    {
        this.rows = rows;
        this.limits = limits;
        Header = ReadHeader(recognise);
        for (var column = Header.Count - 1; column >= 0; column--)
        {
            columns[Header[column]] = column;
        }
    }

    /// <summary>The column names, trimmed, without the blank ones at the right end.</summary>
    public IReadOnlyList<string> Header { get; }

    /// <summary>What was odd but could be read, so far: rows with more or fewer cells than the header.</summary>
    public IReadOnlyList<ImportProblem> Problems => problems;

    /// <summary>The rows below the header that are not empty. Can be gone through once.</summary>
    /// <exception cref="TableRefusedException">From a later row on the file is broken or too large.</exception>
    public IEnumerable<TableRow> Rows
    {
        get
        {
            if (started)
            {
                throw new InvalidOperationException("The rows of a table can be read once.");
            }

            started = true;
            return ReadRows();
        }
    }

    /// <summary>Opens a table and reads its header, the first row that is not empty.</summary>
    /// <param name="file">Read from its position and left open. One that cannot seek is first taken into memory.</param>
    /// <param name="fileName">Tells apart the kinds that are refused (.xls, .xlsm).</param>
    /// <param name="recognise">How many column names a row holds: of the first rows the one with most is the header, and what stands above it is left out.</param>
    /// <exception cref="TableRefusedException">The file is not a table that can be read, or passes a limit.</exception>
    public static TableReader Open(Stream file, string fileName, TableLimits? limits = null, Func<IReadOnlyList<string>, int>? recognise = null)
    {
        limits ??= new TableLimits();
        var seekable = Seekable(file, limits);
        var rows = OpenRows(seekable, Path.GetExtension(fileName).ToLowerInvariant(), limits).GetEnumerator();
        try
        {
            return new TableReader(rows, limits, recognise);
        }
        catch
        {
            rows.Dispose();
            throw;
        }
    }

    public void Dispose() => rows.Dispose();

    private static IEnumerable<RawRow> OpenRows(Stream file, string extension, TableLimits limits)
    {
        Span<byte> start = stackalloc byte[4];
        var length = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        file.Seek(-length, SeekOrigin.Current);
        start = start[..length];

        var zipped = start.SequenceEqual("PK\u0003\u0004"u8);
        var oldOffice = start.SequenceEqual<byte>([0xD0, 0xCF, 0x11, 0xE0]);
        return extension switch
        {
            ".xlsm" or ".xlsb" or ".xltm" => throw XlsxFile.MacrosRefused(),
            ".xlsx" when oldOffice => throw new TableRefusedException("パスワードのかかったExcelファイルか、古い形式のファイルです。パスワードを外し、「Excelブック（.xlsx）」かCSVで保存し直してください。"),
            _ when oldOffice || extension == ".xls" => throw new TableRefusedException("古い形式のExcelファイル（.xls）は読めません。Excelで開き、「Excelブック（.xlsx）」かCSVで保存し直してください。"),
            _ when zipped => XlsxFile.Read(file, limits),
            ".xlsx" => throw XlsxFile.Unreadable(null),
            _ => CsvFile.Read(file, limits),
        };
    }

    private static Stream Seekable(Stream file, TableLimits limits)
    {
        if (file.CanSeek)
        {
            return file.Length - file.Position <= limits.UploadedBytes ? file : throw TooLarge(limits);
        }

        var copy = new MemoryStream();
        var buffer = new byte[81_920];
        for (int read; (read = file.Read(buffer)) > 0;)
        {
            copy.Write(buffer, 0, read);
            if (copy.Length > limits.UploadedBytes)
            {
                throw TooLarge(limits);
            }
        }

        copy.Position = 0;
        return copy;
    }

    private static TableRefusedException TooLarge(TableLimits limits) =>
        new($"ファイルが大きすぎます（上限は{limits.UploadedBytes / 1024 / 1024:N0}MB）。行を分けて、いくつかのファイルにしてください。");

    private List<string> ReadHeader(Func<IReadOnlyList<string>, int>? recognise)
    {
        if (!NextRow())
        {
            throw new TableRefusedException("ファイルが空です。1行目に列の名前（見出し）、2行目からデータのある表を選んでください。");
        }

        var header = NamesOf(rows.Current);
        if (recognise is null)
        {
            return header;
        }

        var (first, known) = (rows.Current.Number, recognise(header));
        var number = first;
        for (var read = 0; read < MostRowsAboveHeader && NextRow(); read++)
        {
            if (NamesOf(rows.Current) is var names && recognise(names) is var here && here > known && here >= FewestKnownNames)
            {
                (header, known, number) = (names, here, rows.Current.Number);
                ahead.Clear();
                continue;
            }

            ahead.Enqueue(rows.Current);
        }

        if (number != first)
        {
            problems.Add(new ImportProblem(number, "", "", $"この行を見出しとして読みました。{first}行目から{number - 1}行目までは取り込みません。", Severity.Warn));
        }

        return header;
    }

    private static List<string> NamesOf(RawRow row) => [.. row.Cells.Take(UsedWidth(row.Cells)).Select(name => name.Trim())];

    private IEnumerable<TableRow> ReadRows()
    {
        for (var count = 1; ahead.TryPeek(out var row) || NextRow(); count++)
        {
            if (count > limits.Rows)
            {
                throw new TableRefusedException($"行が多すぎます（上限は{limits.Rows:N0}行）。いくつかのファイルに分けてください。");
            }

            var (number, cells) = ahead.TryDequeue(out row) ? row : rows.Current;
            ReportUneven(number, cells);
            yield return new TableRow(number, cells, columns);
        }
    }

    private bool NextRow()
    {
        while (rows.MoveNext())
        {
            var (number, cells) = rows.Current;
            var width = UsedWidth(cells);
            if (width == 0)
            {
                continue;
            }

            if (width > limits.Columns)
            {
                throw new TableRefusedException($"{number}行目の列が多すぎます（上限は{limits.Columns:N0}列）。使わない列を消してください。");
            }

            if ((cellsRead += width) > limits.Cells)
            {
                throw new TableRefusedException($"表が大きすぎます（行×列の上限は{limits.Cells:N0}）。いくつかのファイルに分けてください。");
            }

            if (cells.Any(cell => cell.Length > limits.CellLength))
            {
                throw new TableRefusedException($"{number}行目に長すぎる文があります（1つのマスの上限は{limits.CellLength:N0}文字）。短くしてください。");
            }

            return true;
        }

        return false;
    }

    private void ReportUneven(int number, IReadOnlyList<string> cells)
    {
        var used = UsedWidth(cells);
        if ((used > Header.Count || cells.Count < Header.Count) && problems.Count < MostProblems)
        {
            problems.Add(new ImportProblem(number, "", "",
                $"列の数が見出しと合いません（見出しは{Header.Count}列、この行は{Math.Max(used, Math.Min(cells.Count, Header.Count))}列）。列のずれがないか確かめてください。", Severity.Warn));
        }
    }

    private static int UsedWidth(IReadOnlyList<string> cells)
    {
        var width = cells.Count;
        while (width > 0 && string.IsNullOrWhiteSpace(cells[width - 1]))
        {
            width--;
        }

        return width;
    }
}
