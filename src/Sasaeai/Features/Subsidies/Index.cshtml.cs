using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.MutualHelpReports;
using Sasaeai.Features.Resources;
using Sasaeai.Japanese;
using Sasaeai.Web;

namespace Sasaeai.Features.Subsidies;

/// <summary>What the town's subsidy rules count of confirmed visits: by group for all, by household for the group's own people.</summary>
public class IndexModel(AppDb db, CurrentPerson person, AuditTrail trail, TimeProvider time) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public int? Year { get; set; }

    [BindProperty(SupportsGet = true)]
    public Guid? Group { get; set; }

    public IReadOnlyList<SelectListItem> Years { get; private set; } = [];
    public IReadOnlyList<SelectListItem> Groups { get; private set; } = [];
    public FiscalYear Period { get; private set; }
    public IReadOnlyList<Part> Parts { get; private set; } = [];
    public bool IsOfficer => person.IsOfficer;

    public Task OnGetAsync() => LoadAsync();

    public async Task<IActionResult> OnGetTableAsync(TableFormat format)
    {
        await LoadAsync();
        return this.Table($"補助の実績{Period.Year}年度", format, ["補助", "団体", "世帯", "延べ日数", "数えた日数", "額（円）", "種類の数", "補助の割合（%）"],
            Parts.SelectMany(part => part.Rows.Select(row => new object?[] { part.Rule.Name, row.Name, row.Households, row.Days, row.Counted, row.Yen, row.Kinds, row.Percent })));
    }

    /// <summary>世帯の一覧, for the application form; the group's own people only.</summary>
    public async Task<IActionResult> OnGetHouseholdsAsync(TableFormat format)
    {
        await LoadAsync();
        person.Require(Parts.Any(part => part.Households.Count > 0));
        return this.Table($"補助の世帯{Period.Year}年度", format, ["補助", "世帯（利用会員）", "会員番号", "月・年度", "延べ日数", "数えた日数"],
            Parts.SelectMany(part => part.Households.Select(row => new object?[] { part.Rule.Name, row.Name, row.Number, row.Part, row.Days, row.Counted })));
    }

    private async Task LoadAsync()
    {
        person.Require(person.CanSeeMutualHelp());
        var now = FiscalYear.Of(time.Today());
        Period = new FiscalYear(Year is { } year && year > now.Year - 20 && year <= now.Year ? year : now.Year);
        Year = Period.Year;
        Years = [.. Enumerable.Range(0, 6).Select(back => now.Year - back).Select(one => new SelectListItem(new FiscalYear(one).Label, $"{one}", one == Year))];
        var groups = await db.HelpGroups.AsNoTracking().OrderBy(group => group.CreatedAt).ThenBy(group => group.Id).Take(1000).Select(group => new ReportGroup(group.Id, group.OrganizationId, group.Name, group.AreaId, "")).ToListAsync();
        groups = [.. groups.Where(person.Counts)];
        Groups = [.. groups.Select(group => new SelectListItem(group.Name, $"{group.Id}", group.Id == Group))];
        var chosen = Group is null ? groups : [.. groups.Where(group => group.Id == Group)];
        var rules = await db.SubsidyRules.AsNoTracking().Where(rule => rule.EndsOn == null || rule.EndsOn >= Period.Starts).OrderBy(rule => rule.Sort).ThenBy(rule => rule.Name).ToListAsync();
        var counts = await db.Database.SqlQuery<SubsidyCount>($"""
            select rule_id as "RuleId", group_id as "GroupId", households as "Households", days as "Days", counted as "Counted", kinds as "Kinds" from app.subsidy_counts({Period.Starts}, {Period.Ends})
            """).ToListAsync();
        var mask = new ReportMask(chosen.TrueForAll(person.Opens) ? 0 : (await db.RuleAsync()).SmallCount);
        var households = chosen is [var only] && person.Opens(only) ? await HouseholdsAsync(only) : [];
        Parts = [.. rules.Select(rule => new Part(rule,
            [.. chosen.Select(group => Row.Of(group.Name, rule, counts.Find(count => count.RuleId == rule.Id && count.GroupId == group.Id) ?? new SubsidyCount(rule.Id, group.Id, 0, 0, 0, 0), mask))],
            [.. households.Where(row => row.RuleId == rule.Id)]))];
    }

    private async Task<List<Household>> HouseholdsAsync(ReportGroup group)
    {
        trail.Looked("member", group.Id, "補助の世帯の一覧");
        var rows = await db.Database.SqlQuery<HouseholdDays>($"""
            select rule_id as "RuleId", group_id as "GroupId", user_id as "UserId", part as "Part", days as "Days", counted as "Counted" from app.subsidy_households({Period.Starts}, {Period.Ends}) where group_id = {group.Id} order by part limit 20000
            """).ToListAsync();
        var ids = rows.Select(row => row.UserId).Distinct().ToList();
        var names = await db.Members.AsNoTracking().Where(member => ids.Contains(member.Id)).ToDictionaryAsync(member => member.Id, member => (member.Number, member.Name));
        return [.. rows.Select(row => new Household(row.RuleId, names[row.UserId].Number, names[row.UserId].Name, row.Part, row.Days, row.Counted)).OrderBy(row => row.Number).ThenBy(row => row.Part)];
    }

    public sealed record Part(SubsidyRule Rule, IReadOnlyList<Row> Rows, IReadOnlyList<Household> Households);

    public sealed record Household(Guid RuleId, int Number, string Name, DateOnly Part, int Days, int Counted);

    /// <summary>As it may be shown to the reader.</summary>
    public sealed record Row(string Name, string Households, string Days, string Counted, string Yen, string Kinds, string Percent)
    {
        public static Row Of(string name, SubsidyRule rule, SubsidyCount count, ReportMask mask) => rule.Counting == SubsidyCounting.HouseholdDays
            ? new(name, mask.Count(count.Households), mask.Unless(mask.Count(count.Days), count.Households), mask.Unless(mask.Count(count.Counted), count.Households), mask.Unless($"{count.YenOf(rule):N0}", count.Households, count.Counted), "", "")
            : new(name, "", "", "", "", $"{count.Kinds}", $"{count.PercentOf(rule)}");
    }
}
