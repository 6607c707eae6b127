using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Groups;

namespace Sasaeai.Features.Members;

public class CardModel(AppDb db, CurrentPerson person, AuditTrail trail) : PageModel
{
    public HelpGroup Group { get; private set; } = null!;
    public Member Member { get; private set; } = null!;

    public async Task OnGetAsync(Guid id, Guid memberId)
    {
        Group = await db.RunAsync(person, id);
        Member = await db.Members.AsNoTracking().SingleOrDefaultAsync(member => member.GroupId == id && member.Id == memberId && member.ErasedAt == null) ?? throw new NotFoundException();
        trail.Looked("member", memberId, "会員証の印刷");
    }
}
