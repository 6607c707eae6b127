using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Plans;
using Sasaeai.Features.Resources;
using Sasaeai.Japanese;

namespace Sasaeai.Features.AnnualReports;

public class ShowModel(CurrentPerson person, AnnualReportReading reading, AnnualReportFiles files) : PageModel
{
    public AnnualReport Report { get; private set; } = null!;

    /// <summary>委員 read the paper; the records behind it are for those who work here.</summary>
    public AnnualReportHtml Paper => new(Report,
        person.CanSeePlans() ? path => Url.Content("~" + path) : null,
        person.CanChangePlans() ? place => Url.Content($"~/annual-reports/{place.FiscalYear}/texts/edit?section={place.Section}&kind={place.Kind}{(place.AreaId is { } area ? $"&area={area}" : "")}") : null);

    public async Task OnGetAsync(string year) => await LoadAsync(year);

    public async Task<IActionResult> OnGetFileAsync(string year, ReportFormat format)
    {
        await LoadAsync(year);
        Rule.Require(ModelState.IsValid && Enum.IsDefined(format), "ファイルの形を、PDF・Word・Excel・HTML・JSON から選んでください。");
        return File(await files.WriteAsync(Report, format, HttpContext.RequestAborted), AnnualReportFiles.MediaTypeOf(format), $"{Report.FileName}.{format.ToString().ToLowerInvariant()}");
    }

    /// <param name="year">「R1」「2019」「令和元年度」.</param>
    private async Task LoadAsync(string year)
    {
        person.Require(person.CanReadAnnualReport());
        Report = FiscalYear.TryRead(year, out var read) && read.Year is >= 2000 and <= 2190 ? await reading.MakeAsync(read) : throw new NotFoundException();
    }
}
