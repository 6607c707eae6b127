using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Forms;
using Sasaeai.Web;

namespace Sasaeai.Features.Meetings.Summaries;

public class EditModel(AppDb db, MeetingDesk desk, CurrentPerson person, TimeProvider time) : PageModel
{
    [BindProperty, Display(Name = "要旨"), DataType(DataType.MultilineText), StringLength(4000)]
    public string? Summary { get; set; }

    public Meeting Meeting { get; private set; } = null!;

    public async Task OnGetAsync(Guid id)
    {
        Meeting = await desk.OpenAsync(id);
        Summary = Meeting.PublicSummary;
    }

    public async Task<IActionResult> OnPostAsync(Guid id)
    {
        Meeting = await desk.OpenAsync(id, alone: true);
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        Meeting.Publish(PlainText.Of(Summary), person.Actor, time.GetUtcNow());
        return await SaveAsync(id, "要旨を公開しました。");
    }

    public async Task<IActionResult> OnPostWithdrawAsync(Guid id)
    {
        Meeting = await desk.OpenAsync(id, alone: true);
        Meeting.Withdraw();
        return await SaveAsync(id, "公開をやめました。");
    }

    private async Task<IActionResult> SaveAsync(Guid id, string notice)
    {
        await db.SaveChangesAsync();
        TempData["Notice"] = notice;
        return RedirectToPage("/Meetings/Show", new { id });
    }
}
