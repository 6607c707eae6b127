using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Ledger;
using Sasaeai.Features.Tickets;
using Sasaeai.Japanese;

namespace Sasaeai.Features.GroupClosings;

/// <summary>What a closed month says: each account with what came and went, by member or of the group.</summary>
public sealed record MonthBooks(GroupClosing Closing, IReadOnlyList<MonthBooks.Line> Lines, IReadOnlyDictionary<short, TicketType> Types)
{
    public sealed record Line(Guid AccountId, AccountRole Role, Guid? MemberId, int? MemberNumber, string? MemberName, short Unit, long Opening, long Came, long Went, long Balance);

    public static async Task<MonthBooks> LoadAsync(AppDb db, Guid groupId, Guid closingId)
    {
        var closing = await db.GroupClosings.AsNoTracking().SingleOrDefaultAsync(closing => closing.GroupId == groupId && closing.Id == closingId) ?? throw new NotFoundException();
        var lines = await (
            from balance in db.ClosingBalances.AsNoTracking()
            where balance.ClosingId == closingId
            join account in db.LedgerAccounts on balance.AccountId equals account.Id
            join member in db.Members on account.MemberId equals (Guid?)member.Id into members
            from member in members.DefaultIfEmpty()
            orderby account.Unit, member == null ? 0 : member.Number, account.Role
            select new Line(account.Id, account.Role, account.MemberId, member == null ? null : member.Number, member == null ? null : member.Name, account.Unit, balance.Opening, balance.Came, balance.Went, balance.Balance)).ToListAsync();
        return new MonthBooks(closing, lines, await db.TicketTypes.AsNoTracking().Where(type => type.GroupId == groupId).ToDictionaryAsync(type => type.Unit));
    }

    public DateOnly Month => Closing.Month;

    /// <summary>What helpers are to be paid: the yen that they have at the end of the month.</summary>
    public IReadOnlyList<Line> Payable => [.. Lines.Where(line => line is { Role: AccountRole.Earned, Unit: LedgerUnit.Yen, Balance: > 0 })];

    public long PayableYen => Payable.Sum(line => line.Balance);

    /// <summary>What users on monthly bills owe.</summary>
    public IReadOnlyList<Line> Owed => [.. Lines.Where(line => line is { Role: AccountRole.Bill, Balance: < 0 })];

    /// <summary>Yen in hand: all that came in from outside and has not gone out again.</summary>
    public long CashYen => -Sum(AccountRole.World, LedgerUnit.Yen);

    public long Sum(AccountRole role, short unit) => Lines.Where(line => line.Role == role && line.Unit == unit).Sum(line => line.Balance);

    /// <summary>The books beside what was counted by hand.</summary>
    public IEnumerable<(string What, long Books, long? Counted)> Differences()
    {
        yield return ("手元のお金（円）", CashYen, Closing.Counted.CashYen);
        foreach (var (unit, type) in Types.Where(type => type.Value.Paper).OrderBy(type => type.Key))
        {
            yield return ($"{type.Name}：売っていない枚数", Sum(AccountRole.Stock, unit), Closing.Counted.Stock.TryGetValue(unit, out var stock) ? stock : null);
            yield return ($"{type.Name}：この月に使われた枚数", Lines.Where(line => line.Unit == unit && line.Role == AccountRole.Earned).Sum(line => line.Came), Closing.Counted.Returned.TryGetValue(unit, out var returned) ? returned : null);
        }
    }

    /// <summary>Made from the closing, so that it is paid out once.</summary>
    public Guid PayoutKey => new([.. Closing.Id.ToByteArray()[..15], (byte)(Closing.Id.ToByteArray()[15] ^ 1)]);

    /// <summary>Pays out what helpers are owed.</summary>
    public NewPosting Payout(Guid groupId, DateOnly today)
    {
        Rule.Require(Closing.ReopenedAt is null, "開き直した月は払えません。もう一度締めてください。");
        Rule.Require(Payable.Count > 0, "この月に払うものはありません。");
        var tickets = Lines.Where(line => line.Role == AccountRole.Earned && line.Unit >= LedgerUnit.FirstTicket && line.Balance > 0);
        return new NewPosting(groupId, PayoutKey, today,
        [
            .. Payable.Select(line => Move.Of(EntryKind.Redeem, LedgerUnit.Yen, line.Balance, new Side(AccountRole.Earned, line.MemberId), new Side(AccountRole.World), note: $"{Wareki.Month(Month)}分")),
            .. tickets.Select(line => Move.Of(EntryKind.Redeem, line.Unit, line.Balance, new Side(AccountRole.Earned, line.MemberId), new Side(AccountRole.Redeemed), note: $"{Wareki.Month(Month)}分")),
        ]) { ClosingId = Closing.Id };
    }
}
