using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Resources;

namespace Sasaeai.Features.Meetings.Minutes;

/// <summary>The minutes as a Word document.</summary>
public class FileModel(AppDb db, CurrentPerson person, CurrentTown town, AuditTrail trail, TimeProvider time) : PageModel
{
    public async Task<IActionResult> OnGetAsync(Guid id)
    {
        var meeting = await db.GetAsync<Meeting>(id);
        person.Require(person.CanReadMinutes(meeting));
        var bytes = MinutesDocument.Write(await MinutesSheet.LoadAsync(db, meeting, town.Municipality, time.Today()));
        trail.Looked("minutes", id, "会議録をWordで受け取りました");
        return File(bytes, "application/vnd.openxmlformats-officedocument.wordprocessingml.document", $"会議録_{meeting.HeldOn:yyyyMMdd}.docx");
    }
}
