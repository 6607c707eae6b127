namespace Sasaeai.Tables;

/// <summary>Reads a person's own list of which column is which field: a table of two columns, ファイルの列名 and 項目.</summary>
public static class ColumnMap
{
    private const string HeaderColumn = "ファイルの列名";
    private const string FieldColumn = "項目";

    /// <returns>Header to field; an empty field says that the column is not imported.</returns>
    /// <exception cref="TableRefusedException">The two columns are missing, or a header is listed twice.</exception>
    public static IReadOnlyDictionary<string, string> Read(Stream file, string fileName)
    {
        using var table = TableReader.Open(file, fileName);
        if (!table.Header.Contains(HeaderColumn) || !table.Header.Contains(FieldColumn))
        {
            throw new TableRefusedException($"列の対応表には「{HeaderColumn}」と「{FieldColumn}」の2つの列が要ります。");
        }

        var map = new Dictionary<string, string>();
        foreach (var row in table.Rows)
        {
            if (!map.TryAdd(row[HeaderColumn].Trim(), row[FieldColumn].Trim()))
            {
                throw new TableRefusedException($"列の対応表の{row.Number}行目：「{row[HeaderColumn].Trim()}」が2回あります。1つにしてください。");
            }
        }

        return map;
    }
}
