using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Ledger;

namespace Sasaeai.Features.Tickets;

/// <summary>Where the tickets of one type are. Issued = unused + used + expired + void, because the books balance.</summary>
public sealed record TicketCounts(TicketType Type, IReadOnlyDictionary<AccountRole, long> Of)
{
    private long At(AccountRole role) => Of.GetValueOrDefault(role);

    public long Issued => -At(AccountRole.Issued);
    public long Stock => At(AccountRole.Stock);
    public long Sold => At(AccountRole.Holding) + At(AccountRole.Held);
    public long Unused => Stock + Sold;
    public long Used => At(AccountRole.Earned) + At(AccountRole.Redeemed);
    public long Void => At(AccountRole.Void);
    public long Expired => At(AccountRole.Expired);

    public static async Task<IReadOnlyList<TicketCounts>> LoadAsync(AppDb db, Guid groupId)
    {
        var types = await db.TicketTypes.AsNoTracking().Where(type => type.GroupId == groupId).OrderBy(type => type.Unit).ToListAsync();
        var sums = await db.LedgerAccounts.AsNoTracking().Where(account => account.GroupId == groupId && account.Unit >= LedgerUnit.FirstTicket)
            .GroupBy(account => new { account.Unit, account.Role }).Select(sum => new { sum.Key.Unit, sum.Key.Role, Balance = sum.Sum(account => account.Balance) }).ToListAsync();
        return [.. types.Select(type => new TicketCounts(type, sums.Where(sum => sum.Unit == type.Unit).ToDictionary(sum => sum.Role, sum => sum.Balance)))];
    }
}
