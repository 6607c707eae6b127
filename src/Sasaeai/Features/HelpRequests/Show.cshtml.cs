using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Groups;
using Sasaeai.Features.Members;
using Sasaeai.Features.Visits;
using Sasaeai.Web;

namespace Sasaeai.Features.HelpRequests;

/// <summary>One request: what was asked, its series, its visits, and how it ended.</summary>
public class ShowModel(AppDb db, CurrentPerson person, AuditTrail trail, RequestEnding ending, TimeProvider time) : PageModel
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
    public IReadOnlyList<Visit> Visits { get; private set; } = [];

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

    private async Task LoadAsync(Guid id, Guid requestId)
    {
        Group = await db.ArrangeAsync(person, id);
        Asked = await db.OfGroupAsync<HelpRequest>(id, requestId);
        Asker = Asked.UserId is { } user ? await db.GetAsync<Member>(user) : null;
        trail.Looked("help_request", requestId, "依頼の内容");
        Series = await db.HelpSeries.SingleOrDefaultAsync(series => series.RequestId == requestId);
        Rubbish = Series?.RubbishId is { } rubbish ? await db.RubbishDays.AsNoTracking().SingleAsync(days => days.Id == rubbish) : null;
        Words = (await HelpKind.OfGroupAsync(db, id)).FirstOrDefault(kind => kind.Code == Asked.CategoryCode)?.Words ?? Asked.CategoryCode;
        Visits = await db.Visits.Where(visit => visit.RequestId == requestId && visit.DueDay >= time.Today().AddDays(-60)).OrderBy(visit => visit.DueDay).Take(Shown).ToListAsync();
    }
}
