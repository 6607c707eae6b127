namespace Sasaeai.Features.WeeklyPlans.Planning;

/// <param name="Steps">Trial moves; the same number, data and seed give the same plan. 0: a number that suits the size.</param>
/// <param name="Stop">Ends the search early with the best plan so far (then the plan depends on the machine's speed).</param>
public readonly record struct PlanEffort(long Steps, ulong Seed, CancellationToken Stop = default);

/// <summary>Plans a week (or a day) of visits.</summary>
public static class Planner
{
    const int Rounds = 4;

    /// <summary>All visits that are not pinned may move; the change penalty keeps what need not.</summary>
    public static WeeklyPlan Plan(PlanProblem problem, PlanEffort effort)
    {
        var schedule = new Schedule(problem);
        var exact = UnitPlan.TrySolve(problem, schedule);
        if (!exact)
        {
            Search(problem, schedule, effort);
        }
        return Describe(problem, schedule, exact);
    }

    /// <summary>
    /// After a cancellation or a change of a helper's time: only visits without a place, visits whose place broke a hard
    /// limit, and the later visits of the same day of helpers who lost one may move.
    /// </summary>
    /// <param name="cancelled">Where the visits stood that are no longer in the problem.</param>
    public static WeeklyPlan Replan(PlanProblem problem, IReadOnlyList<Booking> cancelled, PlanEffort effort) =>
        Plan(problem with { Visits = [.. problem.Visits.Select(visit => MayMove(problem, visit, cancelled) ? visit : Fix(visit))] }, effort);

    static bool MayMove(PlanProblem problem, Visit visit, IReadOnlyList<Booking> cancelled) =>
        visit.Duties.Any(duty => duty.Present is not { } present
            || !StillPossible(problem, visit, duty, present)
            || cancelled.Any(lost => lost.Helper == present.Helper && lost.Start <= present.Start && Day(lost.Start) == Day(present.Start)));

    static bool StillPossible(PlanProblem problem, Visit visit, Duty duty, Booking present) =>
        problem.Helpers.FirstOrDefault(helper => helper.Id == present.Helper) is { } helper
        && helper.Slots.Any(slot => slot.Starts <= present.Start && present.Start + duty.Minutes <= slot.Ends && Eligibility.Refusal(visit, duty, helper, slot.Ends) is null);

    /// <summary>The visits whose present places hold to the minute, beside each other and with the ways between them.</summary>
    public static IReadOnlySet<string> StillHolding(PlanProblem problem)
    {
        var settled = problem with { Visits = [.. problem.Visits.Where(visit => visit.Duties.All(duty => duty.Present is not null)).Select(Fix)] };
        var schedule = new Schedule(settled);
        PlacePresent(settled, schedule);
        return Enumerable.Range(0, schedule.Visits).Where(schedule.Served).Select(visit => settled.Visits[visit].Id).ToHashSet();
    }

    static double Day(double time) => Math.Floor(time / 1440);

    /// <summary>The visit pinned where the present plan has it.</summary>
    public static Visit Fix(Visit visit) => visit with
    {
        PinnedStart = visit.Duties[0].Present!.Start,
        Duties = [.. visit.Duties.Select(duty => duty with { PinnedHelper = duty.Present!.Helper })],
    };

    static void Search(PlanProblem problem, Schedule schedule, PlanEffort effort)
    {
        Build(problem, schedule, effort.Seed);
        var best = schedule.Save();
        var steps = effort.Steps > 0 ? effort.Steps : 1_000_000;
        // The price of a typical way sets the heat.
        var unit = problem.Weights.TravelMinute * TypicalWay(problem) + 1e-9;
        for (var round = 0; round < Rounds && !effort.Stop.IsCancellationRequested; round++)
        {
            new Annealing(schedule, effort.Seed * 31 + (ulong)round).Run(steps / Rounds, unit, unit / 60, effort.Stop);
            if (schedule.Cost < best.Cost - 1e-9)
            {
                schedule.Save(best);
            }
        }
        schedule.Restore(best);
    }

    static double TypicalWay(PlanProblem problem)
    {
        var ways = problem.Visits.Zip(problem.Visits.Skip(1), (a, b) => problem.Travel.Minutes(a.Place, b.Place, problem.Helpers.Count > 0 ? problem.Helpers[0].Mode : TravelMode.Foot)).ToArray();
        return ways.Length == 0 ? 1 : ways.Average();
    }

    /// <summary>The present plan where it still holds; the others with the helper that an assignment by minutes gives them, else wherever is cheapest.</summary>
    static void Build(PlanProblem problem, Schedule schedule, ulong seed)
    {
        PlacePresent(problem, schedule);
        var preferred = Allot(problem, schedule, seed);
        var rest = Enumerable.Range(0, schedule.Visits).Where(visit => !schedule.Served(visit)).OrderBy(visit => schedule.RoutesOf[schedule.FirstStop(visit)].Length).ThenBy(visit => visit).ToArray();
        foreach (var visit in rest)
        {
            if (preferred is null || schedule.StopsOf(visit) == 2 || !Insertion.Insert(schedule, visit, route => schedule.HelperOf(route) == preferred[visit]))
            {
                Insertion.Insert(schedule, visit);
            }
            schedule.Recompute();
        }
    }

