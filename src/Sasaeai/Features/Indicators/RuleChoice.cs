using Microsoft.AspNetCore.Mvc.Rendering;
using Sasaeai.Data;
using Sasaeai.Features.Counts;

namespace Sasaeai.Features.Indicators;

/// <summary>The first question of a definition: how the results come about. It decides which further questions there are.</summary>
public sealed record RuleChoice(CountingRule? Rule, IReadOnlyList<(string Code, string Name)> Kinds)
{
    /// <summary>For results that a person enters.</summary>
    public const string Entered = "entered";

    public IEnumerable<SelectListItem> Items => Kinds.Select(kind => new SelectListItem(kind.Name, kind.Code));

    /// <returns>Null while nothing, or nothing of the list, was chosen.</returns>
    public static async Task<RuleChoice?> OfAsync(AppDb db, string? code) =>
        code == Entered ? new RuleChoice(null, [])
        : CountingRules.Find(code) is { } rule ? new RuleChoice(rule, await rule.KindsAsync(db))
        : null;
}
