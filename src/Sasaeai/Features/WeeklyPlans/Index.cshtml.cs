using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Groups;
using Sasaeai.Features.Visits;

namespace Sasaeai.Features.WeeklyPlans;

/// <summary>This week and the next ones: how many visits, how many without a helper, and whether a plan was made.</summary>
public class IndexModel(AppDb db, CurrentPerson person, SeriesVisits series, TimeProvider time) : PageModel
{
    private const int Weeks = 6;

    public HelpGroup Group { get; private set; } = null!;
    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public async Task OnGetAsync(Guid id)
    {
        Group = await db.ArrangeAsync(person, id);
        await series.ExtendAsync(id);
        var (first, end) = (WeeklyProposal.MondayOf(time.Today()), WeeklyProposal.MondayOf(time.Today()).AddDays(7 * Weeks));
        var counts = await db.Visits.AsNoTracking().Where(visit => visit.GroupId == id && visit.DueDay >= first && visit.DueDay < end && visit.State != VisitState.Cancelled && visit.State != VisitState.Failed)
            .GroupBy(visit => new { visit.DueDay, IsOpen = visit.State == VisitState.Open }).Select(day => new { day.Key.DueDay, day.Key.IsOpen, Count = day.Count() }).ToListAsync();
        var made = await db.WeeklyProposals.AsNoTracking().Where(proposal => proposal.GroupId == id && proposal.Monday >= first && proposal.Monday < end).Select(proposal => new { proposal.Monday, proposal.MadeAt, proposal.MadeBy }).ToDictionaryAsync(proposal => proposal.Monday);
        Rows = [.. Enumerable.Range(0, Weeks).Select(week => first.AddDays(7 * week)).Select(monday =>
        {
            var own = counts.Where(count => count.DueDay >= monday && count.DueDay < monday.AddDays(7)).ToList();
            return new Row(monday, own.Sum(count => count.Count), own.Where(count => count.IsOpen).Sum(count => count.Count), made.TryGetValue(monday, out var proposal) ? proposal.MadeAt : null, made.TryGetValue(monday, out proposal) ? proposal.MadeBy : "");
        })];
    }

    public sealed record Row(DateOnly Monday, int Visits, int Open, DateTimeOffset? MadeAt, string MadeBy);
}
