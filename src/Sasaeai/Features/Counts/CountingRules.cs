namespace Sasaeai.Features.Counts;

/// <summary>All ways in which the program counts.</summary>
public static class CountingRules
{
    public static readonly IReadOnlyList<CountingRule> All =
    [
        new PublishedResourceCount(),
        new OverdueResourceCount(),
    ];

    public static CountingRule? Find(string? code) => All.FirstOrDefault(rule => rule.Code == code);
}
