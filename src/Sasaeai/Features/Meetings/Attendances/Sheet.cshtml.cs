using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Councils;
using Sasaeai.Features.Meetings.CheckIns;
using Sasaeai.Web;

namespace Sasaeai.Features.Meetings.Attendances;

/// <summary>受付簿: the members to tick, lines for walk-ins, and the QR by which a telephone checks in.</summary>
public class SheetModel(AppDb db, MeetingDesk desk, CheckInLinks links, AuditTrail trail, Settings settings) : PageModel
{
    public const int EmptyLines = 12;

    public Meeting Meeting { get; private set; } = null!;
    public string Link { get; private set; } = "";
    public IReadOnlyList<CouncilMember> Members { get; private set; } = [];

    public async Task OnGetAsync(Guid id)
    {
        Meeting = await desk.OpenAsync(id);
        Link = $"{settings.PublicUrl ?? $"{Request.Scheme}://{Request.Host}"}{Request.PathBase}/check-ins/{links.Write(id)}";
        Members = await db.CouncilMembers.AsNoTracking().Where(member => member.CouncilId == Meeting.CouncilId && member.StartsOn <= Meeting.HeldOn && (member.EndsOn == null || member.EndsOn >= Meeting.HeldOn)).OrderBy(member => member.Affiliation).ThenBy(member => member.Name).Take(300).ToListAsync();
        trail.Looked("attendance", id, "受付簿を印刷用に表示");
    }
}
