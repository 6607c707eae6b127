using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Ledger;
using Sasaeai.Features.Tariffs;
using Sasaeai.Features.Visits;
using Sasaeai.Japanese;

namespace Sasaeai.Features.Tickets.Expiries;

/// <summary>Tickets or points of a member that are good until the same day.</summary>
/// <param name="Type">Null for points.</param>
/// <param name="Serials">Of paper tickets.</param>
/// <param name="Waits">A visit of the member still waits for its report, which may use them.</param>
public sealed record Expiry(Guid MemberId, int Number, string Name, TicketType? Type, DateOnly ExpiresOn, int Amount, IReadOnlyList<int>? Serials, bool Waits)
{
    public string What => Type?.Name ?? "点数";
    public string Quantity => Type is null ? $"{Amount:N0}分" : $"{Amount:N0}枚";
    /// <summary>「1-000003〜000010」, and so on where numbers are missing.</summary>
    public string Numbers => TicketNumbers.Runs(Serials ?? [], serial => Type!.NumberOf(serial), serial => $"{serial:000000}");
    public long Yen => (long)Amount * (Type?.FaceYen ?? 0);

    public bool IsDue(DateOnly today) => ExpiresOn < today && !Waits;

    public IReadOnlyList<Move> Moves
    {
        get
        {
            var moves = Type?.Expire(MemberId, Amount, Serials) ?? [Move.Of(EntryKind.Expire, LedgerUnit.Minute, Amount, new Side(AccountRole.Holding, MemberId), new Side(AccountRole.Expired))];
            return [.. moves.Select(move => move with { Note = $"期限 {Wareki.Date(ExpiresOn)}" })];
        }
    }
}

/// <summary>What came into an account and is good until the same day.</summary>
public sealed record Lot(DateOnly ExpiresOn, long Came)
{
    /// <summary>What is left of lots when the oldest is used first; never more than the balance, and what came last lasts longest.</summary>
    /// <param name="before">The day of whatever the lots do not explain: it is older than all of them.</param>
    public static IReadOnlyList<(DateOnly ExpiresOn, long Left)> Left(long balance, IEnumerable<Lot> lots, DateOnly before)
    {
        var left = new List<(DateOnly, long)>();
        foreach (var lot in lots.OrderByDescending(lot => lot.ExpiresOn))
        {
            var taken = Math.Min(balance, lot.Came);
            balance -= taken;
            left.Add((lot.ExpiresOn, taken));
        }

        left.Add((before, balance));
        left.Reverse();
        return [.. left.Where(one => one.Item2 > 0)];
    }
}

/// <summary>What of a group's tickets and points has had its day, and takes it out of the books.</summary>
public sealed class TicketExpiries(AppDb db, LedgerBooks books, TimeProvider time)
{
    /// <summary>Days ahead in which a keeper can still tell the member.</summary>
    public const int SoonDays = 30;

    /// <summary>Members and days that one press takes; the next press takes the rest.</summary>
    public const int AtOnce = 500;

    private const int MostTickets = 20_000;

