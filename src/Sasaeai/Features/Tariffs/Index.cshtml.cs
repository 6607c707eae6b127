using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Groups;
using Sasaeai.Features.Resources;

namespace Sasaeai.Features.Tariffs;

public class IndexModel(AppDb db, CurrentPerson person) : PageModel
{
    public HelpGroup Group { get; private set; } = null!;
    public IReadOnlyList<Tariff> Tariffs { get; private set; } = [];
    public bool MayChange => person.CanChange(Group);

    public async Task OnGetAsync(Guid id)
    {
        Group = await db.GetAsync<HelpGroup>(id);
        person.Require(person.CanSee(Group));
        Tariffs = await db.Tariffs.AsNoTracking().Where(tariff => tariff.GroupId == id).OrderByDescending(tariff => tariff.StartsOn).ThenByDescending(tariff => tariff.CreatedAt).Take(100).ToListAsync();
    }
}
