using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Plans;
using Sasaeai.Features.Resources;
using Sasaeai.Japanese;
using Sasaeai.Web;

namespace Sasaeai.Features.Indicators.Endings;

/// <summary>An indicator that later plans do not have; it can be taken up again.</summary>
public class NewModel(AppDb db, CurrentPerson person, TimeProvider time) : PageModel
{
    [BindProperty, Display(Name = "いつの年度まで"), Required(ErrorMessage = "いつの年度までかを入力してください。"), StringLength(20)]
    public string LastYear { get; set; } = "";

    [BindProperty, Display(Name = "終わりにする理由"), Required(ErrorMessage = "終わりにする理由を入力してください。"), StringLength(300)]
    public string Reason { get; set; } = "";

    public Indicator Indicator { get; private set; } = null!;
    public string Name { get; private set; } = "";
    private int firstYear;

    public async Task OnGetAsync(Guid id)
    {
        await LoadAsync(id);
        LastYear = new FiscalYear(FiscalYear.Of(time.Today()).Year).Label;
    }

    public async Task<IActionResult> OnPostAsync(Guid id)
    {
        await LoadAsync(id);
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        Rule.Require(FiscalYear.TryRead(LastYear, out var last), "いつの年度までかを、令和5年度 または 2023 のように入力してください。");
        Indicator.End(last.Year, Reason, firstYear, person.Name, time.GetUtcNow());
        await db.SaveChangesAsync();
        TempData["Notice"] = $"指標「{Name}」を{last.Label}で終わりにしました。これまでの数字は残っています。";
        return RedirectToPage("../Show", new { id });
    }

    public async Task<IActionResult> OnPostGoOnAsync(Guid id)
    {
        await LoadAsync(id);
        Indicator.GoOn();
        await db.SaveChangesAsync();
        TempData["Notice"] = $"指標「{Name}」をもう一度使います。";
        return RedirectToPage("../Show", new { id });
    }

    private async Task LoadAsync(Guid id)
    {
        Indicator = await db.GetAsync<Indicator>(id);
        person.Require(person.CanChangePlans());
        var definitions = await db.IndicatorDefinitions.AsNoTracking().Where(definition => definition.IndicatorId == id).OrderBy(definition => definition.Version).ToListAsync();
        (Name, firstYear) = (definitions[^1].Name, definitions[0].FromYear);
    }
}
