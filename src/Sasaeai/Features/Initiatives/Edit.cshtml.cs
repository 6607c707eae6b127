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

public class EditModel(AppDb db, CurrentPerson person, IssueDesk desk, TimeProvider time) : PageModel
{
    [BindProperty]
    public InitiativeForm Form { get; set; } = new();

    [BindProperty]
    public int Version { get; set; }

    public Initiative Initiative { get; private set; } = null!;
    public TownNames Names => desk.Names;
    public IReadOnlyList<SelectListItem> Issues { get; private set; } = [];

    public async Task OnGetAsync(Guid id)
    {
        await LoadAsync(id);
        Version = Initiative.Version;
        Form = new InitiativeForm
        {
            Title = Initiative.Title, Area = Initiative.AreaId, Aim = Initiative.Aim, Plan = Initiative.Plan, Result = Initiative.Result, LookingBack = Initiative.LookingBack,
            StartsOn = new DateInput(Initiative.StartsOn), EndsOn = Initiative.EndsOn is { } last ? new DateInput(last) : null,
            Issues = await db.InitiativeIssues.Where(link => link.InitiativeId == id).Select(link => link.IssueId).ToArrayAsync(),
            Partners = string.Join('\n', await db.InitiativePartners.Where(link => link.InitiativeId == id).Join(db.Organizations, link => link.OrganizationId, organization => organization.Id, (_, organization) => organization)
                .Select(organization => db.Organizations.Count(other => other.Name == organization.Name) == 1 ? organization.Name : organization.Number).ToListAsync()),
        };
    }

    public async Task<IActionResult> OnPostAsync(Guid id)
    {
        await LoadAsync(id);
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        Names.RequireKnown(Form.Area, null);
        Rule.Require(Version == Initiative.Version, "ほかの人が先に変更しました。入力した内容は残してあります。新しい内容を確かめて、もう一度送ってください。");
        await Form.WriteToAsync(Initiative, db, time.GetUtcNow());
        person.Require(person.CanChange(Initiative));
        await db.SaveChangesAsync();
        TempData["Notice"] = "直しました。";
        return RedirectToPage("Show", new { id });
    }

    private async Task LoadAsync(Guid id)
    {
        Initiative = await db.GetAsync<Initiative>(id);
        person.Require(person.CanChange(Initiative));
        await desk.LoadNamesAsync();
        var chosen = await db.InitiativeIssues.Where(link => link.InitiativeId == id).Select(link => link.IssueId).ToArrayAsync();
        Issues = await NewModel.ChoicesAsync(db, person, chosen);
    }
}
