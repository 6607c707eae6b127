using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Issues;
using Sasaeai.Features.Resources;
using Sasaeai.Features.Shared;
using Sasaeai.Web;

namespace Sasaeai.Features.Initiatives;

public enum InitiativeSort { Changed, Step, Started }

/// <summary>What the list is narrowed by.</summary>
/// <param name="Open">Not ended.</param>
public sealed record InitiativeFilter(string? Q, Guid? Area, int? Stage, bool Open, InitiativeSort Sort);

public class IndexModel(AppDb db, CurrentPerson person, IssueDesk desk, TimeProvider time) : PageModel
{
    public const int PageSize = 50;
    private const int MostInFile = 5_000;

    [BindProperty(SupportsGet = true, Name = "")]
    public InitiativeFilter Filter { get; set; } = new(null, null, null, false, InitiativeSort.Changed);

    [BindProperty(SupportsGet = true, Name = PagerTagHelper.Parameter)]
    public int Number { get; set; } = 1;

    public CurrentPerson Person => person;
    public TownNames Names => desk.Names;
    public IReadOnlyList<Row> Rows { get; private set; } = [];
    public int Total { get; private set; }

    public async Task OnGetAsync()
    {
        person.Require(person.CanSeeIssues());
        await desk.LoadNamesAsync();
        Total = await Found().CountAsync();
        Number = Math.Clamp(Number, 1, Math.Max(1, (Total + PageSize - 1) / PageSize));
        Rows = await RowsAsync((Number - 1) * PageSize, PageSize);
    }

    public async Task<IActionResult> OnGetTableAsync(TableFormat format)
    {
        person.Require(person.CanSeeIssues());
        await desk.LoadNamesAsync();
        return this.Table("取組", format, ["取組", "圏域", "段階", "始めた日", "終わった日"], (await RowsAsync(0, MostInFile)).Select(row => new object?[] { row.Title, Names.Area(row.AreaId), row.Step.InWords(), row.StartsOn, row.EndsOn }));
    }

    public string TableAddress(TableFormat format) => Url.Page("Index", "Table", new { format, Filter.Q, Filter.Area, Filter.Stage, Filter.Open, Filter.Sort })!;

    private Task<List<Row>> RowsAsync(int skip, int take)
    {
        var sorted = Filter.Sort switch
        {
            InitiativeSort.Step => Found().OrderByDescending(initiative => initiative.Step).ThenByDescending(initiative => initiative.ChangedAt),
            InitiativeSort.Started => Found().OrderByDescending(initiative => initiative.StartsOn),
            _ => Found().OrderByDescending(initiative => initiative.ChangedAt),
        };
        return sorted.ThenBy(initiative => initiative.Id).Skip(skip).Take(take).Select(initiative => new Row(initiative.Id, initiative.Title, initiative.AreaId, initiative.Step, initiative.StartsOn, initiative.EndsOn)).ToListAsync();
    }

    private IQueryable<Initiative> Found()
    {
        var (today, words) = (time.Today(), (Filter.Q ?? "").Trim().ToLowerInvariant());
        var found = Filter.Area is { } area ? db.Initiatives.AsNoTracking().Where(initiative => initiative.AreaId == area) : db.Initiatives.AsNoTracking();
        if (Filter.Stage is { } stage)
        {
            var steps = Steps.All.Where(step => step.Stage() == stage).ToArray();
            found = found.Where(initiative => steps.Contains(initiative.Step));
        }

        found = Filter.Open ? found.Where(initiative => initiative.EndsOn == null || initiative.EndsOn >= today) : found;
        return words == "" ? found : found.Where(initiative => (initiative.Title + "\n" + initiative.Aim).ToLower().Contains(words));
    }

    public sealed record Row(Guid Id, string Title, Guid AreaId, Step Step, DateOnly StartsOn, DateOnly? EndsOn);
}
