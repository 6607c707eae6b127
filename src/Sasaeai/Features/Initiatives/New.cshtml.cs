using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Issues;
using Sasaeai.Features.Resources;
using Sasaeai.Features.Shared;
using Sasaeai.Web;

namespace Sasaeai.Features.Initiatives;

public class NewModel(AppDb db, CurrentPerson person, IssueDesk desk, TimeProvider time) : PageModel
{
    [BindProperty]
    public InitiativeForm Form { get; set; } = new();

    public TownNames Names => desk.Names;
    public IReadOnlyList<SelectListItem> Issues { get; private set; } = [];

    public async Task OnGetAsync(Guid? issue)
    {
        await LoadAsync();
        Form.StartsOn = new DateInput(time.Today());
        if (issue is { } id && await db.FindAsync<Issue>(id) is { } known)
        {
            (Form.Issues, Form.Area, Form.Aim) = ([id], known.AreaId ?? Names.Town?.Id, known.Title);
        }
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        Names.RequireKnown(Form.Area, null);
        var now = time.GetUtcNow();
        var initiative = new Initiative { Title = "", AreaId = Form.Area!.Value, Aim = "", StartsOn = time.Today(), CreatedAt = now, CreatedBy = person.Name };
        await Form.WriteToAsync(initiative, db, now);
        person.Require(person.CanChange(initiative));
        db.Add(initiative);
        await db.SaveChangesAsync();
        TempData["Notice"] = "取組を始めました。段階にたどりついたら、記録してください。";
        return RedirectToPage("Show", new { id = initiative.Id });
    }

    private async Task LoadAsync()
    {
        person.Require(person.IsStaff);
        await desk.LoadNamesAsync();
        Issues = await ChoicesAsync(db, person, []);
    }

    /// <summary>Open issues that the person works with, and those already chosen.</summary>
    public static Task<List<SelectListItem>> ChoicesAsync(AppDb db, CurrentPerson person, Guid[] chosen)
    {
        var (areas, isOfficer) = (person.AreaIds.ToArray(), person.IsOfficer);
        return db.Issues.Where(issue => chosen.Contains(issue.Id) || issue.ClosedAt == null && issue.MergedIntoId == null && (isOfficer || issue.AreaId == null || areas.Contains(issue.AreaId.Value)))
            .OrderByDescending(issue => chosen.Contains(issue.Id)).ThenByDescending(issue => issue.Weight).ThenByDescending(issue => issue.ChangedAt).Take(50).Select(issue => new SelectListItem(issue.Title, issue.Id.ToString())).ToListAsync();
    }
}
