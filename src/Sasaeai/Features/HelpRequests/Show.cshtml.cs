using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Groups;
using Sasaeai.Features.Members;
using Sasaeai.Features.UnmetNeeds;
using Sasaeai.Features.Visits;
using Sasaeai.Web;

namespace Sasaeai.Features.HelpRequests;

/// <summary>One request: what was asked, its series, its visits, and how it ended.</summary>
public class ShowModel(AppDb db, CurrentPerson person, AuditTrail trail, RequestEnding ending, SeriesVisits series, TimeProvider time) : PageModel
{
    private const int Shown = 30;

    [BindProperty, Display(Name = "どう終わりましたか"), EnumDataType(typeof(RequestState))]
    public RequestState State { get; set; } = RequestState.Settled;

    [BindProperty, Display(Name = "理由"), StringLength(300)]
    public string? Reason { get; set; }

    public HelpGroup Group { get; private set; } = null!;
    public HelpRequest Asked { get; private set; } = null!;
    public Member? Asker { get; private set; }
    public HelpSeries? Series { get; private set; }
    public RubbishDays? Rubbish { get; private set; }
    public string Words { get; private set; } = "";
    public IReadOnlyList<Visit> Coming { get; private set; } = [];
    /// <summary>The latest first.</summary>
    public IReadOnlyList<Visit> Past { get; private set; } = [];

    public Task OnGetAsync(Guid id, Guid requestId) => LoadAsync(id, requestId);

    public async Task<IActionResult> OnPostCloseAsync(Guid id, Guid requestId)
    {
        await LoadAsync(id, requestId);
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        Rule.Require(State != RequestState.Open, "どう終わったかを選んでください。");
        await ending.EndAsync(Asked, State, Reason ?? "");
        TempData["Notice"] = "依頼を終えました。";
        return RedirectToPage(new { id, requestId });
    }

    /// <summary>It was ended by mistake, or another group declined: the request and its series go on.</summary>
    public async Task<IActionResult> OnPostReopenAsync(Guid id, Guid requestId)
    {
        await LoadAsync(id, requestId);
        Rule.Require(Asker?.LeftOn is null, "この人は退会しています。先に、会員の記録でもう一度入会してもらってください。");
        Rule.Require(!await db.UnmetNeeds.AnyAsync(need => need.RequestId == requestId && need.WentTo == UnmetRoute.Group && need.Answer != ReferralAnswer.Declined), "ほかの団体に頼んであります。断られてから、もう一度受け付けてください。");
        Asked.Reopen();
        if (Series is not null)
        {
            await series.ResumeAsync(Series, Asked);
        }

        await db.SaveChangesAsync();
        TempData["Notice"] = "依頼をもう一度受け付けました。" + (Series is null ? "活動を加えてください。" : "");
        return RedirectToPage(new { id, requestId });
    }

    private async Task LoadAsync(Guid id, Guid requestId)
    {
        Group = await db.ArrangeAsync(person, id);
        Asked = await db.OfGroupAsync<HelpRequest>(id, requestId);
        Asker = Asked.UserId is { } user ? await db.GetAsync<Member>(user) : null;
        trail.Looked("help_request", requestId, "依頼の内容");
        Series = await db.HelpSeries.SingleOrDefaultAsync(series => series.RequestId == requestId);
        Rubbish = Series?.RubbishId is { } rubbish ? await db.RubbishDays.AsNoTracking().SingleAsync(days => days.Id == rubbish) : null;
        Words = (await HelpKind.OfGroupAsync(db, id)).FirstOrDefault(kind => kind.Code == Asked.CategoryCode)?.Words ?? Asked.CategoryCode;
        var visits = db.Visits.AsNoTracking().Where(visit => visit.RequestId == requestId);
        Coming = await visits.Where(visit => visit.DueDay >= time.Today()).OrderBy(visit => visit.DueDay).ThenBy(visit => visit.Id).Take(Shown).ToListAsync();
        Past = await visits.Where(visit => visit.DueDay < time.Today()).OrderByDescending(visit => visit.DueDay).ThenBy(visit => visit.Id).Take(Shown).ToListAsync();
    }
}
