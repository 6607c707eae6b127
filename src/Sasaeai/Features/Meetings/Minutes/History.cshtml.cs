using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Resources;

namespace Sasaeai.Features.Meetings.Minutes;

/// <summary>Each step of the minutes with how they read then.</summary>
public class HistoryModel(AppDb db, CurrentPerson person, CurrentTown town, TimeProvider time) : PageModel
{
    public Meeting Meeting { get; private set; } = null!;
    public MinutesSheet Sheet { get; private set; } = null!;
    public IReadOnlyList<MinutesStep> Steps { get; private set; } = [];

    public async Task OnGetAsync(Guid id)
    {
        Meeting = await db.GetAsync<Meeting>(id);
        person.Require(person.CanSee(Meeting) && person.IsStaff);
        Sheet = await MinutesSheet.LoadAsync(db, Meeting, town.Municipality, time.Today());
        Steps = await db.MinutesSteps.AsNoTracking().Where(step => step.MeetingId == id).OrderByDescending(step => step.At).Take(50).ToListAsync();
    }
}
