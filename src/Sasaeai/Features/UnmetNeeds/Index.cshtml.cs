using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Groups;
using Sasaeai.Features.HelpRequests;
using Sasaeai.Features.Members;
using Sasaeai.Features.Shared;
using Sasaeai.Features.Visits;

namespace Sasaeai.Features.UnmetNeeds;

/// <summary>順番待ち: requests without a helper, the longest waiting first, and people whom other groups send.</summary>
public class IndexModel(AppDb db, CurrentPerson person, MemberPlaces places, AuditTrail trail, TimeProvider time) : PageModel
{
    public const int Size = 50, LongDays = 14;

    [BindProperty(SupportsGet = true, Name = PagerTagHelper.Parameter)]
    public int Number { get; set; } = 1;

    public HelpGroup Group { get; private set; } = null!;
    public IReadOnlyList<HelpKind> Kinds { get; private set; } = [];
    public IReadOnlyList<Row> Rows { get; private set; } = [];
    public IReadOnlyList<Sent> Incoming { get; private set; } = [];
    public IReadOnlyList<Sent> Outgoing { get; private set; } = [];
    public int Total { get; private set; }
    public DateOnly Today => time.Today();

    public Task OnGetAsync(Guid id) => LoadAsync(id);

    public async Task<IActionResult> OnPostTakeAsync(Guid id, Guid need)
    {
        var sent = await IncomingAsync(id, need);
        var request = await sent.TakeAsync(db, places, person.Name, time.GetUtcNow());
        await db.SaveChangesAsync();
        TempData["Notice"] = "引き受けて、依頼に入れました。いつ行くかを決めてください。";
        return LocalRedirect($"~/groups/{id}/requests/{request.Id}");
    }

    public async Task<IActionResult> OnPostDeclineAsync(Guid id, Guid need)
    {
        var sent = await IncomingAsync(id, need);
        sent.Reply(ReferralAnswer.Declined, person.Name, Today);
        await db.SaveChangesAsync();
        TempData["Notice"] = "引き受けられないと答えました。元の団体に伝わります。";
        return RedirectToPage(new { id });
    }

    /// <summary>No answer came: the person is not told of to the other group any longer.</summary>
    public async Task<IActionResult> OnPostRecallAsync(Guid id, Guid need)
    {
        await LoadAsync(id);
        var sent = await db.OfGroupAsync<UnmetNeed>(id, need);
        sent.Recall(person.Name, Today);
        await db.SaveChangesAsync();
        TempData["Notice"] = "紹介を取り下げました。依頼のページから、もう一度受け付けられます。";
        return RedirectToPage(new { id });
    }

    public string Words(string code) => Kinds.FirstOrDefault(kind => kind.Code == code)?.Words ?? code;

    private async Task<UnmetNeed> IncomingAsync(Guid id, Guid need)
    {
        await LoadAsync(id);
        return await db.FindAsync<UnmetNeed>(need) is { } found && found.ToGroupId == id ? found : throw new NotFoundException();
    }

    private async Task LoadAsync(Guid id)
    {
        Group = await db.ArrangeAsync(person, id);
        Kinds = await HelpKind.OfGroupAsync(db, id);
        var waiting = db.HelpRequests.AsNoTracking().Where(request => request.GroupId == id && request.State == RequestState.Open
            && (db.Visits.Any(visit => visit.RequestId == request.Id && visit.State == VisitState.Open)
                || !db.Visits.Any(visit => visit.RequestId == request.Id && (visit.State == VisitState.Assigned || visit.State == VisitState.Reported || visit.State == VisitState.Done))));      // also when all its visits fell through
        Total = await waiting.CountAsync();
        Number = Math.Clamp(Number, 1, Math.Max(1, (Total + Size - 1) / Size));
        Rows = await (
            from request in waiting
            join user in db.Members on request.UserId equals (Guid?)user.Id
            orderby request.ReceivedOn, request.Id
            select new Row(request.Id, user.Name, request.CategoryCode, request.Detail, request.ReceivedOn,
                db.Visits.Where(visit => visit.RequestId == request.Id && visit.State == VisitState.Open).Min(visit => (DateOnly?)visit.DueDay),
                db.Visits.Where(visit => visit.RequestId == request.Id && visit.State == VisitState.Open).OrderBy(visit => visit.DueDay).ThenBy(visit => visit.Id).Select(visit => (Guid?)visit.Id).FirstOrDefault(),
                db.Offers.Count(offer => db.Visits.Any(visit => visit.Id == offer.VisitId && visit.RequestId == request.Id && visit.State == VisitState.Open)))).Skip((Number - 1) * Size).Take(Size).ToListAsync();
        var since = Today.AddMonths(-6);
        var sent = await (
            from need in db.UnmetNeeds.AsNoTracking()
            where need.ToGroupId == id && need.Answer == null || need.GroupId == id && need.WentTo == UnmetRoute.Group && need.NotedOn >= since
            join other in db.HelpGroups on need.ToGroupId == id ? need.GroupId : need.ToGroupId equals (Guid?)other.Id
            orderby need.NotedOn, need.Id
            select new Sent(need, other.Name)).Take(200).ToListAsync();
        (Incoming, Outgoing) = ([.. sent.Where(one => one.Need.ToGroupId == id)], [.. sent.Where(one => one.Need.GroupId == id)]);
        trail.Looked("help_request", id, $"順番待ち（{Rows.Count}件、紹介{Incoming.Count}件）");
    }

    /// <param name="Due">Of the first visit that needs a helper; null while none is planned.</param>
    public sealed record Row(Guid Id, string User, string Category, string Detail, DateOnly ReceivedOn, DateOnly? Due, Guid? VisitId, int Offers);

    public sealed record Sent(UnmetNeed Need, string Group);
}
