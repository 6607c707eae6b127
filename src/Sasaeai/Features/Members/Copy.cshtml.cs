using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Groups;
using Sasaeai.Features.Tickets;
using Sasaeai.Web;

namespace Sasaeai.Features.Members;

/// <summary>A copy on paper of all that the group holds of one person.</summary>
public class CopyModel(AppDb db, CurrentPerson person, AuditTrail trail, TimeProvider time) : PageModel
{
    public HelpGroup Group { get; private set; } = null!;
    public MemberCopy Copy { get; private set; } = null!;
    public AbilityList Abilities { get; private set; } = null!;
    public IReadOnlyDictionary<short, string> Types { get; private set; } = new Dictionary<short, string>();
    public DateOnly Today => time.Today();

    public async Task OnGetAsync(Guid id, Guid memberId)
    {
        Group = await db.RunAsync(person, id);
        var member = await db.Members.AsNoTracking().SingleOrDefaultAsync(member => member.GroupId == id && member.Id == memberId && member.ErasedAt == null) ?? throw new NotFoundException();
        trail.Looked("member", memberId, "本人の記録の写し");
        Copy = await MemberCopy.LoadAsync(db, member);
        Abilities = await AbilityList.LoadAsync(db, time.Today());
        Types = await db.TicketTypes.AsNoTracking().Where(type => type.GroupId == id).ToDictionaryAsync(type => type.Unit, type => type.Name);
    }
}
