using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Departments;
using Sasaeai.Features.Resources;
using Sasaeai.Web;

namespace Sasaeai.Features.TownSettings.Departments;

/// <summary>庁内の課, to which issues are handed over.</summary>
public class IndexModel(AppDb db, CurrentPerson person, TimeProvider time) : PageModel
{
    public DateOnly Today => time.Today();
    public IReadOnlyList<Department> Rows { get; private set; } = [];

    public async Task OnGetAsync()
    {
        person.Require(person.IsOfficer);
        Rows = await db.Departments.AsNoTracking().OrderBy(department => department.Sort).ThenBy(department => department.Name).Take(500).ToListAsync();
    }

    public async Task<IActionResult> OnGetTableAsync(TableFormat format)
    {
        await OnGetAsync();
        return this.Table("庁内の課", format, ["課", "受け持ち", "電話", "始まり", "終わり"], Rows.Select(row => new object?[] { row.Name, row.Duty, row.Phone, row.StartsOn, row.EndsOn }));
    }
}
