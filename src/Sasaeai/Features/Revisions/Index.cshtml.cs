using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Records;
using Sasaeai.Features.Resources;

namespace Sasaeai.Features.Revisions;

/// <summary>The queue of proposals, oldest first.</summary>
public class IndexModel(AppDb db, ResourceDesk desk, CurrentPerson person) : PageModel
{
    public const int PageSize = 50;

    [BindProperty(SupportsGet = true), Display(Name = "状態"), EnumDataType(typeof(RevisionState))]
    public RevisionState State { get; set; }

    [BindProperty(SupportsGet = true), Display(Name = "だれから")]
    public RevisionSource? Source { get; set; }

    [BindProperty(SupportsGet = true), Display(Name = "圏域")]
    public Guid? Area { get; set; }

    [BindProperty(Name = "p", SupportsGet = true)]
    public int Number { get; set; } = 1;

    public TownLists Lists { get; private set; } = null!;
    public IReadOnlyList<Row> Rows { get; private set; } = [];
    public IReadOnlyList<(RevisionSource Source, int Count)> Counts { get; private set; } = [];
    public int Total { get; private set; }

    public async Task OnGetAsync()
    {
        Lists = await desk.ListsAsync();
        var resources = db.Resources.VisibleTo(person);
        if (Area is { } area)
        {
            resources = resources.Where(resource => resource.AreaIds.Contains(area));
        }

        var all = db.Revisions.Where(revision => revision.State == State)
            .Join(resources, revision => revision.ResourceId, resource => resource.Id, (revision, resource) => new { revision, resource });
        Counts = [.. (await all.GroupBy(row => row.revision.Source).Select(group => new { group.Key, Count = group.Count() }).ToListAsync()).OrderBy(group => group.Key).Select(group => (group.Key, group.Count))];
        var found = Source is { } source ? all.Where(row => row.revision.Source == source) : all;
        Total = Counts.Where(count => Source is null || count.Source == Source).Sum(count => count.Count);
        Number = Math.Clamp(Number, 1, Math.Max(1, (Total + PageSize - 1) / PageSize));
        var ordered = State == RevisionState.Pending ? found.OrderBy(row => row.revision.CreatedAt) : found.OrderByDescending(row => row.revision.DecidedAt);
        Rows = await ordered.ThenBy(row => row.revision.Id).Skip((Number - 1) * PageSize).Take(PageSize)
            .Select(row => new Row(row.revision.Id, row.resource.Name, row.revision.Kind, row.revision.Source, row.revision.ByName, row.revision.Note, row.revision.CreatedAt, row.resource.State == ResourceState.Draft)).ToListAsync();
    }

    public sealed record Row(Guid Id, string Name, RevisionKind Kind, RevisionSource Source, string ByName, string Note, DateTimeOffset CreatedAt, bool IsNew);
}
