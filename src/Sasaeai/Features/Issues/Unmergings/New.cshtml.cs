using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sasaeai.Data;

namespace Sasaeai.Features.Issues.Unmergings;

/// <summary>An issue leaves the one that it was merged into, with its own voices.</summary>
public class NewModel(AppDb db, IssueDesk desk) : PageModel
{
    public Issue Issue { get; private set; } = null!;

    public async Task OnGetAsync(Guid id) => Issue = await desk.ChangeAsync(id);

    public async Task<IActionResult> OnPostAsync(Guid id)
    {
        Issue = await desk.ChangeAsync(id);
        db.Add(Issue.Unmerge(desk.Mover));
        await db.SaveChangesAsync();
        TempData["Notice"] = "一つの課題にもどしました。";
        return RedirectToPage("/Issues/Show", new { id });
    }
}
