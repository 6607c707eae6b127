using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Forms;
using Sasaeai.Web;

namespace Sasaeai.Features.Meetings.Cancellations;

public class NewModel(AppDb db, MeetingDesk desk, CurrentPerson person, TimeProvider time) : PageModel
{
    [BindProperty, Display(Name = "中止の理由"), StringLength(500)]
    public string Reason { get; set; } = "";

    public Meeting Meeting { get; private set; } = null!;

    public async Task OnGetAsync(Guid id) => Meeting = await desk.OpenAsync(id);

    public async Task<IActionResult> OnPostAsync(Guid id)
    {
        Meeting = await desk.OpenAsync(id, alone: true);
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        Meeting.Cancel(PlainText.Of(Reason), person.Actor, time.GetUtcNow());
        foreach (var item in await db.AgendaItems.Where(item => item.MeetingId == id && item.CarriedTaskId == null).ToListAsync())
        {
            item.Postpone(person.Actor, time.GetUtcNow());
        }

        await db.SaveChangesAsync();
        await CarryOver.OnwardAsync(db, Meeting, person.Actor, time.GetUtcNow());
        await db.SaveChangesAsync();
        TempData["Notice"] = "中止を記録しました。";
        return RedirectToPage("/Meetings/Show", new { id });
    }
}
