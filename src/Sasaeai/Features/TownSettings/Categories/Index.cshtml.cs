using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Categories;
using Sasaeai.Features.Resources;
using Sasaeai.Web;

namespace Sasaeai.Features.TownSettings.Categories;

public class IndexModel(AppDb db, CurrentPerson person) : PageModel
{
    public IReadOnlyList<Category> Rows { get; private set; } = [];

    public async Task OnGetAsync()
    {
        person.Require(person.IsOfficer);
        Rows = await LoadAsync();
    }

    public async Task<IActionResult> OnGetTableAsync(TableFormat format)
    {
        person.Require(person.IsOfficer);
        return this.Table("分類と確認の間隔", format, ["コード", "分類", "カナ", "上の分類", "説明", "確認の間隔（日）", "非公開までの日数", "使う最後の日"],
            (await LoadAsync()).Select(row => new object?[] { row.Code, row.Name, row.Kana, row.ParentCode, row.Description, row.CheckDays, row.HideDays, row.EndsOn }));
    }

    private Task<List<Category>> LoadAsync() => db.Categories.AsNoTracking().OrderBy(category => category.Sort).ThenBy(category => category.Code).ToListAsync();
}
