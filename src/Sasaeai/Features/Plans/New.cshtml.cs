using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Resources;
using Sasaeai.Japanese;
using Sasaeai.Web;

namespace Sasaeai.Features.Plans;

public class NewModel(AppDb db, CurrentPerson person, TimeProvider time) : PageModel
{
    [BindProperty, Display(Name = "期")]
    public int Number { get; set; }

    [BindProperty]
    public PlanForm Form { get; set; } = new();

    /// <summary>From 第7期, with which the programme's tables begin, to the one after next.</summary>
    public IEnumerable<SelectListItem> Numbers => Enumerable.Range(7, Math.Max(4, Plan.NumberOf(FiscalYear.Of(time.Today()).Year) - 4))
        .Select(number => new SelectListItem($"{Plan.PeriodOf(number)}（{new FiscalYear(Plan.FirstYearOf(number)).Label}から）", $"{number}"));

    public void OnGet() => person.Require(person.CanChangePlans());

    public async Task<IActionResult> OnPostAsync()
    {
        person.Require(person.CanChangePlans());
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        Rule.Require(Numbers.Any(item => item.Value == $"{Number}"), "期を一覧から選んでください。");
        Rule.Require(!await db.Plans.AnyAsync(plan => plan.Number == Number), $"{Plan.PeriodOf(Number)}の計画は、もう登録されています。");
        var plan = new Plan { Number = Number, Title = "", CreatedAt = time.GetUtcNow() };
        plan.Describe(Form.Title, Form.Heading ?? "");
        db.Plans.Add(plan);
        await db.SaveChangesAsync();
        TempData["Notice"] = $"{plan.Period}の計画を登録しました。続けて、指標ごとに目標を入れてください。";
        return RedirectToPage("Show", new { id = plan.Id });
    }
}
