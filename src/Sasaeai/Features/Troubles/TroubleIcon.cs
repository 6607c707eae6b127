using Sasaeai.Features.Categories;

namespace Sasaeai.Features.Troubles;

/// <summary>The picture of a trouble (icons.svg), by the standard category that meets it.</summary>
public static class TroubleIcon
{
    private static readonly (string Category, string Icon)[] Icons =
    [
        ("1301", "trash"), ("1302", "cleaning"), ("1303", "garden"), ("1304", "repair"), ("1305", "box"), ("1306", "paper"), ("1307", "pet"), ("14", "shopping"), ("15", "ride"), ("1602", "talk"), ("16", "watch"), ("1205", "phone"),
        ("10", "gather"), ("11", "exercise"), ("12", "gather"), ("1703", "money"), ("1705", "home"), ("18", "hand"), ("1903", "scissors"), ("19", "medicine"), ("20", "shield"), ("21", "home"),
    ];

    public static string Of(Trouble trouble) =>
        Icons.FirstOrDefault(icon => trouble.CategoryCodes is [var first, ..] && first.StartsWith(icon.Category, StringComparison.Ordinal)).Icon ?? "other";
}
