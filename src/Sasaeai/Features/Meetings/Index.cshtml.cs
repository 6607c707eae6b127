using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Areas;
using Sasaeai.Features.Councils;
using Sasaeai.Features.Resources;
using Sasaeai.Features.Shared;
using Sasaeai.Japanese;
using Sasaeai.Web;

namespace Sasaeai.Features.Meetings;

public class IndexModel(AppDb db, CurrentPerson person, TimeProvider time) : PageModel
{
    public const int PageSize = 50;
    private const int MostInFile = 20_000;

    [BindProperty(SupportsGet = true, Name = "")]
    public MeetingSearch Search { get; set; } = new();

    [BindProperty(SupportsGet = true, Name = PagerTagHelper.Parameter)]
    public int Number { get; set; } = 1;

    [BindProperty(SupportsGet = true, Name = ListOrder.Parameter)]
    public string? Sort { get; set; }

    private AreaTree tree = null!;
    private MeetingKinds kinds = null!;
    private string? councilName;

    public IReadOnlyList<SelectListItem> Years { get; private set; } = [];
    public IEnumerable<SelectListItem> Areas => tree.WithLayer().Select(area => new SelectListItem(area.Name, area.Id.ToString(), area.Id == Search.Area));
    public IEnumerable<SelectListItem> Kinds => kinds.All.Select(kind => new SelectListItem(kind.Name, kind.Code, kind.Code == Search.Kind));
    public IReadOnlyList<Row> Rows { get; private set; } = [];
    public int Total { get; private set; }
    /// <summary>非公開 meetings under the same conditions, of which this person knows only that they were held.</summary>
    public int Unseen { get; private set; }
    public ListOrder Order => ListOrder.Of(Sort, "-day", "day", "name", "kind", "area", "heads", "minutes");
    public bool MayAdd => person.IsStaff;
    public DateOnly Today => time.Today();

    /// <summary>Those conditions that the line above the list does not show.</summary>
    public string Conditions => string.Join("、", new[]
    {
        councilName ?? "", Search.Layer is { } layer ? $"第{layer}層" : "", Search.Series is { Length: > 0 } series ? series : "",
        Search.Counted == true ? "協議体（推進会議等）の開催回数に数えるもの" : "", Search.Held ? "開いたもの" : "", Search.Coordinator ? "SCが出席したもの" : "", Search.Unfinished ? "会議録を確定していないもの（この1年）" : "",
    }.Where(part => part != ""));

    public async Task OnGetAsync()
    {
        await LoadAsync();
        var found = Search.Of(db, person, Today).AsNoTracking();
        Total = await found.CountAsync();
        Number = Math.Clamp(Number, 1, Math.Max(1, (Total + PageSize - 1) / PageSize));
        Unseen = await Search.CountUnseenAsync(db, person, Today);
        Rows = await Listed(found).Skip((Number - 1) * PageSize).Take(PageSize).ToListAsync();
    }

    public async Task<IActionResult> OnGetTableAsync(TableFormat format)
    {
        await LoadAsync();
        return this.Table("会議一覧", format, ["年度", "開催日", "回", "会議の名前", "種類", "集計での名前", "層", "圏域", "会場", "人数", "会議録"],
            (await Listed(Search.Of(db, person, Today).AsNoTracking()).Take(MostInFile).ToListAsync()).Select(row => new object?[]
            {
                new FiscalYear(row.FiscalYear).Label, row.HeldOn, row.Number, row.Name, KindName(row.KindCode), row.Series, row.Layer, AreaName(row.AreaId), row.Place, row.Heads, row.Cancelled ? "中止" : row.Minutes.InWords(),
            }));
    }

    public string KindName(string code) => kinds.Name(code);

    public string AreaName(Guid id) => tree.Find(id)?.Name ?? "以前の圏域";

    public string FileOf(string format) => QueryHelpers.AddQueryString(Url.Page("Index", "Table")!, QueryHelpers.ParseQuery(Request.QueryString.Value)
        .Where(pair => pair.Key is not (PagerTagHelper.Parameter or "handler" or "format")).Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value)).Append(new("format", format)));

    private IQueryable<Meeting> Ordered(IQueryable<Meeting> found) => (Order.Column switch
    {
        "name" => found.By(Order, meeting => meeting.Name).ThenByDescending(meeting => meeting.HeldOn),
        "kind" => found.By(Order, meeting => meeting.KindCode).ThenByDescending(meeting => meeting.HeldOn),
        "area" => found.By(Order, meeting => db.Areas.Where(area => area.Id == meeting.AreaId).Select(area => area.Code).FirstOrDefault()).ThenByDescending(meeting => meeting.HeldOn),
        "heads" => found.By(Order, meeting => meeting.HeadCount ?? db.Attendances.Count(one => one.MeetingId == meeting.Id && one.Present)).ThenByDescending(meeting => meeting.HeldOn),
        "minutes" => found.By(Order, meeting => meeting.Minutes).ThenByDescending(meeting => meeting.HeldOn),
        _ => found.By(Order, meeting => meeting.HeldOn),
    }).ThenBy(meeting => meeting.Id);

    private IQueryable<Row> Listed(IQueryable<Meeting> found) => Ordered(found).Select(meeting => new Row(
        meeting.Id, meeting.HeldOn, meeting.FiscalYear, meeting.Number, meeting.Name, meeting.KindCode, meeting.Series, meeting.Layer, meeting.AreaId, meeting.Place, meeting.Closed, meeting.Minutes, meeting.CancelledAt != null,
        meeting.HeadCount ?? db.Attendances.Count(one => one.MeetingId == meeting.Id && one.Present)));

    private async Task LoadAsync()
    {
        person.Require(person.CanSeeCouncils());
        (tree, kinds) = (await AreaTree.LoadAsync(db, Today), await MeetingKinds.LoadAsync(db, Today));
        councilName = Search.Council is { } council ? (await db.GetAsync<Council>(council)).Name : null;
        var (first, last) = (await db.Meetings.MinAsync(meeting => (int?)meeting.FiscalYear), await db.Meetings.MaxAsync(meeting => (int?)meeting.FiscalYear));
        var (now, chosen) = (FiscalYear.Of(Today).Year, FiscalYear.TryRead(Search.Year, out var year) ? year.Year : 0);
        Years = [.. Enumerable.Range(0, Math.Max(last ?? now, now) - (first ?? now) + 1).Select(back => new FiscalYear(Math.Max(last ?? now, now) - back)).Select(one => new SelectListItem(one.Label, one.ShortLabel, one.Year == chosen))];
    }

    public sealed record Row(Guid Id, DateOnly HeldOn, int FiscalYear, int? Number, string Name, string KindCode, string Series, int Layer, Guid AreaId, string Place, bool Closed, MinutesState Minutes, bool Cancelled, int Heads);
}
