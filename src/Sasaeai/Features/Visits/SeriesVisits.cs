using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.HelpRequests;
using Sasaeai.Japanese;
using Sasaeai.Web;

namespace Sasaeai.Features.Visits;

/// <summary>Makes the visits of series some weeks ahead, and follows a change of a series without touching what a helper has accepted.</summary>
public sealed class SeriesVisits(AppDb db, HolidayCalendar holidays, TimeProvider time)
{
    /// <summary>Today included: whole weeks, so that every weekday comes as often.</summary>
    public const int DaysAhead = 56;
    private const int DaysLeft = 42;

    /// <summary>Makes what is missing of the group's series. Two who open the page at once make it once.</summary>
    public async Task ExtendAsync(Guid groupId)
    {
        var (until, needed) = (time.Today().AddDays(DaysAhead - 1), time.Today().AddDays(DaysLeft));
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
    public Task StartAsync(HelpSeries series, HelpRequest request) => MakeAsync(series, request, time.Today(), time.Today().AddDays(DaysAhead - 1));

    /// <summary>Other days, times or pauses. A visit that a helper has accepted or that somebody moved stays as it is; the others follow.</summary>
    /// <returns>The accepted and the moved visits that stay although the series would not have them so.</returns>
    public async Task<IReadOnlyList<Visit>> ChangeAsync(HelpSeries series, HelpRequest request, SeriesTimes times, int minutes, int helpers)
    {
        var ahead = await AheadAsync(series);
        var moved = ahead.Where(series.WasMoved).ToHashSet();
        series.Change(times, minutes, helpers);
        return await FollowAsync(series, request, ahead, moved);
    }

    /// <summary>The rubbish is collected on other days: the series that go by them follow.</summary>
    /// <returns>As <see cref="ChangeAsync"/>.</returns>
    public async Task<IReadOnlyList<Visit>> FollowAsync(HelpRequests.RubbishDays days)
    {
        var stay = new List<Visit>();
        foreach (var one in await (from series in db.HelpSeries where series.RubbishId == days.Id && series.EndedAt == null orderby series.Id join request in db.HelpRequests on series.RequestId equals request.Id select new { series, request }).ToListAsync())
        {
            var ahead = await AheadAsync(one.series);
            stay.AddRange(await FollowAsync(one.series, one.request, ahead, [.. ahead.Where(one.series.WasMoved)]));
        }

        return stay;
    }

    public async Task EndAsync(HelpSeries series, HelpRequest request)
    {
        series.End(time.GetUtcNow());
        await FollowAsync(series, request, await AheadAsync(series), []);
    }

    /// <summary>The request is open again, and so its series makes visits again.</summary>
    public Task ResumeAsync(HelpSeries series, HelpRequest request)
    {
        series.Resume();
        return StartAsync(series, request);
    }

    /// <summary>What may still change, held until the end of the transaction.</summary>
    private async Task<List<Visit>> AheadAsync(HelpSeries series)
    {
        await db.Database.ExecuteSqlAsync($"select from app.visit where municipality_id = {db.TownId} and series_id = {series.Id} and state = 'open' order by id for update");
        var today = time.Today();
        return await db.Visits.Where(visit => visit.SeriesId == series.Id && visit.DueDay >= today && (visit.State == VisitState.Open || visit.State == VisitState.Assigned)).OrderBy(visit => visit.DueDay).ThenBy(visit => visit.Id).ToListAsync();
    }

    private async Task<IReadOnlyList<Visit>> FollowAsync(HelpSeries series, HelpRequest request, List<Visit> ahead, HashSet<Visit> moved)
    {
        var (today, until) = (time.Today(), time.Today().AddDays(DaysAhead - 1));
        var days = await DaysAsync(series, today, until);
        var ids = ahead.Select(visit => visit.Id).ToList();
        var accepted = await db.Assignments.Where(assignment => ids.Contains(assignment.VisitId) && assignment.EndedAt == null).Select(assignment => assignment.VisitId).ToListAsync();
        var asked = await db.Offers.Where(offer => ids.Contains(offer.VisitId)).Select(offer => offer.VisitId).Distinct().ToListAsync();
        var stay = new List<Visit>();
        foreach (var visit in ahead)
        {
            var fits = days.Contains(visit.SeriesDay!.Value);
            if (accepted.Contains(visit.Id))
            {
                if (!fits || series.WasMoved(visit))
                {
                    stay.Add(visit);
                }
            }
            else if (moved.Contains(visit) && series.MayBeOn(visit.UntilDay))
            {
                stay.Add(visit);
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

    /// <summary>What to tell about the visits that did not follow; "" when all did.</summary>
    public static string InJapanese(IReadOnlyList<Visit> stay)
    {
        static string Days(IReadOnlyList<Visit> visits) => string.Join("、", visits.Take(5).Select(visit => Wareki.WithWeekday(visit.DueDay))) + (visits.Count > 5 ? "など" : "");
        var (accepted, moved) = (stay.Where(visit => visit.State == VisitState.Assigned).ToList(), stay.Where(visit => visit.State != VisitState.Assigned).ToList());
        return (accepted.Count > 0 ? $"担い手が受けている{accepted.Count}件の活動は、前の予定のまま残してあります（{Days(accepted)}）。変えるときは、担い手に知らせてから活動ごとに直してください。" : "")
            + (moved.Count > 0 ? $"人が日時を決めた{moved.Count}件の活動も、そのままです（{Days(moved)}）。" : "");
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
