using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.HelpRequests;
using Sasaeai.Features.Members;
using Sasaeai.Features.Tariffs;
using Sasaeai.Japanese;
using Plan = Sasaeai.Features.WeeklyPlans.Planning;

namespace Sasaeai.Features.Visits;

/// <summary>A helper for a visit: what speaks for asking, or what speaks against.</summary>
/// <param name="Firm">No reason makes up for what speaks against.</param>
/// <param name="Day">When the helper could come first; null when never.</param>
public sealed record HelperCandidate(Guid Id, int Number, string Name, string Phone, IReadOnlyList<string> Reasons, string? Against, bool Firm, DateOnly? Day, TimeOnly? Start);

/// <summary>Ranks the helpers of a group for one visit by the group's planner. One query for each kind of fact, whatever the number of helpers.</summary>
public sealed class Candidates(AppDb db, TimeProvider time)
{
    /// <param name="at">The day and start that a helper named, instead of the whole time that was asked for.</param>
    public async Task<IReadOnlyList<HelperCandidate>> RankAsync(Visit visit, Guid? only = null, (DateOnly Day, TimeOnly Start)? at = null)
    {
        var facts = await LoadAsync(visit, only);
        var (problem, planned, promised) = ProblemOf(facts, time.Today(), at);
        var average = facts.Helpers.Count == 0 ? 0 : facts.Helpers.Average(helper => (double)facts.MonthMinutes.GetValueOrDefault(helper.Id));
        var byId = facts.Helpers.ToDictionary(helper => $"{helper.Id}");
        return [.. Plan.CandidateRanking.Rank(problem, planned, planned.Duties[0], promised).Select(candidate => Words(facts, byId[candidate.Helper.Id], candidate, average))
            .OrderBy(candidate => candidate.Against is not null).ThenBy(candidate => candidate.Firm)];
    }

    private sealed record Facts(Visit Visit, HelpKind Kind, HelpRule Rule, Member User, HelpRequest Request, IReadOnlyList<Member> Helpers, IReadOnlyDictionary<Guid, (string Words, bool Firm)> Against)
    {
        public required DateOnly Monday { get; init; }
        public required ILookup<Guid, Promise> Promises { get; init; }
        public required IReadOnlyDictionary<Guid, int> MonthMinutes { get; init; }
        public required IReadOnlyList<Known> Usual { get; init; }
    }

    private sealed record Promise(Guid HelperId, Guid VisitId, DateOnly Day, TimeOnly Start, int Minutes, double? Lat, double? Lng);

    private sealed record Known(Guid HelperId, int Times, DateOnly Last);

    private async Task<Facts> LoadAsync(Visit visit, Guid? only)
    {
        var rule = await HelpRule.OfAsync(db, visit.GroupId);
        var kind = (await HelpKind.OfGroupAsync(db, visit.GroupId)).FirstOrDefault(one => one.Code == visit.CategoryCode) ?? HelpKind.Common[^1];
        var user = await db.Members.AsNoTracking().SingleAsync(member => member.Id == visit.UserId);
        var request = await db.HelpRequests.AsNoTracking().SingleAsync(one => one.Id == visit.RequestId);
        var helpers = await db.Members.AsNoTracking().Where(member => member.GroupId == visit.GroupId && member.HelperSince != null && (member.LeftOn == null || member.LeftOn > visit.UntilDay) && (only == null || member.Id == only)).ToListAsync();
        var monday = visit.FromDay.AddDays(-(((int)visit.FromDay.DayOfWeek + 6) % 7));
        var month = new DateOnly(visit.FromDay.Year, visit.FromDay.Month, 1);
        var (first, last) = (month < monday ? month : monday, visit.UntilDay.AddDays(7) > month.AddMonths(1) ? visit.UntilDay.AddDays(7) : month.AddMonths(1));
        var promises = await (
            from other in db.Visits
            where other.GroupId == visit.GroupId && other.DueDay >= first && other.DueDay < last && other.Id != visit.Id && other.State != VisitState.Cancelled && other.State != VisitState.Failed && other.Day != null
            join assignment in db.Assignments on other.Id equals assignment.VisitId
            where assignment.EndedAt == null && (only == null || assignment.MemberId == only)
            join person in db.Members on other.UserId equals person.Id
            select new Promise(assignment.MemberId, other.Id, other.Day!.Value, other.Starts ?? other.Earliest, other.Minutes, person.Lat, person.Lng)).ToListAsync();
        var since = visit.FromDay.AddYears(-1);
        var usual = await (
            from other in db.Visits
            where other.UserId == visit.UserId && other.DueDay >= since && other.State == VisitState.Done
            join assignment in db.Assignments on other.Id equals assignment.VisitId
            where assignment.EndedAt == null
            group other.DueDay by assignment.MemberId into days
            orderby days.Max() descending, days.Count() descending, days.Key
            select new Known(days.Key, days.Count(), days.Max())).Take(20).ToListAsync();
        var monthMinutes = promises.Where(promise => promise.Day >= month && promise.Day < month.AddMonths(1)).GroupBy(promise => promise.HelperId).ToDictionary(own => own.Key, own => own.Sum(promise => promise.Minutes));
        return new Facts(visit, kind, rule, user, request, helpers, await AgainstAsync(visit, kind, rule, user, request, helpers, usual, monthMinutes))
        {
            Monday = monday, Promises = promises.ToLookup(promise => promise.HelperId), Usual = usual, MonthMinutes = monthMinutes,
        };
    }

