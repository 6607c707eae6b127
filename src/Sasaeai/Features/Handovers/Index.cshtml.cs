using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Issues;
using Sasaeai.Features.Resources;
using Sasaeai.Features.Shared;
using Sasaeai.Japanese;
using Sasaeai.Web;

namespace Sasaeai.Features.Handovers;

public enum HandoverSort { Due, Newest, Body }

public enum HandoverList { Open, Overdue, Unreturned, Returned, All, Received, Answered, InTime }

/// <summary>引継ぎ of the town: what is open, overdue and not yet brought back, by body.</summary>
public class IndexModel(AppDb db, CurrentPerson person, IssueDesk desk, TimeProvider time) : PageModel
{
    public const int PageSize = 50;
    private const int MostInFile = 5_000;

    [BindProperty(SupportsGet = true)]
    public HandoverList List { get; set; }

    [BindProperty(SupportsGet = true)]
    public Guid? Body { get; set; }

    /// <summary>Words of the issue, or of what was asked.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    [BindProperty(SupportsGet = true)]
    public HandoverSort? Sort { get; set; }

    /// <summary>Of the bodies for which the person works only.</summary>
    [BindProperty(SupportsGet = true)]
    public bool Mine { get; set; }

    /// <summary>Handed on in this fiscal year.</summary>
    [BindProperty(SupportsGet = true)]
    public int? FiscalYear { get; set; }

    [BindProperty(SupportsGet = true, Name = PagerTagHelper.Parameter)]
    public int Number { get; set; } = 1;

    public TownNames Names => desk.Names;
    public DateOnly Today => time.Today();
    public IReadOnlyList<Row> Rows { get; private set; } = [];
    public IReadOnlyList<BodyCount> Bodies { get; private set; } = [];
    public int Total { get; private set; }

    public async Task OnGetAsync()
    {
        person.Require(person.CanSeeIssues());
        await desk.LoadNamesAsync();
        var today = Today;
        Bodies = await Seen().Where(handover => handover.ReturnedOn == null && handover.AnsweredOn == null).GroupBy(handover => handover.ToId)
            .Select(group => new BodyCount(group.Key, group.Count(), group.Count(handover => handover.DueOn < today))).ToListAsync();
        Bodies = [.. Bodies.OrderByDescending(row => row.Overdue).ThenByDescending(row => row.Open)];
        Total = await Found().CountAsync();
        Number = Math.Clamp(Number, 1, Math.Max(1, (Total + PageSize - 1) / PageSize));
        Rows = await RowsAsync((Number - 1) * PageSize, PageSize);
    }

    public async Task<IActionResult> OnGetTableAsync(TableFormat format)
    {
        person.Require(person.CanSeeIssues());
        await desk.LoadNamesAsync();
        return this.Table("引継ぎ", format, ["課題", "から", "へ", "引き継いだ日", "答えの期限", "受領日", "回答日", "お返しの日", "今"], (await RowsAsync(0, MostInFile)).Select(row => new object?[]
        {
            row.Title, Names.Body(row.FromId).Name, Names.Body(row.ToId).Name, row.HandedOn, row.DueOn, row.ReceivedOn, row.AnsweredOn, row.ReturnedOn, row.Stage.InWords(),
        }));
    }

    public string TableAddress(TableFormat format) => Url.Page("Index", "Table", new { format, List, Body, Mine, FiscalYear, Q, Sort })!;

    private Task<List<Row>> RowsAsync(int skip, int take)
    {
        var sorted = (Sort ?? (List == HandoverList.Returned ? HandoverSort.Newest : HandoverSort.Due)) switch
        {
            HandoverSort.Newest => Found().OrderByDescending(handover => handover.HandedOn),
            HandoverSort.Body => Found().OrderBy(handover => handover.ToId).ThenBy(handover => handover.DueOn),
            _ => Found().OrderBy(handover => handover.DueOn),
        };
        return sorted.ThenBy(handover => handover.Id).Skip(skip).Take(take)
            .Join(db.Issues, handover => handover.IssueId, issue => issue.Id, (handover, issue) => new Row(handover.Id, issue.Title, handover.FromId, handover.ToId, handover.HandedOn, handover.DueOn, handover.ReceivedOn, handover.AnsweredOn, handover.ReturnedOn)).ToListAsync();
    }

    private IQueryable<Handover> Found()
    {
        var (today, seen) = (Today, Body is { } body ? Seen().Where(handover => handover.ToId == body || handover.FromId == body) : Seen());
        if (FiscalYear is >= 1873 and < 9999 and var number)
        {
            var year = new FiscalYear(number);
            seen = seen.Where(handover => handover.HandedOn >= year.Starts && handover.HandedOn <= year.Ends);
        }

        var words = (Q ?? "").Trim().ToLowerInvariant();
        seen = words == "" ? seen : seen.Where(handover => handover.AskedAction.ToLower().Contains(words) || db.Issues.Any(issue => issue.Id == handover.IssueId && issue.Title.ToLower().Contains(words)));
        return List switch
        {
            HandoverList.All => seen,
            HandoverList.Received => seen.Where(handover => handover.ReceivedOn != null),
            HandoverList.Answered => seen.Where(handover => handover.AnsweredOn != null),
            HandoverList.InTime => seen.Where(handover => handover.AnsweredOn <= handover.DueOn),
            HandoverList.Overdue => seen.Overdue(today),
            HandoverList.Unreturned => seen.Unreturned(),
            HandoverList.Returned => seen.Where(handover => handover.ReturnedOn != null),
            _ => seen.Where(handover => handover.ReturnedOn == null),
        };
    }

    private IQueryable<Handover> Seen() => Mine ? db.Handovers.AsNoTracking().OwnTo(person, db) : db.Handovers.AsNoTracking().SeenBy(person, db);

    public sealed record BodyCount(Guid BodyId, int Open, int Overdue);

    public sealed record Row(Guid Id, string Title, Guid FromId, Guid ToId, DateOnly HandedOn, DateOnly DueOn, DateOnly? ReceivedOn, DateOnly? AnsweredOn, DateOnly? ReturnedOn)
    {
        public HandoverStage Stage => Handover.StageOf(ReceivedOn, AnsweredOn, ReturnedOn);

        public bool IsOverdueOn(DateOnly day) => AnsweredOn is null && DueOn < day;
    }
}
