using Microsoft.AspNetCore.Mvc.Rendering;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Areas;

namespace Sasaeai.Features.Councils;

/// <summary>The areas that councils and meetings belong to: the town itself (第1層) and its 圏域 (第2層).</summary>
public static class LayerAreas
{
    public static IEnumerable<Area> WithLayer(this AreaTree tree) =>
        tree.All.Where(area => area.Layer is not null || area.Kind is AreaKind.Town or AreaKind.LivingArea).OrderBy(area => area.Layer ?? 2).ThenBy(area => area.Code, StringComparer.Ordinal);

    public static IReadOnlyList<SelectListItem> Choices(this AreaTree tree, CurrentPerson person) =>
        [.. tree.WithLayer().Where(area => person.WorksIn(area.Id)).Select(area => new SelectListItem(area.Name, area.Id.ToString()))];
}
