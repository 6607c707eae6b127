using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Shared;
using Sasaeai.Japanese;

namespace Sasaeai.Features.TownSettings;

/// <summary>What the forms of the settings choose from and how they read lists and days.</summary>
public static class Choices
{
    public static async Task<List<SelectListItem>> CategoriesAsync(AppDb db) =>
        await db.Categories.AsNoTracking().OrderBy(category => category.Sort).ThenBy(category => category.Code).Select(category => new SelectListItem(category.Code + " " + category.Name, category.Code)).ToListAsync();

    /// <summary>One word a line, or separated by 、 and ;.</summary>
    public static string[] Words(string? typed) =>
        [.. (typed ?? "").Split(['\n', '\r', '、', ';', '；', ','], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct()];

    /// <exception cref="RuleBrokenException">Something was typed that is no day.</exception>
    public static DateOnly? Day(DateInput? typed, string label)
    {
        var day = default(DateOnly);
        Rule.Require(typed is null || Wareki.TryReadDate(typed.ToString(), out day), typed?.Refusal(label) ?? "");
        return typed is null ? null : day;
    }
}
