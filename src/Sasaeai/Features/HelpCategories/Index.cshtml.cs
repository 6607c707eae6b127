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

/// <summary>What 「その他」 says again and again becomes a category of the group.</summary>
public class IndexModel(AppDb db, CurrentPerson person, TimeProvider time) : PageModel
{
    [BindProperty, Display(Name = "新しい分類の名前"), Required, StringLength(40)]
    public string Name { get; set; } = "";

    [BindProperty, Display(Name = "集計では、どれに数えるか"), Required]
    public string CountedAs { get; set; } = HelpKind.Other;

    [BindProperty, Display(Name = "手伝う人に要る「できること」")]
    public string? Ability { get; set; }

    /// <summary>Of the requests for 「その他」 that become this category; empty when there are none.</summary>
    [BindProperty]
    public string? Key { get; set; }

    public HelpGroup Group { get; private set; } = null!;
    public IReadOnlyList<HelpCategory.Same> Recurring { get; private set; } = [];
    public IReadOnlyList<HelpKind> Kinds { get; private set; } = [];
    /// <summary>The group's own categories by code.</summary>
    public IReadOnlyDictionary<string, Guid> Own { get; private set; } = new Dictionary<string, Guid>();
    public AbilityList Abilities { get; private set; } = null!;
    public IEnumerable<SelectListItem> Common => HelpKind.Common.Select(kind => new SelectListItem(kind.Words, kind.Code));

    public Task OnGetAsync(Guid id) => LoadAsync(id);

    public async Task<IActionResult> OnPostAsync(Guid id)
    {
        await LoadAsync(id);
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        var name = PlainText.Of(Name);
        Rule.Require(Kinds.All(kind => kind.Words != name), "同じ名前の分類があります。");
        Rule.Require(HelpKind.Common.Any(kind => kind.Code == CountedAs), "集計の分類を選び直してください。");
        Rule.Require(string.IsNullOrEmpty(Ability) || Abilities.Knows(Ability), "「できること」を選び直してください。");
        var category = new HelpCategory { GroupId = id, Code = $"own-{Guid.CreateVersion7():N}", Name = name, Ability = Ability ?? "", CountedAs = CountedAs, CreatedAt = time.GetUtcNow(), ByName = person.Name };
        db.HelpCategories.Add(category);
        foreach (var request in await db.HelpRequests.Where(request => request.GroupId == id && request.CategoryCode == HelpKind.Other && request.DetailKey == Key).ToListAsync())
        {
            request.Count(category);
        }

        var open = await db.Visits.Where(visit => visit.GroupId == id && visit.CategoryCode == HelpKind.Other && (visit.State == VisitState.Open || visit.State == VisitState.Assigned) && db.HelpRequests.Any(request => request.Id == visit.RequestId && request.DetailKey == Key)).ToListAsync();
        open.ForEach(visit => visit.Count(category));
        await db.SaveChangesAsync();
        TempData["Notice"] = $"「{name}」を分類に加え、同じ内容の依頼を移しました。すんだ活動の集計は変わりません。";
        return RedirectToPage(new { id });
    }

    private async Task LoadAsync(Guid id)
    {
        Group = await db.RunAsync(person, id);
        Abilities = await AbilityList.LoadAsync(db, time.Today());
        Kinds = await HelpKind.OfGroupAsync(db, id);
        Own = await db.HelpCategories.Where(category => category.GroupId == id).ToDictionaryAsync(category => category.Code, category => category.Id);
        Recurring = await HelpCategory.RecurringAsync(db, id);
    }
}
