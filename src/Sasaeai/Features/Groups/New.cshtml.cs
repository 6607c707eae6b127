using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Organizations;
using Sasaeai.Features.Resources;
using Sasaeai.Web;

namespace Sasaeai.Features.Groups;

public class NewModel(AppDb db, CurrentPerson person, TimeProvider time) : PageModel
{
    [BindProperty]
    public GroupForm Form { get; set; } = new();

    [BindProperty, Display(Name = "属する団体"), Required(ErrorMessage = "属する団体を選んでください。")]
    public Guid? OrganizationId { get; set; }

    [BindProperty, Display(Name = "段階"), EnumDataType(typeof(GroupStage))]
    public GroupStage Stage { get; set; }

    public GroupChoices Choices { get; private set; } = null!;
    public IReadOnlyList<SelectListItem> Organizations { get; private set; } = [];

    public Task OnGetAsync() => LoadAsync();

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        await db.GetAsync<Organization>(OrganizationId!.Value);
        Rule.Require(Form.AreaId is null || Choices.Areas.Any(area => area.Value == $"{Form.AreaId}"), "地区を選び直してください。");
        var group = new HelpGroup(OrganizationId.Value, Form.Name, Form.Kind, Stage, time.Today(), person.Name, new GroupContent(), time.GetUtcNow());
        Form.ApplyTo(group, time.GetUtcNow());
        db.HelpGroups.Add(group);
        await db.SaveChangesAsync();
        TempData["Notice"] = $"「{group.Name}」を登録しました。";
        return RedirectToPage("Show", new { id = group.Id });
    }

    private async Task LoadAsync()
    {
        person.Require(person.IsStaff);
        Choices = await GroupChoices.LoadAsync(db);
        Organizations = await db.Organizations.AsNoTracking().Where(organization => organization.ClosedOn == null).OrderBy(organization => organization.Kana).ThenBy(organization => organization.Name).Take(2000)
            .Select(organization => new SelectListItem(organization.Name, organization.Id.ToString())).ToListAsync();
    }
}
