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
        var earlier = await db.GroupClosings.AsNoTracking().Where(one => one.GroupId == groupId && one.Month == closing.Month && one.ClosedAt < closing.ClosedAt).Select(one => one.Id).ToListAsync();
        var payouts = earlier.ConvertAll(PayoutKeyOf);
        return new MonthBooks(closing, lines, await db.TicketTypes.AsNoTracking().Where(type => type.GroupId == groupId).ToDictionaryAsync(type => type.Unit))
        {
            IsPast = await db.GroupClosings.AnyAsync(later => later.GroupId == groupId && later.Month > closing.Month && later.ReopenedAt == null),
            PaidBefore = payouts.Count == 0 ? new Dictionary<Guid, long>() : await db.LedgerEntries.Where(entry => payouts.Contains(entry.PostingId) && !db.LedgerEntries.Any(other => other.Reverses == entry.Id))
                .GroupBy(entry => entry.FromId).ToDictionaryAsync(account => account.Key, account => account.Sum(entry => entry.Amount)),
        };
    }

    public DateOnly Month => Closing.Month;

    /// <summary>A later month is closed as well: what this month still owes is in that one, and is paid with it.</summary>
    public bool IsPast { get; private init; }

    /// <summary>By account: what was paid out for this month already, before it was opened again.</summary>
    public IReadOnlyDictionary<Guid, long> PaidBefore { get; private init; } = new Dictionary<Guid, long>();

    /// <summary>What helpers are to be paid: the yen that they have at the end of the month, less what was paid for it before.</summary>
    public IReadOnlyList<Line> Payable => [.. ToRedeem.Where(line => line.Unit == LedgerUnit.Yen)];

    private IEnumerable<Line> ToRedeem => Lines.Where(line => line is { Role: AccountRole.Earned, Unit: not LedgerUnit.Minute }).Select(line => line with { Balance = line.Balance - PaidBefore.GetValueOrDefault(line.AccountId) }).Where(line => line.Balance > 0);

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

    /// <exception cref="RuleBrokenException">The month was opened again, or a later one holds what it owes.</exception>
    public void RequirePayable()
    {
        Rule.Require(Closing.ReopenedAt is null, "開き直した月は払えません。もう一度締めてください。");
        Rule.Require(!IsPast, "あとの月も締めてあります。払っていない分は、新しい月の締めにふくまれています。そちらで払ってください。");
    }

    /// <summary>Made from the closing, so that it is paid out once.</summary>
    public Guid PayoutKey => PayoutKeyOf(Closing.Id);

    private static Guid PayoutKeyOf(Guid closing) => new([.. closing.ToByteArray()[..15], (byte)(closing.ToByteArray()[15] ^ 1)]);

    /// <summary>Pays out what helpers are owed.</summary>
    public NewPosting Payout(Guid groupId, DateOnly today)
    {
        RequirePayable();
        Rule.Require(Payable.Count > 0, "この月に払うものはありません。");
        var tickets = ToRedeem.Where(line => line.Unit >= LedgerUnit.FirstTicket);
        return new NewPosting(groupId, PayoutKey, today,
        [
            .. Payable.Select(line => Move.Of(EntryKind.Redeem, LedgerUnit.Yen, line.Balance, new Side(AccountRole.Earned, line.MemberId), new Side(AccountRole.World), note: $"{Wareki.Month(Month)}分")),
            .. tickets.Select(line => Move.Of(EntryKind.Redeem, line.Unit, line.Balance, new Side(AccountRole.Earned, line.MemberId), new Side(AccountRole.Redeemed), note: $"{Wareki.Month(Month)}分")),
        ]) { ClosingId = Closing.Id };
    }
}
