using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Issues;
using Sasaeai.Features.Resources;
using Sasaeai.Web;

namespace Sasaeai.Features.Voices;

/// <summary>Where a voice belongs and what it is about: its words are never changed.</summary>
public class EditModel(AppDb db, CurrentPerson person, IssueDesk desk, AuditTrail trail) : PageModel
{
    private string? areaName;

    [BindProperty, Display(Name = "圏域")]
    public Guid? Area { get; set; }

    [BindProperty, Display(Name = "分類"), StringLength(40)]
    public string? Category { get; set; }

    public Voice Voice { get; private set; } = null!;
    public TownNames Names => desk.Names;

    /// <summary>圏域, and the smaller area that the voice came with.</summary>
    public IEnumerable<SelectListItem> AreaChoices => Names.AreaChoices.Concat(areaName is null ? [] : [new SelectListItem(areaName, $"{Voice.AreaId}")]);

    public async Task OnGetAsync(Guid id)
    {
        await LoadAsync(id);
        (Area, Category) = (Voice.AreaId, Voice.CategoryCode);
    }

    public async Task<IActionResult> OnPostAsync(Guid id)
    {
        await LoadAsync(id);
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        Rule.Require(Area is null || AreaChoices.Any(area => area.Value == $"{Area}"), "圏域を選び直してください。");
        Names.RequireKnown(null, Category);
        (Voice.AreaId, Voice.CategoryCode) = (Area, Category);
        await db.SaveChangesAsync();
        TempData["Notice"] = person.CanHear(Voice) ? "地域と分類を保存しました。" : $"地域と分類を保存しました。この声は、{Names.Area(Area)}の担当の一覧に移りました。";
        return person.CanHear(Voice) ? RedirectToPage("Show", new { id }) : RedirectToPage("Index");
    }

    private async Task LoadAsync(Guid id)
    {
        Voice = await db.GetAsync<Voice>(id);
        person.Require(person.CanHear(Voice));
        trail.Looked("voice", id);
        await desk.LoadNamesAsync();
        areaName = Voice.AreaId is { } area && Names.Zones.All(zone => zone.Id != area) ? (await db.FindAsync<Sasaeai.Features.Areas.Area>(area))?.Name : null;
    }
}
