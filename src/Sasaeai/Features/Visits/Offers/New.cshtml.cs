using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Forms;
using Sasaeai.Features.Groups;
using Sasaeai.Features.HelperLinks;
using Sasaeai.Features.Members;
using Sasaeai.Features.Shared;
using Sasaeai.Japanese;
using Sasaeai.Web;

namespace Sasaeai.Features.Visits.Offers;

/// <summary>A helper is on the telephone: what was said.</summary>
public class NewModel(AppDb db, CurrentPerson person, AuditTrail trail, Candidates candidates, Arrangements arrangements, HelperNotice notice, TimeProvider time) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "member")]
    public Guid HelperId { get; set; }

    [BindProperty, Display(Name = "連絡のしかた"), EnumDataType(typeof(ContactChannel))]
    public ContactChannel Channel { get; set; }

    [BindProperty, Display(Name = "それでも頼む理由"), StringLength(300)]
    public string? OverrideReason { get; set; }

    [BindProperty, Display(Name = "メールでも知らせる")]
    public bool Notify { get; set; }

    [BindProperty, Display(Name = "行く日"), StringLength(40)]
    public string? Day { get; set; }

    [BindProperty, Display(Name = "行く時刻"), StringLength(20)]
    public string? Start { get; set; }

    [BindProperty, Display(Name = "断られた理由"), EnumDataType(typeof(RefusalReason))]
    public RefusalReason? Reason { get; set; }

    [BindProperty, Display(Name = "いつまで休むか（「しばらく休む」のとき）")]
    public DateInput? AwayUntil { get; set; }

    [BindProperty, Display(Name = "メモ"), StringLength(300)]
    public string? Note { get; set; }

    public HelpGroup Group { get; private set; } = null!;
    public Visit Visit { get; private set; } = null!;
    public Member Helper { get; private set; } = null!;
    public HelperCandidate Candidate { get; private set; } = null!;
    public bool MayMail => notice.MayMail(Helper);
    public bool MayRun => person.CanRun(Group);

    public async Task OnGetAsync(Guid id, Guid visitId)
    {
        await LoadAsync(id, visitId);
        (Day, Start) = (Wareki.Date(Visit.Day ?? Candidate.Day ?? Visit.DayFrom(time.Today())), $"{Visit.Starts ?? Candidate.Start ?? Visit.Earliest:H:mm}");
    }

    public async Task<IActionResult> OnPostAcceptedAsync(Guid id, Guid visitId)
    {
        await LoadAsync(id, visitId);
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        await arrangements.AssignAsync(id, visitId, HelperId, Channel, PlainText.Of(OverrideReason), Visit.LeavesTime ? Named() : null);
        var told = Notify && MayMail ? await notice.SendAsync(Group, Helper, Request) ? "メールで知らせました。" : "メールは送れませんでした。電話か紙で知らせてください。" : "";
        TempData["Notice"] = $"{Helper.Name}さんに決まりました。{told}";
        return RedirectToPage("/Visits/Show", new { id, visitId });
    }

    private (DateOnly, TimeOnly) Named()
    {
        Rule.Require(DayText.TryRead(Day, time.Today(), out var day), $"「行く日」の「{Day}」を読めません。例：25、11/25、火曜、あした");
        return (day, ClockText.Read(Start, "行く時刻"));
    }

    public Task<IActionResult> OnPostRefusedAsync(Guid id, Guid visitId) => NoteAsync(id, visitId, OfferResult.Refused);

    public Task<IActionResult> OnPostNoAnswerAsync(Guid id, Guid visitId) => NoteAsync(id, visitId, OfferResult.NoAnswer);

    public Task<IActionResult> OnPostAskedAsync(Guid id, Guid visitId) => NoteAsync(id, visitId, OfferResult.Asked);

    private async Task<IActionResult> NoteAsync(Guid id, Guid visitId, OfferResult result)
    {
        await LoadAsync(id, visitId);
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        DateOnly? away = null;
        if (AwayUntil is { } typed && Reason == RefusalReason.Away)
        {
            Rule.Require(Wareki.TryReadDate($"{typed}", out var until), "「いつまで休むか」を日付として読めません。例：令和8年6月15日");
            away = until;
        }

        await arrangements.NoteAsync(Visit, Helper, Channel, result, Reason, away, PlainText.Of(Note));
        TempData["Notice"] = $"{Helper.Name}さんへの連絡を記録しました。";
        return RedirectToPage("/Visits/Show", new { id, visitId });
    }

    private async Task LoadAsync(Guid id, Guid visitId)
    {
        Group = await db.ArrangeAsync(person, id);
        Visit = await db.OfGroupAsync<Visit>(id, visitId);
        Helper = await db.OfGroupAsync<Member>(id, HelperId);
        Candidate = (await candidates.RankAsync(Visit, only: HelperId)).SingleOrDefault() ?? throw new NotFoundException();
        trail.Looked("member", HelperId, "担い手への連絡");
    }
}
