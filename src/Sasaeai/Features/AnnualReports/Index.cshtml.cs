using Microsoft.AspNetCore.Mvc.RazorPages;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Plans;
using Sasaeai.Features.Resources;
using Sasaeai.Japanese;

namespace Sasaeai.Features.AnnualReports;

public class IndexModel(CurrentPerson person, TimeProvider time) : PageModel
{
    /// <summary>This year and the ten before it.</summary>
    public IEnumerable<FiscalYear> Years => Enumerable.Range(0, 11).Select(back => new FiscalYear(FiscalYear.Of(time.Today()).Year - back));

    public void OnGet() => person.Require(person.CanReadAnnualReport());
}
