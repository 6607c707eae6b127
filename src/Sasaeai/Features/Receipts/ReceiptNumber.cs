using System.Security.Cryptography;
using Sasaeai.Japanese;

namespace Sasaeai.Features.Receipts;

/// <summary>受付番号: twelve digits, easy to read out on the telephone, too many to guess.</summary>
public static class ReceiptNumber
{
    public static string New() => $"{RandomNumberGenerator.GetInt32(10_000):0000}-{RandomNumberGenerator.GetInt32(10_000):0000}-{RandomNumberGenerator.GetInt32(10_000):0000}";

    /// <summary>The number as it is kept, from what a person typed (full-width digits, other dashes); null when it is none.</summary>
    public static string? Read(string? typed)
    {
        var digits = string.Concat(Folding.Fold(typed).Where(char.IsAsciiDigit));
        return digits.Length == 12 ? $"{digits[..4]}-{digits[4..8]}-{digits[8..]}" : null;
    }
}
