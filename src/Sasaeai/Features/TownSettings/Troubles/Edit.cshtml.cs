using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Categories;
using Sasaeai.Features.Resources;
using Sasaeai.Web;

namespace Sasaeai.Features.TownSettings.Troubles;

public class EditModel(AppDb db, CurrentPerson person) : PageModel
{
    [BindProperty]
    public Input Form { get; set; } = new();

    public Trouble? Trouble { get; private set; }
    public IReadOnlyList<SelectListItem> Categories { get; private set; } = [];

    public async Task OnGetAsync(Guid? id)
    {
        await LoadAsync(id);
        Form = Trouble is { } known ? new Input { Words = known.Words, Categories = known.CategoryCodes, Sort = known.Sort } : Form;
    }

    public async Task<IActionResult> OnPostAsync(Guid? id)
    {
        await LoadAsync(id);
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        var (words, codes) = (Form.Words.Trim(), Form.Categories.Distinct().ToArray());
        Rule.Require(codes.All(code => Categories.Any(category => category.Value == code)), "分類を一覧から選び直してください。");
        if (Trouble is null)
        {
            Trouble = new Trouble { Words = words, CategoryCodes = codes };
            db.Troubles.Add(Trouble);
        }

        (Trouble.Words, Trouble.CategoryCodes, Trouble.Sort) = (words, codes, Form.Sort);
        await db.SaveChangesAsync();
        TempData["Notice"] = $"「{words}」を保存しました。検索にはすぐに反映されます。";
        return RedirectToPage("Index");
    }

    private async Task LoadAsync(Guid? id)
    {
        person.Require(person.IsOfficer);
        Trouble = id is { } known ? await db.GetAsync<Trouble>(known) : null;
        Categories = await Choices.CategoriesAsync(db);
    }

    public class Input
    {
        [Display(Name = "困りごと"), StringLength(60)]
        public string Words { get; set; } = "";

        [Display(Name = "それに合う分類"), MinLength(1)]
        public string[] Categories { get; set; } = [];

        [Display(Name = "並び順"), Range(0, 100_000)]
        public int Sort { get; set; }
    }
}
