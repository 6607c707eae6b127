using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Categories;
using Sasaeai.Features.Resources;
using Sasaeai.Features.Shared;
using Sasaeai.Web;

namespace Sasaeai.Features.TownSettings.Synonyms;

public class IndexModel(AppDb db, CurrentPerson person, TimeProvider time) : PageModel
{
    public const int PageSize = 50;

    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    [BindProperty(SupportsGet = true, Name = PagerTagHelper.Parameter)]
    public int Number { get; set; } = 1;

    public IReadOnlyList<Synonym> Rows { get; private set; } = [];
    /// <summary>The last ones that were removed.</summary>
    public IReadOnlyList<Synonym> Removed { get; private set; } = [];
    public IReadOnlyDictionary<string, string> CategoryNames { get; private set; } = new Dictionary<string, string>();
    public int Total { get; private set; }

    public async Task OnGetAsync()
    {
        person.Require(person.IsOfficer);
        CategoryNames = await db.Categories.AsNoTracking().ToDictionaryAsync(category => category.Code, category => category.Name);
        Total = await Found().CountAsync();
        Number = Math.Clamp(Number, 1, Math.Max(1, (Total + PageSize - 1) / PageSize));
        Removed = await db.Set<Synonym>().AsNoTracking().Where(row => row.RemovedAt != null).OrderByDescending(row => row.RemovedAt).Take(PageSize).ToListAsync();
        Rows = await Found().Skip((Number - 1) * PageSize).Take(PageSize).ToListAsync();
    }

    public async Task<IActionResult> OnGetTableAsync(TableFormat format)
    {
        person.Require(person.IsOfficer);
        return this.Table("同義語", format, ["代表語", "同義語", "分類コード"], (await Found().ToListAsync()).Select(row => new object?[] { row.Word, string.Join(";", row.Others), string.Join(";", row.CategoryCodes) }));
    }

    public async Task<IActionResult> OnPostDeleteAsync(Guid id)
    {
        await OnGetAsync();
        var row = await db.GetAsync<Synonym>(id);
        row.RemovedAt = time.GetUtcNow();
        await db.SaveChangesAsync();
        TempData["Notice"] = $"「{row.Word}」を消しました。検索にはすぐに反映されます。下の「消したもの」から、もどせます。";
        return RedirectToPage("Index", new { Q });
    }

    public async Task<IActionResult> OnPostBringBackAsync(Guid id)
    {
        await OnGetAsync();
        var row = await db.GetAsync<Synonym>(id);
        row.RemovedAt = null;
        await db.SaveChangesAsync();
        TempData["Notice"] = $"「{row.Word}」をもどしました。検索にはすぐに反映されます。";
        return RedirectToPage("Index", new { Q });
    }

    private IQueryable<Synonym> Found()
    {
        var all = db.Set<Synonym>().AsNoTracking().Where(row => row.RemovedAt == null);
        return (string.IsNullOrWhiteSpace(Q) ? all : all.Where(row => row.Word.Contains(Q.Trim()) || row.Others.Contains(Q.Trim()))).OrderBy(row => row.Word).ThenBy(row => row.Id);
    }
}
