using Sasaeai.Data;
using Sasaeai.Features.Areas;
using Sasaeai.Features.Areas.Addresses;
using Sasaeai.Features.Categories;

namespace Sasaeai.Features.Directory;

/// <summary>
/// One town's public directory as it was at one version: its lists, and of each published resource what
/// searching needs. Immutable; a newer version is a new object (<see cref="TownDirectories"/>).
/// </summary>
public sealed class TownDirectory
{
    public required Municipality Town { get; init; }
    /// <summary>Grows with each publication of the town or of a neighbour; part of the key of everything cached.</summary>
    public required long Stamp { get; init; }
    public required TownRule Rule { get; init; }
    public required AreaTree Areas { get; init; }
    public required IReadOnlyList<Category> Categories { get; init; }
    public required IReadOnlyDictionary<CodeList, IReadOnlyList<CodeItem>> Codes { get; init; }
    public required IReadOnlyList<Trouble> Troubles { get; init; }
    public required Thesaurus Thesaurus { get; init; }
    public required IReadOnlyList<Municipality> Neighbours { get; init; }
    /// <summary>The town's own entries, then those of neighbours within reach.</summary>
    public required Entry[] Entries { get; init; }

    /// <summary>Memory in bytes, roughly.</summary>
    public long Size => Entries.Sum(entry => (long)entry.Size + EntryIndex.BytesAnEntry) + Areas.All.Sum(area => 400L + 2 * (area.Boundary?.Length ?? 0)) + Thesaurus.Size;

    /// <summary>日常生活圏域 in the order of their codes.</summary>
    public IReadOnlyList<Area> Zones => zones ??= [.. Areas.Of(AreaKind.LivingArea)];

    /// <summary>Reads addresses of this town.</summary>
    public BlockFinder Blocks => blocks ??= new BlockFinder(
        Areas.Of(AreaKind.Block).Select(area => new TownBlock(area.Id, area.Name, null, area.Lat, area.Lng)), Town.Prefecture, Town.Name);

    /// <summary>Of <see cref="Entries"/> by their numbers; made at the first search.</summary>
    public EntryIndex Index => index ??= new EntryIndex(Entries);

    /// <summary>The town's own entry, or null.</summary>
    public Entry? Find(Guid id) => Index.NumberOf(Town.Id, id) is { } number ? Entries[number] : null;

    private IReadOnlyList<Area>? zones;
    private EntryIndex? index;
    private BlockFinder? blocks;
    private Dictionary<string, Category>? categoriesByCode;
    private IReadOnlyList<(Category, IReadOnlyList<Category>)>? categoryGroups;

    /// <summary>The large categories with the small ones in each.</summary>
    public IReadOnlyList<(Category Parent, IReadOnlyList<Category> Children)> CategoryGroups => categoryGroups ??=
        [.. Categories.Where(category => category.ParentCode is null).Select(parent => (parent, (IReadOnlyList<Category>)[.. Categories.Where(child => child.ParentCode == parent.Code)]))];

    public Category? Category(string? code) =>
        code is null ? null : (categoriesByCode ??= Categories.ToDictionary(category => category.Code)).GetValueOrDefault(code);

    public string NameOf(CodeList list, string? code) =>
        code is null ? "" : Codes[list].FirstOrDefault(item => item.Code == code)?.Name ?? code;

    /// <summary>The category and all below it.</summary>
    public HashSet<string> WithChildren(string code)
    {
        var codes = new HashSet<string> { code };
        for (var before = 0; before != codes.Count;)
        {
            before = codes.Count;
            codes.UnionWith(Categories.Where(category => category.ParentCode is { } parent && codes.Contains(parent)).Select(category => category.Code));
        }

        return codes;
    }

    public Municipality TownOf(int municipalityId) => municipalityId == Town.Id ? Town : Neighbours.First(town => town.Id == municipalityId);
}

/// <summary>What searching needs of one published resource.</summary>
public sealed class Entry
{
    public required int MunicipalityId { get; init; }
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public required string NameKey { get; init; }
    public required string TextKey { get; init; }
    public required string[] Categories { get; init; }
    public required Guid[] Areas { get; init; }
    public required Resources.Schedules.Weekdays Weekdays { get; init; }
    public required int[] DayKeys { get; init; }
    public required string[] Features { get; init; }
    public required short? StartsMinute { get; init; }
    public required short? EndsMinute { get; init; }
    public required double Lat { get; init; }
    public required double Lng { get; init; }
    public required Resources.Availability? Availability { get; init; }
    public required DateOnly? AvailabilityUntil { get; init; }
    public required DateOnly? VerifiedOn { get; init; }
    public required DateOnly DueOn { get; init; }
    public required DateOnly HideOn { get; init; }
    /// <summary>The schedule, where the day keys alone do not tell on which days it runs.</summary>
    public required Resources.Schedules.Schedule? Limits { get; init; }

    public bool HasPoint => !double.IsNaN(Lat);

    /// <summary>Memory in bytes, roughly.</summary>
    public int Size => 200 + 2 * (Name.Length + NameKey.Length + TextKey.Length) + 8 * Categories.Length + 16 * Areas.Length + 4 * DayKeys.Length + 8 * Features.Length;
}
