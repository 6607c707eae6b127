using System.Globalization;
using System.Text;

namespace Sasaeai.Japanese;

/// <summary>
/// The search key of a Japanese text: two texts that a person takes for the same word fold to the same key.
/// Keys are for finding only; what is shown keeps its characters.
/// </summary>
public static class Folding
{
    const int MostWords = 8;
    const int LongestWord = 60;

    /// <summary>Characters that people write for a word of kana.</summary>
    static readonly (string Written, string Kana)[] WrittenOut = [("塵", "ごみ")];

    /// <summary>Hiragana that join words between two kanji and are therefore never taken for an okurigana.</summary>
    const string Particles = "のとやにをはがへもかで";

    const char Dropped = '\0';
    /// <summary>A character that changes its neighbours or becomes several characters: the text needs the full NFKC.</summary>
    const char NeedsNormalizing = '\uffff';
    const char LongMark = 'ー';

    enum Kind : byte { Other, Digit, Kanji, Kana, Okurigana, SmallKe, Ka, Dash }

    static readonly Dictionary<Rune, char> BeyondBasicPlane = [];
    static readonly char[] Folded = new char[char.MaxValue + 1];
    static readonly Kind[] Kinds = new Kind[char.MaxValue + 1];

    static Folding()
    {
        for (var c = 0; c <= char.MaxValue; c++)
            Folded[c] = FoldAlone((char)c);
        foreach (var (variant, common) in KanjiVariants.Read())
            if (variant.IsBmp)
                Folded[variant.Value] = common;
            else
                BeyondBasicPlane[variant] = common;
        foreach (var (written, _) in WrittenOut)
            Folded[written[0]] = NeedsNormalizing;
        for (var c = 0; c <= char.MaxValue; c++)
            Kinds[c] = KindOf((char)c);
    }

    /// <summary>
    /// NFKC, lower case, hiragana, common kanji, 塵 as ごみ; without variation selectors, spaces and punctuation;
    /// without a single okurigana between kanji (買い物 → 買物); ヶ, ケ and が between kanji alike;
    /// every dash that follows kana as ー. Fold what people wrote, never a key: 「買い 物」 keeps its い because of the space.
    /// </summary>
    public static string Fold(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return "";
        Span<char> key = text.Length <= 512 ? stackalloc char[text.Length] : new char[text.Length];
        return TryFold(text, key, out var length) ? new string(key[..length]) : Fold(Normalized(text));
    }

    /// <summary>
    /// A word as it is found inside longer ones: 「見守り」 without its り, since 「見守り活動」 folds to 「見守活動」.
    /// Words of which a single kanji would be left stay whole.
    /// </summary>
    public static string Stem(string key) =>
        key.Length > 2 && Kinds[key[^1]] == Kind.Okurigana && Kinds[key[^2]] == Kind.Kanji ? key[..^1] : key;

    /// <summary>The words of a search, folded, as they are found inside texts (<see cref="Stem"/>): split at spaces, 「、」 and 「・」; at most 8 words of at most 60 characters each.</summary>
    public static IReadOnlyList<string> Words(string? query)
    {
        var words = new List<string>(MostWords);
        foreach (var part in (query ?? "").Split([' ', '\u3000', '\t', '\r', '\n', '、', '・', '､', '･'], StringSplitOptions.RemoveEmptyEntries))
        {
            var word = Fold(part);
            if (word.Length > LongestWord)
                word = word[..(char.IsHighSurrogate(word[LongestWord - 1]) ? LongestWord - 1 : LongestWord)];
            if (word.Length > 0)
                words.Add(Stem(word));
            if (words.Count == MostWords)
                break;
        }
        return words;
    }

