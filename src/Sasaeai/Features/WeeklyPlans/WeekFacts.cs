using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.HelpRequests;
using Sasaeai.Features.Members;
using Sasaeai.Features.Tariffs;
using Sasaeai.Features.Visits;
using Sasaeai.Features.WeeklyPlans.Planning;
using Visit = Sasaeai.Features.Visits.Visit;

namespace Sasaeai.Features.WeeklyPlans;

/// <summary>A visit of the week with whoever has agreed to make it.</summary>
public sealed record WeekVisit(Visit Visit, Member User, GenderWish Wish, HelpKind Kind, string Detail, IReadOnlyList<Assignment> Agreed)
{
    public Guid Id => Visit.Id;

    public string What => Detail == "" ? Kind.Words : $"{Kind.Words}（{Detail}）";

    /// <summary>Every place is taken, or it was made already: it stays where it is.</summary>
    public bool IsSettled => Visit.State != VisitState.Open;

    /// <summary>Its last day is over and nobody made it.</summary>
    public bool HasPassed(DateOnly today) => Visit.State == VisitState.Open && Visit.DueDay < today;
}

/// <summary>All that the planner must know of one week of one group: one query for each kind of fact, whatever the number of visits and helpers.</summary>
public sealed class WeekFacts
{
    private readonly Dictionary<Guid, int> monthMinutes;
    private readonly ILookup<Guid, Guid> usual;
    private readonly Refusals refused;
    private readonly ILookup<Guid, (DateOnly Until, Guid Helper)> rides;
    private readonly HashSet<(Guid User, Guid Helper)>? met;
    private readonly HelpRule rule;
    private readonly List<WeekVisit> booked;

    private WeekFacts(DateOnly monday, DateOnly today, HelpRule rule, IReadOnlyList<WeekVisit> visits, IReadOnlyList<Member> helpers, Dictionary<Guid, int> monthMinutes, ILookup<Guid, Guid> usual,
        Refusals refused, ILookup<Guid, (DateOnly, Guid)> rides, HashSet<(Guid, Guid)>? met)
    {
        (Monday, Today, this.rule, Visits, Helpers, this.monthMinutes, this.usual, this.refused, this.rides, this.met) = (monday, today, rule, visits, helpers, monthMinutes, usual, refused, rides, met);
        booked = [.. visits.Where(visit => visit.Agreed.Count > 0 && visit.Visit.Day is not null)];
    }

    public DateOnly Monday { get; }
    public DateOnly Today { get; }
    public IReadOnlyList<WeekVisit> Visits { get; }
    public IReadOnlyList<Member> Helpers { get; }

