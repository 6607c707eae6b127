using System.Globalization;
using System.Text;

namespace Sasaeai.Features.GroupClosings;

/// <summary>An account at a bank, as a transfer needs it. Codes and numbers are digits: 4, 3 and up to 7.</summary>
public sealed record BankAccount(string BankCode, string BranchCode, bool IsCurrent, string Number, string HolderKana)
{
    /// <exception cref="RuleBrokenException">Something is missing or is no number of a bank.</exception>
    public void Check()
    {
        Rule.Require(IsDigits(BankCode, 4, 4), "銀行コードは4けたの数字で入れてください。通帳や銀行のホームページにあります。");
        Rule.Require(IsDigits(BranchCode, 3, 3), "支店コードは3けたの数字で入れてください。");
        Rule.Require(IsDigits(Number, 1, 7), "口座番号は7けたまでの数字で入れてください。");
        BankTransfer.Kana(HolderKana, 30);
        Rule.Require(HolderKana.Trim() != "", "口座の名義をカナで入れてください。");
    }

    /// <summary>What was typed; null when nothing was.</summary>
    /// <exception cref="RuleBrokenException">It is no account.</exception>
    public static BankAccount? Of(string? bank, string? branch, bool isCurrent, string? number, string? holder)
    {
        if (new[] { bank, branch, number, holder }.All(string.IsNullOrWhiteSpace))
        {
            return null;
        }

        var account = new BankAccount(Plain(bank), Plain(branch), isCurrent, Plain(number), (holder ?? "").Trim());
        account.Check();
        return account;
    }

    private static string Plain(string? typed) => (typed ?? "").Normalize(NormalizationForm.FormKC).Trim();

    private static bool IsDigits(string text, int least, int most) => text.Length >= least && text.Length <= most && text.All(char.IsAsciiDigit);
}

/// <summary>総合振込 as banks take it: lines of 120 characters, one byte each (全国銀行協会の制定フォーマット, JIS X 0201).</summary>
public static class BankTransfer
{
    private const string Wide = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲンァィゥェォャュョッ", Narrow = "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜｦﾝｱｲｳｴｵﾔﾕﾖﾂ";

    public sealed record Payee(int MemberNumber, BankAccount Account, long Yen);

    public static byte[] Write(BankAccount payer, string payerCode, DateOnly day, IReadOnlyList<Payee> payees)
    {
        Rule.Require(payees.Count > 0, "振り込む口座のある会員がいません。会員の記録に口座を入れてください。");
        Rule.Require(payerCode.Length <= 10 && payerCode.All(char.IsAsciiDigit), "委託者コードは10けたまでの数字です。団体の記録を直してください。");
        string[] lines =
        [
            "1210" + Digits(payerCode, 10) + Kana(payer.HolderKana, 40) + day.ToString("MMdd", CultureInfo.InvariantCulture) + BankOf(payer) + new string(' ', 17),
            .. payees.Select(payee => "2" + BankOf(payee.Account, house: "    ") + Kana(payee.Account.HolderKana, 30) + Digits($"{payee.Yen}", 10) + "0" + Digits($"{payee.MemberNumber}", 20) + "7" + new string(' ', 8)),
            "8" + Digits($"{payees.Count}", 6) + Digits($"{payees.Sum(payee => payee.Yen)}", 12) + new string(' ', 101),
            "9" + new string(' ', 119),
        ];
        return [.. string.Concat(lines.Select(line => line + "\r\n")).Select(letter => (byte)(letter < 0x80 ? letter : letter - 0xFF61 + 0xA1))];
    }

    /// <summary>Kana, Latin letters and digits in half width, filled up with spaces; a long name is cut.</summary>
    /// <exception cref="RuleBrokenException">A letter that banks do not take, such as a kanji.</exception>
    public static string Kana(string text, int length)
    {
        var narrow = new StringBuilder();
        var katakana = string.Concat(text.Normalize(NormalizationForm.FormKC).Select(letter => letter is >= 'ぁ' and <= 'ゖ' ? (char)(letter + 0x60) : letter));
        foreach (var letter in katakana.Normalize(NormalizationForm.FormKD).ToUpperInvariant())
        {
            narrow.Append(letter switch
            {
                '\u3099' => 'ﾞ', '\u309A' => 'ﾟ', 'ー' or '‐' or '−' => '-', '・' => '.',
                _ when char.IsAsciiLetterOrDigit(letter) || " ().-/".Contains(letter, StringComparison.Ordinal) => letter,
                _ when Wide.IndexOf(letter, StringComparison.Ordinal) is >= 0 and var place => Narrow[place],
                _ => throw new RuleBrokenException($"口座の名義の「{letter}」は、銀行のファイルに使えません。通帳のとおり、カナで入れてください。"),
            });
        }

        return narrow.Length > length ? narrow.ToString(0, length) : narrow.ToString().PadRight(length);
    }

    private static string BankOf(BankAccount account, string house = "") => account.BankCode + new string(' ', 15) + account.BranchCode + new string(' ', 15) + house + (account.IsCurrent ? "2" : "1") + Digits(account.Number, 7);

    private static string Digits(string number, int length) => number.PadLeft(length, '0');
}
