using System.Text;
using System.Text.RegularExpressions;

namespace Sasaeai.Features.Voices;

/// <summary>What in a text may tell who somebody is. It finds the usual traces, not all: a person has to read the text as well.</summary>
public static partial class PersonalTraces
{
    /// <summary>The traces in words, none when nothing was found.</summary>
    /// <param name="contact">What the person gave as name and contact; its parts may not stand in the text.</param>
    public static IReadOnlyList<string> In(string text, string contact)
    {
        var folded = Narrow(text);
        return
        [
            .. Found(Phone(), folded, "電話番号のような数字"),
            .. Found(Mail(), folded, "メールアドレス"),
            .. Found(PostalCode(), folded, "郵便番号"),
            .. Found(HouseNumber(), folded, "番地"),
            .. Found(Named(), folded, "人の名前のような言葉"),
            .. Parts(contact).Where(part => folded.Contains(part, StringComparison.Ordinal)).Select(part => $"連絡先の欄と同じ言葉「{part}」"),
        ];
    }

    /// <summary>Full-width digits and letters become narrow, half-width kana wide, and all dashes one.</summary>
    private static string Narrow(string text) => Dash().Replace(text.Normalize(NormalizationForm.FormKC), "-");

    private static IEnumerable<string> Found(Regex trace, string folded, string what) => trace.Matches(folded).Select(match => $"{what}「{match.Value.Trim()}」").Distinct();

    /// <summary>Words of two characters or more, numbers of four digits or more: shorter ones are in every text.</summary>
    private static IEnumerable<string> Parts(string contact) =>
        Word().Matches(Narrow(contact)).Select(match => match.Value).Where(part => part.Length >= (part.All(char.IsAsciiDigit) ? 4 : 2) && part is not ("電話" or "携帯" or "自宅" or "氏名" or "名前" or "連絡" or "連絡先")).Distinct();

    [GeneratedRegex(@"(?<![0-9])0[0-9]{1,4}[- ()]{0,2}[0-9]{1,4}[- ()]{0,2}[0-9]{3,4}(?![0-9])")]
    private static partial Regex Phone();

    [GeneratedRegex(@"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")]
    private static partial Regex Mail();

    [GeneratedRegex(@"〒 ?[0-9]{3}-?[0-9]{4}|(?<![0-9-])[0-9]{3}-[0-9]{4}(?![0-9-])")]
    private static partial Regex PostalCode();

    [GeneratedRegex(@"[0-9]+番地|[0-9]+番[0-9]+号|(?<![0-9-])[0-9]{1,4}-[0-9]{1,3}(-[0-9]{1,4})?(?![0-9-])")]
    private static partial Regex HouseNumber();

    [GeneratedRegex(@"[一-龠々]{2,5}(?=さん|様|氏|くん|ちゃん)(?<!奥|息子|孫|民生委員|職員|皆|利用者|近所|隣|大家|店員|看護師|業者|役員|会長|若者|高齢者|住民|娘|嫁|母|父|兄|姉|妹|弟|医者|郵便屋|客|患者|本人|相談員|委員|担当者|世話人|家族|夫婦)")]
    private static partial Regex Named();

    [GeneratedRegex(@"(?<=[0-9])[‐‑‒–—―−ー](?=[0-9])")]
    private static partial Regex Dash();

    [GeneratedRegex(@"[\p{L}々]+|[0-9][0-9-]*[0-9]")]
    private static partial Regex Word();
}
