using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Issues;
using Sasaeai.Features.Resources;

namespace Sasaeai.Features.Initiatives;

public class ShowModel(AppDb db, CurrentPerson person, IssueDesk desk, TimeProvider time) : PageModel
{
    public Initiative Initiative { get; private set; } = null!;
    public TownNames Names => desk.Names;
    public bool MayChange => person.CanChange(Initiative);
    public IReadOnlyList<InitiativeStep> Reached { get; private set; } = [];
    public IReadOnlyList<string> Partners { get; private set; } = [];
    public IReadOnlyList<(Guid Id, string Title)> Issues { get; private set; } = [];

    public Task OnGetAsync(Guid id) => LoadAsync(id);

    public async Task<IActionResult> OnPostAsync(Guid id, Guid step)
    {
        await LoadAsync(id);
        person.Require(MayChange);
        var wrong = await db.GetAsync<InitiativeStep>(step);
        Rule.Require(wrong.InitiativeId == id, "この取組の段階ではありません。画面を開き直してください。");
        Initiative.TakeBack(wrong, Reached, time.GetUtcNow());
        db.Remove(wrong);
        await db.SaveChangesAsync();
        TempData["Notice"] = $"「{wrong.Step.InWords()}」の記録を取り消しました。道のりの図からも外れます。";
        return RedirectToPage("Show", new { id });
    }

    private async Task LoadAsync(Guid id)
    {
        person.Require(person.CanSeeIssues());
        Initiative = await db.GetAsync<Initiative>(id);
        await desk.LoadNamesAsync();
        Reached = await db.InitiativeSteps.AsNoTracking().Where(step => step.InitiativeId == id).OrderBy(step => step.ReachedOn).ThenBy(step => step.Step).ToListAsync();
        Partners = await db.InitiativePartners.Where(link => link.InitiativeId == id).Join(db.Organizations, link => link.OrganizationId, organization => organization.Id, (_, organization) => organization.Name).ToListAsync();
        var issues = db.Issues.AsNoTracking().SeenBy(person, db);
        Issues = [.. (await db.InitiativeIssues.Where(link => link.InitiativeId == id).Join(issues, link => link.IssueId, issue => issue.Id, (_, issue) => new { issue.Id, issue.Title }).Take(200).ToListAsync()).Select(issue => (issue.Id, issue.Title))];
    }
}
