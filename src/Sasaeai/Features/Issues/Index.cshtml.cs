using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Measures;
using Sasaeai.Features.Resources;
using Sasaeai.Features.Shared;
using Sasaeai.Japanese;
using Sasaeai.Web;

namespace Sasaeai.Features.Issues;

public enum IssueSort { Weight, Changed, Voices }

/// <summary>What the list is narrowed by. Without a state, closed issues are left out.</summary>
/// <param name="FiscalYear">Closed in that year.</param>
/// <param name="Local">Never handed over.</param>
public sealed record IssueFilter(string? Q, IssueState? State, Guid? Area, Guid? Owner, Urgency? Urgency, Frequency? Frequency, IssueSort? Sort, int? FiscalYear, bool Local);

public class IndexModel(AppDb db, CurrentPerson person, IssueDesk desk) : PageModel
{
    public const int PageSize = 50;
    private const int MostInFile = 5_000;

    [BindProperty(SupportsGet = true, Name = "")]
    public IssueFilter Filter { get; set; } = new(null, null, null, null, null, null, null, null, false);

    [BindProperty(SupportsGet = true, Name = PagerTagHelper.Parameter)]
    public int Number { get; set; } = 1;

    public CurrentPerson Person => person;
    public TownNames Names => desk.Names;
    public IReadOnlyList<Row> Rows { get; private set; } = [];
    public int Total { get; private set; }

    public async Task OnGetAsync()
    {
        person.Require(person.CanSeeIssues());
        await desk.LoadNamesAsync();
        Total = await Found().CountAsync();
        Number = Math.Clamp(Number, 1, Math.Max(1, (Total + PageSize - 1) / PageSize));
        Rows = await RowsAsync((Number - 1) * PageSize, PageSize);
    }

    public async Task<IActionResult> OnGetTableAsync(TableFormat format)
    {
        person.Require(person.CanSeeIssues());
        await desk.LoadNamesAsync();
        return this.Table("課題", format, ["課題", "状態", "緊急度", "頻度", "地域", "分野", "声の数", "持ち主", "書いた日", "動いた日"], (await RowsAsync(0, MostInFile)).Select(row => new object?[]
        {
            row.Title, row.State.InWords(), row.Urgency.InWords(), row.Frequency.InWords(), Names.Area(row.AreaId), Names.Category(row.CategoryCode), row.Voices, Names.Body(row.OwnerId).Name, row.CreatedAt.Day(), row.ChangedAt.Day(),
        }));
    }

    public string TableAddress(TableFormat format) => Url.Page("Index", "Table", new { format, Filter.Q, Filter.State, Filter.Area, Filter.Owner, Filter.Urgency, Filter.Frequency, Filter.Sort, Filter.FiscalYear, Filter.Local })!;

    private Task<List<Row>> RowsAsync(int skip, int take)
    {
        var sorted = Filter.Sort switch
        {
            IssueSort.Changed => Found().OrderByDescending(issue => issue.ChangedAt),
            IssueSort.Voices => Found().OrderByDescending(issue => db.Voices.Count(voice => voice.IssueId == issue.Id) + db.Voices.Count(voice => db.Issues.Any(merged => merged.MergedIntoId == issue.Id && merged.Id == voice.IssueId))).ThenByDescending(issue => issue.Weight),
            _ => Found().OrderByDescending(issue => issue.Weight).ThenByDescending(issue => issue.ChangedAt),
        };
        return sorted.ThenBy(issue => issue.Id).Skip(skip).Take(take).Select(issue => new Row(
            issue.Id, issue.Title, issue.State, issue.Urgency, issue.Frequency, issue.AreaId, issue.CategoryCode, issue.OwnerId, issue.CreatedAt, issue.ChangedAt,
            db.Voices.Count(voice => voice.IssueId == issue.Id) + db.Voices.Count(voice => db.Issues.Any(merged => merged.MergedIntoId == issue.Id && merged.Id == voice.IssueId)))).ToListAsync();
    }

    private IQueryable<Issue> Found()
    {
        var found = db.Issues.AsNoTracking().SeenBy(person, db).Where(issue => issue.MergedIntoId == null);
        found = Filter.State switch
        {
            null => found.Where(issue => issue.ClosedAt == null),
            IssueState.Solved or IssueState.Declined => found.Where(issue => issue.State == Filter.State && issue.ClosedAt != null),
            _ => found.Where(issue => issue.State == Filter.State && issue.ClosedAt == null),
        };
        found = Filter.Area is { } area ? found.Where(issue => issue.AreaId == area) : found;
        found = Filter.Owner is { } owner ? found.Where(issue => issue.OwnerId == owner) : found;
        found = Filter.Urgency is { } urgency ? found.Where(issue => issue.Urgency == urgency) : found;
        found = Filter.Frequency is { } frequency ? found.Where(issue => issue.Frequency == frequency) : found;
        found = Filter.Local ? found.Where(issue => !db.Handovers.Any(handover => handover.IssueId == issue.Id)) : found;
        if (Filter.FiscalYear is >= 1873 and < 9999 and var number)
        {
            var (begin, end) = (new FiscalYear(number).Begin(), new FiscalYear(number).End());
            found = found.Where(issue => issue.ClosedAt >= begin && issue.ClosedAt < end);
        }

        var words = Filter.Q?.Trim().ToLowerInvariant();
        return string.IsNullOrEmpty(words) ? found : found.Where(issue => issue.Title.ToLower().Contains(words) || issue.Text.ToLower().Contains(words));
    }

    public sealed record Row(Guid Id, string Title, IssueState State, Urgency Urgency, Frequency Frequency, Guid? AreaId, string? CategoryCode, Guid OwnerId, DateTimeOffset CreatedAt, DateTimeOffset ChangedAt, int Voices);
}
