using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Resources;

namespace Sasaeai.Features.Attachments;

/// <summary>The file itself, for those who see the record. The public sees only <c>published.photo</c>.</summary>
public class FileModel(AppDb db, CurrentPerson person) : PageModel
{
    public async Task<IActionResult> OnGetAsync(Guid id, Guid attachment)
    {
        var resource = await db.GetAsync<Resource>(id);
        person.Require(person.CanSee(resource));
        var found = await db.GetAsync<Attachment>(attachment);
        if (found.ResourceId != id || found.RemovedAt is not null)
        {
            return NotFound();
        }

        Response.Headers.CacheControl = "private, no-store";
        return File(found.Bytes, found.MediaType, found.FileName);      // with a name: Content-Disposition attachment
    }
}
