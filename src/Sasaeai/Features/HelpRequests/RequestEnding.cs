using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Visits;

namespace Sasaeai.Features.HelpRequests;

/// <summary>Ends a request with its series and with the visits that nobody has accepted.</summary>
public sealed class RequestEnding(AppDb db, SeriesVisits series, AuditTrail trail, TimeProvider time)
{
    /// <exception cref="RuleBrokenException">A helper has accepted a visit, or a report is awaited.</exception>
    public async Task EndAsync(HelpRequest request, RequestState state, string reason)
    {
        var open = await db.Visits.Where(visit => visit.RequestId == request.Id && (visit.State == VisitState.Open || visit.State == VisitState.Assigned || visit.State == VisitState.Reported)).ToListAsync();
        Rule.Require(open.All(visit => visit.State == VisitState.Open), "担い手が決まっている活動か、報告を待つ活動があります。先に、すませるか取りやめにしてください。");
        foreach (var visit in open.Where(visit => visit.SeriesId is null))
        {
            visit.Close(VisitState.Cancelled, state == RequestState.Unmet ? "担い手が見つからなかった" : "依頼が終わった", trail.Actor.Name, time.GetUtcNow());
        }

        if (await db.HelpSeries.SingleOrDefaultAsync(one => one.RequestId == request.Id && one.EndedAt == null) is { } running)
        {
            await series.EndAsync(running, request);
        }

        request.Close(state, reason, trail.Actor.Name, time.Today());
        await db.SaveChangesAsync();
    }
}
