using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Areas;
using Sasaeai.Features.Measures;
using Sasaeai.Features.Resources;
using Sasaeai.Features.Shared;
using Sasaeai.Features.Verifications;
using Sasaeai.Japanese;
using Sasaeai.Web;

namespace Sasaeai.Features.Voices;

/// <summary>住民の声: when, where and about what. The words themselves are on Show, where each look is recorded.</summary>
public class IndexModel(AppDb db, CurrentPerson person, AuditTrail trail, TimeProvider time) : PageModel
{
    public const int PageSize = 50;
    private const int MostInFile = 20_000;
    private IQueryable<Voice> listed = null!;

    [BindProperty(SupportsGet = true)]
    public Guid? Area { get; set; }

    [BindProperty(SupportsGet = true)]
    public bool Unread { get; set; }

    /// <summary>Neither in an issue nor closed.</summary>
    [BindProperty(SupportsGet = true)]
    public bool Waiting { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Category { get; set; }

    /// <summary>Came in this fiscal year.</summary>
    [BindProperty(SupportsGet = true)]
    public int? FiscalYear { get; set; }

    [BindProperty(SupportsGet = true, Name = PagerTagHelper.Parameter)]
    public int Number { get; set; } = 1;

    public IReadOnlyList<SelectListItem> Areas { get; private set; } = [];
    public IReadOnlyList<Row> Rows { get; private set; } = [];
    public IReadOnlyList<Tally> Tallies { get; private set; } = [];
    public IReadOnlyDictionary<Guid, string> AreaNames { get; private set; } = new Dictionary<Guid, string>();
    public IReadOnlyDictionary<string, string> CategoryNames { get; private set; } = new Dictionary<string, string>();
    public int Total { get; private set; }

    public async Task OnGetAsync()
    {
        await LoadAsync();
        Tallies = await db.Voices.AsNoTracking().HeardBy(person).GroupBy(voice => new { voice.AreaId, voice.CategoryCode }).OrderByDescending(group => group.Count())
            .Select(group => new Tally(group.Key.AreaId, group.Key.CategoryCode, group.Count(), group.Count(voice => voice.ReadAt == null))).Take(200).ToListAsync();
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

    private async Task LoadAsync()
    {
        person.Require(person.IsStaff);
        var tree = await AreaTree.LoadAsync(db, time.Today());
        Areas = [.. tree.AreasOf(person).Select(area => new SelectListItem(area.Name, area.Id.ToString(), area.Id == Area))];
        AreaNames = tree.All.ToDictionary(area => area.Id, area => area.Name);
        CategoryNames = await db.Categories.AsNoTracking().ToDictionaryAsync(category => category.Code, category => category.Name);
        var heard = db.Voices.AsNoTracking().HeardBy(person);
        listed = Unread ? heard.Where(voice => voice.ReadAt == null) : heard;
        listed = Waiting ? listed.Where(voice => voice.IssueId == null && voice.ClosedAt == null) : listed;
        listed = Category is null ? listed : listed.Where(voice => voice.CategoryCode == Category);
        if (FiscalYear is >= 1873 and < 9999 and var number)
        {
            var (begin, end) = (new FiscalYear(number).Begin(), new FiscalYear(number).End());
            listed = listed.Where(voice => voice.CreatedAt >= begin && voice.CreatedAt < end);
        }

        if (Area is { } area)
        {
            var inside = tree.WithDescendants([area]).ToArray();
            listed = listed.Where(voice => voice.AreaId != null && inside.Contains(voice.AreaId.Value));
        }
    }

    private Task<List<Row>> RowsAsync(int skip, int take) => listed.OrderByDescending(voice => voice.CreatedAt).ThenBy(voice => voice.Id).Skip(skip).Take(take)
        .Select(voice => new Row(voice.Id, voice.Receipt, voice.Kind, voice.AreaId, voice.CategoryCode, voice.Contact != "", voice.CreatedAt, voice.ReadAt, voice.ReadBy, voice.Source, voice.Summary, voice.IssueId, voice.ClosedAt)).ToListAsync();

    public string AreaName(Guid? id) => id is { } area ? AreaNames.GetValueOrDefault(area, "以前の地域") : "地域の指定なし";

    public string CategoryName(string? code) => code is null ? "分類なし" : CategoryNames.GetValueOrDefault(code, code);

    public sealed record Row(Guid Id, string Receipt, VoiceKind Kind, Guid? AreaId, string? CategoryCode, bool WantsAnswer, DateTimeOffset CreatedAt, DateTimeOffset? ReadAt, string? ReadBy, VoiceSource Source, string Summary, Guid? IssueId, DateTimeOffset? ClosedAt);

    public sealed record Tally(Guid? AreaId, string? CategoryCode, int Count, int Unread);
}
