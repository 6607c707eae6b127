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

    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    [BindProperty(SupportsGet = true, Name = ListOrder.Parameter)]
    public string? Sort { get; set; }

    public ListOrder Order => ListOrder.Of(Sort, "due", "text", "owner", "due", "state", "meeting");
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
        var tasks = PlainWords.Of(Q).Aggregate(db.TasksOf(Everywhere ? db.Meetings : db.Meetings.OwnTo(person), person), (found, word) => found.Where(task =>
            PlainWords.Plain(task.Text).Contains(word) || PlainWords.Plain(task.Owner).Contains(word) || PlainWords.Plain(task.Result).Contains(word) || db.Meetings.Any(meeting => meeting.Id == task.MeetingId && PlainWords.Plain(meeting.Name).Contains(word))));
        return List switch
        {
            TaskList.All => tasks,
            TaskList.Due => tasks.DueBy(Today.AddDays(CouncilDay.Days)),
            _ => tasks.Where(task => task.State == OutcomeState.Open),
        };
    }

    private Task<List<Row>> RowsAsync(int skip, int take)
    {
        var found = from task in Found() join meeting in db.Meetings on task.MeetingId equals meeting.Id select new { Task = task, Meeting = meeting };
        var ordered = Order.Column switch
        {
            "text" => found.By(Order, one => one.Task.Text),
            "owner" => found.By(Order, one => one.Task.Owner),
            "state" => found.By(Order, one => one.Task.State),
            "meeting" => found.By(Order, one => one.Meeting.HeldOn),
            _ when Sort is null => found.OrderBy(one => one.Task.State != OutcomeState.Open).ThenBy(one => one.Task.DueOn ?? DateOnly.MaxValue),
            _ => found.By(Order, one => one.Task.DueOn ?? DateOnly.MaxValue),
        };
        return ordered.ThenByDescending(one => one.Meeting.HeldOn).ThenBy(one => one.Task.Id).Skip(skip).Take(take).Select(one => new Row(
            one.Task.Id, one.Task.Text, one.Task.Owner, one.Task.DueOn, one.Task.State, one.Task.Result, one.Task.EndedOn, one.Meeting.Id, one.Meeting.Name, one.Meeting.HeldOn, one.Meeting.AreaId)).ToListAsync();
    }

    public sealed record Row(Guid Id, string Text, string Owner, DateOnly? DueOn, OutcomeState State, string Result, DateOnly? EndedOn, Guid MeetingId, string Meeting, DateOnly HeldOn, Guid AreaId);
}
