using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Resources;
using Sasaeai.Features.Subsidies;

namespace Sasaeai.Features.TownSettings.Subsidies;

/// <summary>補助のきまり.</summary>
public class IndexModel(AppDb db, CurrentPerson person) : PageModel
{
    public IReadOnlyList<SubsidyRule> Rules { get; private set; } = [];

    public async Task OnGetAsync()
    {
        person.Require(person.IsOfficer);
        Rules = await db.SubsidyRules.AsNoTracking().OrderBy(rule => rule.Sort).ThenBy(rule => rule.Name).Take(200).ToListAsync();
    }
}
