using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Ledger;
using Sasaeai.Japanese;

namespace Sasaeai.Features.Visits;

/// <summary>What helpers have refused, and against which visits it speaks: a day that is taken against all visits of that day, 「遠い」 against the same user, 「できない」 against the same kind of help.</summary>
public sealed class Refusals
{
    /// <summary>So long 「遠い」 and 「その内容はできない」 are remembered; people learn, and ways change.</summary>
    private const int MonthsKept = 6;

    private readonly ILookup<Guid, Said> byHelper;

    private Refusals(IEnumerable<Said> all) => byHelper = all.ToLookup(said => said.HelperId);

    /// <param name="visits">All that will be asked about.</param>
    public static async Task<Refusals> LoadAsync(AppDb db, Guid groupId, DateOnly today, params IReadOnlyCollection<Visit> visits)
    {
        var (ids, users, kinds) = (visits.Select(visit => visit.Id).ToArray(), visits.Select(visit => visit.UserId).Distinct().ToArray(), visits.Select(visit => visit.CategoryCode).Distinct().ToArray());
        var days = visits.Select(visit => visit.Day).OfType<DateOnly>().Distinct().ToArray();
        var since = new DateTimeOffset(today.AddMonths(-MonthsKept).ToDateTime(default), Clock.Japan).ToUniversalTime();
        return new Refusals(await (
            from offer in db.Offers.AsNoTracking()
            where offer.GroupId == groupId && offer.Result == OfferResult.Refused
            join asked in db.Visits on offer.VisitId equals asked.Id
            where ids.Contains(offer.VisitId)
                || (offer.Reason == RefusalReason.Busy || offer.Reason == RefusalReason.Health) && offer.Day != null && days.Contains(offer.Day.Value)
                || offer.Reason == RefusalReason.Far && offer.AskedAt >= since && users.Contains(asked.UserId)
                || offer.Reason == RefusalReason.Unable && offer.AskedAt >= since && kinds.Contains(asked.CategoryCode)
            orderby offer.AskedAt descending
            select new Said(offer.MemberId, offer.VisitId, offer.Day, offer.Reason!.Value, offer.AskedAt, asked.UserId, asked.CategoryCode)).Take(5_000).ToListAsync());
    }

    /// <summary>The latest refusal that speaks against the helper for this visit, in words.</summary>
    public string? Against(Visit visit, Guid helperId) => byHelper[helperId].FirstOrDefault(said => said.Concerns(visit)) is { } refusal
        ? $"{(refusal.VisitId == visit.Id || refusal.IsOfDay ? "" : "前に")}断られています（{refusal.Reason.Japanese()}、{Wareki.Date(refusal.At.Day())}）" : null;

    private sealed record Said(Guid HelperId, Guid VisitId, DateOnly? Day, RefusalReason Reason, DateTimeOffset At, Guid UserId, string CategoryCode)
    {
        public bool IsOfDay => Reason is RefusalReason.Busy or RefusalReason.Health;

        /// <summary>Who had no time on one day may have time when the visit was moved to another.</summary>
        public bool Concerns(Visit visit) => Reason switch
        {
            RefusalReason.Busy or RefusalReason.Health when Day is not null => visit.Day == Day,
            RefusalReason.Far => visit.UserId == UserId,
            RefusalReason.Unable => visit.CategoryCode == CategoryCode,
            _ => visit.Id == VisitId,
        };
    }
}