    public static async Task<WeekFacts> LoadAsync(AppDb db, Guid groupId, DateOnly monday, DateOnly today)
    {
        var (sunday, latest) = (monday.AddDays(6), monday.AddDays(6 + 31));
        var rule = await HelpRule.OfAsync(db, groupId);
        var kinds = (await HelpKind.OfGroupAsync(db, groupId)).ToDictionary(kind => kind.Code);
        var found = await (
            from visit in db.Visits.AsNoTracking()
            where visit.GroupId == groupId && visit.DueDay >= monday && visit.DueDay <= latest && visit.FromDay <= sunday && (visit.Day == null || visit.Day <= sunday) && visit.State != VisitState.Cancelled && visit.State != VisitState.Failed
            join request in db.HelpRequests on visit.RequestId equals request.Id
            join user in db.Members on visit.UserId equals user.Id
            orderby visit.DueDay, visit.Earliest, visit.Id
            select new { visit, request.Content, request.Detail, user }).ToListAsync();
        var ids = found.Select(one => one.visit.Id).ToArray();
        var agreed = (await db.Assignments.AsNoTracking().Where(assignment => ids.Contains(assignment.VisitId) && assignment.EndedAt == null).OrderBy(assignment => assignment.Place).ToListAsync()).ToLookup(assignment => assignment.VisitId);
        var visits = found.Select(one => new WeekVisit(one.visit, one.user, one.Content.Gender, kinds.GetValueOrDefault(one.visit.CategoryCode, HelpKind.Common[^1]), one.Detail, [.. agreed[one.visit.Id]])).ToList();
        var helping = agreed.SelectMany(own => own).Select(assignment => assignment.MemberId).ToArray();
        var helpers = await db.Members.AsNoTracking().Where(member => member.GroupId == groupId && (member.HelperSince != null && (member.LeftOn == null || member.LeftOn > sunday) || helping.Contains(member.Id))).OrderBy(member => member.Number).ToListAsync();
        var month = new DateOnly(monday.Year, monday.Month, 1);
        var monthMinutes = await (
            from visit in db.Visits.AsNoTracking()
            where visit.GroupId == groupId && visit.DueDay >= month && visit.DueDay < month.AddMonths(1) && visit.State != VisitState.Cancelled && visit.State != VisitState.Failed && !ids.Contains(visit.Id)
            join assignment in db.Assignments on visit.Id equals assignment.VisitId
            where assignment.EndedAt == null
            group visit.Minutes by assignment.MemberId into own
            select new { own.Key, Minutes = own.Sum() }).ToDictionaryAsync(own => own.Key, own => own.Minutes);
        var (users, since) = (found.Select(one => one.user.Id).Distinct().ToArray(), monday.AddYears(-1));
        var known = await (
            from visit in db.Visits.AsNoTracking()
            where users.Contains(visit.UserId) && visit.DueDay >= since && visit.DueDay < monday && visit.State == VisitState.Done
            join assignment in db.Assignments on visit.Id equals assignment.VisitId
            where assignment.EndedAt == null
            group visit.DueDay by new { visit.UserId, assignment.MemberId } into days
            orderby days.Max() descending, days.Count() descending, days.Key.MemberId
            select days.Key).ToListAsync();
        var refusals = await Refusals.LoadAsync(db, groupId, today, [.. visits.Select(visit => visit.Visit)]);
        var rides = await db.RideChecks.AsNoTracking().Where(check => check.GroupId == groupId && check.LicenceUntil >= monday && check.InsuredUntil >= monday).Select(check => new { check.MemberId, check.LicenceUntil, check.InsuredUntil }).ToListAsync();
        var mustMeet = (await Tariff.OnAsync(db, groupId, sunday))?.Rules.MeetingBefore == true;
        var met = mustMeet ? (await db.Introductions.AsNoTracking().Where(introduction => users.Contains(introduction.UserId)).Select(introduction => new { introduction.UserId, introduction.HelperId }).ToListAsync()).Select(pair => (pair.UserId, pair.HelperId)).Concat(known.Select(pair => (pair.UserId, pair.MemberId))).ToHashSet() : null;
        return new WeekFacts(monday, today, rule, visits, helpers, monthMinutes, known.ToLookup(pair => pair.UserId, pair => pair.MemberId),
            refusals,
            rides.ToLookup(ride => ride.MemberId, ride => (ride.LicenceUntil < ride.InsuredUntil ? ride.LicenceUntil : ride.InsuredUntil, ride.MemberId)), met);
    }

    /// <summary>Minutes since the Monday's midnight.</summary>
    public double At(DateOnly day, TimeOnly time) => (day.DayNumber - Monday.DayNumber) * 1440.0 + time.ToTimeSpan().TotalMinutes;

    public (DateOnly Day, TimeOnly Time) When(double minutes) => (Monday.AddDays((int)Math.Floor(minutes / 1440)), TimeOnly.FromTimeSpan(TimeSpan.FromMinutes(minutes % 1440)));

    /// <summary>What has been agreed for this week.</summary>
    public IReadOnlyList<PlacedHelper> Agreed => [.. booked.SelectMany(visit => visit.Agreed.Select(assignment => new PlacedHelper(visit.Id, assignment.Place, assignment.MemberId, visit.Visit.Day!.Value, visit.Visit.Start)))];

