using System.Text.RegularExpressions;

namespace Sasaeai.Tables;

/// <summary>
/// Keeps a spreadsheet from running the text of a CSV cell as a formula (CWE-1236): text that begins with
/// <c>= + - @</c> (also full-width), tab or a line break gets a leading apostrophe, which <see cref="TableReader"/> takes off again.
/// Text of digits, spaces and <c>( ) . , -</c> after the sign (−3, +81 3-1234-5678, or a lone -) can run nothing
/// and stays as it is, so that other systems read numbers and telephone numbers as they were.
/// </summary>
internal static partial class FormulaGuard
{
    public static string Add(string text) => IsDangerous(text) ? "'" + text : text;

    public static string Remove(string cell) => cell is ['\'', ..] && IsDangerous(cell) ? cell[1..] : cell;

    // Apostrophes are looked through, so that taking off always undoes putting on.
    private static bool IsDangerous(string text) =>
        text.AsSpan().TrimStart('\'') is ['=' or '+' or '-' or '@' or '＝' or '＋' or '－' or '＠' or '\t' or '\r' or '\n', ..] start
        && !SignedNumber().IsMatch(start);

    [GeneratedRegex(@"\A[-+－＋][-0-9０-９ 　().,（）．，－]*\z")]
    private static partial Regex SignedNumber();
}
