using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Groups;
using Sasaeai.Features.HelpRequests;
using Sasaeai.Features.Ledger;

namespace Sasaeai.Features.GroupClosings;

/// <summary>A statement for each member, with a receipt to sign for those who are paid.</summary>
public class PapersModel(AppDb db, CurrentPerson person, AuditTrail trail) : PageModel
{
    public HelpGroup Group { get; private set; } = null!;
    public MonthBooks Books { get; private set; } = null!;
    public IReadOnlyDictionary<Guid, (int Count, int Minutes)> Visits { get; private set; } = new Dictionary<Guid, (int, int)>();

    /// <summary>By member: what the books hold of the month, each line with the visit that it comes from.</summary>
    public ILookup<Guid, Line> Entries { get; private set; } = Enumerable.Empty<Line>().ToLookup(line => line.MemberId);

    public IReadOnlyDictionary<string, string> Kinds { get; private set; } = new Dictionary<string, string>();

    public async Task OnGetAsync(Guid id, Guid closingId)
    {
        Group = await db.RunAsync(person, id);
        Books = await MonthBooks.LoadAsync(db, id, closingId);
        trail.Looked("group_closing", closingId, "精算書の印刷");
        var settled = await Settled(db, Books).ToListAsync();
        Visits = settled.SelectMany(one => one.HelperIds.Append(one.UserId).Select(member => (Member: member, one.Minutes))).GroupBy(one => one.Member).ToDictionary(same => same.Key, same => (same.Count(), same.Sum(one => one.Minutes)));
        Kinds = (await HelpKind.OfGroupAsync(db, id)).ToDictionary(kind => kind.Code, kind => kind.Words);
        var entries = await (
            from entry in db.LedgerEntries.AsNoTracking()
            where entry.GroupId == id && entry.Month == Books.Month && entry.Kind != EntryKind.Hold && entry.Kind != EntryKind.Release
            join source in db.LedgerAccounts on entry.FromId equals source.Id
            join to in db.LedgerAccounts on entry.ToId equals to.Id
            where source.MemberId != null || to.MemberId != null
            join settlement in db.Settlements on entry.SettlementId equals (Guid?)settlement.Id into settlements
            from settlement in settlements.DefaultIfEmpty()
            orderby entry.ServiceDate, entry.No
            select new { entry, From = source.MemberId, To = to.MemberId, Category = settlement == null ? null : settlement.CategoryCode }).ToListAsync();
        Entries = entries.SelectMany(row => new[] { (Member: row.From, Sign: -1), (Member: row.To, Sign: 1) }.Where(side => side.Member is not null).Select(side => new Line(side.Member!.Value, row.entry.ServiceDate, row.entry.Kind, row.Category, row.entry.Unit, side.Sign * row.entry.Amount, row.entry.Note)))
            .ToLookup(line => line.MemberId);
    }

    /// <summary>The visits that the books held when the month was closed: a report or correction that came later is of the open month.</summary>
    private static IQueryable<Settlement> Settled(AppDb db, MonthBooks books) =>
        from settlement in db.Settlements.AsNoTracking()
        where settlement.GroupId == books.Closing.GroupId
        join posting in db.LedgerPostings on settlement.PostingId equals posting.Id
        where db.LedgerEntries.Any(entry => entry.SettlementId == settlement.Id && entry.Reverses == null && entry.Month == books.Month) && !db.LedgerEntries.Any(entry => entry.SettlementId == settlement.Id && entry.Reverses != null && entry.Month == books.Month)
            || !db.LedgerEntries.Any(entry => entry.SettlementId == settlement.Id) && settlement.ServiceDate >= books.Month && settlement.ServiceDate < books.Month.AddMonths(1) && settlement.ReversedBy == null && posting.PostedAt <= books.Closing.ClosedAt        // nothing was paid for it
        select settlement;

    public sealed record Line(Guid MemberId, DateOnly Day, EntryKind Kind, string? Category, short Unit, long Amount, string Note);
}
