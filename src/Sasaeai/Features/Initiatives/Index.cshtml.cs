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

public class IndexModel(AppDb db, CurrentPerson person, IssueDesk desk) : PageModel
{
    public const int PageSize = 50;
    private const int MostInFile = 5_000;

    [BindProperty(SupportsGet = true)]
    public Guid? Area { get; set; }

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

    private Task<List<Row>> RowsAsync(int skip, int take) => Found().OrderByDescending(initiative => initiative.ChangedAt).ThenBy(initiative => initiative.Id).Skip(skip).Take(take)
        .Select(initiative => new Row(initiative.Id, initiative.Title, initiative.AreaId, initiative.Step, initiative.StartsOn, initiative.EndsOn)).ToListAsync();

    private IQueryable<Initiative> Found() => Area is { } area ? db.Initiatives.AsNoTracking().Where(initiative => initiative.AreaId == area) : db.Initiatives.AsNoTracking();

    public sealed record Row(Guid Id, string Title, Guid AreaId, Step Step, DateOnly StartsOn, DateOnly? EndsOn);
}
