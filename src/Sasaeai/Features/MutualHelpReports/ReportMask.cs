namespace Sasaeai.Features.MutualHelpReports;

/// <summary>Hides small counts from those who are not of the group (0: hides nothing).</summary>
public sealed record ReportMask(int Smallest)
{
    public bool Hides(long count) => count > 0 && count < Smallest;

    public string Count(long count) => Hides(count) ? $"{Smallest}未満" : $"{count:N0}";

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
