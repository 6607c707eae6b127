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
    /// <summary>From so many days a month on, a place is open as good as daily: told once, it does not hide what is held on one day.</summary>
    private const int DaysOfTheAlwaysOpen = 15;

    public DirectoryToday Town { get; private set; } = null!;
    public SearchConditions Conditions { get; private set; } = new();
    /// <summary>The first of the month.</summary>
    public DateOnly Month { get; private set; }
    public ILookup<DateOnly, Event> ByDay { get; private set; } = null!;
    /// <summary>Open on most days of the month, with the words of their schedules.</summary>
    public IReadOnlyList<(Entry Entry, string Schedule)> AlwaysOpen { get; private set; } = [];

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
        var events = schedules.Select(schedule => (Entry: entries[schedule.Key], Schedule: schedule.Value, Held: schedule.Value.Between(Month, Month.AddMonths(1).AddDays(-1), Town.Holidays).ToList()))
            .ToLookup(one => one.Held.DistinctBy(held => held.Day).Count() >= DaysOfTheAlwaysOpen);
        AlwaysOpen = [.. events[true].OrderBy(one => one.Entry.Name, StringComparer.Ordinal).Select(one => (one.Entry, one.Schedule.InJapanese().ReplaceLineEndings("、")))];
        ByDay = events[false].SelectMany(one => one.Held.Select(held => (held.Day, Event: new Event(one.Entry, held.Starts))))
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
