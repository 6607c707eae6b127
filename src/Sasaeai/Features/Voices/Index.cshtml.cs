using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Areas;
using Sasaeai.Features.Measures;
using Sasaeai.Features.Receipts;
using Sasaeai.Features.Resources;
using Sasaeai.Features.Shared;
using Sasaeai.Features.Verifications;
using Sasaeai.Japanese;
using Sasaeai.Web;

namespace Sasaeai.Features.Voices;

public enum VoiceSort { Newest, Oldest, Area, Category }

/// <summary>What the list is narrowed by.</summary>
/// <param name="Q">Words of the summary, or a receipt number.</param>
/// <param name="NoArea">Of no 圏域.</param>
/// <param name="Waiting">Neither in an issue nor closed.</param>
/// <param name="FiscalYear">Came in that year.</param>
public sealed record VoiceFilter(string? Q, Guid? Area, bool NoArea, string? Category, bool NoCategory, bool Unread, bool Waiting, int? FiscalYear, VoiceSort Sort);

/// <summary>住民の声: when, where, about what, and the summary that points to nobody. The words themselves are on Show, where each look is recorded.</summary>
public class IndexModel(AppDb db, CurrentPerson person, AuditTrail trail, TimeProvider time) : PageModel
{
    public const int PageSize = 50;
    private const int MostInFile = 20_000;
    private IQueryable<Voice> listed = null!;

    [BindProperty(SupportsGet = true, Name = "")]
    public VoiceFilter Filter { get; set; } = new(null, null, false, null, false, false, false, null, VoiceSort.Newest);

    [BindProperty(SupportsGet = true, Name = PagerTagHelper.Parameter)]
    public int Number { get; set; } = 1;

    public IReadOnlyList<SelectListItem> Areas { get; private set; } = [];
    public IReadOnlyList<Row> Rows { get; private set; } = [];
    public IReadOnlyList<VoiceCount> Counts { get; private set; } = [];
    public IReadOnlyDictionary<Guid, string> AreaNames { get; private set; } = new Dictionary<Guid, string>();
    public IReadOnlyDictionary<string, string> CategoryNames { get; private set; } = new Dictionary<string, string>();
    public int Total { get; private set; }
    public bool IsNarrowed => Filter with { Sort = VoiceSort.Newest } != new VoiceFilter(null, null, false, null, false, false, false, null, VoiceSort.Newest);

    public async Task OnGetAsync()
    {
        var tree = await LoadAsync();
        Counts = [.. (await VoiceCounts.OfAsync(db.Voices.AsNoTracking().HeardBy(person), tree)).GroupBy(count => (count.ZoneId, count.CategoryCode))
            .Select(group => new VoiceCount(group.Key.ZoneId, group.Key.CategoryCode, 0, group.Sum(count => count.Count), group.Sum(count => count.Unread))).OrderByDescending(count => count.Count).ThenBy(count => AreaName(count.ZoneId), StringComparer.Ordinal).Take(200)];
        Total = await listed.CountAsync();
        Number = Math.Clamp(Number, 1, Math.Max(1, (Total + PageSize - 1) / PageSize));
        Rows = await RowsAsync((Number - 1) * PageSize, PageSize);
    }

    /// <summary>Without the words themselves and without contacts: only what was written down so that it points to nobody.</summary>
    public async Task<IActionResult> OnGetTableAsync(TableFormat format)
    {
        await LoadAsync();
        trail.Looked("voice", "", "住民の声の一覧を書き出し");
        return this.Table("住民の声", format, ["届いた日", "種類", "届き方", "地域", "分類", "匿名の要旨", "状態"], (await RowsAsync(0, MostInFile)).Select(row => new object?[]
        {
            row.CreatedAt.Day(), row.Kind.InWords(), row.Source.InWords(), AreaName(row.AreaId), CategoryName(row.CategoryCode), row.Summary,
            row.IssueId is not null ? "課題に入っています" : row.ClosedAt is not null ? "終わりにしました" : row.ReadAt is not null ? "読みました" : "まだ読んでいません",
        }));
    }