    static bool TryFold(string text, Span<char> key, out int length)
    {
        length = 0;
        var before = Kind.Other;    // of the last character written, when nothing was dropped since
        var beforeKana = Kind.Other; // of the one in front of a kana that may be an okurigana or ヶ
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsSurrogate(c))
            {
                if (c is '\uDB40') // variation selectors of names (IVS)
                {
                    i++;
                    continue;
                }
                if (i + 1 == text.Length || !char.IsSurrogatePair(c, text[i + 1]))
                    return false;
                if (!BeyondBasicPlane.TryGetValue(new Rune(c, text[i + 1]), out var common))
                {
                    JoinToKanji(key, ref length, before, beforeKana);
                    key[length++] = c;
                    key[length++] = text[++i];
                    before = Kind.Kanji;
                    continue;
                }
                i++;
                c = common;
            }
            var folded = Folded[c];
            var kind = Kinds[c];
            if (folded == NeedsNormalizing)
                return false;
            if (kind == Kind.Dash)
            {
                if (before is Kind.Kana or Kind.Okurigana or Kind.Ka or Kind.SmallKe)
                    key[length++] = LongMark;
                before = before is Kind.Other or Kind.Digit or Kind.Kanji ? Kind.Other : Kind.Kana;
                continue;
            }
            if (folded == Dropped)
            {
                if (c is < '\uFE00' or > '\uFE0F')
                    before = Kind.Other;
                continue;
            }
            if (kind == Kind.Kanji)
                JoinToKanji(key, ref length, before, beforeKana);
            beforeKana = before;
            before = kind;
            key[length++] = folded;
        }
        return true;
    }

    static void JoinToKanji(Span<char> key, ref int length, Kind kana, Kind beforeKana)
    {
        if (kana == Kind.SmallKe && beforeKana == Kind.Kanji)
            key[length - 1] = 'が';
        else if (kana is Kind.SmallKe or Kind.Ka && beforeKana == Kind.Digit)
            key[length - 1] = 'か';
        else if (kana == Kind.Okurigana && beforeKana == Kind.Kanji)
            length--;
    }

    static char FoldAlone(char c)
    {
        if (char.IsSurrogate(c) || c == char.MaxValue)
            return NeedsNormalizing;
        if (c is '\u309B' or '\u309C' or (>= '\uFE00' and <= '\uFE0F'))
            return Dropped;
        if (c is (>= '\u0300' and <= '\u036F') or '\u3099' or '\u309A' or '\uFF9E' or '\uFF9F')
            return NeedsNormalizing;
        if (CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.OtherNotAssigned)
            return Dropped;
        var normal = c.ToString().Normalize(NormalizationForm.FormKC);
        if (normal.Length != 1)
            return NeedsNormalizing;
        c = char.ToLowerInvariant(normal[0]);
        return c switch
        {
            >= 'ァ' and <= 'ヴ' => (char)(c - 0x60),
            'ヵ' or 'ゕ' => 'か',
            'ヶ' or 'ゖ' => 'け',
            LongMark or '々' => c,
            _ => char.IsLetterOrDigit(c) || char.GetUnicodeCategory(c) is UnicodeCategory.LetterNumber or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark ? c : Dropped,
        };
    }

    static Kind KindOf(char c) => c switch
    {
        'ケ' or 'ヶ' or 'ヵ' or 'ｹ' => Kind.SmallKe,
        'カ' or 'か' or 'ｶ' => Kind.Ka,
        LongMark or 'ｰ' or '-' or '－' or '‐' or '‑' or '–' or '—' or '―' or '−' => Kind.Dash,
        _ => Folded[c] switch
        {
            '々' or '〇' or (>= '\u3400' and <= '\u9FFF') or (>= '\uF900' and <= '\uFAFF') => Kind.Kanji,
            >= '0' and <= '9' => Kind.Digit,
            >= 'ぁ' and <= 'ゖ' => c is >= 'ぁ' and <= 'ゖ' && !Particles.Contains(c) ? Kind.Okurigana : Kind.Kana,
            _ => Kind.Other,
        },
    };

    static string Normalized(string text)
    {
        var whole = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            if (rune != Rune.ReplacementChar)
                whole.Append(rune.ToString());
        return WrittenOut.Aggregate(whole.ToString().Normalize(NormalizationForm.FormKC), (normal, word) => normal.Replace(word.Written, word.Kana, StringComparison.Ordinal));
    }
}
