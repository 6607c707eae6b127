using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Web;

namespace Sasaeai.Features.Groups.Keepers;

/// <summary>Another telephone number, or other days on duty.</summary>
public class EditModel(AppDb db, CurrentPerson person) : PageModel
{
    private Keeper keeper = null!;

    [BindProperty]
    public IndexModel.Input Form { get; set; } = new();

    public HelpGroup Group { get; private set; } = null!;

    public async Task OnGetAsync(Guid id, Guid keeperId)
    {
        await LoadAsync(id, keeperId);
        Form = new IndexModel.Input { Name = keeper.Name, Phone = keeper.Phone, DutyDays = keeper.DutyDays };
    }

    public async Task<IActionResult> OnPostAsync(Guid id, Guid keeperId)
    {
        await LoadAsync(id, keeperId);
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        (keeper.Name, keeper.Phone, keeper.DutyDays) = (Form.Name.Trim(), Form.Phone ?? "", [.. IndexModel.Days.Select(day => day.Value).Intersect(Form.DutyDays ?? [])]);
        await db.SaveChangesAsync();
        TempData["Notice"] = $"{keeper.Name}さんの電話と当番を直しました。";
        return RedirectToPage("Index", new { id });
    }

    private async Task LoadAsync(Guid id, Guid keeperId)
    {
        Group = await db.RunAsync(person, id);
        keeper = await db.Keepers.SingleOrDefaultAsync(one => one.GroupId == id && one.Id == keeperId && one.EndsOn == null) ?? throw new NotFoundException();
    }
}
