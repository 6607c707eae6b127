using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Ledger;
using Sasaeai.Features.Resources;
using Sasaeai.Features.Tariffs;

namespace Sasaeai.Features.Groups;

public class ShowModel(AppDb db, CurrentPerson person, TimeProvider time) : PageModel
{
    public HelpGroup Group { get; private set; } = null!;
    public string Area { get; private set; } = "";
    public IndexModel.Row Count { get; private set; } = null!;
    public IReadOnlyList<string> OnDuty { get; private set; } = [];
    public Tariff? Tariff { get; private set; }
    public IReadOnlyDictionary<string, GroupStep> Steps { get; private set; } = new Dictionary<string, GroupStep>();
    public IReadOnlyDictionary<string, string> Categories { get; private set; } = new Dictionary<string, string>();
    public bool MayChange => person.CanChange(Group);
    public bool MayRun => person.CanRun(Group);

    [BindProperty, Display(Name = "新しい段階"), EnumDataType(typeof(GroupStage))]
    public GroupStage Stage { get; set; }

    public async Task OnGetAsync(Guid id)
    {
        await LoadAsync(id);
        Stage = Group.Stage;
    }

    public async Task<IActionResult> OnPostStepAsync(Guid id, string? item)
    {
        await LoadAsync(id);
        person.Require(MayChange);
        Rule.Require(item is not null && GroupSteps.Knows(item), "手順を選び直してください。");
        if (!Steps.ContainsKey(item!))
        {
            db.GroupSteps.Add(new GroupStep { GroupId = id, Item = item!, DoneOn = time.Today(), ByName = person.Name });
            await db.SaveChangesAsync();
        }

        return RedirectToPage(new { id });
    }

    public async Task<IActionResult> OnPostUndoAsync(Guid id, string? item)
    {
        await LoadAsync(id);
        person.Require(MayChange);
        if (Steps.GetValueOrDefault(item ?? "") is { } step)
        {
            db.GroupSteps.Remove(step);
            await db.SaveChangesAsync();
        }

        return RedirectToPage(new { id });
    }

    public async Task<IActionResult> OnPostStageAsync(Guid id)
    {
        await LoadAsync(id);
        person.Require(MayChange);
        Group.Enter(Stage, time.Today(), person.Name, time.GetUtcNow());
        await db.SaveChangesAsync();
        TempData["Notice"] = $"「{Stage.Japanese()}」の段階として記録しました。";
        return RedirectToPage(new { id });
    }

    private async Task LoadAsync(Guid id)
    {
        Group = await db.GetAsync<HelpGroup>(id);
        person.Require(person.CanSee(Group));
        var small = person.CanRun(Group) ? 0 : (await db.RuleAsync()).SmallCount;
        Area = Group.AreaId is { } area ? (await db.Areas.AsNoTracking().SingleAsync(one => one.Id == area)).Name : "";
        Count = IndexModel.Row.Of(Group, Area, (await GroupCount.AllAsync(db)).Single(count => count.GroupId == id), small);
        Tariff = await Tariff.OnAsync(db, id, time.Today());
        Steps = await db.GroupSteps.Where(step => step.GroupId == id).ToDictionaryAsync(step => step.Item);
        Categories = await db.Categories.AsNoTracking().ToDictionaryAsync(category => category.Code, category => category.Name);
        OnDuty = [.. (await db.Keepers.AsNoTracking().Where(keeper => keeper.GroupId == id).ToListAsync()).Where(keeper => keeper.IsOnDuty(time.Today())).Select(keeper => keeper.Name)];
    }
}
