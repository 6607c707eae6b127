using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Categories;
using Sasaeai.Features.Resources;
using Sasaeai.Features.Shared;
using Sasaeai.Web;

namespace Sasaeai.Features.TownSettings.Codes;

public class EditModel(AppDb db, CurrentPerson person) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public CodeList List { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Code { get; set; }

    [BindProperty]
    public Input Form { get; set; } = new();

    public CodeItem? Item { get; private set; }

    public async Task OnGetAsync()
    {
        await LoadAsync();
        Form = Item is { } known ? new Input { Code = known.Code, Name = known.Name, Sort = known.Sort, EndsOn = known.EndsOn is { } end ? new DateInput(end) : null } : Form;
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        var ends = Choices.Day(Form.EndsOn, "使う最後の日");
        if (Item is null)
        {
            var code = Form.Code.Trim();
            Rule.Require(List != CodeList.Ability || Members.Abilities.All.All(one => one.Code != code), $"コード「{code}」は、はじめからある「できること」のコードです。別のコードにしてください。");
            Rule.Require(!await db.CodeItems.AnyAsync(item => item.List == List && item.Code == code), $"コード「{code}」はすでに使われています。");
            Item = new CodeItem { List = List, Code = code, Name = Form.Name };
            db.CodeItems.Add(Item);
        }

        (Item.Name, Item.Sort, Item.EndsOn) = (Form.Name.Trim(), Form.Sort, ends);
        await db.SaveChangesAsync();
        TempData["Notice"] = $"「{Item.Name}」を保存しました。";
        return RedirectToPage("Index");
    }

    private async Task LoadAsync()
    {
        person.Require(person.IsOfficer);
        Item = Code is null ? null : await db.CodeItems.SingleOrDefaultAsync(item => item.List == List && item.Code == Code) ?? throw new NotFoundException();
    }

    public class Input
    {
        [Display(Name = "コード"), StringLength(20), RegularExpression("[0-9A-Za-z-]+", ErrorMessage = "コードは半角の数字と英字で入力してください。")]
        public string Code { get; set; } = "";

        [Display(Name = "名前"), StringLength(60)]
        public string Name { get; set; } = "";

        [Display(Name = "並び順"), Range(0, 100_000)]
        public int Sort { get; set; }

        [Display(Name = "使う最後の日")]
        public DateInput? EndsOn { get; set; }
    }
}
