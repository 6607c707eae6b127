using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Groups;

namespace Sasaeai.Features.Ledger.CashBooks;

/// <summary>出納帳 of one month: each yen that came to the group or left it, with what was in hand after it.</summary>
/// <param name="Opening">Yen in hand before the month.</param>
public sealed record CashBook(DateOnly Month, long Opening, IReadOnlyList<CashBook.Line> Lines)
{
    private const int Most = 20_000;

    /// <param name="Words">What it was for; a person by number only.</param>
    /// <param name="Left">In hand after this line.</param>
    public sealed record Line(DateOnly Day, string Words, long In, long Out, long Left);

    public long In => Lines.Sum(line => line.In);
    public long Out => Lines.Sum(line => line.Out);
    public long Closing => Opening + In - Out;

    public static async Task<CashBook> LoadAsync(AppDb db, HelpGroup group, DateOnly month)
    {
        var world = await db.LedgerAccounts.AsNoTracking().SingleOrDefaultAsync(account => account.GroupId == group.Id && account.Role == AccountRole.World && account.Unit == LedgerUnit.Yen);
        if (world is null)
        {
            return new CashBook(month, 0, []);
        }

        var moved = db.LedgerEntries.AsNoTracking().Where(entry => entry.GroupId == group.Id && entry.Month >= month && (entry.FromId == world.Id || entry.ToId == world.Id));
        var since = await moved.SumAsync(entry => entry.FromId == world.Id ? entry.Amount : -entry.Amount);
        var rows = await (
            from entry in moved
            where entry.Month == month
            join source in db.LedgerAccounts on entry.FromId equals source.Id
            join to in db.LedgerAccounts on entry.ToId equals to.Id
            orderby entry.ServiceDate, entry.No
            select new { entry, MemberId = source.MemberId ?? to.MemberId }).Take(Most).ToListAsync();
        var numbers = await NumbersAsync(db, [.. rows.Where(row => row.MemberId is null).Select(row => row.entry.PostingId)], [.. rows.Select(row => row.MemberId).OfType<Guid>().Distinct()]);
        var (lines, left) = (new List<Line>(), -world.Balance - since);
        var opening = left;
        foreach (var row in rows)
        {
            var (came, went) = row.entry.FromId == world.Id ? (row.entry.Amount, 0L) : (0L, row.entry.Amount);
            left += came - went;
            var who = numbers.TryGetValue(row.MemberId ?? row.entry.PostingId, out var number) && !row.entry.Note.StartsWith("会員", StringComparison.Ordinal) ? $"会員{number} " : "";
            lines.Add(new Line(row.entry.ServiceDate, $"{row.entry.Kind.Japanese()}　{who}{row.entry.Note}".Trim(), came, went, left));
        }

        return new CashBook(month, opening, lines);
    }

    /// <summary>Numbers of members, by their id; and by the posting where tickets of one member went with the money.</summary>
    private static async Task<Dictionary<Guid, int>> NumbersAsync(AppDb db, IReadOnlyList<Guid> postings, IReadOnlyList<Guid> members)
    {
        var sold = await (
            from entry in db.LedgerEntries
            where postings.Contains(entry.PostingId) && entry.Unit >= LedgerUnit.FirstTicket
            from account in db.LedgerAccounts
            where (account.Id == entry.FromId || account.Id == entry.ToId) && account.MemberId != null
            join member in db.Members on account.MemberId equals (Guid?)member.Id
            select new { entry.PostingId, member.Number }).Distinct().ToListAsync();
        var numbers = await db.Members.Where(member => members.Contains(member.Id)).ToDictionaryAsync(member => member.Id, member => member.Number);
        foreach (var one in sold.GroupBy(one => one.PostingId).Where(same => same.Count() == 1))
        {
            numbers[one.Key] = one.Single().Number;
        }

        return numbers;
    }
}
