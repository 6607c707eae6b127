using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Plans;
using Sasaeai.Features.Resources;
using Sasaeai.Japanese;
using Sasaeai.Web;

namespace Sasaeai.Features.Fundings.EntrustedFees;

/// <summary>A fee, or without an id another one of a year. One that was a mistake is taken away; the audit trail keeps it.</summary>
public class EditModel(AppDb db, CurrentPerson person, TimeProvider time) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public int Year { get; set; } = FiscalYear.Of(time.Today()).Year;

    [BindProperty]
    public FeeForm Form { get; set; } = new();

    public EntrustedFee? Fee { get; private set; }

    public async Task OnGetAsync(Guid? id)
    {
        await LoadAsync(id);
        if (Fee is { } fee)
        {
            Form = new FeeForm { Project = fee.Project, EntrustedTo = fee.EntrustedTo, Work = fee.Work, Yen = fee.Yen };
        }
    }

    public async Task<IActionResult> OnPostAsync(Guid? id)
    {
        await LoadAsync(id);
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        Rule.Require(Form.Yen is not null, "委託料を円で入力してください。");
        Rule.Require(Fee is null || Form.Project == Fee.Project, "事業は変えられません。消してから、入れ直してください。");
        var fee = Fee;
        if (fee is null)
        {
            db.Add(fee = new EntrustedFee { FiscalYear = Year, Project = Form.Project });
        }

        fee.Set(Form.EntrustedTo, Form.Work, Form.Yen!.Value);
        await db.SaveChangesAsync();
        TempData["Notice"] = $"{fee.EntrustedTo}の委託料を保存しました。";
        return RedirectToPage("../Index", new { year = fee.FiscalYear });
    }

    public async Task<IActionResult> OnPostRemoveAsync(Guid? id)
    {
        await LoadAsync(id);
        var fee = Fee ?? throw new NotFoundException();
        db.Remove(fee);
        await db.SaveChangesAsync();
        TempData["Notice"] = $"{fee.EntrustedTo}の委託料を消しました。消した内容は操作の記録に残っています。";
        return RedirectToPage("../Index", new { year = fee.FiscalYear });
    }

    private async Task LoadAsync(Guid? id)
    {
        Fee = id is { } known ? await db.GetAsync<EntrustedFee>(known) : null;
        person.Require(person.CanChangePlans());
        Year = Fee?.FiscalYear ?? Year;
        if (Year is < 2000 or > 2199)
        {
            throw new NotFoundException();
        }
    }
}

public class FeeForm
{
    [Display(Name = "事業")]
    public Project Project { get; set; } = Project.Comprehensive;

    [Display(Name = "委託先"), StringLength(120)]
    public string EntrustedTo { get; set; } = "";

    [Display(Name = "委託する仕事"), StringLength(200)]
    public string Work { get; set; } = "";

    [Display(Name = "委託料（円）")]
    public long? Yen { get; set; }
}
