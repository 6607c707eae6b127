using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Plans;
using Sasaeai.Features.Resources;
using Sasaeai.Web;

namespace Sasaeai.Features.Indicators.Definitions;

/// <summary>Another version of an indicator's definition. The older one stays, with its figures.</summary>
public class NewModel(AppDb db, CurrentPerson person, TimeProvider time) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "rule")]
    public string? RuleCode { get; set; }

    [BindProperty]
    public DefinitionForm Form { get; set; } = new();

    [BindProperty, Display(Name = "変える理由"), StringLength(300)]
    public string Reason { get; set; } = "";

    [BindProperty]
    public int Version { get; set; }

    public Indicator Indicator { get; private set; } = null!;
    public IndicatorDefinition Before { get; private set; } = null!;
    public RuleChoice? Choice { get; private set; }

    public async Task OnGetAsync(Guid id)
    {
        await LoadAsync(id);
        Form = DefinitionForm.Of(Before);
        if (Choice?.Rule is { } rule && rule.Code != Before.RuleCode)
        {
            (Form.Counting, Form.Unit, Form.Kinds) = (rule.Counting, rule.Unit, []);
        }

        Version = Indicator.Version;
        ModelState.Clear();
    }

    public async Task<IActionResult> OnPostAsync(Guid id)
    {
        await LoadAsync(id);
        Rule.Require(Choice is not null, "数え方を一覧から選んでください。");
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        Rule.Require(Version == Indicator.Version, "この指標の決まりは、入力している間にほかの人が変えました。新しい内容を確かめて、もう一度入力してください。");
        db.Add(Indicator.Redefine(Before, Form.Card(Choice!.Rule, Choice.Kinds), Reason, person.Name, time.GetUtcNow()));
        await db.SaveChangesAsync();
        TempData["Notice"] = "新しい決まりを登録しました。前の数字は、前の決まりのまま残っています。";
        return RedirectToPage("../Show", new { id });
    }

    private async Task LoadAsync(Guid id)
    {
        Indicator = await db.GetAsync<Indicator>(id);
        person.Require(person.CanChangePlans());
        Before = await db.IndicatorDefinitions.AsNoTracking().SingleAsync(definition => definition.IndicatorId == id && definition.Version == Indicator.Version);
        Choice = await RuleChoice.OfAsync(db, RuleCode);
    }
}
