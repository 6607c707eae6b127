using Microsoft.AspNetCore.Mvc.Rendering;
using Sasaeai.Features.Directory;

namespace Sasaeai.Features.Resources;

/// <summary>The town's categories as the choices of one select, the small ones grouped under the large.</summary>
public static class CategoryChoices
{
    public static IEnumerable<SelectListItem> Of(TownDirectory town, string? chosen, IReadOnlyList<Facet>? counts = null)
    {
        var groups = town.Categories.Where(category => category.ParentCode is null).ToDictionary(category => category.Code, category => new SelectListGroup { Name = category.Name });
        var byCode = counts?.ToDictionary(facet => facet.Code, facet => facet.Count) ?? [];
        foreach (var parent in town.Categories.Where(category => category.ParentCode is null))
        {
            var children = town.Categories.Where(category => category.ParentCode == parent.Code).ToList();
            yield return new SelectListItem(children.Count == 0 ? parent.Name : $"{parent.Name}（すべて）", parent.Code, parent.Code == chosen) { Group = groups[parent.Code] };
            foreach (var child in children)
            {
                var name = byCode.TryGetValue(child.Code, out var count) ? $"{child.Name}（{count}）" : child.Name;
                yield return new SelectListItem(name, child.Code, child.Code == chosen) { Group = groups[parent.Code] };
            }
        }
    }
}
