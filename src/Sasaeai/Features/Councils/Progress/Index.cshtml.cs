using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Meetings;
using Sasaeai.Features.Resources;
using Sasaeai.Web;

namespace Sasaeai.Features.Councils.Progress;

/// <summary>決まったことと、その後: what a council decided and took upon itself, and what became of it, for its members.</summary>
public class IndexModel(AppDb db, CurrentPerson person, TimeProvider time) : PageModel
{
    private const int Most = 200;

    public Council Council { get; private set; } = null!;
    public bool MayChange { get; private set; }
    public IReadOnlyList<TaskRow> Tasks { get; private set; } = [];
    public IReadOnlyList<DecisionRow> Decisions { get; private set; } = [];
    public DateOnly Today => time.Today();

    public Task OnGetAsync(Guid id) => LoadAsync(id);

    public async Task<IActionResult> OnGetTableAsync(Guid id, TableFormat format)
    {
        await LoadAsync(id);
        return this.Table($"{Council.Name} 決まったことと、その後", format, ["種類", "内容", "担当", "期限", "ようす", "結果", "終わった日", "会議の日"],
        [
            .. Tasks.Select(row => new object?[] { "宿題", row.Text, row.Owner, row.DueOn, row.State.InWords(), row.Result, row.EndedOn, row.HeldOn }),
            .. Decisions.Select(row => new object?[] { "決まったこと", row.Text, null, null, row.State.InWords(), row.Result, row.EndedOn, row.HeldOn }),
        ]);
    }

    private async Task LoadAsync(Guid id)
    {
        Council = await db.GetAsync<Council>(id);
        person.Require(person.CanSee(Council));
        MayChange = person.CanChange(Council);
        var meetings = db.Meetings.AsNoTracking().Where(meeting => meeting.CouncilId == id && (person.IsStaff || meeting.Minutes != MinutesState.Draft)).SeenBy(person);
        Tasks = await (from task in db.MeetingTasks join meeting in meetings on task.MeetingId equals meeting.Id
            orderby task.State != OutcomeState.Open, task.DueOn ?? DateOnly.MaxValue, meeting.HeldOn descending, task.Id
            select new TaskRow(task.Id, task.Text, task.Owner, task.DueOn, task.State, task.Result, task.EndedOn, task.EndedBy, meeting.Id, meeting.HeldOn)).Take(Most).ToListAsync();
        Decisions = await (from decision in db.Decisions join meeting in meetings on decision.MeetingId equals meeting.Id
            orderby meeting.HeldOn descending, decision.CreatedAt, decision.Id
            select new DecisionRow(decision.Id, decision.Text, decision.State, decision.Result, decision.EndedOn, decision.EndedBy, meeting.Id, meeting.HeldOn)).Take(Most).ToListAsync();
    }

    public sealed record TaskRow(Guid Id, string Text, string Owner, DateOnly? DueOn, OutcomeState State, string Result, DateOnly? EndedOn, string? EndedBy, Guid MeetingId, DateOnly HeldOn);

    public sealed record DecisionRow(Guid Id, string Text, OutcomeState State, string Result, DateOnly? EndedOn, string? EndedBy, Guid MeetingId, DateOnly HeldOn);
}
