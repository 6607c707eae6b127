using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Sasaeai.Japanese;

/// <summary>What was wrong with a written municipality code and has been put right.</summary>
public enum CodeRepair { None, LeadingZero, CheckDigit }

/// <summary>
/// 全国地方公共団体コード: two digits of the prefecture (01–47; 99 for demo towns), three of the municipality, one check digit
/// f = (11 − (6a + 5b + 4c + 3d + 2e) mod 11) mod 10.
/// </summary>
public sealed record MunicipalityCode
{
    /// <summary>A code as read, the repair it needed, and the other code that the same five digits could mean, if any.</summary>
    public sealed record Reading(MunicipalityCode Code, CodeRepair Repair, MunicipalityCode? OtherCode);

    MunicipalityCode(string digits) => Digits = digits;

    /// <summary>Six digits.</summary>
    public string Digits { get; }

    /// <summary>1–47, or 99 for a demo town.</summary>
    public int Prefecture => int.Parse(Digits.AsSpan(0, 2));

    /// <summary>
    /// Reads six digits, in full width too, or five: those of spreadsheets, which lose a leading zero (92011 → 092011),
    /// and those without the check digit (13101 → 131016). Five digits that could be either are read as a lost zero, with the other code beside it.
    /// </summary>
    public static bool TryRead(string? text, [NotNullWhen(true)] out Reading? reading)
    {
        var digits = text is null || text.Length > 20 ? "" : Ascii(text);
        var whole = digits.Length == 6 ? Checked(digits) : null;
        var withZero = digits.Length == 5 ? Checked("0" + digits) : null;
        var withCheck = digits.Length == 5 && digits.All(char.IsAsciiDigit) ? Checked(digits + CheckDigit(digits)) : null;
        reading = (whole, withZero, withCheck) switch
        {
            ({ } code, _, _) => new(code, CodeRepair.None, null),
            (_, { } code, var other) => new(code, CodeRepair.LeadingZero, other),
            (_, _, { } code) => new(code, CodeRepair.CheckDigit, null),
            _ => null,
        };
        return reading is not null;
    }

    public override string ToString() => Digits;

    static MunicipalityCode? Checked(string digits) =>
        digits.All(char.IsAsciiDigit) && int.Parse(digits.AsSpan(0, 2)) is (>= 1 and <= 47) or 99 && digits[5] == CheckDigit(digits)
            ? new(digits)
            : null;

    static char CheckDigit(string digits)
    {
        var sum = 0;
        for (var i = 0; i < 5; i++)
            sum += (6 - i) * (digits[i] - '0');
        return (char)('0' + (11 - sum % 11) % 10);
    }

    static string Ascii(string text)
    {
        var ascii = new StringBuilder(text.Length);
        foreach (var c in text.Trim())
            ascii.Append(c is >= '０' and <= '９' ? (char)(c - '０' + '0') : c);
        return ascii.ToString();
    }
}
