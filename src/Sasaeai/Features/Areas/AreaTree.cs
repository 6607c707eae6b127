using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;

namespace Sasaeai.Features.Areas;

/// <summary>All areas of a town with what lies in what on one day.</summary>
public sealed class AreaTree
{
    private readonly Dictionary<Guid, Area> areas;
    private readonly ILookup<Guid, Guid> parents;
    private readonly ILookup<Guid, Guid> children;

    public AreaTree(IEnumerable<Area> areas, IEnumerable<AreaParent> links, DateOnly day)
    {
        this.areas = areas.Where(area => area.IsValidOn(day)).ToDictionary(area => area.Id);
        var valid = links.Where(link => link.IsValidOn(day) && this.areas.ContainsKey(link.AreaId) && this.areas.ContainsKey(link.ParentId)).ToList();
        parents = valid.ToLookup(link => link.AreaId, link => link.ParentId);
        children = valid.ToLookup(link => link.ParentId, link => link.AreaId);
    }

    public static async Task<AreaTree> LoadAsync(AppDb db, DateOnly day) =>
        new(await db.Areas.AsNoTracking().ToListAsync(), await db.AreaParents.AsNoTracking().ToListAsync(), day);

    public IEnumerable<Area> All => areas.Values;

    public IEnumerable<Area> Of(AreaKind kind) => areas.Values.Where(area => area.Kind == kind).OrderBy(area => area.Code, StringComparer.Ordinal);

    public Area? Find(Guid? id) => id is { } known ? areas.GetValueOrDefault(known) : null;

    public Area? FindByCode(string code) => areas.Values.FirstOrDefault(area => area.Code == code);

    /// <summary>The areas and everything above them, without repeats.</summary>
    public IReadOnlyList<Guid> WithAncestors(IEnumerable<Guid> ids) => Closure(ids, parents);

    /// <summary>The areas and everything inside them, without repeats.</summary>
    public IReadOnlyList<Guid> WithDescendants(IEnumerable<Guid> ids) => Closure(ids, children);

    private IReadOnlyList<Guid> Closure(IEnumerable<Guid> ids, ILookup<Guid, Guid> next)
    {
        var seen = new HashSet<Guid>();
        var open = new Stack<Guid>(ids.Where(areas.ContainsKey));
        while (open.TryPop(out var id))
        {
            if (seen.Add(id))
            {
                foreach (var other in next[id])
                {
                    open.Push(other);
                }
            }
        }

        return [.. seen];
    }
}
