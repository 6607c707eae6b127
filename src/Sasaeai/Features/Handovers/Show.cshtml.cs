using Microsoft.AspNetCore.Mvc.RazorPages;
using Sasaeai.Data;

namespace Sasaeai.Features.Handovers;

public class ShowModel(HandoverDesk desk, TimeProvider time) : PageModel
{
    public HandoverDesk Desk => desk;
    public DateOnly Today => time.Today();
    public bool IsPassedOn { get; private set; }
    public string? DecidedAt { get; private set; }
    public string? ReturnedAt { get; private set; }

    public async Task OnGetAsync(Guid id)
    {
        await desk.SeeAsync(id);
        IsPassedOn = await desk.IsPassedOnAsync();
        DecidedAt = await desk.MeetingTitleAsync(desk.Handover.DecidedMeetingId);
        ReturnedAt = await desk.MeetingTitleAsync(desk.Handover.ReturnedMeetingId);
    }
}
