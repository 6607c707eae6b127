using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Groups;
using Sasaeai.Features.HelpRequests;
using Sasaeai.Features.Resources;
using Sasaeai.Features.Shared;
using Sasaeai.Features.Tickets;
using Sasaeai.Web;

namespace Sasaeai.Features.Tariffs;

public class NewModel(AppDb db, CurrentPerson person, TimeProvider time) : PageModel
{
    private List<TicketType> types = [];

    [BindProperty]
    public TariffForm Form { get; set; } = new();

    public HelpGroup Group { get; private set; } = null!;
    public IReadOnlyList<SelectListItem> Kinds { get; private set; } = [];
    public IEnumerable<SelectListItem> Types => types.Select(type => new SelectListItem($"{type.Name}（{type.Minutes}分、{type.FaceYen:N0}円）", $"{type.Unit}"));

    public async Task OnGetAsync(Guid id)
    {
        await LoadAsync(id);
        Form.StartsOn = new DateInput(time.Today());
    }

    public async Task<IActionResult> OnPostAsync(Guid id)
    {
        await LoadAsync(id);
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        var (day, rules) = Form.Read(types);
        db.Tariffs.Add(new Tariff { GroupId = id, StartsOn = day, Rules = rules, CreatedAt = time.GetUtcNow(), ByName = person.Name });
        await db.SaveChangesAsync();
        TempData["Notice"] = "料金のきまりを記録しました。";
        return RedirectToPage("Index", new { id });
    }

    private async Task LoadAsync(Guid id)
    {
        Group = await db.GetAsync<HelpGroup>(id);
        person.Require(person.CanChange(Group));
        Kinds = [.. (await HelpKind.OfGroupAsync(db, id)).Where(kind => kind.Code != HelpKind.Other).Select(kind => new SelectListItem(kind.Words, kind.Words))];
        types = await db.TicketTypes.AsNoTracking().Where(type => type.GroupId == id && type.EndsOn == null).OrderBy(type => type.Unit).ToListAsync();
    }
}
