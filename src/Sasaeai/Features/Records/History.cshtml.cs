using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Resources;

namespace Sasaeai.Features.Records;

public class HistoryModel(AppDb db, ResourceDesk desk, CurrentPerson person, AuditTrail trail) : PageModel
{
    public const int PageSize = 50;

    [BindProperty(Name = "p", SupportsGet = true)]
    public int Number { get; set; } = 1;

    public Resource Resource { get; private set; } = null!;
    public IReadOnlyList<RecordHistory.Event> Events { get; private set; } = [];
    public int Total { get; private set; }

    public async Task OnGetAsync(Guid id)
    {
        Resource = await desk.FindAsync(id);
        trail.Looked("resource", id, "履歴");
        var (lists, entries) = (await desk.ListsAsync(), RecordHistory.Of(db, id));
        Total = await entries.CountAsync();
        Number = Math.Clamp(Number, 1, Math.Max(1, (Total + PageSize - 1) / PageSize));
        Events = [.. (await entries.Skip((Number - 1) * PageSize).Take(PageSize).ToListAsync()).Select(entry => RecordHistory.InWords(entry, lists, person.Editor()))];
    }
}
