using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Categories;
using Sasaeai.Features.Resources;
using Sasaeai.Features.Shared;
using Sasaeai.Web;

namespace Sasaeai.Features.TownSettings.Categories;

/// <summary>One category, new or known. A changed interval works out the days of all records again (Publisher).</summary>
public class EditModel(AppDb db, CurrentPerson person) : PageModel
{
    [BindProperty]
    public Input Form { get; set; } = new();

    public Category? Category { get; private set; }
    public IReadOnlyList<SelectListItem> Parents { get; private set; } = [];

    public async Task OnGetAsync(Guid? id)
    {
        await LoadAsync(id);
        if (Category is { } known)
        {
            Form = new Input { Code = known.Code, Name = known.Name, Kana = known.Kana, ParentCode = known.ParentCode, Description = known.Description, CheckDays = known.CheckDays, HideDays = known.HideDays, Sort = known.Sort, EndsOn = known.EndsOn is { } end ? new DateInput(end) : null };
        }
    }

    public async Task<IActionResult> OnPostAsync(Guid? id)
    {
        await LoadAsync(id);
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        var ends = Choices.Day(Form.EndsOn, "使う最後の日");
        var parent = string.IsNullOrEmpty(Form.ParentCode) ? null : Form.ParentCode;
        Rule.Require(Form.HideDays >= Form.CheckDays, "非公開までの日数は、確認の間隔以上にしてください。");
        Rule.Require(parent is null || Parents.Any(other => other.Value == parent), "上の分類を一覧から選び直してください。");
        Rule.Require(parent is null || Category is null || !await db.Categories.AnyAsync(other => other.ParentCode == Category.Code), "下に分類を持つ分類は、ほかの分類の下に置けません。");
        if (Category is null)
        {
            var code = Form.Code.Trim();
            Rule.Require(!await db.Categories.AnyAsync(other => other.Code == code), $"コード「{code}」はすでに使われています。");
            Category = new Category { Code = code, Name = Form.Name };
            db.Categories.Add(Category);
        }

        (Category.Name, Category.Kana, Category.ParentCode, Category.Description) = (Form.Name.Trim(), Form.Kana?.Trim() ?? "", parent, Form.Description?.Trim() ?? "");
        (Category.CheckDays, Category.HideDays, Category.Sort, Category.EndsOn) = (Form.CheckDays, Form.HideDays, Form.Sort, ends);
        await db.SaveChangesAsync();
        TempData["Notice"] = $"分類「{Category.Name}」を保存しました。記録の確認期限も計算し直しました。";
        return RedirectToPage("Index");
    }

    private async Task LoadAsync(Guid? id)
    {
        person.Require(person.IsOfficer);
        Category = id is { } known ? await db.GetAsync<Category>(known) : null;
        var code = Category?.Code;
        Parents = await db.Categories.AsNoTracking().Where(other => other.ParentCode == null && other.Code != code).OrderBy(other => other.Sort).Select(other => new SelectListItem(other.Name, other.Code)).ToListAsync();
    }

    public class Input
    {
        [Display(Name = "コード"), StringLength(20), RegularExpression("[0-9A-Za-z-]+", ErrorMessage = "コードは半角の数字と英字で入力してください。")]
        public string Code { get; set; } = "";

        [Display(Name = "名前"), StringLength(60)]
        public string Name { get; set; } = "";

        [Display(Name = "カナ"), StringLength(80)]
        public string? Kana { get; set; }

        [Display(Name = "上の分類")]
        public string? ParentCode { get; set; }

        [Display(Name = "説明"), DataType(DataType.MultilineText), StringLength(500)]
        public string? Description { get; set; }

        [Display(Name = "確認の間隔（日）"), Range(1, 3650)]
        public int CheckDays { get; set; } = 365;

        [Display(Name = "非公開までの日数"), Range(1, 7300)]
        public int HideDays { get; set; } = 730;

        [Display(Name = "並び順"), Range(0, 100_000)]
        public int Sort { get; set; }

        [Display(Name = "使う最後の日")]
        public DateInput? EndsOn { get; set; }
    }
}
