using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Forms;
using Sasaeai.Features.Resources;

namespace Sasaeai.Features.Meetings.Minutes;

/// <summary>The minutes to read and print, and the steps from draft to final.</summary>
public class ShowModel(AppDb db, MeetingDesk desk, CurrentPerson person, CurrentTown town, TimeProvider time) : PageModel
{
    [BindProperty, Display(Name = "確かめた人"), StringLength(80)]
    public string? Checker { get; set; }

    [BindProperty, Display(Name = "理由"), StringLength(500)]
    public string? Reason { get; set; }

    public MinutesSheet Sheet { get; private set; } = null!;
    public bool MayWrite { get; private set; }
    public IReadOnlyList<MinutesStepKind> Steps { get; private set; } = [];

    public async Task OnGetAsync(Guid id)
    {
        var meeting = await db.GetAsync<Meeting>(id);
        person.Require(person.CanReadMinutes(meeting));
        await LoadAsync(meeting);
        Checker = person.Name;
    }

    public Task<IActionResult> OnPostCheckAsync(Guid id) => StepAsync(id, "会議録を確認ずみにしました。", meeting => meeting.Check(PlainText.Of(Checker), Sheet.Content, person.Actor, time.GetUtcNow()));

    public Task<IActionResult> OnPostFinaliseAsync(Guid id) => StepAsync(id, "会議録を確定しました。", meeting => meeting.Finalise(Sheet.Content, person.Actor, time.GetUtcNow()));

    public Task<IActionResult> OnPostReopenAsync(Guid id) => StepAsync(id, "会議録を下書きにもどしました。", meeting => meeting.Reopen(PlainText.Of(Reason), person.Actor, time.GetUtcNow()));

    private async Task<IActionResult> StepAsync(Guid id, string notice, Func<Meeting, MinutesStep> take)
    {
        var meeting = await desk.OpenAsync(id, alone: true);
        await LoadAsync(meeting);
        var step = take(meeting);
        db.MinutesSteps.Add(step);
        if (step.Kind == MinutesStepKind.Finalised)
        {
            await CarryOver.OnwardAsync(db, meeting, person.Actor, time.GetUtcNow());
        }

        await db.SaveChangesAsync();
        TempData["Notice"] = notice;
        return RedirectToPage("Show", new { id });
    }

    private async Task LoadAsync(Meeting meeting)
    {
        MayWrite = person.CanWrite(meeting);
        Sheet = await MinutesSheet.LoadAsync(db, meeting, town.Municipality, time.Today());
        Steps = await db.MinutesSteps.Where(step => step.MeetingId == meeting.Id).Select(step => step.Kind).ToListAsync();
    }
}
