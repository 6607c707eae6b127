using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Areas;
using Sasaeai.Features.Plans;
using Sasaeai.Features.Resources;
using Sasaeai.Japanese;
using Sasaeai.Web;

namespace Sasaeai.Features.Indicators.Values;

/// <summary>Every target, forecast and result that a person entered for an indicator. One that was a mistake is taken away, and the counted figure holds again; the audit trail keeps it.</summary>
public class IndexModel(AppDb db, CurrentPerson person, TimeProvider time) : PageModel
{
    private const int Most = 1000;
    private AreaTree areas = null!;

    public IndicatorDefinition Definition { get; private set; } = null!;
    public IReadOnlyList<IndicatorValue> Rows { get; private set; } = [];
    public bool MayChange => person.CanChangePlans();

    public string AreaName(Guid? id) => id is null ? "市町村全体" : areas.Find(id)?.Name ?? "以前の圏域";

    public string Shown(IndicatorValue value) => value.Denominator is { } of && of != 100 ? $"{value.Quantity.Shown()}%（{of:N0} のうち {value.Numerator:#,0.##}）" : value.Quantity.Shown() + (value.Denominator is null ? "" : "%");

    public Task OnGetAsync(Guid id) => LoadAsync(id);

    public async Task<IActionResult> OnGetTableAsync(Guid id, TableFormat format)
    {
        await LoadAsync(id);
        return this.Table($"{Definition.Name} 入れた数字", format, ["年度", "入れた数字", "層", "圏域", "数", "分母", "理由・出典", "決まりの版", "入れた人", "入れた日"], Rows.Select(row => new object?[]
        {
            new FiscalYear(row.FiscalYear).Label, row.Kind.Words(), row.Layer.Words(), AreaName(row.AreaId), row.Quantity.Count, row.Denominator, row.Reason, row.Version, row.WrittenBy, row.WrittenAt.Day(),
        }));
    }

    public async Task<IActionResult> OnPostAsync(Guid id, Guid value)
    {
        await LoadAsync(id);
        person.Require(MayChange);
        var wrong = await db.GetAsync<IndicatorValue>(value);
        Rule.Require(wrong.IndicatorId == id, "この指標の数字ではありません。画面を開き直してください。");
        db.Remove(wrong);
        await db.SaveChangesAsync();
        TempData["Notice"] = $"{new FiscalYear(wrong.FiscalYear).Label}の{wrong.Kind.Words()} {wrong.Quantity.Shown()} を取り消しました。取り消した内容は操作の記録に残っています。";
        return RedirectToPage("Index", new { id });
    }

    private async Task LoadAsync(Guid id)
    {
        person.Require(person.CanSeePlans());
        Definition = await db.IndicatorDefinitions.AsNoTracking().Where(definition => definition.IndicatorId == id).OrderByDescending(definition => definition.Version).FirstOrDefaultAsync() ?? throw new NotFoundException();
        areas = await AreaTree.LoadAsync(db, time.Today());
        Rows = await db.IndicatorValues.AsNoTracking().Where(value => value.IndicatorId == id).OrderByDescending(value => value.FiscalYear).ThenBy(value => value.Version).ThenBy(value => value.Kind).ThenBy(value => value.Layer).ThenBy(value => value.AreaId).Take(Most).ToListAsync();
    }
}
