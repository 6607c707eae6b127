using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Areas;
using Sasaeai.Features.Meetings;
using Sasaeai.Features.Resources;

namespace Sasaeai.Features.Councils;

public class ShowModel(AppDb db, CurrentPerson person, TimeProvider time) : PageModel
{
    private const int Shown = 20;

    public Council Council { get; private set; } = null!;
    public string AreaName { get; private set; } = "";
    public bool MayChange { get; private set; }
    public int Members { get; private set; }
    public Participation People { get; private set; } = new(0, 0);
    public IReadOnlyList<CouncilStage> Stages { get; private set; } = [];
    public IReadOnlyList<Row> Meetings { get; private set; } = [];
    public DateOnly Today => time.Today();

    public async Task OnGetAsync(Guid id)
    {
        Council = await db.GetAsync<Council>(id);
        person.Require(person.CanSee(Council));
        MayChange = person.CanChange(Council);
        AreaName = (await db.FindAsync<Area>(Council.AreaId))?.Name ?? "";
        Members = await db.CouncilMembers.CountAsync(member => member.CouncilId == id && member.StartsOn <= Today && (member.EndsOn == null || member.EndsOn >= Today));
        People = await Participation.OfAsync(db, db.Meetings.Where(meeting => meeting.CouncilId == id));
        Stages = await db.CouncilStages.AsNoTracking().Where(stage => stage.CouncilId == id).OrderBy(stage => stage.ReachedOn).ThenBy(stage => stage.CreatedAt).Take(100).ToListAsync();
        Meetings = await db.Meetings.AsNoTracking().Where(meeting => meeting.CouncilId == id).OrderByDescending(meeting => meeting.HeldOn).ThenBy(meeting => meeting.Id).Take(Shown)
            .Select(meeting => new Row(meeting.Id, meeting.HeldOn, meeting.Number, meeting.Name, meeting.Minutes, meeting.CancelledAt != null)).ToListAsync();
    }

    public sealed record Row(Guid Id, DateOnly HeldOn, int? Number, string Name, MinutesState Minutes, bool Cancelled);
}
