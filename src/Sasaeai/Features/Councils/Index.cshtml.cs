using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Meetings;
using Sasaeai.Features.Resources;
using Sasaeai.Web;

namespace Sasaeai.Features.Councils;

public class IndexModel(AppDb db, CurrentPerson person, TimeProvider time) : PageModel
{
    private const int Most = 500;

    public IReadOnlyList<Row> Rows { get; private set; } = [];
    public bool MayAdd => person.IsStaff;

    public Task OnGetAsync() => LoadAsync();

    public async Task<IActionResult> OnGetTableAsync(TableFormat format)
    {
        await LoadAsync();
        return this.Table("協議体", format, ["名称", "愛称", "層", "圏域", "段階", "委員", "最近の会議", "残っている宿題", "終わった日"], Rows.Select(row => new object?[]
        {
            row.Name, row.Nickname, row.Layer, row.Area, row.Kind.InWords(), row.Members, row.LastOn, row.OpenTasks, row.ClosedOn,
        }));
    }

    private async Task LoadAsync()
    {
        person.Require(person.CanSeeCouncils());
        var today = time.Today();
        Rows = await (
            from council in db.Councils.AsNoTracking().SeenBy(person)
            join area in db.Areas on council.AreaId equals area.Id
            orderby council.ClosedOn != null, council.Layer, area.Code, council.Name
            select new Row(council.Id, council.Name, council.Nickname, council.Layer, area.Name, council.Kind, council.ClosedOn,
                db.CouncilMembers.Count(member => member.CouncilId == council.Id && member.StartsOn <= today && (member.EndsOn == null || member.EndsOn >= today)),
                db.Meetings.Where(meeting => meeting.CouncilId == council.Id && meeting.HeldOn <= today && meeting.CancelledAt == null).Max(meeting => (DateOnly?)meeting.HeldOn),
                (from task in db.MeetingTasks join meeting in db.Meetings on task.MeetingId equals meeting.Id where meeting.CouncilId == council.Id && task.State == OutcomeState.Open select task).Count())).Take(Most).ToListAsync();
    }

    public sealed record Row(Guid Id, string Name, string Nickname, int Layer, string Area, CouncilKind Kind, DateOnly? ClosedOn, int Members, DateOnly? LastOn, int OpenTasks);
}
