using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Areas;

namespace Sasaeai.Features.Meetings.Public;

[AllowAnonymous]
public class ShowModel(AppDb db) : PageModel
{
    public Row Report { get; private set; } = null!;
    public string Area { get; private set; } = "";

    public async Task OnGetAsync(Guid id)
    {
        var meeting = await db.Meetings.AsNoTracking().SingleOrDefaultAsync(meeting => meeting.Id == id && meeting.PublishedAt != null) ?? throw new NotFoundException();
        Report = new(meeting.Title, meeting.HeldOn, meeting.PublicSummary, meeting.HeadCount ?? await db.Attendances.CountAsync(one => one.MeetingId == id && one.Present));
        Area = (await db.FindAsync<Area>(meeting.AreaId))?.Name ?? "";
    }

    public sealed record Row(string Title, DateOnly HeldOn, string Summary, int Heads);
}
