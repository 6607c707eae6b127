using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Plans;
using Sasaeai.Features.Resources;
using Sasaeai.Japanese;
using Sasaeai.Web;

namespace Sasaeai.Features.Fundings;

/// <summary>地域支援事業の財源 of one year, with its checks, and what bodies are paid out of it.</summary>
public class IndexModel(AppDb db, CurrentPerson person, TimeProvider time) : PageModel
{
    public static readonly IReadOnlyList<string> Bearers = ["国", "都道府県", "市町村", "第1号保険料", "第2号保険料"];

    [BindProperty(SupportsGet = true)]
    public int? Year { get; set; }

    public IReadOnlyList<Funding> Rows { get; private set; } = [];
    public IReadOnlyList<EntrustedFee> Fees { get; private set; } = [];
    public bool MayChange => person.CanChangePlans();
    public FiscalYear FiscalYear => new(Year!.Value);
    public IReadOnlyList<int> Years { get; private set; } = [];
    public long Whole => Rows.Sum(row => row.Yen);
    public IReadOnlyList<long> WholeParts => [.. Enumerable.Range(0, Bearers.Count).Select(index => Rows.Sum(row => row.Shares.Of(row.Yen)[index]))];

    /// <summary>What does not fit together.</summary>
    public IEnumerable<string> Warnings => Fees.GroupBy(fee => fee.Project).Select(fees => (fees.Key, Paid: fees.Sum(fee => fee.Yen), Cost: Rows.FirstOrDefault(row => row.Project == fees.Key)?.Yen))
        .Where(pair => pair.Cost is null || pair.Paid > pair.Cost)
        .Select(pair => pair.Cost is { } cost ? $"{pair.Key.Words()}の委託料の合計{pair.Paid:N0}円が、事業費{cost:N0}円をこえています。" : $"{pair.Key.Words()}に委託料がありますが、事業費が入っていません。");

    public async Task OnGetAsync() => await LoadAsync();

    public async Task<IActionResult> OnGetTableAsync(TableFormat format)
    {
        await LoadAsync();
        return this.Table($"地域支援事業の財源 {FiscalYear.Label}", format, ["年度", "事業", "事業費（円）", .. Bearers.Select(bearer => $"{bearer}（%）"), .. Bearers.Select(bearer => $"{bearer}（円）"), "うち委託料（円）", "メモ"],
            Rows.Select(row => (IReadOnlyList<object?>)[FiscalYear.Label, row.Project.Words(), row.Yen, .. row.Shares.All.Cast<object?>(), .. row.Shares.Of(row.Yen).Cast<object?>(), Fees.Where(fee => fee.Project == row.Project).Sum(fee => fee.Yen), row.Note]));
    }

    public async Task<IActionResult> OnGetFeesAsync(TableFormat format)
    {
        await LoadAsync();
        return this.Table($"委託料 {FiscalYear.Label}", format, ["年度", "委託先", "仕事", "事業", "委託料（円）"], Fees.Select(fee => new object?[] { FiscalYear.Label, fee.EntrustedTo, fee.Work, fee.Project.Words(), fee.Yen }));
    }

    private async Task LoadAsync()
    {
        person.Require(person.CanSeePlans());
        var current = FiscalYear.Of(time.Today()).Year;
        Years = [.. (await db.Fundings.Select(funding => funding.FiscalYear).Distinct().ToListAsync()).Concat(Enumerable.Range(current - 10, 12)).Distinct().OrderDescending()];
        Year = Year is >= 2000 and <= 2199 ? Year : current;
        Rows = await db.Fundings.AsNoTracking().Where(funding => funding.FiscalYear == Year).ToListAsync();
        Rows = [.. Rows.OrderBy(row => row.Project)];
        Fees = await db.EntrustedFees.AsNoTracking().Where(fee => fee.FiscalYear == Year).OrderBy(fee => fee.Project).ThenBy(fee => fee.EntrustedTo).Take(500).ToListAsync();
    }
}
