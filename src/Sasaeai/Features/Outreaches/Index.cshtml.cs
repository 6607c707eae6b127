using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.ActivityRecords;
using Sasaeai.Features.Resources;
using Sasaeai.Features.Shared;
using Sasaeai.Japanese;
using Sasaeai.Web;

namespace Sasaeai.Features.Outreaches;

/// <summary>The tables of 活動報告・普及啓発 by fiscal year, and the records under each figure.</summary>
public class IndexModel(AppDb db, ActivityDesk desk, CurrentPerson person, TimeProvider time) : PageModel
{
    private const int Most = 2000, MostYears = 12;
    private List<OutreachCount> counts = [];

    [BindProperty(SupportsGet = true)]
    public int? Year { get; set; }

    [BindProperty(SupportsGet = true)]
    public int? Layer { get; set; }

    [BindProperty(SupportsGet = true)]
    public OutreachKind? Kind { get; set; }

    /// <summary>"awareness": without 報告会, as the figures of 普及啓発 count.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Part { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    [BindProperty(SupportsGet = true, Name = ListOrder.Parameter)]
    public string? Sort { get; set; }

    public ListOrder Order => ListOrder.Of(Sort, "-day", "day", "kind", "layer", "heads");
    public IReadOnlyList<FiscalYear> Years { get; private set; } = [];
    public FiscalYear Chosen { get; private set; }
    public IReadOnlyList<Outreach> Reports { get; private set; } = [];
    public IReadOnlyList<Outreach> Rows { get; private set; } = [];
    public IReadOnlyDictionary<Guid, string> Meetings { get; private set; } = new Dictionary<Guid, string>();

    public async Task OnGetAsync()
    {
        await LoadAsync();
        Reports = await db.Outreaches.AsNoTracking().Where(outreach => outreach.Kind == OutreachKind.Report && outreach.OnDay >= Years[0].Starts).OrderBy(outreach => outreach.OnDay).Take(Most).ToListAsync();
        await LoadRowsAsync();
    }

    /// <summary>The records themselves; the counts are the other file.</summary>
    public async Task<IActionResult> OnGetListAsync(TableFormat format)
    {
        await LoadAsync();
        await LoadRowsAsync();
        var lists = await desk.ListsAsync();
        return this.Table($"普及啓発の記録 {Chosen.Label}", format, ["日", "種類", "層", "圏域", "場所", "依頼元", "人数", "対象", "内容", "会議", "記録した人"], Rows.Select(row => new object?[]
        {
            row.OnDay, row.Kind.InWords(), $"第{row.Layer}層相当", lists.NameOf(row.AreaId), row.Place, row.RequestedBy, row.HeadCount, row.Target, row.Content, row.MeetingId is { } meeting ? Meetings.GetValueOrDefault(meeting, "") : "", row.ByName,
        }));
    }

    public string FileOf(string format) => Url.Page("Index", "List", new { format, year = Chosen.Year, layer = Layer, kind = Kind, part = Part, q = Q, sort = Sort })!;

    private async Task LoadRowsAsync()
    {
        var listed = db.Outreaches.AsNoTracking().Where(outreach => outreach.OnDay >= Chosen.Starts && outreach.OnDay <= Chosen.Ends);
        listed = Layer is { } layer ? listed.Where(outreach => outreach.Layer == layer) : listed;
        listed = Kind is { } kind ? listed.Where(outreach => outreach.Kind == kind) : Part == "awareness" ? listed.Where(outreach => outreach.Kind != OutreachKind.Report) : listed;
        listed = PlainWords.Of(Q).Aggregate(listed, (found, word) => found.Where(outreach => PlainWords.Plain(outreach.Content).Contains(word) || PlainWords.Plain(outreach.Place).Contains(word)
            || PlainWords.Plain(outreach.RequestedBy).Contains(word) || PlainWords.Plain(outreach.Target).Contains(word)));
        Rows = await (Order.Column switch
        {
            "kind" => listed.By(Order, outreach => outreach.Kind).ThenByDescending(outreach => outreach.OnDay),
            "layer" => listed.By(Order, outreach => outreach.Layer).ThenByDescending(outreach => outreach.OnDay),
            "heads" => listed.By(Order, outreach => outreach.HeadCount).ThenByDescending(outreach => outreach.OnDay),
            _ => listed.By(Order, outreach => outreach.OnDay),
        }).ThenBy(outreach => outreach.Id).Take(Most).ToListAsync();
        var meetings = Rows.Select(row => row.MeetingId).OfType<Guid>().Distinct().ToArray();
        Meetings = meetings.Length == 0 ? Meetings : await db.Meetings.AsNoTracking().Where(meeting => meetings.Contains(meeting.Id)).ToDictionaryAsync(meeting => meeting.Id, meeting => meeting.Closed ? "（非公開の会議）" : meeting.Name);
    }

    public async Task<IActionResult> OnGetTableAsync(TableFormat format)
    {
        await LoadAsync();
        return this.Table("普及啓発", format, ["年度", "層", "種類", "回数", "人数"], counts.OrderBy(count => count.Year).ThenBy(count => count.Layer).ThenBy(count => count.Kind)
            .Select(count => new object?[] { count.FiscalYear.Label, $"第{count.Layer}層相当", SnakeCase.To<OutreachKind>(count.Kind).InWords(), count.Times, count.People }));
    }

    public (int Times, int People) Awareness(FiscalYear year, int layer) => Sum(count => count.Year == year.Year && count.Layer == layer && !count.IsReport);

    public (int Times, int People) Lectures(FiscalYear year) => Sum(count => count.Year == year.Year && count.IsLecture);

    public bool MayChange(Outreach outreach) => person.CanChange(outreach);

    private (int Times, int People) Sum(Func<OutreachCount, bool> which) => (counts.Where(which).Sum(count => count.Times), counts.Where(which).Sum(count => count.People));

    private async Task LoadAsync()
    {
        person.Require(person.CanSeeOutreaches());
        var current = FiscalYear.Of(time.Today());
        counts = await OutreachCount.OfAsync(db, new FiscalYear(current.Year - MostYears + 1), current);
        var first = counts.Count == 0 ? current.Year : counts.Min(count => count.Year);
        Years = [.. Enumerable.Range(first, current.Year - first + 1).Select(year => new FiscalYear(year))];
        Chosen = Years.FirstOrDefault(year => year.Year == Year, current);
    }
}
