using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Ledger;
using Sasaeai.Features.Members;
using Sasaeai.Japanese;

namespace Sasaeai.Features.Visits;

/// <summary>Gives visits to helpers and takes them back. Each step holds the visit first, so that of two coordinators exactly one wins.</summary>
public sealed class Arrangements(AppDb db, Candidates candidates, VisitHolds holds, AuditTrail trail, TimeProvider time)
{
    /// <summary>What was said on the telephone: noted for everybody, and a refusal tells when not to ask again.</summary>
    /// <param name="awayUntil">With <see cref="RefusalReason.Away"/>: the last day of the absence.</param>
    public async Task NoteAsync(Visit visit, Member helper, ContactChannel channel, OfferResult result, RefusalReason? reason, DateOnly? awayUntil, string note)
    {
        Rule.Require(result != OfferResult.Accepted, "受けたときは「受けた」から記録してください。");
        Rule.Require(result != OfferResult.Refused || reason is not null, "断られた理由を選んでください。");
        Rule.Require(reason != RefusalReason.Away || awayUntil >= time.Today(), "いつまで休むかを、今日より後の日で入れてください。");
        Rule.Require(visit.IsOpen, "この活動は、すでに終わっています。");
        Add(visit, helper.Id, channel, result, result == OfferResult.Refused ? reason : null, note);
        if (result == OfferResult.Refused && reason == RefusalReason.Away)
        {
            helper.Change(helper.Name, helper.Kana, helper.Phone, helper.Address, helper.Content with { Away = [.. helper.Content.Away, new AwayTime(time.Today(), awayUntil!.Value, "電話で聞いた休み")] }, time.GetUtcNow());
        }

        await db.SaveChangesAsync();
    }

    /// <summary>The helper takes the visit.</summary>
    /// <param name="overrideReason">Why although something speaks against it; kept with what was set aside.</param>
    /// <param name="at">The day and start that the helper named, where they were open; otherwise the helper's first free time.</param>
    /// <exception cref="RuleBrokenException">Somebody else was faster, or a limit is broken without a reason.</exception>
    public async Task<Assignment> AssignAsync(Guid groupId, Guid visitId, Guid helperId, ContactChannel channel, string? overrideReason, (DateOnly Day, TimeOnly Start)? at = null)
    {
        var visit = await db.HoldVisitAsync(groupId, visitId);
        await db.Database.ExecuteSqlAsync($"select from app.member where municipality_id = {db.TownId} and id = {helperId} for no key update");   // one helper, two visits at the same hour
        var taken = await (from assignment in db.Assignments where assignment.VisitId == visitId && assignment.EndedAt == null join member in db.Members on assignment.MemberId equals member.Id select new { assignment.Place, assignment.MemberId, assignment.ByName, member.Name }).ToListAsync();
        Rule.Require(taken.Count < visit.Helpers, taken.Count == 0 ? "" : $"この活動は、{string.Join('、', taken.Select(one => one.ByName).Distinct())}さんが先に{string.Join('、', taken.Select(one => one.Name))}さんに決めました。電話した人には、決まったことを伝えてください。");
        Rule.Require(visit.State == VisitState.Open, "この活動は、すでに終わっています。");
        if (at is { } named)
        {
            Rule.Require(named.Day >= time.Today() || visit.UntilDay < time.Today(), "「行く日」が過ぎています。今日からの日を入れてください。");
            Rule.Require(named.Day >= visit.FromDay && named.Day <= visit.UntilDay && (visit.Day ?? named.Day) == named.Day, "「行く日」は、頼まれた日の中から選んでください。");
            Rule.Require(named.Start >= visit.Earliest && named.Start <= visit.Latest && (visit.Starts ?? named.Start) == named.Start, $"「行く時刻」は、頼まれた時間（{visit.Earliest:H:mm}〜{visit.Latest:H:mm}に始める）の中にしてください。");
        }

        var candidate = (await candidates.RankAsync(visit, only: helperId, at)).SingleOrDefault() ?? throw new NotFoundException();
        Rule.Require(candidate is { Against: null } or { Firm: false }, $"{candidate.Name}さんには頼めません。{candidate.Against}。");
        var reason = overrideReason?.Trim() ?? "";
        Rule.Require(candidate.Against is null || reason != "", $"{candidate.Name}さんは、{candidate.Against}。それでも頼むときは、理由を書いてください。");
        visit.Settle(at?.Day ?? visit.Day ?? candidate.Day ?? visit.DayFrom(time.Today()), at?.Start ?? visit.Starts ?? candidate.Start ?? visit.Earliest);
        var made = new Assignment
        {
            GroupId = groupId, VisitId = visitId, MemberId = helperId, Place = (short)Enumerable.Range(0, 2).First(place => taken.All(one => one.Place != place)), AcceptedAt = time.GetUtcNow(), ByName = trail.Actor.Name, Channel = channel,
            Overridden = candidate.Against ?? "", OverrideReason = candidate.Against is null ? "" : reason,
        };
        db.Assignments.Add(made);
        Add(visit, helperId, channel, OfferResult.Accepted, null, "");
        visit.Fill(taken.Count + 1);
        await db.SaveChangesAsync();
        await holds.HoldAsync(groupId, visit.State == VisitState.Assigned ? [visit] : []);
        return made;
    }

