using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.HelpRequests;
using Sasaeai.Web;

namespace Sasaeai.Features.Visits;

/// <summary>Makes the visits of series some weeks ahead, and follows a change of a series without touching what a helper has accepted.</summary>
public sealed class SeriesVisits(AppDb db, HolidayCalendar holidays, TimeProvider time)
{
    public const int DaysAhead = 56;
    private const int DaysLeft = 42;

    /// <summary>Makes what is missing of the group's series. Two who open the page at once make it once.</summary>
    public async Task ExtendAsync(Guid groupId)
    {
        var (until, needed) = (time.Today().AddDays(DaysAhead), time.Today().AddDays(DaysLeft));
        if (!await db.HelpSeries.AnyAsync(series => series.GroupId == groupId && series.EndedAt == null && (series.MadeUntil == null || series.MadeUntil < needed)))
        {
            return;
        }

        await db.Database.ExecuteSqlAsync($"select from app.help_series where municipality_id = {db.TownId} and group_id = {groupId} and ended_at is null order by id for update");
        var due = await (from series in db.HelpSeries where series.GroupId == groupId && series.EndedAt == null && (series.MadeUntil == null || series.MadeUntil < needed) join request in db.HelpRequests on series.RequestId equals request.Id select new { series, request }).ToListAsync();
        foreach (var one in due)
        {
            await MakeAsync(one.series, one.request, one.series.MadeUntil?.AddDays(1) ?? time.Today(), until);
        }

        await db.SaveChangesAsync();
    }

    /// <summary>The first visits of a new series.</summary>
    public Task StartAsync(HelpSeries series, HelpRequest request) => MakeAsync(series, request, time.Today(), time.Today().AddDays(DaysAhead));

    /// <summary>Other days, times or pauses. A visit that a helper has accepted stays as it is; the others follow.</summary>
    /// <returns>How many accepted visits stay although the series would not have them so.</returns>
    public async Task<int> ChangeAsync(HelpSeries series, HelpRequest request, SeriesTimes times, int minutes, int helpers)
    {
        series.Change(times, minutes, helpers);
        return await FollowAsync(series, request);
    }

    public async Task<int> EndAsync(HelpSeries series, HelpRequest request)
    {
        series.End(time.GetUtcNow());
        return await FollowAsync(series, request);
    }

    private async Task<int> FollowAsync(HelpSeries series, HelpRequest request)
    {
        var (today, until) = (time.Today(), time.Today().AddDays(DaysAhead));
        await db.Database.ExecuteSqlAsync($"select from app.visit where municipality_id = {db.TownId} and series_id = {series.Id} and state = 'open' order by id for update");
        var days = await DaysAsync(series, today, until);
        var ahead = await db.Visits.Where(visit => visit.SeriesId == series.Id && visit.DueDay >= today && (visit.State == VisitState.Open || visit.State == VisitState.Assigned)).ToListAsync();
        var ids = ahead.Select(visit => visit.Id).ToList();
        var accepted = await db.Assignments.Where(assignment => ids.Contains(assignment.VisitId) && assignment.EndedAt == null).Select(assignment => assignment.VisitId).ToListAsync();
        var asked = await db.Offers.Where(offer => ids.Contains(offer.VisitId)).Select(offer => offer.VisitId).Distinct().ToListAsync();
        var stay = 0;
        foreach (var visit in ahead)
        {
            var fits = days.Contains(visit.SeriesDay!.Value);
            if (accepted.Contains(visit.Id))
            {
                stay += fits ? 0 : 1;
            }
            else if (fits)
            {
                visit.Move(new VisitTime(visit.SeriesDay.Value, visit.SeriesDay.Value, series.Earliest, series.Latest), series.Minutes, series.Helpers);
            }
            else if (asked.Contains(visit.Id))
            {
                visit.Close(VisitState.Cancelled, "定期の予定が変わった", "定期の予定", time.GetUtcNow());
            }
            else
            {
                db.Visits.Remove(visit);
            }
        }

        await MakeAsync(series, request, today, until);
        await db.SaveChangesAsync();
        return stay;
    }

    private async Task MakeAsync(HelpSeries series, HelpRequest request, DateOnly from, DateOnly until)
    {
        var made = (await db.Visits.Where(visit => visit.SeriesId == series.Id && visit.SeriesDay >= from).Select(visit => visit.SeriesDay!.Value).ToListAsync()).ToHashSet();
        foreach (var day in (await DaysAsync(series, from, until)).Where(day => !made.Contains(day)))
        {
            db.Visits.Add(new Visit(request, new VisitTime(day, day, series.Earliest, series.Latest), time.GetUtcNow(), series));
        }

        series.Made(until);
    }

    private async Task<HashSet<DateOnly>> DaysAsync(HelpSeries series, DateOnly from, DateOnly until)
    {
        var rubbish = series.RubbishId is { } id ? await db.RubbishDays.AsNoTracking().SingleAsync(days => days.Id == id) : null;
        return [.. series.DaysBetween(from, until, rubbish, await holidays.GetAsync())];
    }
}
