using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.HelpRequests;
using Sasaeai.Features.Ledger;
using Sasaeai.Features.RideChecks;
using Sasaeai.Features.VisitReports;
using Sasaeai.Features.Visits;

namespace Sasaeai.Features.Members;

/// <summary>All that a group holds of one person: what is handed over when the person asks for it or leaves. Other people are not named.</summary>
public sealed record MemberCopy(Member Member, IReadOnlyList<MemberCopy.Request> Requests, IReadOnlyList<MemberCopy.Activity> Activities, IReadOnlyList<MemberCopy.Call> Calls, IReadOnlyList<RideCheck> Rides, IReadOnlyList<MemberCopy.Booking> Bookings)
{
    private const int Most = 20_000;

    public sealed record Request(DateOnly ReceivedOn, RequestKind Kind, string What, RequestContent Content, RequestState State, string CloseReason);

    /// <param name="Helped">The person helped; else was helped.</param>
    /// <param name="Photos">Of the signed paper.</param>
    public sealed record Activity(DateOnly Day, TimeOnly Starts, TimeOnly Ends, int Minutes, string What, bool Helped, VisitResult Result, string Note, string Incident, int Photos);

    /// <summary>The person was asked to help.</summary>
    public sealed record Call(DateTimeOffset AskedAt, ContactChannel Channel, OfferResult Result, RefusalReason? Reason, string Note);

    /// <param name="Amount">Below zero for what went out.</param>
    public sealed record Booking(DateOnly Day, EntryKind Kind, short Unit, long Amount, int[]? Serials, string Note);

    public static async Task<MemberCopy> LoadAsync(AppDb db, Member member)
    {
        var (groupId, id) = (member.GroupId, member.Id);
        var kinds = (await HelpKind.OfGroupAsync(db, groupId)).ToDictionary(kind => kind.Code, kind => kind.Words);
        var requests = await db.HelpRequests.AsNoTracking().Where(request => request.GroupId == groupId && request.UserId == id).OrderBy(request => request.ReceivedAt).Take(Most).ToListAsync();
        var reports = await (
            from report in db.VisitReports.AsNoTracking()
            where report.GroupId == groupId && report.WithdrawnAt == null
            join visit in db.Visits on report.VisitId equals visit.Id
            where visit.UserId == id || report.HelperIds.Contains(id)
            orderby report.Day, report.Starts
            select new { report, visit.CategoryCode, Helped = visit.UserId != id, Photos = db.SlipPhotos.Count(photo => photo.ReportId == report.Id) }).Take(Most).ToListAsync();
        var calls = await db.Offers.AsNoTracking().Where(offer => offer.GroupId == groupId && offer.MemberId == id).OrderBy(offer => offer.AskedAt).Take(Most)
            .Select(offer => new Call(offer.AskedAt, offer.Channel, offer.Result, offer.Reason, offer.Note)).ToListAsync();
        var accounts = await db.LedgerAccounts.Where(account => account.GroupId == groupId && account.MemberId == id).Select(account => account.Id).ToListAsync();
        var bookings = await db.LedgerEntries.AsNoTracking().Where(entry => accounts.Contains(entry.FromId) || accounts.Contains(entry.ToId)).OrderBy(entry => entry.No).Take(Most)
            .Select(entry => new Booking(entry.ServiceDate, entry.Kind, entry.Unit, accounts.Contains(entry.ToId) ? entry.Amount : -entry.Amount, entry.Serials, entry.Note)).ToListAsync();
        return new MemberCopy(member,
            requests.ConvertAll(request => new Request(request.ReceivedOn, request.Kind, $"{kinds.GetValueOrDefault(request.CategoryCode, request.CategoryCode)} {request.Detail}".Trim(), request.Content, request.State, request.CloseReason)),
            reports.ConvertAll(row => new Activity(row.report.Day, row.report.Starts, row.report.Ends, row.report.Minutes, kinds.GetValueOrDefault(row.CategoryCode, row.CategoryCode), row.Helped, row.report.Result, row.report.Content.Note, row.report.Content.IncidentText, row.Photos)),
            calls, await db.RideChecks.AsNoTracking().Where(ride => ride.MemberId == id).OrderBy(ride => ride.CheckedOn).ToListAsync(), bookings);
    }

    public byte[] Json() => JsonSerializer.SerializeToUtf8Bytes(new
    {
        Member.Number, Member.Name, Member.Kana, Member.Phone, Member.Address, Member.JoinedOn, Member.LeftOn, Member.HelperSince, Member.UserSince, Member.InsuredUntil, Member.SharedOn, Member.Content,
        Requests, Activities, Calls, Rides = Rides.Select(ride => new { ride.Payment, ride.CostLines, ride.LicenceUntil, ride.InsuredUntil, ride.CheckedOn }), Entries = Bookings,
    }, new JsonSerializerOptions(JsonColumn.Options) { WriteIndented = true });
}
