using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Categories;
using Sasaeai.Features.Resources;
using Sasaeai.Web;

namespace Sasaeai.Features.TownSettings.Synonyms;

public class EditModel(AppDb db, CurrentPerson person) : PageModel
{
    [BindProperty]
    public Input Form { get; set; } = new();

    public Synonym? Synonym { get; private set; }
    public IReadOnlyList<SelectListItem> Categories { get; private set; } = [];

    public async Task OnGetAsync(Guid? id)
    {
        await LoadAsync(id);
        Form = Synonym is { } known ? new Input { Word = known.Word, Others = string.Join('\n', known.Others), Categories = known.CategoryCodes } : Form;
    }

    public async Task<IActionResult> OnPostAsync(Guid? id)
    {
        await LoadAsync(id);
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        var (word, others, codes) = (Form.Word.Trim(), Choices.Words(Form.Others), Form.Categories.Distinct().ToArray());
        Rule.Require(others.Length > 0, "同じ意味の言葉を一つ以上入力してください。");
        Rule.Require(others.Length <= 50 && others.All(other => other.Length <= 40), "同じ意味の言葉は、40文字までのものを50個までにしてください。");
        Rule.Require(codes.All(code => Categories.Any(category => category.Value == code)), "分類を一覧から選び直してください。");
        var same = await db.Synonyms.AsNoTracking().SingleOrDefaultAsync(other => other.Word == word && other.Id != id);
        Rule.Require(same?.RemovedAt is null, $"「{word}」は、前に消したものの中にあります。一覧の「消したもの」からもどしてください。");
        Rule.Require(same is null, $"「{word}」はすでに登録されています。その組に言葉を加えてください。");
        if (Synonym is null)
        {
            Synonym = new Synonym { Word = word, Others = others };
            db.Synonyms.Add(Synonym);
        }

        (Synonym.Word, Synonym.Others, Synonym.CategoryCodes) = (word, others, codes);
        await db.SaveChangesAsync();
        TempData["Notice"] = $"「{word}」を保存しました。検索にはすぐに反映されます。";
        return RedirectToPage("Index");
    }

    private async Task LoadAsync(Guid? id)
    {
        person.Require(person.IsOfficer);
        Synonym = id is { } known ? await db.GetAsync<Synonym>(known) : null;
        Categories = await Choices.CategoriesAsync(db);
    }

    public class Input
    {
        [Display(Name = "代表する言葉"), StringLength(40)]
        public string Word { get; set; } = "";

        [Display(Name = "同じ意味の言葉"), DataType(DataType.MultilineText), StringLength(2500)]
        public string Others { get; set; } = "";

        [Display(Name = "あわせて見せる分類")]
        public string[] Categories { get; set; } = [];
    }
}