    public string TableAddress(TableFormat format) => Url.Page("Index", "Table", new { format, Filter.Q, Filter.Area, Filter.NoArea, Filter.Category, Filter.NoCategory, Filter.Unread, Filter.Waiting, Filter.FiscalYear, Filter.Sort })!;

    private async Task<AreaTree> LoadAsync()
    {
        person.Require(person.IsStaff);
        var tree = await AreaTree.LoadAsync(db, time.Today());
        Areas = [.. tree.AreasOf(person).Select(area => new SelectListItem(area.Name, area.Id.ToString(), area.Id == Filter.Area))];
        AreaNames = tree.All.ToDictionary(area => area.Id, area => area.Name);
        CategoryNames = await db.Categories.AsNoTracking().OrderBy(category => category.Sort).ThenBy(category => category.Code).ToDictionaryAsync(category => category.Code, category => category.Name);
        listed = Found(db.Voices.AsNoTracking().HeardBy(person), tree);
        return tree;
    }

    private IQueryable<Voice> Found(IQueryable<Voice> found, AreaTree tree)
    {
        found = Filter.Unread ? found.Where(voice => voice.ReadAt == null) : found;
        found = Filter.Waiting ? found.Where(voice => voice.IssueId == null && voice.ClosedAt == null) : found;
        found = string.IsNullOrEmpty(Filter.Category) ? found : found.Where(voice => voice.CategoryCode == Filter.Category);
        found = Filter.NoCategory ? found.Where(voice => voice.CategoryCode == null) : found;
        if (Filter.FiscalYear is >= 1873 and < 9999 and var number)
        {
            var (begin, end) = (new FiscalYear(number).Begin(), new FiscalYear(number).End());
            found = found.Where(voice => voice.CreatedAt >= begin && voice.CreatedAt < end);
        }

        if (Filter.Area is { } area)
        {
            var inside = tree.WithDescendants([area]).ToArray();
            found = found.Where(voice => voice.AreaId != null && inside.Contains(voice.AreaId.Value));
        }

        if (Filter.NoArea)
        {
            var inside = tree.WithDescendants(tree.Of(AreaKind.LivingArea).Select(zone => zone.Id)).ToArray();
            found = found.Where(voice => voice.AreaId == null || !inside.Contains(voice.AreaId.Value));
        }

        var words = Filter.Q?.Trim() ?? "";
        var receipt = ReceiptNumber.Read(words);
        return words == "" ? found : found.Where(voice => voice.Summary.ToLower().Contains(words.ToLower()) || voice.Receipt == receipt);
    }

    private Task<List<Row>> RowsAsync(int skip, int take) => Sorted().ThenByDescending(voice => voice.CreatedAt).ThenBy(voice => voice.Id).Skip(skip).Take(take)
        .Select(voice => new Row(voice.Id, voice.Receipt, voice.Kind, voice.AreaId, voice.CategoryCode, voice.Contact != "", voice.CreatedAt, voice.ReadAt, voice.ReadBy, voice.Source, voice.Summary, voice.IssueId, voice.ClosedAt)).ToListAsync();

    private IOrderedQueryable<Voice> Sorted() => Filter.Sort switch
    {
        VoiceSort.Oldest => listed.OrderBy(voice => voice.CreatedAt),
        VoiceSort.Area => listed.OrderBy(voice => voice.AreaId == null).ThenBy(voice => db.Areas.Where(area => area.Id == voice.AreaId).Select(area => area.Code).FirstOrDefault()),
        VoiceSort.Category => listed.OrderBy(voice => voice.CategoryCode == null).ThenBy(voice => voice.CategoryCode),
        _ => listed.OrderByDescending(voice => voice.CreatedAt),
    };

    public string AreaName(Guid? id) => id is { } area ? AreaNames.GetValueOrDefault(area, "以前の地域") : "圏域の指定なし";

    public string CategoryName(string? code) => code is null ? "分類の指定なし" : CategoryNames.GetValueOrDefault(code, code);

    public sealed record Row(Guid Id, string Receipt, VoiceKind Kind, Guid? AreaId, string? CategoryCode, bool WantsAnswer, DateTimeOffset CreatedAt, DateTimeOffset? ReadAt, string? ReadBy, VoiceSource Source, string Summary, Guid? IssueId, DateTimeOffset? ClosedAt);
}
