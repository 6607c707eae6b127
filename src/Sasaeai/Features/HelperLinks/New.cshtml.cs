using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Forms;
using Sasaeai.Features.Groups;
using Sasaeai.Features.Members;
using Sasaeai.Features.Visits;
using Sasaeai.Web;

namespace Sasaeai.Features.HelperLinks;

/// <summary>Makes a helper's link: printed with a QR code, or sent by mail. The token is in that one answer and stored nowhere.</summary>
public class NewModel(AppDb db, CurrentPerson person, AuditTrail trail, HelperNotice notice, TimeProvider time) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "member")]
    public Guid MemberId { get; set; }

    public HelpGroup Group { get; private set; } = null!;
    public Member Helper { get; private set; } = null!;
    public string? Link { get; private set; }
    public bool MayMail => notice.MayMail(Helper);
    public DateOnly Until => time.Today().AddDays((int)HelperLink.Valid.TotalDays);

    public Task OnGetAsync(Guid id) => LoadAsync(id);

    public async Task<IActionResult> OnPostAsync(Guid id)
    {
        await LoadAsync(id);
        Link = notice.LinkOf(await HelperLink.MakeAsync(db, id, MemberId, person.Name, time.GetUtcNow()), Request);
        return new OncePageResult($"/groups/{id}/helper-links/new?member={MemberId}");
    }

    public async Task<IActionResult> OnPostMailAsync(Guid id)
    {
        await LoadAsync(id);
        Rule.Require(MayMail, "メールで送れません。印刷して渡してください。");
        Rule.Require(await notice.SendAsync(Group, Helper, Request), "メールを送れませんでした。アドレスを確かめるか、印刷して渡してください。");
        TempData["Notice"] = $"{Helper.Name}さんにメールを送りました。";
        return RedirectToPage("/Members/Show", new { id, memberId = MemberId });
    }

    private async Task LoadAsync(Guid id)
    {
        Group = await db.ArrangeAsync(person, id);
        Helper = await db.OfGroupAsync<Member>(id, MemberId);
        Rule.Require(Helper.IsHelper, "協力会員の人にだけ作れます。");
        trail.Looked("member", MemberId, "本人のページのリンク");
    }
}
