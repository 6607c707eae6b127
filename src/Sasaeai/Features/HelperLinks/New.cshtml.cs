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
public class NewModel(AppDb db, CurrentPerson person, CurrentTown town, AuditTrail trail, IMail mail, Settings settings, TimeProvider time) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "member")]
    public Guid MemberId { get; set; }

    public HelpGroup Group { get; private set; } = null!;
    public Member Helper { get; private set; } = null!;
    public string? Link { get; private set; }
    public bool MayMail => mail.IsOffered && Helper.Content.Email != "";
    public DateOnly Until => time.Today().AddDays((int)HelperLink.Valid.TotalDays);

    public Task OnGetAsync(Guid id) => LoadAsync(id);

    public async Task<IActionResult> OnPostAsync(Guid id)
    {
        await LoadAsync(id);
        Link = await MakeAsync(id);
        return new OncePageResult($"/groups/{id}/helper-links/new?member={MemberId}");
    }

    public async Task<IActionResult> OnPostMailAsync(Guid id)
    {
        await LoadAsync(id);
        Rule.Require(MayMail, "メールで送れません。印刷して渡してください。");
        var body = $"{Group.Name}からのお知らせです。\n\n受けた活動の一覧と報告は、次のリンクから開けます。\n\n{await MakeAsync(id)}\n\nこのリンクは、あなただけのものです。ほかの人に送らないでください。\n";
        Rule.Require(await mail.SendAsync(Helper.Content.Email, $"{town.Municipality.Name} {Group.Name} 活動のお知らせ", body, HttpContext.RequestAborted), "メールを送れませんでした。アドレスを確かめるか、印刷して渡してください。");
        TempData["Notice"] = $"{Helper.Name}さんにメールを送りました。";
        return RedirectToPage("/Members/Show", new { id, memberId = MemberId });
    }

    private async Task<string> MakeAsync(Guid id)
    {
        var token = await HelperLink.MakeAsync(db, id, MemberId, person.Name, time.GetUtcNow());
        return $"{settings.PublicUrl ?? $"{Request.Scheme}://{Request.Host}"}{Request.PathBase}/helper/{token}";
    }

    private async Task LoadAsync(Guid id)
    {
        Group = await db.ArrangeAsync(person, id);
        Helper = await db.OfGroupAsync<Member>(id, MemberId);
        Rule.Require(Helper.IsHelper, "協力会員の人にだけ作れます。");
        trail.Looked("member", MemberId, "本人のページのリンク");
    }
}
