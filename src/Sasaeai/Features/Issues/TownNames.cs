using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Areas;
using Sasaeai.Features.Bodies;

namespace Sasaeai.Features.Issues;

/// <summary>The names that pages of the chain show for ids: areas down to school districts, categories, bodies.</summary>
public sealed class TownNames
{
    private readonly Dictionary<Guid, AreaRow> areas;
    private readonly Dictionary<string, string> categories;
    private readonly Dictionary<Guid, BodyRow> bodies;

    private TownNames(Dictionary<Guid, AreaRow> areas, Dictionary<string, string> categories, Dictionary<Guid, BodyRow> bodies) => (this.areas, this.categories, this.bodies) = (areas, categories, bodies);

    public sealed record AreaRow(Guid Id, string Code, string Name, int? Layer, AreaKind Kind);

    public static async Task<TownNames> LoadAsync(AppDb db) => new(
        await db.Areas.AsNoTracking().Where(area => area.Kind != AreaKind.Block).Select(area => new AreaRow(area.Id, area.Code, area.Name, area.Layer, area.Kind)).ToDictionaryAsync(area => area.Id),
        await db.Categories.AsNoTracking().OrderBy(category => category.Sort).ThenBy(category => category.Code).ToDictionaryAsync(category => category.Code, category => category.Name),
        (await BodyList.LoadAsync(db)).ToDictionary(body => body.Id));

    /// <summary>圏域 of 第2層, in the order of their codes.</summary>
    public IReadOnlyList<AreaRow> Zones => [.. areas.Values.Where(area => area.Kind == AreaKind.LivingArea).OrderBy(area => area.Code, StringComparer.Ordinal)];

    /// <summary>The whole town as an area of 第1層, where its areas were registered.</summary>
    public AreaRow? Town => areas.Values.FirstOrDefault(area => area.Kind == AreaKind.Town);

    public IReadOnlyCollection<BodyRow> Bodies => bodies.Values;

    public string Area(Guid? id) => id is { } area ? areas.GetValueOrDefault(area)?.Name ?? "以前の地域" : "市全体";

    public string Category(string? code) => code is null ? "分野なし" : categories.GetValueOrDefault(code, code);

    public BodyRow Body(Guid id) => bodies[id];

    public IEnumerable<SelectListItem> AreaChoices => Zones.Select(area => new SelectListItem(area.Name, area.Id.ToString()));

    /// <summary>The whole town first: 第1層 has initiatives of its own.</summary>
    public IEnumerable<SelectListItem> LayerChoices => (Town is { } town ? [new SelectListItem("市全体（第1層）", town.Id.ToString())] : Enumerable.Empty<SelectListItem>()).Concat(AreaChoices);

    public IEnumerable<SelectListItem> CategoryChoices => categories.Select(category => new SelectListItem(category.Value, category.Key));

    public IEnumerable<SelectListItem> BodyChoices => bodies.Values.OrderBy(body => body.Name, StringComparer.Ordinal).Select(body => new SelectListItem(body.Name, body.Id.ToString()));

    /// <summary>What a form says of area and field must be on its lists.</summary>
    public void RequireKnown(Guid? areaId, string? categoryCode)
    {
        Rule.Require(areaId is not { } area || areas.ContainsKey(area), "地域を選び直してください。");
        Rule.Require(categoryCode is null || categories.ContainsKey(categoryCode), "分野を選び直してください。");
    }
}
