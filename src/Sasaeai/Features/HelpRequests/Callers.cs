using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Members;
using Sasaeai.Features.Visits;
using Sasaeai.Japanese;

namespace Sasaeai.Features.HelpRequests;

/// <summary>Finds who is calling by the number, its end, or a part of the name, with the last requests and the usual helper.</summary>
public static class Callers
{
    private const int Most = 8, Requests = 3;

    public sealed record Caller(Member Member, IReadOnlyList<Asked> Asked, string Usual);

    public sealed record Asked(Guid Id, string CategoryCode, string Detail, DateOnly On, int Minutes, RequestKind Kind);

    public static async Task<IReadOnlyList<Caller>> FindAsync(AppDb db, Guid groupId, string said)
    {
        var (digits, key) = (Member.PhoneDigits(said), Folding.Fold(said));
        var members = db.Members.AsNoTracking().Where(member => member.GroupId == groupId && member.ErasedAt == null);
        if (digits.Length >= 3)
        {
            members = members.Where(member => member.PhoneKey.Contains(digits));
        }
        else if (int.TryParse(said, out var number))
        {
            members = members.Where(member => member.Number == number);
        }
        else if (key != "")
        {
            members = members.Where(member => member.KanaKey.Contains(key) || member.NameKey.Contains(key));
        }
        else
        {
            return [];
        }

        return await WithHistoryAsync(db, members.OrderBy(member => member.LeftOn != null).ThenBy(member => member.UserSince == null).ThenBy(member => member.Kana).ThenBy(member => member.Number).Take(Most));
    }

    public static async Task<Caller> OneAsync(AppDb db, Guid groupId, Guid memberId) =>
        (await WithHistoryAsync(db, db.Members.AsNoTracking().Where(member => member.GroupId == groupId && member.Id == memberId))).SingleOrDefault() ?? throw new NotFoundException();

    private static async Task<IReadOnlyList<Caller>> WithHistoryAsync(AppDb db, IQueryable<Member> members)
    {
        var rows = await members.Select(member => new
        {
            member,
            asked = db.HelpRequests.Where(request => request.UserId == member.Id).OrderByDescending(request => request.ReceivedAt).Take(Requests)
                .Select(request => new Asked(request.Id, request.CategoryCode, request.Detail, request.ReceivedOn, request.Minutes, request.Kind)).ToList(),
            usual = (from visit in db.Visits where visit.UserId == member.Id && visit.State == VisitState.Done orderby visit.DueDay descending
                     from assignment in db.Assignments where assignment.VisitId == visit.Id && assignment.EndedAt == null
                     from helper in db.Members where helper.Id == assignment.MemberId select helper.Name).FirstOrDefault(),
        }).ToListAsync();
        return [.. rows.Select(row => new Caller(row.member, row.asked, row.usual ?? ""))];
    }
}