    /// <summary>What speaks against a helper for a visit besides skill, time and dates.</summary>
    public string? Objection(WeekVisit of, Member helper)
    {
        var day = of.Visit.Day ?? of.Visit.UntilDay;
        return new Suitability(of.Visit, of.Kind, rule, of.User, of.Wish, helper)
        {
            IsTaken = of.Agreed.Any(assignment => assignment.MemberId == helper.Id), MayDrive = rides[helper.Id].Any(ride => ride.Until >= day), MustMeet = met is not null && !met.Contains((of.User.Id, helper.Id)),
            Refused = refused.Against(of.Visit, helper.Id),
        }.Objection?.Words;
    }

    /// <summary>The week as the planner sees it. What has been agreed stays; a visit that is pinned stays where it is proposed, and is left to people when it is proposed nowhere.</summary>
    public PlanProblem Problem(ProposalContent proposal)
    {
        var places = new Places(Visits.Select(visit => visit.User).Concat(Helpers));
        var proposed = proposal.Places.ToLookup(placed => placed.VisitId);
        var off = proposal.TakenOff.ToLookup(pair => pair.VisitId, pair => $"{pair.MemberId}");
        var ids = Helpers.Select(helper => $"{helper.Id}").ToHashSet();
        return new PlanProblem
        {
            Visits = [.. Visits.Select(visit => Planned(visit, [.. proposed[visit.Id]], [.. off[visit.Id]], places.Of(visit.User))).OfType<Planning.Visit>()],
            Helpers = [.. Helpers.Select(helper => Planned(helper, places.Of(helper)))],
            Travel = places.Travel(), Weights = rule.Content.Weights,
        };
    }

    private Planning.Visit? Planned(WeekVisit of, IReadOnlyList<PlacedHelper> proposed, IReadOnlyList<string> off, int place)
    {
        var visit = of.Visit;
        if (of.Agreed.Count > 0 && visit.Day is null || of.IsSettled && of.Agreed.Count == 0)
        {
            return null;
        }

        var start = of.Agreed.Count > 0 ? At(visit.Day!.Value, visit.Start) : visit.Pinned && proposed.Count > 0 ? At(proposed[0].Day, proposed[0].Starts) : (double?)null;
        var duties = Enumerable.Range(0, visit.Helpers).Select(number => Duty(of, number, start, proposed.FirstOrDefault(placed => placed.Place == number))).ToList();
        var windows = WindowsOf(visit).ToList();
        return start is null && (visit.Pinned || windows.Count == 0) ? null : new Planning.Visit
        {
            Id = $"{visit.Id}", Place = place, Duties = duties, Windows = windows, PinnedStart = start, UsualHelpers = [.. usual[of.User.Id].Select(id => $"{id}")],
            Avoids = of.Agreed.Count == visit.Helpers ? new HashSet<string>() : [.. Helpers.Where(helper => of.Agreed.All(assignment => assignment.MemberId != helper.Id) && Objection(of, helper) is not null).Select(helper => $"{helper.Id}"), .. off],
        };
    }

    private Duty Duty(WeekVisit of, int number, double? start, PlacedHelper? placed)
    {
        var agreed = of.Agreed.FirstOrDefault(assignment => assignment.Place == number);
        return agreed is not null
            ? new Duty(Promise(of), of.Visit.Minutes) { PinnedHelper = $"{agreed.MemberId}", Present = new Booking($"{agreed.MemberId}", start!.Value) }
            : new Duty(of.Kind.Words, of.Visit.Minutes) { PinnedHelper = of.Visit.Pinned && placed is not null ? $"{placed.MemberId}" : null, Present = placed is null ? null : new Booking($"{placed.MemberId}", start ?? At(placed.Day, placed.Starts)) };
    }

