using Microsoft.AspNetCore.Mvc.RazorPages;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Groups;
using Sasaeai.Features.HelpRequests;

namespace Sasaeai.Features.Members;

/// <summary>The membership form and the consent form, to be filled in by hand.</summary>
public class PapersModel(AppDb db, CurrentPerson person, TimeProvider time) : PageModel
{
    public HelpGroup Group { get; private set; } = null!;
    public int YearsKept { get; private set; }
    public AbilityList Abilities { get; private set; } = null!;

    public async Task OnGetAsync(Guid id)
    {
        Group = await db.RunAsync(person, id);
        YearsKept = (await HelpRule.OfAsync(db, id)).Content.YearsKept;
        Abilities = await AbilityList.LoadAsync(db, time.Today());
    }
}
