using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Areas;
using Sasaeai.Features.Areas.Addresses;
using Sasaeai.Features.Categories;
using Sasaeai.Features.Resources;
using Sasaeai.Japanese;

namespace Sasaeai.Features.Records;

/// <summary>The town's own lists on one day: they turn codes into words, and are the choices of the form.</summary>
public sealed class TownLists
{
    private readonly Dictionary<(CodeList, string), CodeItem> codes;
    private readonly Dictionary<string, Category> categories;
    private readonly Dictionary<Guid, string> organizations;
    private readonly Lazy<BlockFinder> blocks;

    public TownLists(AreaTree areas, IReadOnlyList<Category> categories, IEnumerable<CodeItem> codes, Dictionary<Guid, string> organizations, TownRule rule, Municipality town, DateOnly today, Holidays holidays)
    {
        (Areas, Rule, Today, Holidays, this.organizations) = (areas, rule, today, holidays, organizations);
        this.categories = categories.ToDictionary(category => category.Code);
        this.codes = codes.ToDictionary(item => (item.List, item.Code));
        Setting = new ResourceSetting(areas, categories, rule, today);
        blocks = new(() => new BlockFinder(areas.Of(AreaKind.Block).Select(area => new TownBlock(area.Id, area.Name, null, area.Lat, area.Lng)), town.Prefecture, town.Name));
    }

    public static async Task<TownLists> LoadAsync(AppDb db, Municipality town, DateOnly today, Holidays holidays) => new(
        await AreaTree.LoadAsync(db, today),
        await db.Categories.AsNoTracking().OrderBy(category => category.Sort).ThenBy(category => category.Code).ToListAsync(),
        await db.CodeItems.AsNoTracking().OrderBy(item => item.Sort).ThenBy(item => item.Code).ToListAsync(),
        await db.Organizations.AsNoTracking().OrderBy(organization => organization.Kana).ThenBy(organization => organization.Name).ToDictionaryAsync(organization => organization.Id, organization => organization.Name),
        await db.RuleAsync(), town, today, holidays);

    public AreaTree Areas { get; }
    public TownRule Rule { get; }
    public ResourceSetting Setting { get; }
    public DateOnly Today { get; }
    public Holidays Holidays { get; }

    public string Category(string code) => categories.TryGetValue(code, out var category) ? category.Name : $"{code}（分類表にありません）";

    public string Code(CodeList list, string? code) => code is null ? "" : codes.TryGetValue((list, code), out var item) ? item.Name : $"{code}（一覧にありません）";

    public string Area(Guid? id) => id is null ? "" : Areas.Find(id)?.Name ?? "（今はない区域）";

    public string Organization(Guid? id) => id is { } known ? organizations.GetValueOrDefault(known, "（登録のない団体）") : "";

    public bool HasCategory(string code) => categories.ContainsKey(code);

    public bool HasCode(CodeList list, string code) => codes.ContainsKey((list, code));

    public bool HasOrganization(Guid id) => organizations.ContainsKey(id);

    /// <summary>The category and those under it.</summary>
    public string[] CategoryWithParts(string code) => [.. categories.Values.Where(category => category.Code == code || category.ParentCode == code).Select(category => category.Code)];

    /// <summary>町丁目 of a written address, or null.</summary>
    public Guid? BlockOf(string address) => address == "" ? null : blocks.Value.Find(address).Block?.Id;

    /// <summary>Categories under the heading of their parent; ended ones only where the record has them.</summary>
    public IEnumerable<IGrouping<string, Category>> CategoryGroups(IReadOnlyCollection<string> held) => categories.Values
        .Where(category => category.IsValidOn(Today) || held.Contains(category.Code))
        .GroupBy(category => Category(category.ParentCode ?? category.Code));

    /// <summary>Items of the list that are in use today, and the ones that the record has.</summary>
    public IEnumerable<SelectListItem> Choices(CodeList list, params IEnumerable<string?> held) => codes.Values
        .Where(item => item.List == list && ((item.StartsOn is null || item.StartsOn <= Today) && (item.EndsOn is null || Today <= item.EndsOn) || held.Contains(item.Code)))
        .Select(item => new SelectListItem(item.Name, item.Code));

    public IEnumerable<SelectListItem> CategoryChoices => categories.Values.Where(category => category.IsValidOn(Today))
        .Select(category => new SelectListItem(category.ParentCode is null ? category.Name : $" {category.Name}", category.Code));

    /// <summary>All organizations, or those of the given ids.</summary>
    public IEnumerable<SelectListItem> OrganizationChoices(IReadOnlySet<Guid>? only = null) =>
        organizations.Where(organization => only?.Contains(organization.Key) ?? true).Select(organization => new SelectListItem(organization.Value, organization.Key.ToString()));

    public IEnumerable<SelectListItem> AreaChoices(params IEnumerable<AreaKind> kinds) =>
        kinds.SelectMany(Areas.Of).Select(area => new SelectListItem(area.Name, area.Id.ToString()));
}
