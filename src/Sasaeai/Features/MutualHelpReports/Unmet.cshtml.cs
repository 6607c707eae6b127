using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.HelpRequests;
using Sasaeai.Features.Ledger;
using Sasaeai.Features.Receipts;
using Sasaeai.Features.Resources;
using Sasaeai.Features.UnmetNeeds;
using Sasaeai.Features.Voices;
using Sasaeai.Japanese;
using Sasaeai.Web;

namespace Sasaeai.Features.MutualHelpReports;

/// <summary>Unmet demand by district and kind, with the reasons. One press makes a 声 of a line, from the groups that allow it: counts and reasons only.</summary>
public class UnmetModel(AppDb db, HelpFigures figures, CurrentTown town, CurrentPerson person, TimeProvider time) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public DateOnly? From { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateOnly? Until { get; set; }

    [BindProperty(SupportsGet = true)]
    public Guid? Group { get; set; }

    public DateOnly First => From ?? FiscalYear.Of(time.Today()).Starts;
    public DateOnly Last => Until ?? time.Today();
    public ReportMask Mask { get; private set; } = new(0);
    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public Task OnGetAsync() => LoadAsync();

    public async Task<IActionResult> OnGetTableAsync(TableFormat format)
    {
        await LoadAsync();
        return this.Table("応えられなかったもの", format, ["地区", "内容", "件数", "理由"], Rows.Select(row => new object?[] { row.Area, row.Words, Mask.Count(row.Times), row.Reasons(Mask) }));
    }

    public async Task<IActionResult> OnPostVoiceAsync(Guid? area, string? category)
    {
        await LoadAsync();
        var row = Rows.FirstOrDefault(one => one.AreaId == area && one.CountedAs == category) ?? throw new NotFoundException();
        Rule.Require(row.Allowed.Count > 0, "団体が「調整のきまり」で許していないため、声にできません。");
        var (now, mask) = (time.GetUtcNow(), new ReportMask((await db.RuleAsync()).SmallCount));
        var voice = new Voice
        {
            Receipt = ReceiptNumber.New(), Source = VoiceSource.Request, Text = "", AreaId = row.AreaId, EnteredBy = person.Name, HeardOn = time.Today(), CreatedAt = now,
        };
        voice.Summarize($"助け合い団体に頼まれた「{row.Words}」のうち、{Wareki.Date(First)}から{Wareki.Date(Last)}までに{mask.Count(row.Allowed.Sum(one => one.Times))}件に応えられませんでした。おもな理由：{Row.ReasonsOf(row.Allowed, mask)}。", person.Actor);
        voice.Read(person.Actor, now);
        db.Voices.Add(voice);
        await db.SaveChangesAsync();
        TempData["Notice"] = $"声にしました。受付番号は {voice.Receipt} です。個人のことは入っていません。";
        return RedirectToPage(new { From, Until, Group });
    }

    private async Task LoadAsync()
    {
        person.Require(person.CanSeeMutualHelp());
        var report = (await figures.ReportAsync(town.Municipality.Name, First, Last)).Of(group => person.Counts(group) && (Group is null || group.Id == Group));
        if (!report.Groups.All(person.Opens))
        {
            Mask = new ReportMask((await db.RuleAsync()).SmallCount);
        }

        var allowed = (await db.HelpRules.AsNoTracking().ToListAsync()).Where(rule => rule.Content.UnmetAsVoices).Select(rule => rule.GroupId).ToHashSet();
        var names = await db.Areas.AsNoTracking().Where(area => report.Unmet.Select(figure => figure.AreaId).Contains(area.Id)).ToDictionaryAsync(area => area.Id, area => area.Name);
        Rows = [.. report.Unmet.GroupBy(figure => (figure.AreaId, figure.CountedAs)).Select(line => new Row(line.Key.AreaId, line.Key.AreaId is { } id ? names.GetValueOrDefault(id, "以前の地区") : "地区の指定なし", line.Key.CountedAs,
            HelpKind.Common.FirstOrDefault(kind => kind.Code == line.Key.CountedAs)?.Words ?? line.Key.CountedAs, [.. line], [.. line.Where(figure => allowed.Contains(figure.GroupId))])).OrderByDescending(row => row.Times).ThenBy(row => row.Area, StringComparer.Ordinal).ThenBy(row => row.CountedAs, StringComparer.Ordinal)];
    }

    /// <param name="Allowed">Of the groups that let their counts become a voice.</param>
    public sealed record Row(Guid? AreaId, string Area, string CountedAs, string Words, IReadOnlyList<UnmetFigure> Figures, IReadOnlyList<UnmetFigure> Allowed)
    {
        public int Times => Figures.Sum(figure => figure.Times);

        public string Reasons(ReportMask mask) => ReasonsOf(Figures, mask);

        public static string ReasonsOf(IReadOnlyList<UnmetFigure> figures, ReportMask mask) => string.Join("、", figures.GroupBy(figure => figure.Reason).OrderByDescending(reason => reason.Sum(figure => figure.Times)).ThenBy(reason => reason.Key, StringComparer.Ordinal)
            .Select(reason => $"{InWords(reason.Key)} {mask.Count(reason.Sum(figure => figure.Times))}件"));

        private static string InWords(string reason) => reason == "passed" ? "担い手が決まらないまま日が過ぎた" : Enum.GetValues<UnmetReason>().First(one => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName($"{one}") == reason).Japanese();
    }
}