    /// <summary>What speaks against a helper besides the planner's own limits.</summary>
    private async Task<Dictionary<Guid, (string Words, bool Firm)>> AgainstAsync(Visit visit, HelpKind kind, HelpRule rule, Member user, HelpRequest request, IReadOnlyList<Member> helpers, IReadOnlyList<Known> usual, Dictionary<Guid, int> monthMinutes)
    {
        var day = visit.Day ?? visit.UntilDay;
        var taken = await db.Assignments.AsNoTracking().Where(assignment => assignment.VisitId == visit.Id && assignment.EndedAt == null).Select(assignment => assignment.MemberId).ToListAsync();
        var refused = await Refusals.LoadAsync(db, visit.GroupId, time.Today(), visit);
        var rides = !kind.IsRide ? [] : (await db.RideChecks.AsNoTracking().Where(check => check.GroupId == visit.GroupId && check.LicenceUntil >= day && check.InsuredUntil >= day).Select(check => check.MemberId).ToListAsync()).ToHashSet();
        var mustMeet = (await Tariff.OnAsync(db, visit.GroupId, day))?.Rules.MeetingBefore == true;
        var met = mustMeet ? (await db.Introductions.AsNoTracking().Where(introduction => introduction.UserId == user.Id).Select(introduction => introduction.HelperId).ToListAsync()).Concat(usual.Select(known => known.HelperId)).ToHashSet() : [];
        var against = new Dictionary<Guid, (string, bool)>();
        foreach (var helper in helpers)
        {
            var suits = new Suitability(visit, kind, rule, user, request.Content.Gender, helper)
            {
                IsTaken = taken.Contains(helper.Id), MayDrive = rides.Contains(helper.Id), MustMeet = mustMeet && !met.Contains(helper.Id), Refused = refused.Against(visit, helper.Id), MonthMinutes = monthMinutes.GetValueOrDefault(helper.Id),
            };
            if (suits.Objection is { } words)
            {
                against[helper.Id] = words;
            }
        }

        return against;
    }