    private IEnumerable<Window> WindowsOf(Visit visit)
    {
        for (var day = Later(visit.Day ?? visit.FromDay, Later(Monday, Today)); day <= (visit.Day ?? visit.UntilDay) && day <= Monday.AddDays(6); day = day.AddDays(1))
        {
            yield return visit.Starts is { } starts ? new Window(At(day, starts), At(day, starts)) : new Window(At(day, visit.Earliest), At(day, visit.Latest));
        }
    }

    /// <summary>What was agreed holds although the helper may have no such skill, hours or dates in the register: a skill of its own, and the time added.</summary>
    private Helper Planned(Member helper, int home)
    {
        var own = booked.Where(visit => visit.Agreed.Any(assignment => assignment.MemberId == helper.Id)).ToList();
        var insured = helper.InsuredUntil is { } until ? At(until.AddDays(1), default) : double.PositiveInfinity;
        var left = helper.LeftOn is { } leaving && leaving <= Monday.AddDays(6) || helper.HelperSince is null;
        var skills = left ? [] : Visits.Select(visit => visit.Kind).Distinct().Where(kind => Suitability.Can(helper, kind))
            .ToDictionary(kind => kind.Words, kind => Math.Min(insured, Suitability.CoursesUntil(helper, rule, kind) is { } ends ? At(ends.AddDays(1), default) : double.PositiveInfinity));
        own.ForEach(visit => skills[Promise(visit)] = double.PositiveInfinity);
        var free = left ? [] : Enumerable.Range(0, 7).Select(Monday.AddDays).SelectMany(day => Suitability.SlotsOn(helper, day).Select(slot => new Slot(At(day, slot.From), At(day, slot.Until))));
        return new Helper
        {
            Id = $"{helper.Id}", Home = home, Skills = skills, Mode = helper.Content.HasCar ? TravelMode.Car : TravelMode.Foot,
            Slots = Joined(free.Concat(own.Select(visit => new Slot(At(visit.Visit.Day!.Value, visit.Visit.Start), At(visit.Visit.Day.Value, visit.Visit.Start) + visit.Visit.Minutes)))),
            MostMinutesAWeek = Math.Max(Math.Min(rule.Content.MostMinutesAWeek ?? double.PositiveInfinity, Math.Max(0, helper.Content.MostHoursAMonth * 60 - monthMinutes.GetValueOrDefault(helper.Id) ?? double.PositiveInfinity)), own.Sum(visit => visit.Visit.Minutes)), MinutesBefore = monthMinutes.GetValueOrDefault(helper.Id),
        };
    }

    private static string Promise(WeekVisit of) => $"約束:{of.Id}";

    private static DateOnly Later(DateOnly one, DateOnly other) => one > other ? one : other;

    private static List<Slot> Joined(IEnumerable<Slot> slots)
    {
        var joined = new List<Slot>();
        foreach (var slot in slots.OrderBy(slot => slot.Starts))
        {
            if (joined.Count > 0 && slot.Starts <= joined[^1].Ends)
            {
                joined[^1] = joined[^1] with { Ends = Math.Max(joined[^1].Ends, slot.Ends) };
            }
            else
            {
                joined.Add(slot);
            }
        }

        return joined;
    }

    /// <summary>Homes as places of the planner. Who has no place on the map is taken to live in the middle of the others.</summary>
    private sealed class Places
    {
        private readonly Dictionary<Guid, int> numbers = [];
        private readonly List<(double, double)> points = [];

        public Places(IEnumerable<Member> people)
        {
            var placed = people.DistinctBy(person => person.Id).Where(person => person.Lat is not null && person.Lng is not null).ToList();
            points.Add(placed.Count == 0 ? (0, 0) : (placed.Average(person => person.Lat!.Value), placed.Average(person => person.Lng!.Value)));
            foreach (var person in placed)
            {
                numbers[person.Id] = points.Count;
                points.Add((person.Lat!.Value, person.Lng!.Value));
            }
        }

        public int Of(Member person) => numbers.GetValueOrDefault(person.Id);

        public Travel Travel() => Planning.Travel.OverGround(points);
    }
}
