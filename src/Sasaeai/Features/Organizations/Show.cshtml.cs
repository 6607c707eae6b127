using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.ActivityRecords;
using Sasaeai.Features.Categories;
using Sasaeai.Features.Resources;

namespace Sasaeai.Features.Organizations;

public class ShowModel(AppDb db, CurrentPerson person, AuditTrail trail, TimeProvider time) : PageModel
{
    public Organization Organization { get; private set; } = null!;
    public string KindName { get; private set; } = "";
    public IReadOnlyList<Row> Resources { get; private set; } = [];
    public ActivityTimeline Timeline { get; private set; } = null!;
    public bool MayRecord => person.CanRecord();
    public bool MayChange => person.CanChange(Organization);
    public bool MaySeeHistory => person.IsOfficer;

    public async Task OnGetAsync(Guid id)
    {
        await LoadAsync(id);
        if (Organization.Content.Representative is { Value: not "", Publish: false })
        {
            trail.Looked("organization", id, "非公開の代表者を表示");
        }
    }

    public async Task<IActionResult> OnPostCloseAsync(Guid id)
    {
        await LoadAsync(id);
        person.Require(person.IsOfficer);
        Organization.Close(time.Today(), time.GetUtcNow());
        await db.SaveChangesAsync();
        TempData["Notice"] = $"「{Organization.Name}」を解散・休止として記録しました。公開ページから外れます。";
        return RedirectToPage("Show", new { id });
    }

    public async Task<IActionResult> OnPostReopenAsync(Guid id)
    {
        await LoadAsync(id);
        person.Require(person.IsOfficer);
        Organization.Reopen(time.GetUtcNow());
        await db.SaveChangesAsync();
        TempData["Notice"] = $"「{Organization.Name}」を、活動している団体にもどしました。";
        return RedirectToPage("Show", new { id });
    }

    private async Task LoadAsync(Guid id)
    {
        Organization = await db.GetAsync<Organization>(id);
        person.Require(person.CanSee(Organization));
        KindName = (await db.CodeItems.AsNoTracking().SingleOrDefaultAsync(item => item.List == CodeList.OperatorKind && item.Code == Organization.Kind))?.Name ?? "";
        Resources = await db.Resources.AsNoTracking().Where(resource => resource.OrganizationId == id).OrderBy(resource => resource.Kana).ThenBy(resource => resource.Name).Take(200)
            .Select(resource => new Row(resource.Id, resource.Name, resource.State)).ToListAsync();
        Timeline = await ActivityTimeline.LoadAsync(db, person, new ActivityQuery { Organization = id });
    }

    public sealed record Row(Guid Id, string Name, ResourceState State);
}
