using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Sasaeai.Features.Directory;
using Sasaeai.Features.Resources;
using Sasaeai.Features.Resources.Schedules;
using Sasaeai.Web;

namespace Sasaeai.Features.Calendar;

/// <summary>A month of places to go.</summary>
[AllowAnonymous, PublishedOnly, CachedUntilPublication("month", "area", "category")]
public class IndexModel(PublicDirectory directory, PublishedResources resources) : PageModel
{
    /// <summary>Of one day; the rest is a link to the list of that day.</summary>
    public const int MostOfDay = 12;

    public DirectoryToday Town { get; private set; } = null!;
    public SearchConditions Conditions { get; private set; } = new();
    /// <summary>The first of the month.</summary>
    public DateOnly Month { get; private set; }
    public ILookup<DateOnly, Event> ByDay { get; private set; } = null!;

    /// <summary>What is open on more than half of the days: in every cell it would hide the gatherings.</summary>
    public IReadOnlyList<Entry> AlmostDaily { get; private set; } = [];

    public sealed record Event(Entry Entry, TimeOnly? Starts);

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        Town = await directory.OpenAsync(cancellation);
        var read = SearchConditions.Read(Request.Query);
        Conditions = new SearchConditions { Area = read.Area, Category = read.Category };
        Month = MonthOf(Request.Query["month"], Town.Today);

        var hits = Town.Search(Conditions.ToQuery(Town, int.MaxValue)).Hits.Select(hit => hit.Id).ToHashSet();
        var entries = Town.Entries.Where(entry => hits.Contains(entry.Id) && entry.DayKeys.Length > 0
            && (entry.Features.Contains("viewpoint:activity") || entry.Features.Contains("viewpoint:place"))).ToDictionary(entry => entry.Id);
        var schedules = await resources.SchedulesAsync(Town.Directory.Town.Id, [.. entries.Keys], cancellation);
        var ends = Month.AddMonths(1).AddDays(-1);
        var held = schedules.ToDictionary(schedule => entries[schedule.Key], schedule => schedule.Value.Between(Month, ends, Town.Holidays).ToList());
        AlmostDaily = [.. held.Where(each => each.Value.DistinctBy(one => one.Day).Count() * 2 > ends.Day).Select(each => each.Key).OrderBy(entry => entry.Name, StringComparer.Ordinal)];
        ByDay = held.Where(each => !AlmostDaily.Contains(each.Key)).SelectMany(each => each.Value.Select(one => (one.Day, Event: new Event(each.Key, one.Starts))))
            .OrderBy(held => held.Event.Starts ?? TimeOnly.MaxValue).ThenBy(held => held.Event.Entry.Name, StringComparer.Ordinal)
            .ToLookup(held => held.Day, held => held.Event);
    }

    public string PathOf(DateOnly month) => $"/calendar?month={month:yyyy-MM}{Conditions.ToQueryString().Replace('?', '&')}";

    public IEnumerable<SelectListItem> Categories => CategoryChoices.Of(Town.Directory, Conditions.Category);

    /// <summary>Within ten years of today, since each month is kept in memory.</summary>
    private static DateOnly MonthOf(string? text, DateOnly today)
    {
        var thisMonth = new DateOnly(today.Year, today.Month, 1);
        return DateOnly.TryParseExact(text + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month) && Math.Abs(month.Year - today.Year) <= 10 ? month : thisMonth;
    }
}
