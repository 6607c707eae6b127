using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Groups;
using Sasaeai.Features.HelpRequests;
using Sasaeai.Features.Visits;
using Sasaeai.Web;

namespace Sasaeai.Features.Announcements;

/// <summary>Activities announced to the insurance before they are done, as a list to print or send.</summary>
public class IndexModel(AppDb db, CurrentPerson person, AuditTrail trail, TimeProvider time) : PageModel
{
    private const int DaysAhead = 14;

    public HelpGroup Group { get; private set; } = null!;
    public IReadOnlyList<Row> Rows { get; private set; } = [];
    public IReadOnlyDictionary<string, string> Words { get; private set; } = new Dictionary<string, string>();

    public Task OnGetAsync(Guid id) => LoadAsync(id);

    public async Task<IActionResult> OnPostAsync(Guid id)
    {
        await LoadAsync(id);
        var waiting = Rows.Where(row => row.Visit.AnnouncedAt is null).ToList();
        Rule.Require(waiting.Count > 0, "届け出る活動はありません。");
        waiting.ForEach(row => row.Visit.Announce(person.Name, time.GetUtcNow()));
        await db.SaveChangesAsync();
        TempData["Notice"] = $"{waiting.Count}件を、届け出たと記録しました。";
        return RedirectToPage(new { id });
    }

    public async Task<IActionResult> OnGetTableAsync(Guid id, TableFormat format)
    {
        await LoadAsync(id);
        return this.Table("届け出る活動", format, ["日", "始まり", "分", "内容", "担い手", "届け出た日時", "届け出た人"],
            Rows.Select(row => new object?[] { row.Visit.DueDay, $"{row.Visit.Start:H:mm}", row.Visit.Minutes, Words.GetValueOrDefault(row.Visit.CategoryCode, row.Visit.CategoryCode), string.Join('、', row.Helpers), row.Visit.AnnouncedAt?.ToOffset(Clock.Japan), row.Visit.AnnouncedBy }));
    }

    private async Task LoadAsync(Guid id)
    {
        Group = await db.ArrangeAsync(person, id);
        Words = (await HelpKind.OfGroupAsync(db, id)).ToDictionary(kind => kind.Code, kind => kind.Words);
        var (from, until) = (time.Today(), time.Today().AddDays(DaysAhead));
        var visits = await db.Visits.Where(visit => visit.GroupId == id && visit.State == VisitState.Assigned && visit.DueDay >= from && visit.DueDay <= until).OrderBy(visit => visit.DueDay).ThenBy(visit => visit.Starts).ThenBy(visit => visit.Id).Take(500).ToListAsync();
        var ids = visits.Select(visit => visit.Id).ToList();
        var helpers = (await (from assignment in db.Assignments where ids.Contains(assignment.VisitId) && assignment.EndedAt == null join helper in db.Members on assignment.MemberId equals helper.Id select new { assignment.VisitId, helper.Name }).ToListAsync()).ToLookup(row => row.VisitId, row => row.Name);
        Rows = [.. visits.Select(visit => new Row(visit, [.. helpers[visit.Id]]))];
        trail.Looked("visit", id, $"届け出る活動の一覧（{Rows.Count}件）");
    }

    public sealed record Row(Visit Visit, IReadOnlyList<string> Helpers);
}
