namespace Sasaeai.Features.MutualHelpReports;

/// <summary>Hides small counts from those who are not of the group (0: hides nothing).</summary>
public sealed record ReportMask(int Smallest)
{
    public bool Hides(long count) => count > 0 && count < Smallest;

    public string Count(long count) => Count(count, "");

    /// <summary>「12件」「5件未満」.</summary>
    public string Count(long count, string unit) => Hides(count) ? $"{Smallest}{unit}未満" : $"{count:N0}{unit}";

    /// <summary>A share or mean would give a small count away.</summary>
    public string Unless(string shown, params ReadOnlySpan<long> counts)
    {
        foreach (var count in counts)
        {
            if (Hides(count))
            {
                return "—";
            }
        }

        return shown;
    }
}
