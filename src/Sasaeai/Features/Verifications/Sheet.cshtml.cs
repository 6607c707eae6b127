using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Resources;

namespace Sasaeai.Features.Verifications;

/// <summary>The list for calling, on paper, with room for what was heard.</summary>
public class SheetModel(AppDb db, CurrentPerson person, AuditTrail trail, TimeProvider time) : PageModel
{
    public const int MostRows = 100;

    [BindProperty(SupportsGet = true)]
    public Guid? Area { get; set; }

    public string AreaName { get; private set; } = "";
    public DateOnly Today => time.Today();
    public IReadOnlyList<Row> Rows { get; private set; } = [];
    public IReadOnlyDictionary<string, string> FeeNames { get; private set; } = new Dictionary<string, string>();

    public async Task OnGetAsync()
    {
        person.Require(person.IsStaff);
        AreaName = Area is { } id ? (await db.GetAsync<Areas.Area>(id)).Name : "担当すべて";
        FeeNames = await ResourceBrief.FeeNamesAsync(db);
        Rows = await db.Resources.AsNoTracking().WorkedBy(person).In(Area).DueBy(Today.AddDays((await db.RuleAsync()).DueSoonDays)).InOrderOfCalls(db, Today).Take(MostRows)
            .Select(resource => new Row(resource.Id, resource.Number, resource.Name, resource.Content, resource.VerifiedOn, resource.DueOn, resource.HideOn)).ToListAsync();
        trail.Looked("verification_sheet", Area?.ToString() ?? "", $"電話用の一覧 {Rows.Count}件を印刷用に表示");
    }

    public sealed record Row(Guid Id, string Number, string Name, ResourceContent Content, DateOnly? VerifiedOn, DateOnly DueOn, DateOnly HideOn);
}
