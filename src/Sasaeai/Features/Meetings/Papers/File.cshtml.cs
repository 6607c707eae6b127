using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Resources;

namespace Sasaeai.Features.Meetings.Papers;

public class FileModel(AppDb db, CurrentPerson person) : PageModel
{
    public async Task<IActionResult> OnGetAsync(Guid id, Guid paper)
    {
        var meeting = await db.GetAsync<Meeting>(id);
        person.Require(person.CanSee(meeting));
        var found = await db.GetAsync<MeetingPaper>(paper);
        if (found.MeetingId != id || found.RemovedAt is not null)
        {
            return NotFound();
        }

        Response.Headers.CacheControl = "private, no-store";
        return File(found.Bytes, found.MediaType, found.FileName);      // with a name: Content-Disposition attachment
    }
}