    /// <summary>The helper cannot come after all: the visit looks for another.</summary>
    public async Task EndAsync(Guid groupId, Guid assignmentId, string reason)
    {
        var assignment = await db.OfGroupAsync<Assignment>(groupId, assignmentId);
        var visit = await db.HoldVisitAsync(groupId, assignment.VisitId);
        await db.Entry(assignment).ReloadAsync();
        assignment.End(reason, trail.Actor.Name, time.GetUtcNow());
        visit.Free(isEmpty: !await db.Assignments.AnyAsync(other => other.VisitId == visit.Id && other.EndedAt == null && other.Id != assignmentId));
        await db.SaveChangesAsync();
        await holds.ReleaseAsync(visit);
    }

    public async Task CancelAsync(Guid groupId, Guid visitId, string reason)
    {
        var visit = await db.HoldVisitAsync(groupId, visitId);
        Rule.Require(visit.State != VisitState.Reported, "報告が届いています。先に報告を確かめるか、返してください。");
        visit.Close(VisitState.Cancelled, reason, trail.Actor.Name, time.GetUtcNow());
        await db.SaveChangesAsync();
        await holds.ReleaseAsync(visit);
    }

    /// <summary>A helper with visits that are still to be made or reported does not simply go.</summary>
    /// <exception cref="RuleBrokenException">There are such visits.</exception>
    public static async Task RequireNoneAsync(AppDb db, Guid memberId)
    {
        var days = await (from assignment in db.Assignments where assignment.MemberId == memberId && assignment.EndedAt == null join visit in db.Visits on assignment.VisitId equals visit.Id
            where visit.State == VisitState.Open || visit.State == VisitState.Assigned || visit.State == VisitState.Reported orderby visit.DueDay select visit.DueDay).ToListAsync();
        Rule.Require(days.Count == 0, days.Count == 0 ? "" : $"この会員が受けている活動が{days.Count}件あります（いちばん早いものは{Wareki.Date(days[0])}）。先に、担当を変えるか報告を確かめてください。");
        var asked = await db.Visits.CountAsync(visit => visit.UserId == memberId && (visit.State == VisitState.Open || visit.State == VisitState.Assigned || visit.State == VisitState.Reported));
        Rule.Require(asked == 0, $"この会員が頼んでいる活動が{asked}件あります。先に、取りやめにするか報告を確かめてください。");
        var requests = await db.HelpRequests.CountAsync(request => request.UserId == memberId && request.State == HelpRequests.RequestState.Open);
        Rule.Require(requests == 0, $"この会員の依頼が{requests}件、受付中です。先に、依頼のページで終えてください。");
    }

    private void Add(Visit visit, Guid helperId, ContactChannel channel, OfferResult result, RefusalReason? reason, string note) => db.Offers.Add(new Offer
    {
        GroupId = visit.GroupId, VisitId = visit.Id, MemberId = helperId, Day = visit.Day, Channel = channel, Result = result, Reason = reason, Note = note.Trim(), AskedAt = time.GetUtcNow(), ByName = trail.Actor.Name,
    });
}
