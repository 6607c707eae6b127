using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Forms;
using Sasaeai.Features.Groups;
using Sasaeai.Features.HelpRequests;
using Sasaeai.Features.Members;
using Sasaeai.Features.Visits;
using Sasaeai.Web;

namespace Sasaeai.Features.HelpCategories;

/// <summary>A category of the group gets another name, or is not offered any more.</summary>
public class EditModel(AppDb db, CurrentPerson person, TimeProvider time) : PageModel
{
    private HelpCategory category = null!;
    private AbilityList abilities = null!;

    [BindProperty, Display(Name = "分類の名前"), Required, StringLength(40)]
    public string Name { get; set; } = "";

    [BindProperty, Display(Name = "集計では、どれに数えるか"), Required]
    public string CountedAs { get; set; } = HelpKind.Other;

    [BindProperty, Display(Name = "手伝う人に要る「できること」")]
    public string? Ability { get; set; }

    [BindProperty, Display(Name = "この分類を使う")]
    public bool IsOffered { get; set; }

    public HelpGroup Group { get; private set; } = null!;
    public IEnumerable<SelectListItem> Common => HelpKind.Common.Select(kind => new SelectListItem(kind.Words, kind.Code));
    public IEnumerable<SelectListItem> Choices => abilities.Choices(category.Ability).Where(one => one.Value is not ("none" or "other"));

    public async Task OnGetAsync(Guid id, Guid categoryId)
    {
        await LoadAsync(id, categoryId);
        (Name, CountedAs, Ability, IsOffered) = (category.Name, category.CountedAs, category.Ability, category.EndedOn is null);
    }

    public async Task<IActionResult> OnPostAsync(Guid id, Guid categoryId)
    {
        await LoadAsync(id, categoryId);
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        var name = PlainText.Of(Name);
        Rule.Require((await HelpKind.OfGroupAsync(db, id)).All(kind => kind.Words != name || kind.Code == category.Code), "同じ名前の分類があります。");
        Rule.Require(HelpKind.Common.Any(kind => kind.Code == CountedAs), "集計の分類を選び直してください。");
        Rule.Require(string.IsNullOrEmpty(Ability) || abilities.Knows(Ability), "「できること」を選び直してください。");
        Rule.Require(name == category.Name || (await db.Tariffs.AsNoTracking().Where(tariff => tariff.GroupId == id).ToListAsync()).All(tariff => tariff.Rules.FixedPrices.All(price => price.Category != category.Name)), $"「{category.Name}」には、料金のきまりで1回の額を決めてあります。名前を変えると合わなくなるので、変えられません。");
        category.Change(name, Ability ?? "", CountedAs, IsOffered, time.Today());
        await db.SaveChangesAsync();
        TempData["Notice"] = $"「{name}」を直しました。";
        return RedirectToPage("Index", new { id });
    }

    private async Task LoadAsync(Guid id, Guid categoryId)
    {
        Group = await db.RunAsync(person, id);
        category = await db.OfGroupAsync<HelpCategory>(id, categoryId);
        abilities = await AbilityList.LoadAsync(db, time.Today());
    }
}
