using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Resources;

namespace Sasaeai.Features.Groups;

/// <summary>Unused prepaid tickets of each issuer on the two days of 資金決済法, and now.</summary>
public class PrepaidModel(AppDb db, CurrentPerson person, TimeProvider time) : PageModel
{
    public IReadOnlyList<Row> Rows { get; private set; } = [];
    public long Limit { get; private set; }

    public async Task OnGetAsync()
    {
        person.Require(person.IsStaff || person.Is(Role.GroupKeeper));
        var rule = await db.RuleAsync();
        Limit = rule.PrepaidLimitYen;
        var own = person.OrganizationIds;
        // An issuer may run several groups; the law adds them up.
        var issuers = await (from @group in db.HelpGroups where person.IsStaff || own.Contains(@group.OrganizationId) join organization in db.Organizations on @group.OrganizationId equals organization.Id select new { @group.Id, organization.Name }).ToDictionaryAsync(row => row.Id, row => row.Name);
        var rows = new List<Row>();
        foreach (var day in Days(time.Today()))
        {
            var unused = await db.Database.SqlQuery<Unused>($"select group_id as \"GroupId\", tickets as \"Tickets\", yen as \"Yen\" from app.prepaid_unused({day})").ToListAsync();
            rows.AddRange(unused.Where(row => issuers.ContainsKey(row.GroupId)).GroupBy(row => issuers[row.GroupId])
                .Select(sum => new Row(sum.Key, day, sum.Sum(row => row.Tickets), sum.Sum(row => row.Yen), day > time.Today(), sum.Sum(row => row.Yen) >= rule.PrepaidWarningYen)));
        }

        Rows = [.. rows.OrderBy(row => row.Group, StringComparer.Ordinal).ThenByDescending(row => row.Day)];
    }

    /// <summary>The end of this month, and the last two days that the law names.</summary>
    public static IReadOnlyList<DateOnly> Days(DateOnly today)
    {
        var month = new DateOnly(today.Year, today.Month, 1);
        var named = Enumerable.Range(0, 13).Select(back => month.AddMonths(-back).AddDays(-1)).Where(day => day is { Month: 3, Day: 31 } or { Month: 9, Day: 30 }).Take(2);
        return [month.AddMonths(1).AddDays(-1), .. named];
    }

    /// <param name="IsNear">From the town's warning threshold on.</param>
    public sealed record Row(string Group, DateOnly Day, long Tickets, long Yen, bool IsToday, bool IsNear);

    private sealed record Unused(Guid GroupId, long Tickets, long Yen);
}
