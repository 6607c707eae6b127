using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Categories;

namespace Sasaeai.Features.Resources;

/// <summary>What a record says in the few lines that are read out on the telephone or printed in a letter.</summary>
public sealed record ResourceBrief(string When, string Where, string Fee, string Phone, string Person)
{
    public static async Task<Dictionary<string, string>> FeeNamesAsync(AppDb db) =>
        await db.CodeItems.AsNoTracking().Where(item => item.List == CodeList.FeeKind).ToDictionaryAsync(item => item.Code, item => item.Name);

    public static ResourceBrief Of(ResourceContent content, IReadOnlyDictionary<string, string> feeNames) => new(
        content.Schedule.InJapanese(),
        string.Join('　', new[] { content.Venue, content.Address, content.Building }.Where(part => part != "")),
        string.Join('　', new[] { content.FeeKind is { } kind ? feeNames.GetValueOrDefault(kind, "") : "", content.FeeYen is > 0 and var yen ? $"{yen:N0}円" : "", content.FeeNote }.Where(part => part != "")),
        content.Phone.Value,
        content.Person.Value);

    public static string OrUnknown(string text) => text == "" ? "わかっていません" : text;
}
