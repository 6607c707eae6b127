using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;

namespace Sasaeai.Features.Ledger.Corrections;

/// <summary>The lines of the books that belong together, so that nobody takes sold tickets back and leaves the money: what was posted at once for one member, and the yen that went with it.</summary>
public sealed record CorrectedLines(IReadOnlyList<CorrectedLines.Line> Lines)
{
    public sealed record Line(LedgerEntry Entry, AccountRole From, AccountRole To, Guid? MemberId);

    /// <exception cref="NotFoundException">The group has no such entry.</exception>
    public static async Task<CorrectedLines> OfAsync(AppDb db, Guid groupId, Guid entryId)
    {
        var entry = await db.LedgerEntries.AsNoTracking().SingleOrDefaultAsync(entry => entry.GroupId == groupId && entry.Id == entryId) ?? throw new NotFoundException();
        var posted = await (
            from line in db.LedgerEntries.AsNoTracking()
            where line.PostingId == entry.PostingId
            join source in db.LedgerAccounts on line.FromId equals source.Id
            join to in db.LedgerAccounts on line.ToId equals to.Id
            orderby line.No
            select new { line, From = source.Role, To = to.Role, MemberId = source.MemberId ?? to.MemberId, IsReversed = db.LedgerEntries.Any(other => other.Reverses == line.Id) }).ToListAsync();
        var own = Guid.Empty;
        var parts = posted.ConvertAll(one => (Part: own = one.MemberId ?? (one.line.Unit == LedgerUnit.Yen && own != Guid.Empty ? own : one.line.Id), Row: one));
        var chosen = parts.Find(part => part.Row.line.Id == entryId).Part;
        return new CorrectedLines([.. parts.Where(part => part.Part == chosen && (!part.Row.IsReversed || part.Row.line.Id == entryId)).Select(part => new Line(part.Row.line, part.Row.From, part.Row.To, part.Row.MemberId))]);
    }

    public IReadOnlyList<Move> Undo(string reason) => [.. Lines.Select(line => Move.Undo(line.Entry.Id, reason))];
}
