using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Plans;
using Sasaeai.Features.Resources;
using Sasaeai.Japanese;
using Sasaeai.Web;

namespace Sasaeai.Features.Fundings;

/// <summary>One project of one year; a year that has none yet begins with the shares of the year before.</summary>
public class EditModel(AppDb db, CurrentPerson person, TimeProvider time) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public int Year { get; set; } = FiscalYear.Of(time.Today()).Year;

    [BindProperty(SupportsGet = true)]
    public Project Project { get; set; }

    [BindProperty]
    public FundingForm Form { get; set; } = new();

    public Funding? Funding { get; private set; }
    public FiscalYear FiscalYear => new(Year);

    public async Task OnGetAsync()
    {
        await LoadAsync();
        var before = Funding ?? await db.Fundings.AsNoTracking().Where(funding => funding.Project == Project && funding.FiscalYear < Year).OrderByDescending(funding => funding.FiscalYear).FirstOrDefaultAsync();
        Form = new FundingForm { Yen = Funding?.Yen, Shares = before?.Shares ?? Shares.Usual(Project), Note = Funding?.Note };
        ModelState.Clear();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        Rule.Require(Form.Yen is not null, "事業費を円で入力してください。");
        var funding = Funding;
        if (funding is null)
        {
            db.Add(funding = new Funding { FiscalYear = Year, Project = Project });
        }

        funding.Set(Form.Yen!.Value, Form.Shares, Form.Note ?? "");
        await db.SaveChangesAsync();
        TempData["Notice"] = $"{FiscalYear.Label}の{Project.Words()}の財源を保存しました。";
        return RedirectToPage("Index", new { year = Year });
    }

    private async Task LoadAsync()
    {
        person.Require(person.CanChangePlans());
        if (Year is < 2000 or > 2199 || !Enum.IsDefined(Project))
        {
            throw new NotFoundException();
        }

        Funding = await db.Fundings.SingleOrDefaultAsync(funding => funding.FiscalYear == Year && funding.Project == Project);
    }
}
