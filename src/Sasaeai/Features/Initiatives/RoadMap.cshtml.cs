using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Issues;
using Sasaeai.Features.Resources;

namespace Sasaeai.Features.Initiatives;

/// <summary>どの圏域がどこまで来たか: the first day on which an initiative of the area reached each step.</summary>
public class RoadMapModel(AppDb db, CurrentPerson person, IssueDesk desk, TimeProvider time) : PageModel
{
    public DateOnly Today => time.Today();
    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public async Task OnGetAsync()
    {
        person.Require(person.CanSeeIssues());
        var names = await desk.LoadNamesAsync();
        var reached = (await db.InitiativeSteps.Join(db.Initiatives, step => step.InitiativeId, initiative => initiative.Id, (step, initiative) => new { initiative.AreaId, step.Step, step.ReachedOn })
            .GroupBy(row => new { row.AreaId, row.Step }).Select(group => new { group.Key.AreaId, group.Key.Step, First = group.Min(row => row.ReachedOn) }).ToListAsync()).ToLookup(row => row.AreaId);
        var counts = await db.Initiatives.GroupBy(initiative => initiative.AreaId).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count);
        Rows = [.. (names.Town is { } town && counts.ContainsKey(town.Id) ? new[] { town } : []).Concat(names.Zones).Select(zone => new Row(zone.Id, zone.Name, reached[zone.Id].OrderBy(row => row.Step).ToDictionary(row => row.Step, row => row.First), counts.GetValueOrDefault(zone.Id)))];
    }

    /// <summary>Short lines for the head of a column.</summary>
    public static IEnumerable<string> Lines(string words) => words.Chunk(6).Select(line => new string(line));

    public sealed record Row(Guid Id, string Name, IReadOnlyDictionary<Step, DateOnly> Reached, int Initiatives)
    {
        public Step? Farthest => Reached.Count == 0 ? null : Reached.Keys.Max();
    }
}
