using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Categories;
using Sasaeai.Features.Resources;
using Sasaeai.Features.Shared;
using Sasaeai.Web;

namespace Sasaeai.Features.TownSettings.Troubles;

public class IndexModel(AppDb db, CurrentPerson person, TimeProvider time) : PageModel
{
    public const int PageSize = 50;

    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    [BindProperty(SupportsGet = true, Name = PagerTagHelper.Parameter)]
    public int Number { get; set; } = 1;

    public IReadOnlyList<Trouble> Rows { get; private set; } = [];
    /// <summary>The last ones that were removed.</summary>
    public IReadOnlyList<Trouble> Removed { get; private set; } = [];
    public IReadOnlyDictionary<string, string> CategoryNames { get; private set; } = new Dictionary<string, string>();
    public int Total { get; private set; }

    public async Task OnGetAsync()
    {
        person.Require(person.IsOfficer);
        CategoryNames = await db.Categories.AsNoTracking().ToDictionaryAsync(category => category.Code, category => category.Name);
        Total = await Found().CountAsync();
        Number = Math.Clamp(Number, 1, Math.Max(1, (Total + PageSize - 1) / PageSize));
        Removed = await db.Set<Trouble>().AsNoTracking().Where(row => row.RemovedAt != null).OrderByDescending(row => row.RemovedAt).Take(PageSize).ToListAsync();
        Rows = await Found().Skip((Number - 1) * PageSize).Take(PageSize).ToListAsync();
    }

    public async Task<IActionResult> OnGetTableAsync(TableFormat format)
    {
        person.Require(person.IsOfficer);
        return this.Table("困りごと", format, ["困りごと", "分類コード", "並び順"], (await Found().ToListAsync()).Select(row => new object?[] { row.Words, string.Join(";", row.CategoryCodes), row.Sort }));
    }

    public async Task<IActionResult> OnPostDeleteAsync(Guid id)
    {
        await OnGetAsync();
        var row = await db.GetAsync<Trouble>(id);
        row.RemovedAt = time.GetUtcNow();
        await db.SaveChangesAsync();
        TempData["Notice"] = $"「{row.Words}」を消しました。検索にはすぐに反映されます。下の「消したもの」から、もどせます。";
        return RedirectToPage("Index", new { Q });
    }

    public async Task<IActionResult> OnPostBringBackAsync(Guid id)
    {
        await OnGetAsync();
        var row = await db.GetAsync<Trouble>(id);
        row.RemovedAt = null;
        await db.SaveChangesAsync();
        TempData["Notice"] = $"「{row.Words}」をもどしました。検索にはすぐに反映されます。";
        return RedirectToPage("Index", new { Q });
    }

    private IQueryable<Trouble> Found()
    {
        var all = db.Set<Trouble>().AsNoTracking().Where(row => row.RemovedAt == null);
        return (string.IsNullOrWhiteSpace(Q) ? all : all.Where(row => row.Words.Contains(Q.Trim()))).OrderBy(row => row.Sort).ThenBy(row => row.Id);
    }
}