    private static (Plan.PlanProblem Problem, Plan.Visit Visit, Dictionary<string, Plan.Promised> Promised) ProblemOf(Facts facts, DateOnly today, (DateOnly Day, TimeOnly Start)? at)
    {
        var (visit, home) = (facts.Visit, (facts.User.Lat ?? 0, facts.User.Lng ?? 0));
        var placed = facts.Helpers.Where(helper => helper.Lat is not null && helper.Lng is not null).ToList();
        var places = new List<(double, double)> { home, placed.Count == 0 ? home : (placed.Average(helper => helper.Lat!.Value), placed.Average(helper => helper.Lng!.Value)) };
        int PlaceOf(double? lat, double? lng)
        {
            if (facts.User.Lat is null)
            {
                return 0;       // no way is known: nobody is nearer than another
            }

            if (lat is null || lng is null)
            {
                return 1;       // in the middle of the others, so that who has no place is not the nearest of all
            }

            places.Add((lat.Value, lng.Value));
            return places.Count - 1;
        }

        var days = Enumerable.Range(0, visit.UntilDay.DayNumber - visit.FromDay.DayNumber + 1).Select(visit.FromDay.AddDays).Where(day => at is { } named ? day == named.Day : visit.Day is { } settled ? day == settled : day >= today || day == visit.UntilDay).ToList();
        double At(DateOnly day, TimeOnly time) => (day.DayNumber - facts.Monday.DayNumber) * 1440.0 + time.ToTimeSpan().TotalMinutes;
        var promised = facts.Promises.ToDictionary(own => $"{own.Key}", own => new Plan.Promised([.. own
            .Where(promise => promise.Day >= facts.Monday && promise.Day < visit.UntilDay.AddDays(7)).Select(promise => new Plan.PromisedVisit(At(promise.Day, promise.Start), At(promise.Day, promise.Start) + promise.Minutes, PlaceOf(promise.Lat, promise.Lng)))]));
        var skill = facts.Kind.Code;
        var helpers = facts.Helpers.Select(helper => new Plan.Helper
        {
            Id = $"{helper.Id}", Home = PlaceOf(helper.Lat, helper.Lng), Mode = helper.Content.HasCar && Suitability.Kilometres(helper, facts.User) > Suitability.WalkKm ? Plan.TravelMode.Car : Plan.TravelMode.Foot,
            Skills = Suitability.Can(helper, facts.Kind) ? new Dictionary<string, double> { [skill] = Suitability.CoursesUntil(helper, facts.Rule, facts.Kind) is { } ends ? At(ends.AddDays(1), default) : double.PositiveInfinity } : new Dictionary<string, double>(),
            InsuredUntil = helper.InsuredUntil is { } until ? At(until.AddDays(1), default) : double.PositiveInfinity,
            Slots = [.. days.SelectMany(day => Suitability.SlotsOn(helper, day).Select(slot => new Plan.Slot(At(day, slot.From), At(day, slot.Until))))],
            MostMinutesAWeek = facts.Rule.Content.MostMinutesAWeek ?? double.PositiveInfinity,
            MinutesBefore = Math.Max(0, facts.MonthMinutes.GetValueOrDefault(helper.Id) - (promised.TryGetValue($"{helper.Id}", out var week) ? week.Visits.Sum(other => other.Ends - other.Starts) : 0)),
        }).ToList();
        var planned = new Plan.Visit
        {
            Id = $"{visit.Id}", Place = 0, Duties = [new Plan.Duty(skill, visit.Minutes)], Avoids = facts.Against.Keys.Select(id => $"{id}").ToHashSet(), UsualHelpers = [.. facts.Usual.Select(known => $"{known.HelperId}")],
            Windows = [.. days.Select(day => (at?.Start ?? visit.Starts) is { } starts ? new Plan.Window(At(day, starts), At(day, starts)) : new Plan.Window(At(day, visit.Earliest), At(day, visit.Latest)))],
        };
        return (new Plan.PlanProblem { Visits = [planned], Helpers = helpers, Travel = Plan.Travel.OverGround(places), Weights = facts.Rule.Content.Weights }, planned, promised);
    }

    private static HelperCandidate Words(Facts facts, Member helper, Plan.Candidate candidate, double average)
    {
        var own = facts.Against.TryGetValue(helper.Id, out var spoken) ? spoken : ((string Words, bool Firm)?)null;
        var against = own?.Words ?? candidate.Against;
        DateOnly? day = candidate.Start is { } start && against is null ? facts.Monday.AddDays((int)Math.Floor(start / 1440)) : null;
        TimeOnly? time = day is null ? null : TimeOnly.FromTimeSpan(TimeSpan.FromMinutes(candidate.Start!.Value % 1440));
        return new HelperCandidate(helper.Id, helper.Number, helper.Name, helper.Phone, against is null ? [.. Reasons()] : [], against, own?.Firm == true, day, time);

        IEnumerable<string> Reasons()
        {
            if (facts.Usual.Select((known, place) => (known, place)).FirstOrDefault(pair => pair.known.HelperId == helper.Id) is { known: { } met } usual)
            {
                yield return usual.place == 0 ? $"前回も担当（{met.Times}回）" : $"前にも担当（{met.Times}回、最後は{Wareki.Date(met.Last)}）";
            }

            if (candidate.WayMinutes > 0 && helper.Lat is not null)
            {
                yield return $"{(candidate.Helper.Mode == Plan.TravelMode.Car ? "車" : "徒歩")}{candidate.WayMinutes:0}分";
            }
            else if (helper.Lat is not null && helper.Lat == facts.User.Lat && helper.Lng == facts.User.Lng)
            {
                yield return "同じ町内";
            }

            yield return helper.Content.Slots.Count == 0 ? "空き時間は未登録（電話で確かめる）" : $"{Wareki.Weekday(day!.Value)}曜{(time!.Value.Hour < 12 ? "午前" : "午後")}は空き";
            if (facts.Kind.Ability != "")
            {
                yield return $"{facts.Kind.Words}ができる";
            }

            var minutes = facts.MonthMinutes.GetValueOrDefault(helper.Id);
            yield return minutes == 0 ? "この月はまだ担当なし" : minutes < average ? $"この月の負担は少なめ（{MinuteText.Of(minutes)}）" : $"この月の担当は{MinuteText.Of(minutes)}";
        }
    }
}
