using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Issues;
using Sasaeai.Features.Resources;

namespace Sasaeai.Features.Voices.Takings;

/// <summary>One voice becomes a source of an issue that is there already.</summary>
public class NewModel(AppDb db, CurrentPerson person, IssueDesk desk, TimeProvider time) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    [BindProperty, Display(Name = "課題"), Required(ErrorMessage = "課題を選んでください。")]
    public Guid? Issue { get; set; }

    public Voice Voice { get; private set; } = null!;
    public IReadOnlyList<SelectListItem> Issues { get; private set; } = [];

    public Task OnGetAsync(Guid id) => LoadAsync(id);

    public async Task<IActionResult> OnPostAsync(Guid id)
    {
        await LoadAsync(id);
        Rule.Require(Issue is not null, "課題を選んでください。");
        var issue = await desk.ChangeAsync(Issue!.Value);
        Voice.TakeInto(issue, person.Actor, time.GetUtcNow());
        await db.SaveChangesAsync();
        TempData["Notice"] = $"「{issue.Title}」に入れました。";
        return RedirectToPage("/Issues/Show", new { id = issue.Id });
    }

    private async Task LoadAsync(Guid id)
    {
        Voice = await db.GetAsync<Voice>(id);
        person.Require(person.CanHear(Voice));
        var open = db.Issues.AsNoTracking().Where(issue => issue.MergedIntoId == null && issue.ClosedAt == null);
        open = string.IsNullOrWhiteSpace(Q) ? open : open.Where(issue => issue.Title.Contains(Q.Trim()));
        Issues = await open.OrderByDescending(issue => issue.AreaId == Voice.AreaId).ThenByDescending(issue => issue.CategoryCode == Voice.CategoryCode).ThenByDescending(issue => issue.ChangedAt)
            .Select(issue => new SelectListItem(issue.Title, issue.Id.ToString())).Take(30).ToListAsync();
    }
}
