using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Resources;

namespace Sasaeai.Features.ActivityRecords;

/// <summary>The photo itself, for those who may read the record.</summary>
public class PhotoModel(AppDb db, CurrentPerson person) : PageModel
{
    public async Task<IActionResult> OnGetAsync(Guid id, Guid photo)
    {
        person.Require(person.CanRead(await db.GetAsync<ActivityRecord>(id)));
        var found = await ActivityPhoto.OfAsync(db, id, photo);
        Response.Headers.CacheControl = "private, no-store";
        return File(found.Bytes, found.MediaType, found.FileName);
    }
}
