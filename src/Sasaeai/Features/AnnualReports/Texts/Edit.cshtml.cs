using System.ComponentModel.DataAnnotations;
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

namespace Sasaeai.Features.AnnualReports.Texts;

/// <summary>Writes another version of what stands beside the figures: in a section of the paper, or beside an indicator.</summary>
public class EditModel(AppDb db, CurrentPerson person, TimeProvider time) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public PlanSection? Section { get; set; }

    [BindProperty(SupportsGet = true)]
    public PlanTextKind Kind { get; set; } = PlanTextKind.Situation;

    [BindProperty(SupportsGet = true)]
    public Guid? Indicator { get; set; }

    [BindProperty(SupportsGet = true)]
    public Guid? Area { get; set; }

    [BindProperty, Display(Name = "文章"), DataType(DataType.MultilineText), StringLength(PlanText.Longest)]
    public string? Text { get; set; }

    /// <summary>The version that the form was filled from, 0 for none.</summary>
    [BindProperty]
    public int Version { get; set; }

    public PlanPlace Place { get; private set; } = null!;
    public string Name { get; private set; } = "";
    /// <summary>Newest first.</summary>
    public IReadOnlyList<PlanText> Versions { get; private set; } = [];

    public async Task OnGetAsync(int year)
    {
        await LoadAsync(year);
        (Text, Version) = (Versions.Count > 0 ? Versions[0].Text : "", Versions.Count > 0 ? Versions[0].Version : 0);
    }

    public async Task<IActionResult> OnPostAsync(int year)
    {
        await LoadAsync(year);
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        var latest = Versions.FirstOrDefault();
        if (Version != (latest?.Version ?? 0))
        {
            ModelState.Remove(nameof(Version));
            Version = latest?.Version ?? 0;
            ModelState.AddModelError("", "入力している間に、ほかの人が新しい版を書きました。下の「これまでの版」を見て、よければもう一度「保存する」を押してください。あなたの文章は残してあります。");
            return this.Invalid();
        }

        db.Add(PlanText.Write(Place, latest, Text ?? "", person.Name, time.GetUtcNow()));
        await db.SaveChangesAsync();
        TempData["Notice"] = $"{new FiscalYear(year).Label}の「{Name}」の文章を保存しました。前の版も残っています。";
        return LocalRedirect(Indicator is { } indicator ? $"~/indicators/{indicator}" : $"~/annual-reports/{year}");
    }

    private async Task LoadAsync(int year)
    {
        person.Require(person.CanChangePlans());
        Section ??= Indicator is null ? PlanSection.Overview : null;
        Place = new PlanPlace(year, Kind, Section, Indicator, Area);
        if (year is < 2000 or > 2190 || !Place.IsOne)
        {
            throw new NotFoundException();
        }

        Name = Indicator is { } indicator ? await db.IndicatorDefinitions.Where(definition => definition.IndicatorId == indicator).OrderByDescending(definition => definition.Version).Select(definition => definition.Name).FirstOrDefaultAsync() ?? throw new NotFoundException() : Section!.Value.Words();
        Name += Area is { } area ? $" {(await db.GetAsync<Area>(area)).Name}" : "";
        Versions = await db.PlanTexts.AsNoTracking().At(Place).OrderByDescending(text => text.Version).Take(50).ToListAsync();
    }
}
