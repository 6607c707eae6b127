using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Forms;
using Sasaeai.Features.Groups;
using Sasaeai.Features.Members;
using Sasaeai.Features.Visits;
using Sasaeai.Web;

namespace Sasaeai.Features.Introductions;

/// <summary>顔合わせ: the user and the helper met before the first visit.</summary>
public class NewModel(AppDb db, CurrentPerson person, AuditTrail trail, TimeProvider time) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "member")]
    public Guid HelperId { get; set; }

    [BindProperty, Display(Name = "顔合わせをした日"), Required, StringLength(40)]
    public string Day { get; set; } = "";

    [BindProperty, Display(Name = "立ち会った世話人"), Required, StringLength(100)]
    public string WithName { get; set; } = "";

    public HelpGroup Group { get; private set; } = null!;
    public Visit Visit { get; private set; } = null!;
    public Member Helper { get; private set; } = null!;

    public async Task OnGetAsync(Guid id, Guid visitId)
    {
        await LoadAsync(id, visitId);
        (Day, WithName) = (Japanese.Wareki.Date(time.Today()), person.Name);
    }

    public async Task<IActionResult> OnPostAsync(Guid id, Guid visitId)
    {
        await LoadAsync(id, visitId);
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        Rule.Require(Japanese.Wareki.TryReadDate(Day, out var day) && day <= time.Today(), "「顔合わせをした日」を、今日までの日付で入れてください。");
        if (!await db.Introductions.AnyAsync(introduction => introduction.UserId == Visit.UserId && introduction.HelperId == HelperId))
        {
            db.Introductions.Add(new Introduction { GroupId = id, UserId = Visit.UserId, HelperId = HelperId, MetOn = day, WithName = PlainText.Of(WithName) });
            await db.SaveChangesAsync();
        }

        TempData["Notice"] = "顔合わせを記録しました。";
        return LocalRedirect(Url.Content($"~/groups/{id}/visits/{visitId}/offers/new?member={HelperId}"));
    }

    private async Task LoadAsync(Guid id, Guid visitId)
    {
        (Group, Visit, Helper) = (await db.ArrangeAsync(person, id), await db.OfGroupAsync<Visit>(id, visitId), await db.OfGroupAsync<Member>(id, HelperId));
        trail.Looked("member", HelperId, "顔合わせを記録するために表示");
    }
}
