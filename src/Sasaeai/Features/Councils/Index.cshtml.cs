using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Meetings;
using Sasaeai.Features.Resources;
using Sasaeai.Features.Shared;
using Sasaeai.Web;

namespace Sasaeai.Features.Councils;

public class IndexModel(AppDb db, CurrentPerson person, TimeProvider time) : PageModel
{
    private const int Most = 500;

    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    [BindProperty(SupportsGet = true)]
    public int? Layer { get; set; }

    [BindProperty(SupportsGet = true, Name = ListOrder.Parameter)]
    public string? Sort { get; set; }

    public ListOrder Order => ListOrder.Of(Sort, "usual", "name", "layer", "area", "kind", "members", "last", "tasks");
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
        var councils = db.Councils.AsNoTracking().SeenBy(person);
        councils = Layer is { } layer ? councils.Where(council => council.Layer == layer) : councils;
        councils = PlainWords.Of(Q).Aggregate(councils, (found, word) => found.Where(council => PlainWords.Plain(council.Name).Contains(word) || PlainWords.Plain(council.Nickname).Contains(word)
            || PlainWords.Plain(council.Secretariat).Contains(word) || PlainWords.Plain(council.Purpose).Contains(word) || db.Areas.Any(area => area.Id == council.AreaId && PlainWords.Plain(area.Name).Contains(word))));
        Rows = [.. (await (
            from council in councils
            join area in db.Areas on council.AreaId equals area.Id
            orderby council.ClosedOn != null, council.Layer, area.Code, council.Name
            select new Row(council.Id, council.Name, council.Nickname, council.Layer, area.Name, council.Kind, council.ClosedOn,
                db.CouncilMembers.Count(member => member.CouncilId == council.Id && member.StartsOn <= today && (member.EndsOn == null || member.EndsOn >= today)),
                db.Meetings.Where(meeting => meeting.CouncilId == council.Id && meeting.HeldOn <= today && meeting.CancelledAt == null).Max(meeting => (DateOnly?)meeting.HeldOn),
                (from task in db.MeetingTasks join meeting in db.Meetings on task.MeetingId equals meeting.Id where meeting.CouncilId == council.Id && task.State == OutcomeState.Open select task).Count())).Take(Most).ToListAsync()).By(Order, row => Order.Column switch
        {
            "name" => row.Name, "layer" => row.Layer, "area" => row.Area, "kind" => row.Kind, "members" => row.Members, "last" => row.LastOn, "tasks" => row.OpenTasks, _ => 0,
        })];
    }

    public sealed record Row(Guid Id, string Name, string Nickname, int Layer, string Area, CouncilKind Kind, DateOnly? ClosedOn, int Members, DateOnly? LastOn, int OpenTasks);
}
