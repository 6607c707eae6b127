using Microsoft.AspNetCore.Mvc.RazorPages;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Groups;

namespace Sasaeai.Features.Members;

/// <summary>The membership form and the consent form, to be filled in by hand.</summary>
public class PapersModel(AppDb db, CurrentPerson person, TimeProvider time) : PageModel
{
    public HelpGroup Group { get; private set; } = null!;
    public AbilityList Abilities { get; private set; } = null!;

    public async Task OnGetAsync(Guid id)
    {
        Group = await db.RunAsync(person, id);
        Abilities = await AbilityList.LoadAsync(db, time.Today());
    }
}
