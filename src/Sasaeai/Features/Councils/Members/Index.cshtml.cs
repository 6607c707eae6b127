using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Resources;

namespace Sasaeai.Features.Councils.Members;

/// <summary>委員名簿. Names for all who see the council; telephone and e-mail for those who keep it.</summary>
public class IndexModel(AppDb db, CurrentPerson person, AuditTrail trail, TimeProvider time) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public bool All { get; set; }

    public Council Council { get; private set; } = null!;
    public bool MayChange { get; private set; }
    public IReadOnlyList<CouncilMember> Rows { get; private set; } = [];
    public DateOnly Today => time.Today();

    public async Task OnGetAsync(Guid id)
    {
        Council = await db.GetAsync<Council>(id);
        person.Require(person.CanSee(Council));
        MayChange = person.CanChange(Council);
        var members = db.CouncilMembers.AsNoTracking().Where(member => member.CouncilId == id);
        members = All && MayChange ? members : members.Where(member => member.EndsOn == null || member.EndsOn >= Today);
        Rows = [.. (await members.Take(500).ToListAsync()).OrderBy(member => member.Post).ThenBy(member => member.Affiliation, StringComparer.Ordinal).ThenBy(member => member.Name, StringComparer.Ordinal)];
        if (MayChange)
        {
            trail.Looked("council_member", id, "委員名簿");
        }
    }
}
