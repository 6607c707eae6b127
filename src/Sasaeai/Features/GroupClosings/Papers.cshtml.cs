using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Groups;

namespace Sasaeai.Features.GroupClosings;

/// <summary>A statement for each member, with a receipt to sign for those who are paid.</summary>
public class PapersModel(AppDb db, CurrentPerson person, AuditTrail trail) : PageModel
{
    public HelpGroup Group { get; private set; } = null!;
    public MonthBooks Books { get; private set; } = null!;
    public IReadOnlyDictionary<Guid, (int Count, int Minutes)> Visits { get; private set; } = new Dictionary<Guid, (int, int)>();

    public async Task OnGetAsync(Guid id, Guid closingId)
    {
        Group = await db.RunAsync(person, id);
        Books = await MonthBooks.LoadAsync(db, id, closingId);
        trail.Looked("group_closing", closingId, "精算書の印刷");
        var settled = await db.Settlements.AsNoTracking().Where(one => one.GroupId == id && one.ServiceDate >= Books.Month && one.ServiceDate < Books.Month.AddMonths(1) && one.ReversedBy == null).Select(one => new { one.UserId, one.HelperIds, one.Minutes }).ToListAsync();
        Visits = settled.SelectMany(one => one.HelperIds.Append(one.UserId).Select(member => (Member: member, one.Minutes))).GroupBy(one => one.Member).ToDictionary(same => same.Key, same => (same.Count(), same.Sum(one => one.Minutes)));
    }
}
