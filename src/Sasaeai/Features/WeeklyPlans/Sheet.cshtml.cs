using Microsoft.AspNetCore.Mvc.RazorPages;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Groups;
using Sasaeai.Features.Visits;

namespace Sasaeai.Features.WeeklyPlans;

/// <summary>The week on paper, by day and by helper: for the wall, and for when there is no power.</summary>
public class SheetModel(AppDb db, CurrentPerson person, WeekDesk desk, AuditTrail trail, TimeProvider time) : PageModel
{
    public HelpGroup Group { get; private set; } = null!;
    public DateOnly Monday => desk.Facts.Monday;
    public DateTimeOffset Now => time.GetUtcNow();
    public IReadOnlyList<WeekRow> Rows { get; private set; } = [];
    /// <summary>What each helper has accepted. A proposal is not here: this part is handed out, and an address is for those who accepted.</summary>
    public IEnumerable<IGrouping<WeekRow.Person, WeekRow>> ByHelper => Rows.SelectMany(row => row.Helpers.Where(helper => helper.IsAgreed).Select(helper => (helper, row))).GroupBy(pair => pair.helper with { Place = 0, IsAgreed = true }, pair => pair.row).OrderBy(own => own.Key.Name, StringComparer.Ordinal);

    public async Task OnGetAsync(Guid id, DateOnly monday)
    {
        Group = await db.ArrangeAsync(person, id);
        await desk.LoadAsync(id, monday);
        Rows = WeekRow.All(desk.Facts, desk.Proposal.Content);
        trail.Looked("weekly_proposal", id, $"{monday:yyyy-MM-dd}の週の予定表を印刷");
    }

    public static string Names(WeekRow row) => string.Join("、", row.Helpers.Select(helper => helper.Name + (helper.IsAgreed ? "" : "（案）")).Concat(Enumerable.Repeat("＿＿＿＿＿＿", Math.Max(0, row.Missing))));
}
