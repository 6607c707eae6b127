using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Groups;
using Sasaeai.Features.HelpRequests;
using Sasaeai.Features.Members;
using Sasaeai.Features.Tariffs;

namespace Sasaeai.Features.Visits;

/// <summary>One visit: who could make it and why, who was asked, who makes it.</summary>
public class ShowModel(AppDb db, CurrentPerson person, AuditTrail trail, Candidates candidates, TimeProvider time) : PageModel
{
    /// <summary>So many candidates are shown at once; the others open on request.</summary>
    public const int First = 8;

    public HelpGroup Group { get; private set; } = null!;
    public Visit Visit { get; private set; } = null!;
    public Member Asker { get; private set; } = null!;
    public HelpRequest Asked { get; private set; } = null!;
    public HelpKind Kind { get; private set; } = null!;
    public IReadOnlyList<HelperCandidate> Ranked { get; private set; } = [];
    public OfferLog Log { get; private set; } = null!;
    public Guid? ReportId { get; private set; }
    public bool CareShown { get; private set; }
    public bool FirstAccompanied { get; private set; }
    public DateOnly Today => time.Today();
    public bool IsFilled => Log.Helpers.Count >= Visit.Helpers;

    public async Task OnGetAsync(Guid id, Guid visitId)
    {
        await LoadAsync(id, visitId);
        trail.Looked("visit", visitId, "活動の内容");
        Ranked = Visit.State == VisitState.Open ? await candidates.RankAsync(Visit) : [];
        FirstAccompanied = Log.Helpers.Count > 0 && (await Tariff.OnAsync(db, id, Visit.DueDay))?.Rules.FirstAccompanied == true;
    }

    /// <summary>What changes while several coordinators telephone; asked for again and again by js/live.js.</summary>
    public async Task<IActionResult> OnGetLogAsync(Guid id, Guid visitId)
    {
        Group = await db.ArrangeAsync(person, id);
        Visit = await db.OfGroupAsync<Visit>(id, visitId);
        return Partial("_Log", await OfferLog.LoadAsync(db, Visit));
    }

    /// <summary>Points to note are shown on asking only, and each look is noted.</summary>
    public async Task<IActionResult> OnPostCareAsync(Guid id, Guid visitId)
    {
        await OnGetAsync(id, visitId);
        trail.Looked("member", Visit.UserId, "気をつけること");
        CareShown = true;
        return Page();
    }

    public async Task<IActionResult> OnPostPinAsync(Guid id, Guid visitId)
    {
        await LoadAsync(id, visitId);
        Visit.Pinned = !Visit.Pinned;
        await db.SaveChangesAsync();
        return RedirectToPage(new { id, visitId });
    }

    private async Task LoadAsync(Guid id, Guid visitId)
    {
        Group = await db.ArrangeAsync(person, id);
        Visit = await db.OfGroupAsync<Visit>(id, visitId);
        Asker = await db.GetAsync<Member>(Visit.UserId);
        Asked = await db.GetAsync<HelpRequest>(Visit.RequestId);
        Kind = (await HelpKind.OfGroupAsync(db, id)).FirstOrDefault(kind => kind.Code == Visit.CategoryCode) ?? HelpKind.Common[^1];
        Log = await OfferLog.LoadAsync(db, Visit);
        ReportId = (await db.VisitReports.SingleOrDefaultAsync(report => report.VisitId == visitId && report.WithdrawnAt == null))?.Id;
    }

    /// <param name="Place">Of the first of these among all.</param>
    /// <param name="Last">What each said on the last call about this visit.</param>
    public sealed record CandidateList(Guid GroupId, Guid VisitId, int Place, IReadOnlyList<HelperCandidate> Candidates, IReadOnlyDictionary<Guid, OfferResult> Last);
}

/// <summary>Who makes the visit, and who was asked; shared by all coordinators.</summary>
public sealed record OfferLog(Visit Visit, IReadOnlyList<OfferLog.Helper> Helpers, IReadOnlyList<OfferLog.Call> Calls)
{
    public static async Task<OfferLog> LoadAsync(AppDb db, Visit visit) => new(visit,
        await (from assignment in db.Assignments where assignment.VisitId == visit.Id && assignment.EndedAt == null join helper in db.Members on assignment.MemberId equals helper.Id orderby assignment.Place
               select new Helper(assignment.Id, helper.Id, helper.Name, helper.Phone, assignment.ByName, assignment.AcceptedAt, assignment.Overridden, assignment.OverrideReason)).ToListAsync(),
        await (from offer in db.Offers where offer.VisitId == visit.Id join helper in db.Members on offer.MemberId equals helper.Id orderby offer.AskedAt descending
               select new Call(helper.Id, helper.Name, offer.Channel, offer.Result, offer.Reason, offer.Note, offer.AskedAt, offer.ByName)).Take(50).ToListAsync());

    public sealed record Helper(Guid AssignmentId, Guid MemberId, string Name, string Phone, string ByName, DateTimeOffset At, string Overridden, string OverrideReason);

    public sealed record Call(Guid MemberId, string Name, ContactChannel Channel, OfferResult Result, RefusalReason? Reason, string Note, DateTimeOffset At, string ByName);
}
