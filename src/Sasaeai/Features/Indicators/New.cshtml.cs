using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Plans;
using Sasaeai.Features.Resources;
using Sasaeai.Web;

namespace Sasaeai.Features.Indicators;

public class NewModel(AppDb db, CurrentPerson person, TimeProvider time) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "rule")]
    public string? RuleCode { get; set; }

    [BindProperty]
    public DefinitionForm Form { get; set; } = new();

    public RuleChoice? Choice { get; private set; }

    public async Task OnGetAsync()
    {
        await LoadAsync();
        (Form.Counting, Form.Unit) = (Choice?.Rule?.Counting ?? "", Choice?.Rule?.Unit ?? "");
        ModelState.Clear();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        Rule.Require(Choice is not null, "数え方を一覧から選んでください。数え方のない指標は登録できません。");
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        var sort = await db.Indicators.MaxAsync(other => (int?)other.Sort) ?? 0;
        var indicator = new Indicator(Form.Card(Choice!.Rule, Choice.Kinds), sort + 10, person.Name, time.GetUtcNow());
        db.AddRange(indicator, indicator.First!);
        await db.SaveChangesAsync();
        TempData["Notice"] = $"指標「{indicator.First!.Name}」を登録しました。";
        return RedirectToPage("Show", new { id = indicator.Id });
    }

    private async Task LoadAsync()
    {
        person.Require(person.CanChangePlans());
        Choice = await RuleChoice.OfAsync(db, RuleCode);
    }
}
