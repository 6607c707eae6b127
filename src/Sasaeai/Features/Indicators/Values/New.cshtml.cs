using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Areas;
using Sasaeai.Features.Plans;
using Sasaeai.Features.Resources;
using Sasaeai.Japanese;
using Sasaeai.Web;

namespace Sasaeai.Features.Indicators.Values;

/// <summary>Sets one target, forecast or result. What stood there before is in the audit trail.</summary>
public class NewModel(AppDb db, CurrentPerson person, TimeProvider time) : PageModel
{
    /// <summary>Oldest first.</summary>
    private IReadOnlyList<IndicatorDefinition> definitions = [];

    [BindProperty]
    public ValueForm Form { get; set; } = new();

    /// <summary>That of the year: after a change the last figures of the older series still come in.</summary>
    public IndicatorDefinition Definition => DefinitionOf(Form.FiscalYear);
    public bool HasChanged => definitions.Count > 1;
    public bool IsShare => definitions.Any(definition => definition.IsShare);
    public IEnumerable<SelectListItem> Years { get; private set; } = [];
    public IEnumerable<SelectListItem> Areas { get; private set; } = [];
    public IEnumerable<SelectListItem> Layers => definitions.SelectMany(definition => definition.Layers).Distinct().Order().Select(layer => new SelectListItem(layer.Words(), $"{layer}"));

    public async Task OnGetAsync(Guid id, ValueKind kind, int? year)
    {
        await LoadAsync(id);
        (Form.Kind, Form.FiscalYear) = (kind, year ?? FiscalYear.Of(time.Today()).Year);
        Form.Layer = Definition.Layer;
    }

    public async Task<IActionResult> OnPostAsync(Guid id)
    {
        await LoadAsync(id);
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        Rule.Require(Years.Any(item => item.Value == $"{Form.FiscalYear}"), "年度を一覧から選んでください。計画を登録した年度に入れられます。");
        Rule.Require(Form.AreaId is null || Areas.Any(item => item.Value == $"{Form.AreaId}"), "圏域を一覧から選んでください。");
        var value = await db.IndicatorValues.SingleOrDefaultAsync(other => other.IndicatorId == id && other.Version == Definition.Version && other.Kind == Form.Kind
            && other.FiscalYear == Form.FiscalYear && other.Layer == Form.Layer && other.AreaId == Form.AreaId);
        if (value is null)
        {
            db.Add(value = IndicatorValue.For(Definition, Form.Kind, new Cell(Form.FiscalYear, Form.Layer, Form.AreaId)));
        }

        value.Set(Form.Read(Definition.IsShare), Form.Reason ?? "", person.Name, time.GetUtcNow());
        await db.SaveChangesAsync();
        TempData["Notice"] = $"{new FiscalYear(Form.FiscalYear).Label}の{Form.Kind.Words()}を {value.Quantity.Shown()}{(Definition.IsShare ? "%" : Definition.Unit)} にしました。";
        return Form.More ? RedirectToPage("New", new { id, kind = Form.Kind, year = Form.FiscalYear + 1 }) : RedirectToPage("../Show", new { id });
    }

    private async Task LoadAsync(Guid id)
    {
        definitions = await db.IndicatorDefinitions.AsNoTracking().Where(definition => definition.IndicatorId == id).OrderBy(definition => definition.Version).ToListAsync();
        if (definitions.Count == 0)
        {
            throw new NotFoundException();
        }

        person.Require(person.CanChangePlans());
        Years = (await db.Plans.AsNoTracking().OrderBy(plan => plan.Number).ToListAsync()).SelectMany(plan => plan.FiscalYears.Select(year => new SelectListItem($"{new FiscalYear(year).Label}（{plan.Period}）", $"{year}"))).Where(item => int.Parse(item.Value) >= definitions[0].FromYear).ToList();
        Areas = (await AreaTree.LoadAsync(db, time.Today())).Of(AreaKind.LivingArea).Select(area => new SelectListItem(area.Name, $"{area.Id}")).ToList();
    }

    private IndicatorDefinition DefinitionOf(int fiscalYear) => definitions.LastOrDefault(definition => definition.FromYear <= fiscalYear) ?? definitions[0];
}

/// <summary>What a person types about one cell.</summary>
public class ValueForm
{
    [Display(Name = "入れる数字")]
    public ValueKind Kind { get; set; }

    [Display(Name = "年度")]
    public int FiscalYear { get; set; }

    [Display(Name = "層")]
    public IndicatorLayer Layer { get; set; }

    [Display(Name = "圏域")]
    public Guid? AreaId { get; set; }

    [Display(Name = "数")]
    public decimal? Number { get; set; }

    [Display(Name = "分母"), Range(1, 999_999_999_999L, ErrorMessage = "分母は1以上の整数で入力してください。")]
    public long? Of { get; set; }

    [Display(Name = "理由・出典"), StringLength(300)]
    public string? Reason { get; set; }

    /// <summary>Another year of the same is entered next.</summary>
    [Display(Name = "続けて次の年度を入れる")]
    public bool More { get; set; }

    /// <summary>A percentage without its counts is so many of a hundred: enough for a target, not for a result.</summary>
    public Quantity Read(bool isShare)
    {
        Rule.Require(Number is not null, "数を入力してください。");
        Rule.Require(!isShare || Of is not null || Kind != ValueKind.Result, "割合の実績は、分母も入力してください。年度や圏域を合わせるときに、数から計算し直すためです。");
        return new Quantity(Number!.Value, isShare ? Of ?? 100 : null);
    }
}