    /// <returns>Due ones and those of the coming days, the oldest first.</returns>
    public async Task<IReadOnlyList<Expiry>> ListAsync(Guid groupId)
    {
        var (today, until) = (time.Today(), time.Today().AddDays(SoonDays));
        var types = await db.TicketTypes.AsNoTracking().Where(type => type.GroupId == groupId && type.MonthsValid != null).ToDictionaryAsync(type => type.Unit);
        var pointMonths = (await Tariff.OnAsync(db, groupId, today))?.Rules.PointMonths;
        short[] units = [.. types.Keys, .. pointMonths is null ? [] : new[] { LedgerUnit.Minute }];
        var accounts = await db.LedgerAccounts.AsNoTracking().Where(account => account.GroupId == groupId && units.Contains(account.Unit) && account.Balance > 0 && (account.Role == AccountRole.Holding || account.Role == AccountRole.Held)).ToListAsync();
        var free = accounts.Where(account => account.Role == AccountRole.Holding).ToDictionary(account => (account.MemberId!.Value, account.Unit), account => account.Balance);
        var names = await db.Members.AsNoTracking().Where(member => member.GroupId == groupId && accounts.Select(account => account.MemberId).Contains(member.Id)).ToDictionaryAsync(member => member.Id, member => (member.Number, member.Name));
        var waiting = (await db.Visits.Where(visit => visit.GroupId == groupId && (visit.State == VisitState.Assigned || visit.State == VisitState.Reported) && visit.DueDay < today).Select(visit => visit.UserId).Distinct().ToListAsync()).ToHashSet();

        Expiry Of(Guid member, short unit, DateOnly day, int amount, IReadOnlyList<int>? serials) =>
            new(member, names[member].Number, names[member].Name, types.GetValueOrDefault(unit), day, amount, serials, waiting.Contains(member));

        var found = new List<Expiry>();
        foreach (var own in (await PaperAsync(groupId, until)).GroupBy(ticket => (ticket.HolderId!.Value, ticket.Unit)))
        {
            // What is held for a visit stays until that visit is settled.
            foreach (var day in own.Take((int)free.GetValueOrDefault(own.Key)).GroupBy(ticket => ticket.ExpiresOn!.Value))
            {
                found.Add(Of(own.Key.Value, own.Key.Unit, day.Key, day.Count(), [.. day.Select(ticket => ticket.Serial)]));
            }
        }

        foreach (var (unit, months) in types.Values.Where(type => !type.Paper).Select(type => (type.Unit, type.MonthsValid!.Value)).Concat(pointMonths is { } points ? [(LedgerUnit.Minute, points)] : []))
        {
            var own = accounts.Where(account => account.Unit == unit).ToList();
            var (since, lots) = await LotsAsync([.. own.Select(account => account.Id)], months, today);
            foreach (var member in own.GroupBy(account => account.MemberId!.Value))
            {
                var rest = free.GetValueOrDefault((member.Key, unit));
                foreach (var (day, left) in Lot.Left(member.Sum(account => account.Balance), member.SelectMany(account => lots[account.Id]), since).Where(one => one.ExpiresOn <= until))
                {
                    var amount = (int)Math.Min(rest, left);
                    rest -= amount;
                    if (amount > 0)
                    {
                        found.Add(Of(member.Key, unit, day, amount, null));
                    }
                }
            }
        }

        return [.. found.OrderBy(expiry => expiry.ExpiresOn).ThenBy(expiry => expiry.Number)];
    }

    /// <summary>Posts what is due. Alone in the group, like a closing, so that what is listed is what is there.</summary>
    /// <returns>What was posted: nothing when somebody else has just done it.</returns>
    public async Task<IReadOnlyList<Expiry>> PostAsync(Guid groupId, Guid key)
    {
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({db.TownId}, hashtext({$"{groupId}"}))");
        var due = (await ListAsync(groupId)).Where(expiry => expiry.IsDue(time.Today())).Take(AtOnce).ToList();
        if (due.Count > 0)
        {
            await books.PostAsync(new NewPosting(groupId, key, time.Today(), [.. due.SelectMany(expiry => expiry.Moves)]));
        }

        return due;
    }

    private Task<List<Ticket>> PaperAsync(Guid groupId, DateOnly until) => db.Tickets.AsNoTracking()
        .Where(ticket => ticket.GroupId == groupId && ticket.State == TicketState.Sold && ticket.HolderId != null && ticket.ExpiresOn <= until).OrderBy(ticket => ticket.ExpiresOn).ThenBy(ticket => ticket.Serial).Take(MostTickets).ToListAsync();

    /// <summary>What came into these accounts by months, and the last day of whatever came before.</summary>
    private async Task<(DateOnly Before, ILookup<Guid, Lot> Lots)> LotsAsync(IReadOnlyList<Guid> accounts, int months, DateOnly today)
    {
        var since = new DateOnly(today.Year, today.Month, 1).AddMonths(-months - 12);
        var came = await (
            from entry in db.LedgerEntries
            where accounts.Contains(entry.ToId) && entry.ServiceDate >= since && (entry.Kind == EntryKind.Sale || entry.Kind == EntryKind.Opening || entry.Kind == EntryKind.Use) && !db.LedgerEntries.Any(other => other.Reverses == entry.Id)
            group entry.Amount by new { entry.ToId, entry.ServiceDate.Year, entry.ServiceDate.Month } into month
            select new { month.Key.ToId, month.Key.Year, month.Key.Month, Amount = month.Sum() }).ToListAsync();
        return (TicketType.LastDay(since.AddMonths(-1), months), came.ToLookup(one => one.ToId, one => new Lot(TicketType.LastDay(new DateOnly(one.Year, one.Month, 1), months), one.Amount)));
    }
}
