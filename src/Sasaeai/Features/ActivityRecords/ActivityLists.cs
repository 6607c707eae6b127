using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Categories;

namespace Sasaeai.Features.ActivityRecords;

/// <summary>The town's 圏域 and codes of activities: they turn ids and codes into words, and are the choices of the form.</summary>
public sealed class ActivityLists(IReadOnlyList<ActivityLists.Zone> zones, IReadOnlyList<CodeItem> codes, DateOnly today)
{
    /// <summary>A 圏域 or the town: an area that is one of the programme's layers.</summary>
    public sealed record Zone(Guid Id, string Name, int Layer, DateOnly? EndsOn);

    private readonly Dictionary<Guid, string> names = zones.ToDictionary(zone => zone.Id, zone => zone.Name);
    private readonly ILookup<CodeList, CodeItem> codes = codes.ToLookup(item => item.List);

    public static async Task<ActivityLists> LoadAsync(AppDb db, DateOnly today)
    {
        CodeList[] lists = [CodeList.ActivityFunction, CodeList.ActivityKind, CodeList.ActivityWay];
        return new(
            await db.Areas.AsNoTracking().Where(area => area.Layer != null).OrderBy(area => area.Layer).ThenBy(area => area.Code).Select(area => new Zone(area.Id, area.Name, area.Layer!.Value, area.EndsOn)).ToListAsync(),
            await db.CodeItems.AsNoTracking().Where(item => lists.Contains(item.List)).OrderBy(item => item.Sort).ThenBy(item => item.Code).ToListAsync(), today);
    }

    public DateOnly Today => today;

    public IReadOnlyList<Zone> Zones => zones;

    public bool HasZone(Guid id) => names.ContainsKey(id);

    public string NameOf(Guid? zone) => zone is { } id ? names.GetValueOrDefault(id, "（今はない区域）") : "";

    public string NameOf(CodeList list, string? code) => code is null ? "" : codes[list].FirstOrDefault(item => item.Code == code)?.Name ?? code;

    public string NamesOf(CodeList list, IEnumerable<string> held) => string.Join('、', held.Select(code => NameOf(list, code)));

    public bool Has(CodeList list, string code) => codes[list].Any(item => item.Code == code);

    public IEnumerable<CodeItem> All(CodeList list) => codes[list];

    /// <summary>In use today, and what the record has already.</summary>
    public IEnumerable<SelectListItem> ZoneChoices(Guid? held = null) =>
        zones.Where(zone => zone.EndsOn is null || today <= zone.EndsOn || zone.Id == held).Select(zone => new SelectListItem(zone.Name, zone.Id.ToString()));

    public IEnumerable<SelectListItem> Choices(CodeList list, params IEnumerable<string?> held) =>
        codes[list].Where(item => (item.StartsOn is null || item.StartsOn <= today) && (item.EndsOn is null || today <= item.EndsOn) || held.Contains(item.Code)).Select(item => new SelectListItem(item.Name, item.Code));

    public static readonly IReadOnlyList<SelectListItem> Layers = [new("第1層相当", "1"), new("第2層相当", "2")];
}
