namespace Sasaeai.Features.WeeklyPlans.Planning;

/// <summary>Weeks in which every slot holds one visit at most and all visits last alike are solved exactly.</summary>
static class UnitPlan
{
    public static bool TrySolve(PlanProblem problem, Schedule schedule)
    {
        if (problem.Visits.Count == 0 || problem.Weights.WorstLateMinute > 0
            || problem.Visits.Any(visit => visit.Duties.Count != 1 || visit.Duties[0].Minutes != problem.Visits[0].Duties[0].Minutes)
            || problem.Helpers.Any(helper => helper.Slots.Count > 1 && helper.MostMinutesADay < double.PositiveInfinity))
        {
            return false;
        }
        var stopsOf = Enumerable.Range(0, schedule.Stops).SelectMany(stop => schedule.RoutesOf[stop].Select(route => (route, stop))).ToLookup(pair => pair.route, pair => pair.stop);
        if (Enumerable.Range(0, schedule.Routes).Any(route => stopsOf[route].Any(a => stopsOf[route].Any(b => a != b && BothFit(schedule, route, a, b)))))
        {
            return false;
        }

        schedule.Clear();
        var cost = CostsAlone(problem, schedule);
        var load = LoadCosts(problem, problem.Visits[0].Duties[0].Minutes);
        var unserved = Enumerable.Range(0, schedule.Visits).Select(schedule.UnservedCost).ToArray();
        var routes = problem.Helpers.All(helper => helper.Slots.Count == 1) ? OneSlot(cost, load, unserved) : UnitWeek.Solve(cost, [.. Enumerable.Range(0, schedule.Routes).Select(schedule.HelperOf)], load, unserved);
        for (var visit = 0; visit < routes.Length; visit++)
        {
            if (routes[visit] >= 0)
            {
                Insertion.Place(schedule, visit, visit, routes[visit], -1);
            }
        }
        schedule.Recompute();
        return true;
    }

    static bool BothFit(Schedule schedule, int route, int a, int b)
    {
        schedule.Clear();
        return Insertion.Place(schedule, a, 0, route, -1) && Insertion.Place(schedule, b, 1, route, -1);
    }

    /// <summary>What each visit costs in each slot beside the helper's load.</summary>
    static double[,] CostsAlone(PlanProblem problem, Schedule schedule)
    {
        var cost = new double[schedule.Visits, schedule.Routes];
        for (var visit = 0; visit < schedule.Visits; visit++)
        {
            for (var route = 0; route < schedule.Routes; route++)
            {
                cost[visit, route] = double.PositiveInfinity;
                schedule.Begin();
                var before = schedule.Cost;
                schedule.SetRank(visit, 0);
                if (schedule.Link(visit, route) && schedule.Settle(double.PositiveInfinity))
                {
                    var first = LoadCost(problem, schedule.HelperOf(route), problem.Visits[visit].Duties[0].Minutes, 1);
                    cost[visit, route] = schedule.Cost - before + schedule.UnservedCost(visit) - first;
                }
                schedule.Undo();
            }
        }
        return cost;
    }

    static double[][] LoadCosts(PlanProblem problem, double minutes) =>
        [.. problem.Helpers.Select((helper, h) => Enumerable.Range(1, (int)Math.Min(helper.Slots.Count, Math.Floor(helper.MostMinutesAWeek / minutes + 1e-6))).Select(count => LoadCost(problem, h, minutes, count)).ToArray())];

    static double LoadCost(PlanProblem problem, int helper, double minutes, int count)
    {
        var before = (problem.Helpers[helper].MinutesBefore + (count - 1) * minutes) / 60;
        var after = before + minutes / 60;
        return problem.Weights.SquaredHour * (after * after - before * before);
    }

    static int[] OneSlot(double[,] cost, double[][] load, double[] unserved)
    {
        var (visits, slots) = (cost.GetLength(0), cost.GetLength(1));
        var wide = new double[visits, slots + visits];
        for (var visit = 0; visit < visits; visit++)
        {
            for (var slot = 0; slot < slots + visits; slot++)
            {
                wide[visit, slot] = slot >= slots ? unserved[visit] : load[slot].Length == 0 ? double.PositiveInfinity : cost[visit, slot] + load[slot][0];
            }
        }
        return [.. SlotAssignment.Solve(wide).Select(slot => slot < slots ? slot : -1)];
    }
}
