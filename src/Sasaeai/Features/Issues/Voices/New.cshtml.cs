using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Resources;
using Sasaeai.Features.Voices;

namespace Sasaeai.Features.Issues.Voices;

/// <summary>Takes waiting voices, by their summaries, into an issue.</summary>
public class NewModel(AppDb db, CurrentPerson person, IssueDesk desk, TimeProvider time) : PageModel
{
    public Issue Issue { get; private set; } = null!;
    public TownNames Names => desk.Names;
    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public Task OnGetAsync(Guid id) => LoadAsync(id);

    public async Task<IActionResult> OnPostAsync(Guid id, Guid[] voice)
    {
        await LoadAsync(id);
        var chosen = await db.Voices.Where(waiting => voice.Contains(waiting.Id)).Take(200).ToListAsync();
        Rule.Require(chosen.Count > 0, "声を選んでください。");
        person.Require(chosen.All(person.CanHear));
        foreach (var each in chosen)
        {
            each.TakeInto(Issue, person.Actor, time.GetUtcNow());
        }

        await db.SaveChangesAsync();
        TempData["Notice"] = $"声を {chosen.Count}件 加えました。";
        return RedirectToPage("/Issues/Show", new { id });
    }

    private async Task LoadAsync(Guid id)
    {
        Issue = await desk.ChangeAsync(id);
        Rows = await db.Voices.AsNoTracking().HeardBy(person).Where(voice => voice.IssueId == null && voice.ClosedAt == null && voice.Summary != "")
            .OrderByDescending(voice => voice.AreaId == Issue.AreaId).ThenByDescending(voice => voice.CategoryCode == Issue.CategoryCode).ThenByDescending(voice => voice.CreatedAt)
            .Select(voice => new Row(voice.Id, voice.Summary, voice.Source, voice.AreaId, voice.CreatedAt)).Take(100).ToListAsync();
    }

    public sealed record Row(Guid Id, string Summary, VoiceSource Source, Guid? AreaId, DateTimeOffset CreatedAt);
}
