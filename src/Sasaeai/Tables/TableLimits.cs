namespace Sasaeai.Tables;

/// <summary>How much of a file is read before it is refused.</summary>
public sealed record TableLimits
{
    /// <summary>Rows of one Excel sheet (ECMA-376).</summary>
    internal const int SheetRows = 1_048_576;

    /// <summary>Characters of one Excel cell (ECMA-376).</summary>
    internal const int SheetCellLength = 32_767;

    /// <summary>Bytes of the file as uploaded.</summary>
    public long UploadedBytes { get; init; } = 20 * 1024 * 1024;

    /// <summary>Bytes of all files in an XLSX, counted while inflating.</summary>
    public long UnpackedBytes { get; init; } = 200 * 1024 * 1024;

    /// <summary>Inflated bytes per byte of the XLSX; the first megabyte is free, since tiny sheets of blanks pack well.</summary>
    public int UnpackedRatio { get; init; } = 100;

    /// <summary>Files in an XLSX.</summary>
    public int PackedFiles { get; init; } = 2_000;

    /// <summary>Rows below the header that are not empty.</summary>
    public int Rows { get; init; } = 100_000;

    /// <summary>Columns up to the last one with a value.</summary>
    public int Columns { get; init; } = 300;

    /// <summary>Cells, the header's included.</summary>
    public int Cells { get; init; } = 1_000_000;

    /// <summary>UTF-16 units in one cell.</summary>
    public int CellLength { get; init; } = SheetCellLength;
}
