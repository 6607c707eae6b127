using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Resources;
using Sasaeai.Japanese;
using Sasaeai.Web;

namespace Sasaeai.Features.Postings;

/// <summary>配置数 by fiscal year, 配置状況 of one year, and the postings themselves.</summary>
public class IndexModel(AppDb db, CurrentTown town, CurrentPerson person, TimeProvider time) : PageModel
{
    private const int Most = 2000;

    [BindProperty(SupportsGet = true)]
    public int? Year { get; set; }

    public IReadOnlyList<PostingCount> Years { get; private set; } = [];
    public IReadOnlyList<PostingLine> Lines { get; private set; } = [];
    public IReadOnlyList<Row> Rows { get; private set; } = [];
    public FiscalYear Chosen { get; private set; }
    public DateOnly Day { get; private set; }
    public string TownName => town.Municipality.Name;
    public bool MayChange => person.CanChangePostings();

    public async Task OnGetAsync()
    {
        await LoadAsync();
        var year = Years.FirstOrDefault(count => count.Year.Year == Year) ?? Years.LastOrDefault();
        (Chosen, Day) = (year?.Year ?? FiscalYear.Of(time.Today()), year?.Day ?? time.Today());
        Lines = PostingLine.Of(Day, Rows.Select(row => row.Posting));
    }

    public async Task<IActionResult> OnGetTableAsync(TableFormat format)
    {
        await LoadAsync();
        return this.Table("コーディネーター配置数", format, ["年度", "数えた日", "第1層", "第2層", "第1層・第2層を兼務"], Years.Select(year => new object?[] { year.Year.Label, year.Day, year.First, year.Second, year.Both }));
    }

    private async Task LoadAsync()
    {
        person.Require(person.CanSeePostings());
        Rows = await (
            from posting in db.Postings.AsNoTracking()
            join area in db.Areas on posting.AreaId equals area.Id
            join organization in db.Organizations on posting.OrganizationId equals (Guid?)organization.Id into bodies
            from body in bodies.DefaultIfEmpty()
            orderby posting.EndsOn != null, posting.Kind, area.Layer, area.Code, posting.StartsOn descending
            select new Row(posting, area.Name, body!.Name)).Take(Most).ToListAsync();
        Years = PostingCount.Years([.. Rows.Select(row => row.Posting).Where(posting => posting.Kind == PostingKind.Coordinator)], time.Today());
    }

    public sealed record Row(Posting Posting, string Area, string? Organization);
}
