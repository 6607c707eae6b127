using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;

namespace Sasaeai.Features.Issues.Mergings;

/// <summary>Puts an issue, with those already in it, into another.</summary>
public class NewModel(AppDb db, IssueDesk desk) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    [BindProperty, Display(Name = "まとめる先の課題"), Required(ErrorMessage = "まとめる先の課題を選んでください。")]
    public Guid? Heir { get; set; }

    public Issue Issue { get; private set; } = null!;
    public IReadOnlyList<SelectListItem> Heirs { get; private set; } = [];

    public Task OnGetAsync(Guid id) => LoadAsync(id);

    public async Task<IActionResult> OnPostAsync(Guid id)
    {
        await LoadAsync(id);
        Rule.Require(Heir is not null, "まとめる先の課題を選んでください。");
        var heir = await desk.ChangeAsync(Heir!.Value);
        var inside = await db.Issues.Where(issue => issue.MergedIntoId == id).ToListAsync();
        db.AddRange(Issue.MergeInto(heir, inside, desk.Mover));
        await db.SaveChangesAsync();
        TempData["Notice"] = $"「{Issue.Title}」を「{heir.Title}」にまとめました。";
        return RedirectToPage("/Issues/Show", new { id = heir.Id });
    }

    private async Task LoadAsync(Guid id)
    {
        Issue = await desk.ChangeAsync(id);
        var others = db.Issues.AsNoTracking().Where(issue => issue.Id != id && issue.MergedIntoId == null && issue.ClosedAt == null);
        others = string.IsNullOrWhiteSpace(Q) ? others : others.Where(issue => issue.Title.Contains(Q.Trim()));
        Heirs = await others.OrderByDescending(issue => issue.AreaId == Issue.AreaId).ThenByDescending(issue => issue.CategoryCode == Issue.CategoryCode).ThenByDescending(issue => issue.ChangedAt)
            .Select(issue => new SelectListItem(issue.Title, issue.Id.ToString())).Take(30).ToListAsync();
    }
}
