using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Resources;

namespace Sasaeai.Features.ActivityRecords;

/// <summary>A month of activities by day: how many, and of which kinds; each figure opens its records.</summary>
public class CalendarModel(AppDb db, ActivityDesk desk, CurrentPerson person, TimeProvider time) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? Month { get; set; }

    [BindProperty(SupportsGet = true)]
    public Guid? Person { get; set; }

    public DateOnly Today => time.Today();
    public DateOnly First { get; private set; }
    public ActivityLists Lists { get; private set; } = null!;
    public IReadOnlyList<SelectListItem> People { get; private set; } = [];
    public IReadOnlyDictionary<DateOnly, int> Totals { get; private set; } = new Dictionary<DateOnly, int>();
    /// <summary>A record of two kinds counts in both.</summary>
    public ILookup<DateOnly, DayCount> ByDay { get; private set; } = null!;

    public async Task OnGetAsync()
    {
        person.Require(person.CanRecord());
        First = MonthOf(Month, Today);
        Lists = await desk.ListsAsync();
        People = await IndexModel.RecordersAsync(db);
        var month = new ActivityQuery { From = First, To = First.AddMonths(1).AddDays(-1), Person = Person }.Of(db);
        Totals = await month.GroupBy(record => record.OnDay).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(day => day.Key, day => day.Count);
        ByDay = (await month.SelectMany(record => record.Kinds, (record, kind) => new { record.OnDay, Kind = kind })
            .GroupBy(one => new { one.OnDay, one.Kind }).Select(group => new DayCount(group.Key.OnDay, group.Key.Kind, group.Count())).ToListAsync())
            .OrderByDescending(count => count.Count).ThenBy(count => count.Kind).ToLookup(count => count.Day);
    }

    /// <summary>The first of a month written 2026-11; this month when it cannot be read.</summary>
    public static DateOnly MonthOf(string? text, DateOnly today) =>
        DateOnly.TryParseExact(text + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month) && month.Year is > 1900 and < 2200 ? month : new(today.Year, today.Month, 1);

    public sealed record DayCount(DateOnly Day, string Kind, int Count);
}
