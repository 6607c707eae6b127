using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Groups;
using Sasaeai.Web;

namespace Sasaeai.Features.Members;

public class EditModel(AppDb db, CurrentPerson person, AuditTrail trail, MemberPlaces places, TimeProvider time) : PageModel
{
    [BindProperty]
    public MemberForm Form { get; set; } = new();

    public HelpGroup Group { get; private set; } = null!;
    public Member Member { get; private set; } = null!;
    public IReadOnlyList<SelectListItem> Areas { get; private set; } = [];
    public AbilityList Abilities { get; private set; } = null!;

    public async Task OnGetAsync(Guid id, Guid memberId)
    {
        await LoadAsync(id, memberId);
        Form = MemberForm.Of(Member);
    }

    public async Task<IActionResult> OnPostAsync(Guid id, Guid memberId)
    {
        await LoadAsync(id, memberId);
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        Rule.Require(Form.Version == Member.Version, "この会員の記録は、入力している間にほかの人が変更しました。開き直して、もう一度入力してください。");
        var before = Member.AddressKey;
        Form.ApplyTo(Member, Abilities, time.Today(), time.GetUtcNow());
        await MemberForm.CheckAvoidsAsync(db, Member);
        if (Member.AddressKey != before || Member.Lat is null)
        {
            await places.PlaceAsync(Member);
        }

        await db.SaveChangesAsync();
        TempData["Notice"] = $"会員{Member.Number}の記録を直しました。";
        return LocalRedirect($"~/groups/{id}/members/{memberId}");
    }

    private async Task LoadAsync(Guid id, Guid memberId)
    {
        Group = await db.RunAsync(person, id);
        Member = await db.Members.SingleOrDefaultAsync(member => member.GroupId == id && member.Id == memberId) ?? throw new NotFoundException();
        trail.Looked("member", memberId, "編集のために表示");
        Areas = (await GroupChoices.LoadAsync(db)).Areas;
        Abilities = await AbilityList.LoadAsync(db, time.Today());
    }
}