    internal static void PlacePresent(PlanProblem problem, Schedule schedule)
    {
        var helpers = problem.Helpers.Select((helper, index) => (helper.Id, index)).ToDictionary(pair => pair.Id, pair => pair.index);
        var order = InPresentOrder(problem, [.. Enumerable.Range(0, schedule.Visits).Where(v => problem.Visits[v].Duties.All(duty => duty.Present is not null && helpers.ContainsKey(duty.Present.Helper)))]);
        foreach (var (visit, rank) in order.Select((visit, rank) => (visit, rank)).OrderBy(entry => !problem.Visits[entry.visit].IsFixed).ThenBy(entry => entry.rank))
        {
            var routes = problem.Visits[visit].Duties.Select((duty, k) => schedule.RouteAt(schedule.FirstStop(visit) + k, helpers[duty.Present!.Helper], duty.Present.Start)).ToArray();
            if (!routes.Contains(-1))
            {
                Insertion.Place(schedule, visit, rank, routes[0], routes.Length == 2 ? routes[1] : -1);
            }
        }
        schedule.Recompute();
    }

    /// <summary>An order in which every helper makes the visits in the order of their starts; visits of two make that more than a sort.</summary>
    static List<int> InPresentOrder(PlanProblem problem, IReadOnlyList<int> visits)
    {
        var ahead = visits.SelectMany(visit => problem.Visits[visit].Duties.Select(duty => (visit, duty.Present))).OrderBy(entry => entry.Present!.Start)
            .GroupBy(entry => entry.Present!.Helper, entry => entry.visit).ToDictionary(group => group.Key, group => new Queue<int>(group));
        double Starts(int visit) => problem.Visits[visit].Duties[0].Present!.Start;
        var order = new List<int>();
        var left = visits.ToHashSet();
        while (left.Count > 0)
        {
            var next = left.Where(visit => problem.Visits[visit].Duties.All(duty => ahead[duty.Present!.Helper].Peek() == visit)).DefaultIfEmpty(-1).MinBy(visit => visit < 0 ? 0 : Starts(visit));
            if (next < 0)
            {
                // Two visits of the present plan wait for each other: it is wrong already, and any order will do.
                order.AddRange(left.OrderBy(Starts));
                break;
            }
            left.Remove(next);
            order.Add(next);
            foreach (var duty in problem.Visits[next].Duties)
            {
                ahead[duty.Present!.Helper].Dequeue();
            }
        }
        return order;
    }

    /// <summary>Who takes what by minutes alone; nobody, at the price of an unserved visit, is one helper more.</summary>
    static int[]? Allot(PlanProblem problem, Schedule schedule, ulong seed)
    {
        var (helpers, jobs) = (problem.Helpers.Count, schedule.Visits);
        if (jobs == 0 || helpers == 0)
        {
            return null;
        }
        var cost = new long[helpers + 1, jobs];
        var minutes = new int[helpers + 1, jobs];
        var limit = problem.Helpers.Select(helper => (int)Math.Min(100_000, Math.Min(helper.MostMinutesAWeek, helper.Slots.Sum(slot => slot.Ends - slot.Starts)))).Append(int.MaxValue / 2).ToArray();
        for (var v = 0; v < jobs; v++)
        {
            var visit = problem.Visits[v];
            var able = schedule.RoutesOf[schedule.FirstStop(v)].Select(schedule.HelperOf).ToHashSet();
            for (var h = 0; h < helpers; h++)
            {
                var way = problem.Travel.Minutes(problem.Helpers[h].Home, visit.Place, problem.Helpers[h].Mode);
                cost[h, v] = (long)(100 * (schedule.HelperCost(schedule.FirstStop(v), h) + problem.Weights.TravelMinute * way));
                minutes[h, v] = able.Contains(h) ? (int)Math.Ceiling(visit.Duties[0].Minutes) : limit[h] + 1;
            }
            cost[helpers, v] = (long)(100 * problem.Weights.Unserved);
        }
        return MinuteAssignment.Solve(cost, minutes, limit, seed, nodes: 0)?.HelperOf;
    }

    internal static WeeklyPlan Describe(PlanProblem problem, Schedule schedule, bool exact)
    {
        var stops = from visit in Enumerable.Range(0, schedule.Visits)
                    where schedule.Served(visit)
                    from stop in Enumerable.Range(schedule.FirstStop(visit), schedule.StopsOf(visit))
                    orderby schedule.StartOf(stop), schedule.RankOf(visit)
                    select (Helper: schedule.HelperOf(schedule.RouteOf(stop)), Planned: new PlannedVisit(problem.Visits[visit].Id, stop - schedule.FirstStop(visit), schedule.StartOf(stop), problem.Visits[visit].Duties[stop - schedule.FirstStop(visit)].Minutes));
        var byHelper = stops.ToLookup(stop => stop.Helper, stop => stop.Planned);
        var plan = new WeeklyPlan([.. problem.Helpers.Select((helper, h) => new HelperPlan(helper.Id, [.. byHelper[h]]))], [], schedule.Cost, exact);
        var unserved = Enumerable.Range(0, schedule.Visits).Where(visit => !schedule.Served(visit)).ToArray();
        return unserved.Length == 0 ? plan : plan with { Unserved = Explanation.Of(problem, plan, unserved) };
    }
}
