using System.Globalization;
using System.Text;

namespace Sasaeai.Tables;

/// <summary>A character that CP932 cannot carry.</summary>
/// <param name="Row">Row in the written file, the header being 1.</param>
/// <param name="Column">Name of the column.</param>
/// <param name="Character">The character as a person sees it, a variation selector included.</param>
public sealed record UnmappableCharacter(int Row, string Column, string Character);

/// <summary>Windows' Shift_JIS (code page 932), without best-fit replacement.</summary>
internal static class Cp932
{
    /// <summary>Throws on what the code page does not have, in both directions.</summary>
    public static readonly Encoding Strict = CodePagesEncodingProvider.Instance.GetEncoding(
        932, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!;

    private const string Missing = "〓";

    // The same JIS X 0208 characters, for which Unicode's table and Microsoft's name different code points.
    private const string UnicodeNames = "〜−‖—¢£¬";
    private const string MicrosoftNames = "～－∥―￠￡￢";

    private static readonly Lazy<bool[]> carried = new(() =>
    {
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(
            932, new EncoderReplacementFallback(""), new DecoderReplacementFallback(""))!;
        var carried = new bool[char.MaxValue + 1];
        for (var c = 0; c < carried.Length; c++)
        {
            carried[c] = encoding.GetString(encoding.GetBytes([(char)c])) is [var back] && back == c;
        }

        return carried;
    });

    /// <summary>ExcelDataReader asks for code page 1252 by name even where it does not use it.</summary>
    public static void Register() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>
    /// The text with what CP932 lacks replaced: a kanji with a variation selector by the kanji, anything else by 〓.
    /// Each replaced character is told.
    /// </summary>
    public static string Carry(string text, Action<string> tellMissing)
    {
        if (IsCarried(text))
        {
            return text;
        }

        var result = new StringBuilder(text.Length);
        var characters = StringInfo.GetTextElementEnumerator(text);
        while (characters.MoveNext())
        {
            var character = characters.GetTextElement();
            result.Append(SameCharacter(character) ?? Replace(character, tellMissing));
        }

        return result.ToString();
    }

    private static string? SameCharacter(string character)
    {
        if (UnicodeNames.IndexOf(character, StringComparison.Ordinal) is >= 0 and var named)
        {
            return MicrosoftNames[named].ToString();
        }

        return IsCarried(character) ? character
            : ComposedKana(character) is { } composed && IsCarried(composed) ? composed
            : null;
    }

    /// <remarks>Files made on a Mac hold が as か + dakuten. Kanji must not be normalised: 神 (U+FA19) would become another one.</remarks>
    private static string? ComposedKana(string character) =>
        character is [>= 'ぁ' and <= 'ヿ', '\u3099' or '\u309A'] ? character.Normalize(NormalizationForm.FormC) : null;

    private static string Replace(string character, Action<string> tellMissing)
    {
        tellMissing(character);
        var plain = string.Concat(character.EnumerateRunes().Where(rune => rune.Value is not (>= 0xE0100 and <= 0xE01EF or >= 0xFE00 and <= 0xFE0F)));
        return plain.Length > 0 && IsCarried(plain) ? plain : Missing;
    }

    private static bool IsCarried(string text) => text.All(c => carried.Value[c]);
}
