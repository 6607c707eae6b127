using System.Globalization;
using System.Text;
using Sasaeai.Japanese;

namespace Sasaeai.Features.Areas.Addresses;

/// <summary>An address with its key, and where each character of the key stood in it.</summary>
internal sealed class FoldedAddress
{
    private const string KanjiDigits = "〇一二三四五六七八九";

    private static readonly IReadOnlyDictionary<Rune, char> plainKanji = KanjiVariants.Read();

    private readonly string address;
    private readonly List<int> sources = [];

    private FoldedAddress(string address)
    {
        this.address = address;
        var characters = Characters(address);
        var key = new StringBuilder();
        for (var at = 0; at < characters.Count;)
        {
            at += Append(key, characters, at);
        }

        Key = key.ToString();
    }

    public string Key { get; }

    public static FoldedAddress Of(string address) => new(address);

    /// <summary>The address as it was written, from a position in the key on.</summary>
    public string WrittenFrom(int position) => position < sources.Count ? address[sources[position]..].Trim() : "";

    /// <summary>Whether 字 was written just before a position in the key.</summary>
    public bool HasAzaBefore(int position) => position < sources.Count && address[..sources[position]].TrimEnd().EndsWith('字');

    /// <summary>Appends what begins at a character, and returns how many characters that was.</summary>
    private int Append(StringBuilder key, List<(char Char, int Source)> characters, int at)
    {
        var (c, source) = characters[at];
        char Next(int offset) => at + offset < characters.Count ? characters[at + offset].Char : '\0';

        void Write(string text)
        {
            key.Append(text);
            sources.AddRange(Enumerable.Repeat(source, text.Length));
        }

        if (c is '大' or '小' && Next(1) == '字')
        {
            return 2;
        }

        if (c == '字' && (key.Length == 0 || key[^1] != '文'))
        {
            return 1;
        }

        var digits = 0;
        while (IsDigit(Next(digits)))
        {
            digits++;
        }

        if (digits > 0)
        {
            var number = string.Concat(characters.Skip(at).Take(digits).Select(digit => digit.Char));
            return Number(number.TrimStart('0') is { Length: > 0 } trimmed ? trimmed : "0", digits);
        }

        var kanji = 0;
        while (IsKanjiNumeral(Next(kanji)))
        {
            kanji++;
        }

        if (kanji > 0 && (Next(kanji) is '丁' or '-' or '番' or '号' || (Next(kanji) == 'ノ' && IsNumeral(Next(kanji + 1)))))
        {
            return Number(Value(characters.Skip(at).Take(kanji).Select(numeral => numeral.Char)).ToString(CultureInfo.InvariantCulture), kanji);
        }

        var betweenDigits = key.Length > 0 && IsDigit(key[^1]) && IsNumeral(Next(1));
        Write(c == 'ノ' && betweenDigits ? "-" : c.ToString());
        return 1;

        int Number(string number, int length)
        {
            var chome = Next(length) == '丁';
            Write(chome ? number + "丁目" : number);
            return length + (chome ? Next(length + 1) == '目' ? 2 : 1 : 0);
        }
    }

    /// <summary>One character at a time: NFKC, variants to their plain form, hiragana to katakana, without spaces.</summary>
    private static List<(char Char, int Source)> Characters(string address)
    {
        var characters = new List<(char Char, int Source)>(address.Length);
        for (var at = 0; at < address.Length;)
        {
            var length = StringInfo.GetNextTextElementLength(address, at);
            foreach (var c in Normalized(address.Substring(at, length)))
            {
                if (Plain(c, characters.Count > 0 ? characters[^1].Char : '\0') is { } plain)
                {
                    characters.Add((plain, at));
                }
            }

            at += length;
        }

        return characters;
    }

    private static string Normalized(string character)
    {
        if (character is [<= '~' or (>= 'ぁ' and <= 'ゖ') or (>= 'ァ' and <= 'ー')])
        {
            return character;
        }

        var plain = string.Concat(character.EnumerateRunes().Where(rune => rune.Value is not (>= 0xE0100 and <= 0xE01EF or >= 0xFE00 and <= 0xFE0F)));
        return string.Concat(plain.Normalize(NormalizationForm.FormKC).EnumerateRunes().Select(rune => plainKanji.TryGetValue(rune, out var common) ? common.ToString() : rune.ToString()));
    }

    private static char? Plain(char c, char before) => c switch
    {
        _ when char.IsWhiteSpace(c) || char.IsControl(c) => null,
        'ー' => IsKatakana(before) ? c : '-',
        '-' or '−' or '‐' or '‑' or '‒' or '–' or '—' or '―' or '─' or '━' or '﹣' or '⁃' or '˗' => '-',
        'ヶ' or 'ガ' or 'が' or 'け' or 'ヵ' or 'ゖ' or 'ゕ' => 'ケ',
        '之' or 'の' or '乃' => 'ノ',
        'ッ' or 'っ' or 'つ' => 'ツ',
        >= 'ぁ' and <= 'ゖ' => (char)(c + ('ァ' - 'ぁ')),
        _ => char.ToLowerInvariant(c),
    };

    private static bool IsKatakana(char c) => c is >= 'ァ' and <= 'ヺ' or 'ー';

    private static bool IsDigit(char c) => c is >= '0' and <= '9';

    private static bool IsKanjiNumeral(char c) => c is '十' or '百' || (c != '\0' && KanjiDigits.Contains(c));

    private static bool IsNumeral(char c) => IsDigit(c) || IsKanjiNumeral(c);

    /// <remarks>Both 二十三 and 二三.</remarks>
    private static int Value(IEnumerable<char> numerals)
    {
        var (sum, current) = (0, 0);
        foreach (var numeral in numerals.Take(7))
        {
            if (numeral is '十' or '百')
            {
                sum += Math.Max(current, 1) * (numeral == '十' ? 10 : 100);
                current = 0;
            }
            else
            {
                current = (current * 10) + KanjiDigits.IndexOf(numeral);
            }
        }

        return sum + current;
    }
}
