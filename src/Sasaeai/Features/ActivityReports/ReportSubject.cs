using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.ActivityRecords;
using Sasaeai.Features.Categories;
using Sasaeai.Japanese;

namespace Sasaeai.Features.ActivityReports;

/// <summary>What a report is of: a month or fiscal year, and one recorder or the town.</summary>
public sealed record ReportSubject(ReportSpan Span, DateOnly From, Guid? Person)
{
    public DateOnly To => (Span == ReportSpan.Month ? From.AddMonths(1) : From.AddYears(1)).AddDays(-1);

    /// <summary>「令和8年11月」「令和元年度」.</summary>
    public string Name => Span == ReportSpan.Year ? FiscalYear.Of(From).Label : Wareki.Month(From);

    public string Title => Span == ReportSpan.Year ? $"{Name} 活動年報" : $"{Name} 活動月報";

    public ReportSubject Before => this with { From = Span == ReportSpan.Month ? From.AddMonths(-1) : From.AddYears(-1) };

    public ReportSubject After => this with { From = Span == ReportSpan.Month ? From.AddMonths(1) : From.AddYears(1) };

    public ActivityQuery Query => new() { From = From, To = To, Person = Person };

    /// <summary>Its address: /activity-reports/2026-11 or /activity-reports/2026.</summary>
    public string Code => Span == ReportSpan.Year ? $"{From.Year}" : From.ToString("yyyy-MM");

    public string Path => $"/activity-reports/{Code}" + (Person is { } person ? $"?person={person}" : "");

    public string EditPath => $"/activity-reports/{Code}/edit" + (Person is { } person ? $"?person={person}" : "");

    public static ReportSubject? Read(string code, Guid? person) =>
        code.Length == 4 && int.TryParse(code, out var year) && year is > 1900 and < 2200 ? new(ReportSpan.Year, new FiscalYear(year).Starts, person)
        : DateOnly.TryParseExact(code + "-01", "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out var month) && month.Year is > 1900 and < 2200 ? new(ReportSpan.Month, month, person)
        : null;

    public async Task<IReadOnlyList<ReportTable>> TablesAsync(AppDb db, ActivityLists lists)
    {
        var counts = await ActivityCount.OfAsync(db, Query);
        var recorders = counts.Select(count => count.AccountId).OfType<Guid>().Distinct().ToArray();
        var names = await db.Accounts.Where(account => recorders.Contains(account.Id)).OrderBy(account => account.Name).Select(account => new { account.Id, account.Name }).ToListAsync();
        var (whole, kinds, months) = (counts.Where(count => count is { Kind: null, Function: null, Month: null }).ToList(), counts.Where(count => count.Kind is not null).ToList(), counts.Where(count => count.Month is not null).ToList());
        var tables = new List<ReportTable>
        {
            ReportTable.Of("活動回数", "区分", whole, _ => 0, [(0, "全体", Query)], withEmpty: true),
            ReportTable.Of("活動の種類ごと", "種類", kinds, count => count.Kind!, lists.All(CodeList.ActivityKind).Select(item => (item.Code, item.Name, Query with { Kind = item.Code })), withEmpty: true, "一つの活動に種類がいくつか付くことがあるため、足しても全体とは同じになりません。"),
            ReportTable.Of("SCの役割ごと", "役割", counts.Where(count => count.Function is not null).ToList(), count => count.Function!, lists.All(CodeList.ActivityFunction).Select(item => (item.Code, item.Name, Query with { Function = item.Code })), note: "役割は、選んだ記録だけを数えます。一つの活動にいくつか付くことがあります。"),
            ReportTable.Of("圏域ごと", "圏域", whole, count => count.AreaId, lists.Zones.Select(zone => ((Guid?)zone.Id, zone.Name, Query with { Area = zone.Id }))),
            ReportTable.Of("記録した人ごと", "名前", whole, count => count.AccountId, names.Select(name => ((Guid?)name.Id, name.Name, Query with { Person = name.Id }))),
        };
        if (Span == ReportSpan.Year)
        {
            tables.Insert(1, ReportTable.Of("月ごと", "月", months, count => count.Month, Enumerable.Range(0, 12).Select(From.AddMonths).Select(month => ((int?)month.Month, $"{month.Month}月", Query with { From = month, To = month.AddMonths(1).AddDays(-1) })), withEmpty: true));
        }

        return tables;
    }
}
