using System.Text;

namespace Sasaeai.Data;

/// <summary>
/// The words of a list's search. A row fits when it has them all, whatever their width and case, and in katakana or hiragana
/// (<see cref="Plain"/>, app.plain in the database). For texts that keep no search key of their own.
/// </summary>
public static class PlainWords
{
    private const int Most = 8, Longest = 60;

    public static IReadOnlyList<string> Of(string? typed) =>
        [.. (typed ?? "").Split([' ', '\u3000', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries).Take(Most).Select(word => Plain(word.Length > Longest ? word[..Longest] : word)).Where(word => word != "")];

    /// <summary>As app.plain.</summary>
    public static string Plain(string text) =>
        string.Concat(Whole(text).Normalize(NormalizationForm.FormKC).ToLowerInvariant().Select(letter => letter is >= 'ァ' and <= 'ヶ' ? (char)(letter - 0x60) : letter));

    /// <summary>A half of a pair of surrogates is no letter and cannot be normalized or sent.</summary>
    private static string Whole(string text) => string.Concat(text.EnumerateRunes().Where(rune => rune != Rune.ReplacementChar && rune.Value != 0));
}
