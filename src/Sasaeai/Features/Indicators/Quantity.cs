using System.Globalization;

namespace Sasaeai.Features.Indicators;

/// <summary>
/// A figure kept exactly: a number, or a share as its two counts. Shares are added by their counts and compared by
/// multiplying crosswise; they are rounded only to be printed.
/// </summary>
public readonly record struct Quantity(decimal Numerator, long? Denominator = null)
{
    /// <summary>Largest number that is taken, so that comparing crosswise never overflows.</summary>
    public const decimal Most = 999_999_999_999;

    public bool IsShare => Denominator is not null;

    /// <summary>The number, or the counted part of the share, without zeros at its end.</summary>
    public decimal Count => Numerator / 1.0000000000000000000000000000m;

    /// <summary>For drawing only: the number, or the percentage.</summary>
    public double Approximate => IsShare ? 100 * (double)Numerator / (double)Denominator! : (double)Numerator;

    /// <summary>Σ numerators, and Σ denominators where it is a share.</summary>
    public static Quantity operator +(Quantity one, Quantity other) => one.IsShare == other.IsShare
        ? new(one.Numerator + other.Numerator, one.Denominator + other.Denominator)
        : throw new InvalidOperationException("A share and a number cannot be added.");

    /// <summary>Below 0, 0 or above 0 as this is less than, the same as or more than the other.</summary>
    public int ComparedTo(Quantity other) => (Numerator * (other.Denominator ?? 1)).CompareTo(other.Numerator * (Denominator ?? 1));

    /// <summary>Percent rounded half up, from the counts in integers. Rounding a rounded share again would be wrong (206 of 2,179 is 9 %).</summary>
    public static long Percent(long count, long of) => (200 * count + of) / (2 * of);

    /// <summary>The number, or the percentage: whole, but with as many decimals as it takes not to look like the target that it is not.</summary>
    public string Shown(Quantity? target = null)
    {
        if (Denominator is not { } of)
        {
            return Numerator.ToString("#,0.##", CultureInfo.InvariantCulture);
        }

        var decimals = of == 100 ? Math.Min(2, (int)Count.Scale) : 0;     // a percentage that somebody typed, as it was typed
        if (target is { Denominator: { } ofTarget } wanted && ComparedTo(wanted) != 0)
        {
            while (decimals < 3 && Rounded(Numerator, of, decimals) == Rounded(wanted.Numerator, ofTarget, decimals))
            {
                decimals++;
            }
        }

        return Rounded(Numerator, of, decimals).ToString($"0.{new string('0', decimals)}", CultureInfo.InvariantCulture);
    }

    private static decimal Rounded(decimal count, long of, int places)
    {
        var scale = places switch { 0 => 1L, 1 => 10L, 2 => 100L, _ => 1000L };
        return decimal.Floor((200 * scale * count + of) / (2m * of)) / scale;
    }
}
