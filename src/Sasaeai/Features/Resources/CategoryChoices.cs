using Microsoft.AspNetCore.Mvc.Rendering;
using Sasaeai.Features.Directory;

namespace Sasaeai.Features.Resources;

/// <summary>The town's categories as the choices of one select, the small ones grouped under the large.</summary>
public static class CategoryChoices
{
    public static IEnumerable<SelectListItem> Of(TownDirectory town, string? chosen, Func<string, int>? count = null)
    {
        foreach (var (parent, children) in town.CategoryGroups)
        {
            var group = new SelectListGroup { Name = parent.Name };
            yield return new SelectListItem(children.Count == 0 ? parent.Name : $"{parent.Name}（すべて）", parent.Code, parent.Code == chosen) { Group = group };
            foreach (var child in children)
            {
                var name = count?.Invoke(child.Code) is > 0 and var found ? $"{child.Name}（{found}）" : child.Name;
                yield return new SelectListItem(name, child.Code, child.Code == chosen) { Group = group };
            }
        }
    }
}
