using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Resources;
using Sasaeai.Features.Shared;
using Sasaeai.Japanese;
using Sasaeai.Web;

namespace Sasaeai.Features.Postings;

/// <summary>配置数 by fiscal year, 配置状況 of one year, and the postings themselves.</summary>
public class IndexModel(AppDb db, CurrentTown town, CurrentPerson person, TimeProvider time) : PageModel
{
    private const int Most = 2000;

    [BindProperty(SupportsGet = true)]
    public int? Year { get; set; }

    /// <summary>Only those behind a figure of the year's table.</summary>
    [BindProperty(SupportsGet = true)]
    public PostingLayer? Layer { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    [BindProperty(SupportsGet = true, Name = ListOrder.Parameter)]
    public string? Sort { get; set; }

    public ListOrder Order => ListOrder.Of(Sort, "usual", "name", "area", "employer", "from", "to");

    /// <summary>配置の一覧, as it is narrowed and ordered; the figures above it are of all.</summary>
    public IReadOnlyList<Row> Listed { get; private set; } = [];
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
        Lines = PostingLine.Of(Day, Rows.Select(row => row.Posting));
    }

    public async Task<IActionResult> OnGetListAsync(TableFormat format)
    {
        await LoadAsync();
        return this.Table("配置の一覧", format, ["種類", "名前", "担当する地域", "層", "所属", "所属する団体", "委託・直営", "常勤換算", "1日の時間", "週の日数", "兼務している他の業務", "始まりの日", "終わりの日"], Listed.Select(row => new object?[]
        {
            row.Posting.Kind.InWords(), row.Posting.PersonName, row.Area, row.Posting.Layer?.InWords(), row.Posting.Employer.InWords(), row.Organization, row.Posting.IsEntrusted ? "委託" : "直営",
            row.Posting.FullTimeShare, row.Posting.HoursADay, row.Posting.DaysAWeek, row.Posting.OtherDuty, row.Posting.StartsOn, row.Posting.EndsOn,
        }));
    }

    public string FileOf(string format) => Url.Page("Index", "List", new { format, year = Layer is null ? null : Year, layer = Layer, q = Q, sort = Sort })!;

    /// <summary>The postings behind a figure.</summary>
    public string PathOf(PostingCount year, PostingLayer layer) => Url.Page("Index", new { year = year.Year.Year, layer }) + "#list";

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
        var year = Years.FirstOrDefault(count => count.Year.Year == Year) ?? Years.LastOrDefault();
        (Chosen, Day) = (year?.Year ?? FiscalYear.Of(time.Today()), year?.Day ?? time.Today());
        var words = PlainWords.Of(Q);
        Listed = [.. Behind(Layer).Where(row => words.All(word => PlainWords.Plain($"{row.Posting.PersonName} {row.Area} {row.Organization} {row.Posting.Employer.InWords()}").Contains(word, StringComparison.Ordinal)))
            .By(Order, row => Order.Column switch { "name" => row.Posting.PersonName, "area" => row.Area, "employer" => row.Organization ?? row.Posting.Employer.InWords(), "from" => row.Posting.StartsOn, "to" => row.Posting.EndsOn, _ => 0 })];
    }

    private IEnumerable<Row> Behind(PostingLayer? layer) => layer is null ? Rows
        : Rows.Where(row => row.Posting.Kind == PostingKind.Coordinator && row.Posting.HoldsOn(Day)).GroupBy(row => row.Posting.Person).Where(person => Posting.LayerOf(person.Select(row => row.Posting)) == layer).SelectMany(person => person);

    public sealed record Row(Posting Posting, string Area, string? Organization);
}
