using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Attachments;
using Sasaeai.Features.HelpRequests;
using Sasaeai.Features.Ledger;
using Sasaeai.Features.Tariffs;
using Sasaeai.Features.Tickets;
using Sasaeai.Features.Visits;
using Sasaeai.Web;

namespace Sasaeai.Features.VisitReports;

/// <summary>From what a helper says to the books: taken once, approved once, settled once.</summary>
public sealed class ReportDesk(AppDb db, VisitSettlements settlements, VisitHolds holds, AuditTrail trail, TimeProvider time)
{
    public async Task<VisitReport> TakeAsync(Guid groupId, Guid visitId, WhatHappened what, ReportChannel channel)
    {
        if (what.Tickets.Count > 0 && (await Tariff.OnAsync(db, groupId, what.Day))?.Rules is { Payment: PaymentMode.Ticket } rules
            && await db.TicketTypes.AsNoTracking().SingleOrDefaultAsync(type => type.GroupId == groupId && type.Unit == rules.TicketUnit) is { } type)
        {
            await TicketNumbers.OfAsync(db, type, what.Tickets);
        }

        var visit = await db.HoldVisitAsync(groupId, visitId);
        var helpers = await db.Assignments.Where(assignment => assignment.VisitId == visitId && assignment.EndedAt == null).OrderBy(assignment => assignment.Place).Select(assignment => assignment.MemberId).ToListAsync();
        var report = new VisitReport(visit, helpers, what, channel, trail.Actor.Name, time.GetUtcNow());
        db.VisitReports.Add(report);
        await db.SaveChangesAsync();
        return report;
    }

    /// <summary>The signed paper as a picture, without what the camera wrote beside it.</summary>
    public async Task AddPhotoAsync(VisitReport report, IFormFile? photo)
    {
        if (photo is null)
        {
            return;
        }

        Rule.Require(photo.Length <= UploadLimits.PhotoBytes, "写真が8MBを超えています。小さくしてから選び直してください。");
        using var bytes = new MemoryStream();
        await photo.CopyToAsync(bytes);
        var clean = PictureCleaning.Clean(bytes.ToArray());
        Rule.Require(clean is { IsPicture: true }, "読み取れるのはJPEG、PNG、WebPの写真だけです。別の形で保存してから、もう一度選んでください。");
        db.SlipPhotos.Add(new SlipPhoto { GroupId = report.GroupId, ReportId = report.Id, MediaType = clean!.MediaType, Bytes = clean.Bytes, CreatedAt = time.GetUtcNow(), ByName = trail.Actor.Name });
        if (report.Signed == SignOff.None)
        {
            report.Sign(SignOff.Paper);
        }

        await db.SaveChangesAsync();
    }

    /// <summary>The report is right: the tariff says what it costs, and the books take it. A transaction approves one report.</summary>
    public async Task ApproveAsync(Guid groupId, Guid reportId)
    {
        var (report, visit) = await HoldAsync(groupId, reportId);
        var (name, now) = (trail.Actor.Name, time.GetUtcNow());
        report.Approve(name, now);
        visit.Close(report.Result == VisitResult.Done ? VisitState.Done : VisitState.Failed, report.FailReason is { } reason ? reason.Japanese() : "", name, now);
        await CloseRequestAsync(visit, name);
        await db.SaveChangesAsync();
        if (report.Result == VisitResult.Done)
        {
            await settlements.SettleAsync(await ForBooksAsync(report, visit));
        }
        else
        {
            await holds.ReleaseAsync(visit);
        }
    }

    /// <summary>Sends a report back, or undoes an approved one with its settlement; the visit waits for another report.</summary>
    public async Task WithdrawAsync(Guid groupId, Guid reportId, string reason)
    {
        var (report, visit) = await HoldAsync(groupId, reportId);
        report.Withdraw(reason, trail.Actor.Name, time.GetUtcNow());
        visit.AwaitReport();
        await db.SaveChangesAsync();
        if (report is { ApprovedAt: not null, Result: VisitResult.Done })
        {
            await settlements.ReverseAsync(groupId, reportId, Guid.CreateVersion7(), time.Today(), reason);
        }
    }

    /// <summary>The report as the books need it.</summary>
    public async Task<Ledger.VisitReport> ForBooksAsync(VisitReport report, Visit visit)
    {
        var kind = (await HelpKind.OfGroupAsync(db, visit.GroupId)).FirstOrDefault(one => one.Code == visit.CategoryCode) ?? HelpKind.Common[^1];
        var met = await db.Introductions.Where(introduction => introduction.UserId == visit.UserId).Select(introduction => introduction.HelperId).ToListAsync();
        met.AddRange(await (from other in db.Visits where other.UserId == visit.UserId && other.State == VisitState.Done && other.Id != visit.Id join assignment in db.Assignments on other.Id equals assignment.VisitId where assignment.EndedAt == null select assignment.MemberId).Distinct().ToListAsync());
        return new Ledger.VisitReport(visit.GroupId, report.Id, visit.Id, visit.UserId, report.HelperIds, report.Day, report.Starts, report.Minutes, kind.Code)
        {
            CategoryName = kind.Words, Costs = report.Content.Costs, Serials = report.Content.Serials.Count == 0 ? null : report.Content.Serials, Met = report.HelperIds.All(met.Contains), Held = (int)(await holds.OfAsync(visit)).Sum(held => held.Amount),
            Announced = visit.AnnouncedAt < new DateTimeOffset(report.Day.ToDateTime(report.Starts), Clock.Japan),
        };
    }

    private async Task<(VisitReport, Visit)> HoldAsync(Guid groupId, Guid reportId)
    {
        var report = await db.OfGroupAsync<VisitReport>(groupId, reportId);
        var visit = await db.HoldVisitAsync(groupId, report.VisitId);
        await db.Entry(report).ReloadAsync();
        return (report, visit);
    }

    /// <summary>A request that was for this visit alone is settled with it.</summary>
    private async Task CloseRequestAsync(Visit visit, string name)
    {
        var request = await db.GetAsync<HelpRequest>(visit.RequestId);
        if (visit.SeriesId is null && request.State == RequestState.Open && visit.State == VisitState.Done && !await db.Visits.AnyAsync(other => other.RequestId == request.Id && other.Id != visit.Id && (other.State == VisitState.Open || other.State == VisitState.Assigned || other.State == VisitState.Reported)))
        {
            request.Close(RequestState.Settled, "", name, time.Today());
        }
    }
}
