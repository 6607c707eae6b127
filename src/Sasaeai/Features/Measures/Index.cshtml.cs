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
    private IReadOnlyList<VoiceCount> voices = [];

    [BindProperty(SupportsGet = true)]
    public int? FiscalYear { get; set; }

    public CurrentPerson Person => person;
    public TownNames Names => desk.Names;
    public IReadOnlyList<FiscalYear> Years { get; private set; } = [];
    public FiscalYear Year { get; private set; }
    public ChainMeasures Measures { get; private set; } = null!;
    public int Smallest { get; private set; }
    /// <summary>圏域, and null for voices of none where there are such.</summary>
    public IReadOnlyList<(Guid? Id, string Name)> AreaRows => [.. Names.Zones.Select(zone => ((Guid?)zone.Id, zone.Name)), .. voices.Any(row => row.ZoneId is null) ? [(null, "圏域の指定なし")] : Array.Empty<(Guid?, string)>()];

    /// <summary>Those of which there are most in the years shown, null (none) at the end.</summary>
    public IReadOnlyList<string?> Categories => [.. voices.GroupBy(row => row.CategoryCode).OrderBy(group => group.Key is null).ThenByDescending(group => group.Sum(row => row.Count)).ThenBy(group => group.Key, StringComparer.Ordinal).Select(group => group.Key)];

    public string CategoryName(string? code) => code is null ? "分類の指定なし" : Names.Category(code);

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
            var from = Years[^1].Begin();
            voices = await VoiceCounts.OfAsync(db.Voices.AsNoTracking().HeardBy(person).Where(voice => voice.CreatedAt >= from), await AreaTree.LoadAsync(db, time.Today()));
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
        return this.Table("圏域と分類ごとの声", format, ["年度", "圏域", "分類", "声の数"], voices.OrderByDescending(row => row.Year).ThenBy(row => AreaName(row.ZoneId), StringComparer.Ordinal).ThenBy(row => row.CategoryCode, StringComparer.Ordinal)
            .Select(row => new object?[] { new FiscalYear(row.Year).Label, AreaName(row.ZoneId), CategoryName(row.CategoryCode), row.Count }));
    }

    public int VoicesOf(Func<VoiceCount, bool> which) => voices.Sum(which);

    /// <summary>The list behind a number of voices.</summary>
    public string VoicesPath(FiscalYear year, (Guid? Id, string Name)? area = null, (string? Code, string Name)? category = null) => Url.Page("/Voices/Index", new
    {
        fiscalYear = year.Year, area = area?.Id, noArea = area is { Id: null } ? true : (bool?)null, category = category?.Code, noCategory = category is { Code: null } ? true : (bool?)null,
    })!;

    private string AreaName(Guid? zone) => zone is null ? "圏域の指定なし" : Names.Area(zone);

    private bool IsMasked(int count) => !person.IsStaff && count > 0 && count < Smallest;

    private string Shown(int count) => IsMasked(count) ? $"{Smallest}未満" : $"{count:N0}件";

    /// <summary>With the whole known, a share tells its part and the rest: either being small leaves it out.</summary>
    private string Share(int part, int whole) => IsMasked(part) || IsMasked(whole) || IsMasked(whole - part) ? "—" : ChainMeasures.Share(part, whole);

    public sealed record Row(string Name, string Value, string Rule, string? Path);
}
