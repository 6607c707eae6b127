using System.Buffers;
using System.Text;
using Sasaeai.Tables;

namespace Sasaeai.Features.Imports;

/// <summary>One row of a file, seen through the fields of its import, and what is said about it.</summary>
public sealed class ImportRow(TableRow row, ImportTable table, ImportReport report)
{
    private const int LongestText = 4_000;
    private static readonly SearchValues<char> Unusual = SearchValues.Create([.. Enumerable.Range(0, char.MaxValue + 1).Select(c => (char)c).Where(c => c is < ' ' or '\x7f' || char.IsSurrogate(c))]);

    public int Number => row.Number;

    /// <summary>What became of the row; null for one that is not this town's.</summary>
    public RowOutcome? Outcome { get; set; }

    public bool IsRefused => Outcome == RowOutcome.Refused;

    /// <summary>The file has a column for the field, or a value for all its rows was given.</summary>
    public bool Has(string field) => table.Match.Columns.ContainsKey(field) || table.Defaults.ContainsKey(field);

    /// <summary>The field's text without outer spaces and control characters; "" where the file has none.</summary>
    public string this[string field]
    {
        get
        {
            var text = table.Match.Columns.TryGetValue(field, out var column) ? Clean(row[column]) : "";
            text = text == "" ? table.Defaults.GetValueOrDefault(field, "") : text;
            if (text.Length > LongestText)
            {
                Refuse(field, $"長すぎます(1つの項目の上限は{LongestText:N0}文字)。短くしてください。");
                return "";
            }

            return text;
        }
    }

    /// <summary>The field's text however long it is.</summary>
    public string Whole(string field) => table.Match.Columns.TryGetValue(field, out var column) ? row[column] : "";

    public void Refuse(string field, string reason)
    {
        Outcome = RowOutcome.Refused;
        Add(field, reason, Severity.Refuse);
    }

    public void Warn(string field, string reason) => Add(field, reason, Severity.Warn);

    private void Add(string field, string reason, Severity severity)
    {
        var found = table.Match.Columns.TryGetValue(field, out var column);
        report.Add(new ImportProblem(Number, found ? table.Header[column] : field, found ? Clean(row[column]) : "", reason, severity));
    }

    /// <remarks>An XLSX can spell characters that neither a page nor PostgreSQL takes (_x0000_, half a surrogate pair).</remarks>
    private static string Clean(string text)
    {
        if (!text.AsSpan().ContainsAny(Unusual))
        {
            return text.Trim();
        }

        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.ReplaceLineEndings("\n").EnumerateRunes())
        {
            if (rune.Value is '\n' || rune.Value >= ' ' && rune.Value != 0x7f)
            {
                clean.Append(rune.ToString());
            }
        }

        return clean.ToString().Trim();
    }
}

/// <summary>What all rows of a file share: its columns, and the values that stand for columns it does not have.</summary>
public sealed record ImportTable(IReadOnlyList<string> Header, ColumnMatch Match, IReadOnlyDictionary<string, string> Defaults);
