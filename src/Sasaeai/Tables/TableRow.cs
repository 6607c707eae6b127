namespace Sasaeai.Tables;

/// <summary>One row below the header.</summary>
/// <param name="number">The row as Excel numbers it: from 1, empty rows counted, line breaks in a cell not.</param>
public sealed class TableRow(int number, IReadOnlyList<string> cells, IReadOnlyDictionary<string, int> columns)
{
    public int Number { get; } = number;

    /// <summary>The cells as they stand in the file; may be fewer or more than the header's.</summary>
    public IReadOnlyList<string> Cells { get; } = cells;

    /// <summary>The value in a column counted from 0; "" where the row has none.</summary>
    public string this[int column] => column >= 0 && column < Cells.Count ? Cells[column] : "";

    /// <summary>The value below a header name (the leftmost of equal names); "" where there is none.</summary>
    public string this[string name] => columns.TryGetValue(name, out var column) ? this[column] : "";
}

internal readonly record struct RawRow(int Number, IReadOnlyList<string> Cells);
