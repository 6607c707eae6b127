using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Members;
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
        if (Member.CardOf(said) is { } card)
        {
            members = members.Where(member => member.Card == card);
        }
        else if (digits.Length >= 3)
        {
            members = int.TryParse(said, out var own) ? members.Where(member => member.PhoneKey.Contains(digits) || member.Number == own) : members.Where(member => member.PhoneKey.Contains(digits));
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

    /// <summary>Three queries, whatever is found. Lateral, because LINQ would number the requests of the whole town.</summary>
    private static async Task<IReadOnlyList<Caller>> WithHistoryAsync(AppDb db, IQueryable<Member> members)
    {
        var found = await members.ToListAsync();
        var ids = found.Select(member => member.Id).ToArray();
        var asked = (await db.Database.SqlQuery<AskedRow>($"""
            select r.id as "Id", r.user_id as "UserId", r.category_code as "CategoryCode", r.detail as "Detail", r.received_on as "On", r.minutes as "Minutes", r.kind = 'help' as "IsHelp"
            from unnest({ids}) m (id) cross join lateral (
              select * from app.help_request h where h.municipality_id = {db.TownId} and h.user_id = m.id order by h.received_at desc limit {Requests}) r
            order by r.received_at desc
            """).ToListAsync()).ToLookup(row => row.UserId, row => new Asked(row.Id, row.CategoryCode, row.Detail, row.On, row.Minutes, row.IsHelp ? RequestKind.Help : RequestKind.Consultation));
        var usual = await db.Database.SqlQuery<Usual>($"""
            select m.id as "UserId", p.name as "Name"
            from unnest({ids}) m (id) cross join lateral (
              select v.id from app.visit v where v.municipality_id = {db.TownId} and v.user_id = m.id and v.state = 'done' order by v.due_day desc limit 1) last
            join app.assignment a on a.municipality_id = {db.TownId} and a.visit_id = last.id and a.place = 0 and a.ended_at is null
            join app.member p on p.municipality_id = {db.TownId} and p.id = a.member_id
            """).ToDictionaryAsync(row => row.UserId, row => row.Name);
        return [.. found.Select(member => new Caller(member, [.. asked[member.Id]], usual.GetValueOrDefault(member.Id, "")))];
    }

    private sealed record AskedRow(Guid Id, Guid UserId, string CategoryCode, string Detail, DateOnly On, int Minutes, bool IsHelp);

    private sealed record Usual(Guid UserId, string Name);
}
