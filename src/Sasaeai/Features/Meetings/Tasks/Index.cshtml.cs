using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Councils;
using Sasaeai.Features.Resources;
using Sasaeai.Features.Shared;
using Sasaeai.Features.Today;
using Sasaeai.Web;

namespace Sasaeai.Features.Meetings.Tasks;

/// <summary>宿題 of all meetings: those of the own work first of all, and what is due.</summary>
public class IndexModel(AppDb db, CurrentPerson person, TimeProvider time) : PageModel
{
    public const int PageSize = 50;
    private const int MostInFile = 5_000;

    [BindProperty(SupportsGet = true)]
    public TaskList List { get; set; }

    /// <summary>Those of other areas as well.</summary>
    [BindProperty(SupportsGet = true)]
    public bool Everywhere { get; set; }

    [BindProperty(SupportsGet = true, Name = PagerTagHelper.Parameter)]
    public int Number { get; set; } = 1;

    public IReadOnlyList<Row> Rows { get; private set; } = [];
    public int Total { get; private set; }
    public DateOnly Today => time.Today();
    public bool MayLookAround => person.IsStaff && !person.IsOfficer;

    public async Task OnGetAsync()
    {
        person.Require(person.CanSeeCouncils());
        Total = await Found().CountAsync();
        Number = Math.Clamp(Number, 1, Math.Max(1, (Total + PageSize - 1) / PageSize));
        Rows = await RowsAsync((Number - 1) * PageSize, PageSize);
    }

    public async Task<IActionResult> OnGetTableAsync(TableFormat format)
    {
        person.Require(person.CanSeeCouncils());
        return this.Table("宿題", format, ["宿題", "担当", "期限", "ようす", "結果", "終わった日", "会議", "会議の日"], (await RowsAsync(0, MostInFile)).Select(row => new object?[]
        {
            row.Text, row.Owner, row.DueOn, row.State.InWords(), row.Result, row.EndedOn, row.Meeting, row.HeldOn,
        }));
    }

    public bool MayEnd(Row row) => row.State == OutcomeState.Open && person.WorksIn(row.AreaId);

    private IQueryable<MeetingTask> Found()
    {
        var tasks = db.TasksOf(Everywhere ? db.Meetings : db.Meetings.OwnTo(person), person);
        return List switch
        {
            TaskList.All => tasks,
            TaskList.Due => tasks.DueBy(Today.AddDays(CouncilDay.Days)),
            _ => tasks.Where(task => task.State == OutcomeState.Open),
        };
    }

    private Task<List<Row>> RowsAsync(int skip, int take) => (
        from task in Found()
        join meeting in db.Meetings on task.MeetingId equals meeting.Id
        orderby task.State != OutcomeState.Open, task.DueOn ?? DateOnly.MaxValue, meeting.HeldOn descending, task.Id
        select new Row(task.Id, task.Text, task.Owner, task.DueOn, task.State, task.Result, task.EndedOn, meeting.Id, meeting.Name, meeting.HeldOn, meeting.AreaId)).Skip(skip).Take(take).ToListAsync();

    public sealed record Row(Guid Id, string Text, string Owner, DateOnly? DueOn, OutcomeState State, string Result, DateOnly? EndedOn, Guid MeetingId, string Meeting, DateOnly HeldOn, Guid AreaId);
}
