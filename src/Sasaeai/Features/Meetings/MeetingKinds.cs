using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Categories;

namespace Sasaeai.Features.Meetings;

/// <summary>The town's own list of kinds of meeting.</summary>
public sealed class MeetingKinds(IReadOnlyList<CodeItem> items, DateOnly today)
{
    /// <summary>Codes that begin so are 地域ケア会議, whatever the town calls them.</summary>
    public const string CarePrefix = "care-";

    /// <summary>地域ケア個別会議 speaks of one person's case, so it is 非公開 unless somebody says otherwise.</summary>
    public const string CareIndividual = "care-individual";

    public static async Task<MeetingKinds> LoadAsync(AppDb db, DateOnly today) =>
        new(await db.CodeItems.AsNoTracking().Where(item => item.List == CodeList.MeetingKind).OrderBy(item => item.Sort).ThenBy(item => item.Code).ToListAsync(), today);

    public IEnumerable<CodeItem> All => items;

    public string Name(string code) => items.FirstOrDefault(item => item.Code == code)?.Name ?? $"{code}（一覧にありません）";

    /// <summary>Kinds in use today, and the one that the meeting has.</summary>
    public IReadOnlyList<SelectListItem> Choices(string? held = null) => [.. items
        .Where(item => item.Code == held || (item.StartsOn is null || item.StartsOn <= today) && (item.EndsOn is null || today <= item.EndsOn))
        .Select(item => new SelectListItem(item.Name, item.Code))];
}
