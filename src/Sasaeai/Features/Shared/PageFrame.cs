namespace Sasaeai.Features.Shared;

/// <summary>What the layout shows around every page of one request.</summary>
/// <param name="TownName">Such as 「みほん市」; null outside a town.</param>
/// <param name="AccountName">Name of the person signed in, or null.</param>
/// <param name="Affiliation">Body for which that person acts now, always shown beside the name.</param>
/// <param name="TextSize">One of the keys of <see cref="Shared.TextSize.Choices"/>.</param>
/// <param name="Menu">Main menu, in order.</param>
/// <param name="Groups">What stands behind one word each, after the menu.</param>
/// <param name="IsStaff">True on the pages of those who work here; false on the residents' pages.</param>
public record PageFrame(string? TownName, string? AccountName, string? Affiliation, string TextSize, IReadOnlyList<MenuItem> Menu, IReadOnlyList<MenuGroup> Groups, bool IsStaff);

/// <param name="Text">Visible words.</param>
/// <param name="Path">Path inside the town, such as <c>/resources</c>.</param>
public record MenuItem(string Text, string Path);

/// <param name="Text">The word that opens the group.</param>
public record MenuGroup(string Text, IReadOnlyList<MenuItem> Items);
