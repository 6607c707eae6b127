using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.ActivityRecords;
using Sasaeai.Features.Areas;
using Sasaeai.Features.Councils;
using Sasaeai.Features.Resources;

namespace Sasaeai.Features.Meetings;

public class ShowModel(AppDb db, CurrentPerson person, TimeProvider time) : PageModel
{
    public Meeting Meeting { get; private set; } = null!;
    public Council? Council { get; private set; }
    public string KindName { get; private set; } = "";
    public string AreaName { get; private set; } = "";
    public bool MayWrite { get; private set; }
    public bool MayReadMinutes { get; private set; }
    /// <summary>It was held, and what was heard or told there can be written down.</summary>
    public bool MayHearVoices => person.IsStaff && Meeting.CancelledAt is null && Meeting.HeldOn <= time.Today();
    public int Heads { get; private set; }
    public IReadOnlyList<string> Coordinators { get; private set; } = [];
    public IReadOnlyList<Item> Items { get; private set; } = [];
    public IReadOnlyList<Paper> Papers { get; private set; } = [];
    public ActivityTimeline Timeline { get; private set; } = null!;

    public async Task OnGetAsync(Guid id)
    {
        Meeting = await db.GetAsync<Meeting>(id);
        person.Require(person.CanSee(Meeting));
        (MayWrite, MayReadMinutes) = (person.CanWrite(Meeting), person.CanReadMinutes(Meeting));
        Council = Meeting.CouncilId is { } council ? await db.GetAsync<Council>(council) : null;
        KindName = (await MeetingKinds.LoadAsync(db, time.Today())).Name(Meeting.KindCode);
        AreaName = (await db.FindAsync<Area>(Meeting.AreaId))?.Name ?? "";
        var present = await db.Attendances.AsNoTracking().Where(one => one.MeetingId == id && one.Present).Select(one => new { one.Kind, one.Name }).ToListAsync();
        Heads = Meeting.HeadCount ?? present.Count;
        Coordinators = [.. present.Where(one => one.Kind == AttendeeKind.Coordinator).Select(one => one.Name)];
        Items = await db.AgendaItems.AsNoTracking().Where(item => item.MeetingId == id).OrderBy(item => item.Position).ThenBy(item => item.Id)
            .Select(item => new Item(item.Title, item.CarriedFromId != null || item.CarriedTaskId != null, item.PostponedAt != null)).ToListAsync();
        Papers = await db.MeetingPapers.AsNoTracking().Where(paper => paper.MeetingId == id && paper.RemovedAt == null).OrderBy(paper => paper.CreatedAt)
            .Select(paper => new Paper(paper.Id, paper.FileName, paper.Caption)).ToListAsync();
        Timeline = await ActivityTimeline.LoadAsync(db, person, new ActivityQuery { Meeting = id });
    }

    public sealed record Item(string Title, bool IsCarried, bool Postponed);

    public sealed record Paper(Guid Id, string FileName, string Caption);
}
