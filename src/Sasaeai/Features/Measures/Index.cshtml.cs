using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Areas;
using Sasaeai.Features.Issues;
using Sasaeai.Features.Resources;
using Sasaeai.Features.SignIns;
using Sasaeai.Features.Voices;
using Sasaeai.Japanese;
using Sasaeai.Web;

namespace Sasaeai.Features.Measures;

/// <summary>Figures of the chain. Staff open the records behind each; 県 sees the town's figures only, small ones masked.</summary>
[ForFigureReaders]
public class IndexModel(AppDb db, CurrentPerson person, IssueDesk desk, TimeProvider time) : PageModel
{
    private const int YearsShown = 5;
    private List<VoiceCount> voices = [];

    [BindProperty(SupportsGet = true)]
    public int? FiscalYear { get; set; }

    public CurrentPerson Person => person;
    public TownNames Names => desk.Names;
    public IReadOnlyList<FiscalYear> Years { get; private set; } = [];
    public FiscalYear Year { get; private set; }
    public ChainMeasures Measures { get; private set; } = null!;
    public int Smallest { get; private set; }
    public IReadOnlyList<TownNames.AreaRow> AreaRows => Names.Zones;
    public IReadOnlyList<string> Categories => [.. voices.Where(row => row.Year == Year.Year && row.CategoryCode is not null).GroupBy(row => row.CategoryCode!).OrderByDescending(group => group.Sum(row => row.Count)).Select(group => group.Key)];

    public IReadOnlyList<Row> Rows
    {
        get
        {
            var (all, year) = (Measures, Year.Year);
            return
            [
                new("引継ぎ", Shown(all.Handovers), "引き継いだ日がこの年度のもの", $"/handovers?list=All&fiscalYear={year}"),
                new("受領までの日数（平均）", IsMasked(all.Received) ? "—" : all.MeanDaysToReceipt, "引き継いだ日から受け取った日まで", $"/handovers?list=Received&fiscalYear={year}"),
                new("回答率", Share(all.Answered, all.Handovers), "答えのあった引継ぎ ÷ 引継ぎ", $"/handovers?list=Answered&fiscalYear={year}"),
                new("期限までの回答", Share(all.AnsweredInTime, all.Handovers), "期限までに答えのあった引継ぎ ÷ 引継ぎ", $"/handovers?list=InTime&fiscalYear={year}"),
                new("お返し率", Share(all.Returned, all.Handovers), "お返しした引継ぎ ÷ 引継ぎ", $"/handovers?list=Returned&fiscalYear={year}"),
                new("解決した課題", Shown(all.Solved), "解決した日がこの年度のもの", $"/issues?state=Solved&fiscalYear={year}"),
                new("地域で解決した割合", Share(all.SolvedLocally, all.Solved), "引き継がずに解決した課題 ÷ 解決した課題", $"/issues?state=Solved&fiscalYear={year}&local=true"),
                new("見送った課題", Shown(all.Declined), "見送った日がこの年度のもの", $"/issues?state=Declined&fiscalYear={year}"),
            ];
        }
    }

    public async Task OnGetAsync()
    {
        person.Require(person.IsStaff || person.CanSeeFigures());
        var current = Japanese.FiscalYear.Of(time.Today());
        Years = [.. Enumerable.Range(0, YearsShown).Select(back => new FiscalYear(current.Year - back))];
        Year = Years.FirstOrDefault(year => year.Year == FiscalYear, current);
        Measures = await ChainMeasures.OfAsync(db, Year);
        await desk.LoadNamesAsync();
        Smallest = (await db.RuleAsync()).SmallCount;
        if (person.IsStaff)
        {
            await LoadVoicesAsync();
        }
    }

    public async Task<IActionResult> OnGetTableAsync(TableFormat format)
    {
        await OnGetAsync();
        return this.Table($"声からお返しまでの数 {Year.Label}", format, ["数", "値", "数え方"], Rows.Select(row => new object?[] { row.Name, row.Value, row.Rule }));
    }

    public async Task<IActionResult> OnGetVoicesAsync(TableFormat format)
    {
        await OnGetAsync();
        person.Require(person.IsStaff);
        return this.Table("圏域と分類ごとの声", format, ["年度", "圏域", "分類", "声の数"], voices.OrderByDescending(row => row.Year).ThenBy(row => Names.Area(row.ZoneId)).Select(row => new object?[] { new FiscalYear(row.Year).Label, Names.Area(row.ZoneId), Names.Category(row.CategoryCode), row.Count }));
    }

    public int VoicesOf(Guid zone, FiscalYear year) => voices.Where(row => row.ZoneId == zone && row.Year == year.Year).Sum(row => row.Count);

    public int VoicesOf(Guid zone, FiscalYear year, string category) => voices.Where(row => row.ZoneId == zone && row.Year == year.Year && row.CategoryCode == category).Sum(row => row.Count);

    /// <summary>Counted by the area itself in the database, then added up to the 圏域 in which it lies, as the list of voices does.</summary>
    private async Task LoadVoicesAsync()
    {
        var from = Years[^1].Begin();
        var tree = await AreaTree.LoadAsync(db, time.Today());
        var zoneOf = Names.Zones.SelectMany(zone => tree.WithDescendants([zone.Id]).Select(inside => (inside, zone.Id))).ToLookup(pair => pair.inside, pair => pair.Id);
        var counted = await db.Voices.HeardBy(person).Where(voice => voice.CreatedAt >= from && voice.AreaId != null)
            .GroupBy(voice => new { Area = voice.AreaId!.Value, voice.CategoryCode, Year = voice.CreatedAt.AddHours(9).AddMonths(-3).Year })
            .Select(group => new { group.Key.Area, group.Key.CategoryCode, group.Key.Year, Count = group.Count() }).ToListAsync();
        voices = [.. counted.SelectMany(row => zoneOf[row.Area].Select(zone => (Zone: zone, row.Year, row.CategoryCode, row.Count)))
            .GroupBy(row => (row.Zone, row.Year, row.CategoryCode)).Select(group => new VoiceCount(group.Key.Zone, group.Key.Year, group.Key.CategoryCode, group.Sum(row => row.Count)))];
    }

    private bool IsMasked(int count) => !person.IsStaff && count > 0 && count < Smallest;

    private string Shown(int count) => IsMasked(count) ? $"{Smallest}未満" : $"{count:N0}件";

    /// <summary>With the whole known, a share tells its part and the rest: either being small leaves it out.</summary>
    private string Share(int part, int whole) => IsMasked(part) || IsMasked(whole) || IsMasked(whole - part) ? "—" : ChainMeasures.Share(part, whole);

    public sealed record Row(string Name, string Value, string Rule, string? Path);

    private sealed record VoiceCount(Guid ZoneId, int Year, string? CategoryCode, int Count);
}
