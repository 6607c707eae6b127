using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Groups;

namespace Sasaeai.Features.Members;

/// <summary>The register on paper, without telephone numbers, addresses and notes.</summary>
public class SheetModel(AppDb db, CurrentPerson person, AuditTrail trail, TimeProvider time) : PageModel
{
    private const int Most = 3000;

    [BindProperty(SupportsGet = true)]
    public string Kind { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public string? Can { get; set; }

    public HelpGroup Group { get; private set; } = null!;
    public AbilityList Abilities { get; private set; } = null!;
    public DateOnly Day => time.Today();
    public IReadOnlyList<IndexModel.Row> Rows { get; private set; } = [];

    public async Task OnGetAsync(Guid id)
    {
        Group = await db.RunAsync(person, id);
        Abilities = await AbilityList.LoadAsync(db, Day);
        Rows = [.. (await IndexModel.Listed(db, id, Kind, Can, Day).OrderBy(member => member.Kana).ThenBy(member => member.Number).Take(Most).ToListAsync()).Select(IndexModel.Row.Of)];
        trail.Looked("member", id, $"名簿を印刷（{Rows.Count}人）");
    }
}
