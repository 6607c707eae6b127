namespace Sasaeai.Features.Areas.Addresses;

/// <summary>
/// Folds the ways in which one Japanese address is written: full and half width, spaces, 丁目 in kanji or digits, 大字・字・小字
/// left out or not, ヶ・ケ・が, 之・の, ツ・つ, old and variant kanji, and the many hyphens of 1-2-3 (also 1の2).
/// </summary>
public static class AddressKey
{
    /// <summary>The key under which equal places compare equal. Not meant to be read.</summary>
    public static string Fold(string address) => FoldedAddress.Of(address).Key;
}
