using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Resources;

namespace Sasaeai.Features.Voices;

/// <summary>One voice in its own words; each look is recorded.</summary>
public class ShowModel(AppDb db, CurrentPerson person, AuditTrail trail, TimeProvider time) : PageModel
{
    public Voice Voice { get; private set; } = null!;
    public string AreaName { get; private set; } = "";
    public string CategoryName { get; private set; } = "";
    public string? IssueTitle { get; private set; }
    public bool IsWaiting => Voice.IssueId is null && Voice.ClosedAt is null;

    public async Task OnGetAsync(Guid id)
    {
        await LoadAsync(id);
        trail.Looked("voice", id);
    }

    public async Task<IActionResult> OnPostAsync(Guid id)
    {
        await LoadAsync(id);
        Voice.Read(person.Actor, time.GetUtcNow());
        await db.SaveChangesAsync();
        TempData["Notice"] = "読んだことを記録しました。";
        return RedirectToPage("Index");
    }

    private async Task LoadAsync(Guid id)
    {
        Voice = await db.GetAsync<Voice>(id);
        person.Require(person.CanHear(Voice));
        AreaName = Voice.AreaId is { } area ? (await db.FindAsync<Areas.Area>(area))?.Name ?? "" : "指定なし";
        CategoryName = (await db.Categories.AsNoTracking().SingleOrDefaultAsync(category => category.Code == Voice.CategoryCode))?.Name ?? "なし";
        IssueTitle = Voice.IssueId is { } issue ? (await db.GetAsync<Issues.Issue>(issue)).Title : null;
    }
}
