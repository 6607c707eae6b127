using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sasaeai.Data;

namespace Sasaeai.Features.Issues.Reopenings;

/// <summary>An issue that was closed comes up again.</summary>
public class NewModel(AppDb db, IssueDesk desk) : PageModel
{
    public Issue Issue { get; private set; } = null!;

    public async Task OnGetAsync(Guid id) => Issue = await desk.ChangeAsync(id);

    public async Task<IActionResult> OnPostAsync(Guid id)
    {
        Issue = await desk.ChangeAsync(id);
        db.Add(Issue.Reopen(desk.Mover));
        await db.SaveChangesAsync();
        TempData["Notice"] = "もう一度取り組む課題にしました。";
        return RedirectToPage("/Issues/Show", new { id });
    }
}
