using Sasaeai.Features.Categories;

namespace Sasaeai.Features.Troubles;

/// <summary>The picture of a trouble (icons.svg), by the standard category that meets it.</summary>
public static class TroubleIcon
{
    private static readonly (string Category, string Icon)[] Icons =
    [
        ("1301", "trash"), ("1302", "cleaning"), ("1303", "garden"), ("1304", "repair"), ("14", "shopping"), ("15", "ride"), ("1602", "talk"), ("16", "watch"), ("10", "gather"), ("11", "gather"), ("12", "gather"),
    ];

    public static string Of(Trouble trouble) =>
        Icons.FirstOrDefault(icon => trouble.CategoryCodes is [var first, ..] && first.StartsWith(icon.Category, StringComparison.Ordinal)).Icon ?? "other";
}
