using System.Numerics;

namespace Sasaeai.Features.WeeklyPlans.Planning;

/// <summary>
/// A plan under construction, made for millions of small trial moves: each move unlinks and links stops, start times
/// follow by propagation along the touched routes only, and a move that is not wanted is undone.
/// A stop is a duty; a route is a slot of a helper. Every visit has a rank, routes are ordered by rank, and so two
/// routes that wait for each other at visits of two helpers can never wait in a circle.
/// </summary>
sealed class Schedule
{
    const int Nowhere = -1;
    const double Tolerance = 1e-6;

    readonly PlanProblem problem;
    readonly PlanWeights weights;
    readonly int[] firstStop, visitOf;
    readonly double[] minutes, gapLeast, gapMost;
    readonly Window[][] windows;
    readonly double[] mostLate;
    readonly int[] place;
    readonly int places;
    readonly double[][] travel;
    readonly double[] slotStarts, slotEnds;
    readonly int[] helperOf, dayOf;
    readonly bool[] mayTake;
    readonly double[] helperCost;
    readonly int[] presentHelper;
    readonly bool[] keepsTime;
    readonly double[] presentStart, unservedCost, mostADay, mostAWeek, minutesBefore;
    readonly double movedCost;

    readonly int[] next, prev, routeOf;
    readonly double[] rank, start, late, timeCost, dayLoad, weekLoad;
    double settledCost, timeTotal, lateMost;

    readonly List<(int Stop, int After, int Route)> links = [];
    readonly List<(int Visit, double Rank)> ranks = [];
    readonly List<(int Stop, double Start, double Late, double TimeCost)> times = [];
    readonly int[] waiting, waitingSince;
    int waitingCount, moveNumber = 1;
    double settledBefore, timeTotalBefore, lateMostBefore;

    public int Visits { get; }
    public int Stops { get; }
    public int Routes { get; }
    public int Helpers { get; }

    /// <summary>The routes that may take a stop, whatever else they hold.</summary>
    public int[][] RoutesOf { get; }

    public Schedule(PlanProblem problem)
    {
        this.problem = problem;
        weights = problem.Weights;
        Visits = problem.Visits.Count;
        Helpers = problem.Helpers.Count;
        firstStop = new int[Visits + 1];
        for (var v = 0; v < Visits; v++)
        {
            firstStop[v + 1] = firstStop[v] + problem.Visits[v].Duties.Count;
        }
        Stops = firstStop[Visits];
        var routes = problem.Helpers.SelectMany((helper, h) => helper.Slots.Select(slot => (h, slot))).ToArray();
        Routes = routes.Length;
        helperOf = routes.Select(route => route.h).ToArray();
        slotStarts = routes.Select(route => route.slot.Starts).ToArray();
        slotEnds = routes.Select(route => route.slot.Ends).ToArray();
        var days = routes.Select(route => (route.h, route.slot.Day)).Distinct().Select((key, index) => (key, index)).ToDictionary(pair => pair.key, pair => pair.index);
        dayOf = routes.Select(route => days[(route.h, route.slot.Day)]).ToArray();
        dayLoad = new double[days.Count];
        weekLoad = new double[Helpers];
        mostADay = problem.Helpers.Select(helper => helper.MostMinutesADay).ToArray();
        mostAWeek = problem.Helpers.Select(helper => helper.MostMinutesAWeek).ToArray();
        minutesBefore = problem.Helpers.Select(helper => helper.MinutesBefore).ToArray();

        visitOf = new int[Stops];
        minutes = new double[Stops];
        presentHelper = new int[Stops];
        keepsTime = new bool[Stops];
        presentStart = new double[Stops];
        gapLeast = problem.Visits.Select(visit => visit.Gap.Least).ToArray();
        gapMost = problem.Visits.Select(visit => visit.Gap.Most).ToArray();
        unservedCost = problem.Visits.Select(visit => weights.Unserved * visit.Urgency * (visit.IsFixed ? 1000 : 1) + weights.Change * visit.Duties.Count(duty => duty.Present is not null)).ToArray();
        windows = new Window[Stops][];
        mostLate = new double[Stops];
        place = new int[Stops + Routes];
        for (var r = 0; r < Routes; r++)
        {
            place[Stops + r] = problem.Helpers[helperOf[r]].Home;
        }
        travel = routes.Select(route => problem.Travel.Matrix(problem.Helpers[route.h].Mode)).ToArray();
        places = problem.Travel.Places;
        mayTake = new bool[Stops * Routes];
        helperCost = new double[Stops * Helpers];
        movedCost = weights.Change / 2;
        RoutesOf = new int[Stops][];
        var helperIndex = problem.Helpers.Select((helper, h) => (helper.Id, h)).ToDictionary(pair => pair.Id, pair => pair.h);
        for (var v = 0; v < Visits; v++)
        {
            for (var s = firstStop[v]; s < firstStop[v + 1]; s++)
            {
                var visit = problem.Visits[v];
                var duty = visit.Duties[s - firstStop[v]];
                visitOf[s] = v;
                windows[s] = WindowsOf(visit, s - firstStop[v]);
                mostLate[s] = visit.PinnedStart is null ? problem.Rules.MostLate : 0;
                minutes[s] = duty.Minutes;
                place[s] = visit.Place;
                presentHelper[s] = Nowhere;
                if (duty.Present is { } present && helperIndex.TryGetValue(present.Helper, out var by))
                {
                    presentHelper[s] = by;
                    presentStart[s] = present.Start;
                    keepsTime[s] = windows[s].Any(window => window.Opens <= present.Start && present.Start <= window.Closes);
                }
                for (var h = 0; h < Helpers; h++)
                {
                    helperCost[s * Helpers + h] = CostOf(visit, duty, problem.Helpers[h]);
                }
                for (var r = 0; r < Routes; r++)
                {
                    mayTake[s * Routes + r] = Eligibility.Refusal(visit, duty, problem.Helpers[helperOf[r]], routes[r].slot, problem.Rules) is null;
                }
                RoutesOf[s] = Enumerable.Range(0, Routes).Where(r => mayTake[s * Routes + r]).ToArray();
            }
        }

        next = new int[Stops + Routes];
        prev = new int[Stops + Routes];
        routeOf = new int[Stops];
        rank = new double[Visits];
        start = new double[Stops];
        late = new double[Stops];
        timeCost = new double[Stops];
        waiting = new int[Visits];
        waitingSince = new int[Visits];
        Clear();
    }

    public double Cost => settledCost + timeTotal + weights.WorstLateMinute * lateMost;
    public int VisitOf(int stop) => visitOf[stop];
    public int FirstStop(int visit) => firstStop[visit];
    public int StopsOf(int visit) => firstStop[visit + 1] - firstStop[visit];
    public int RouteOf(int stop) => routeOf[stop];
    public int HelperOf(int route) => helperOf[route];
    public double StartOf(int stop) => start[stop];
    public double RankOf(int visit) => rank[visit];
    public bool Served(int visit) => routeOf[firstStop[visit]] != Nowhere;
    public bool MayTake(int stop, int route) => mayTake[stop * Routes + route];
    public int HeadOf(int route) => Stops + route;
    public bool IsHead(int node) => node >= Stops;
    public int After(int node) => next[node];
    public int Before(int node) => prev[node];
    public double WayBetween(int stop, int other) => travel[RoutesOf[stop].Length > 0 ? RoutesOf[stop][0] : 0][place[stop] * places + place[other]];
    public Window[] WindowsOf(int stop) => windows[stop];
    public double UnservedCost(int visit) => unservedCost[visit];
    public double HelperCost(int stop, int helper) => helperCost[stop * Helpers + helper];
    public bool SameDay(int route, int other) => slotStarts[route] < slotEnds[other] && slotStarts[other] < slotEnds[route] || Math.Floor(slotStarts[route] / 1440) == Math.Floor(slotStarts[other] / 1440);
    public int RouteAt(int stop, int helper, double time) =>
        RoutesOf[stop].Where(route => helperOf[route] == helper && slotStarts[route] <= time && time + minutes[stop] <= slotEnds[route]).DefaultIfEmpty(Nowhere).First();
    public bool Fixed(int visit) => problem.Visits[visit].IsFixed;

    // The moves.

    public void Unlink(int visit)
    {
        for (var s = firstStop[visit]; s < firstStop[visit + 1]; s++)
        {
            if (routeOf[s] != Nowhere)
            {
                links.Add((s, prev[s], routeOf[s]));
                var after = next[s];
                Detach(s);
                if (after < Stops)
                {
                    Touch(visitOf[after]);
                }
                if (timeCost[s] != 0 || late[s] != 0)
                {
                    times.Add((s, start[s], late[s], timeCost[s]));
                    timeTotal -= timeCost[s];
                    late[s] = timeCost[s] = 0;
                }
            }
        }
        settledCost += unservedCost[visit];
    }

    public void SetRank(int visit, double value)
    {
        ranks.Add((visit, rank[visit]));
        rank[visit] = value;
    }

    /// <summary>Puts the visit's stops into the routes at the places of its rank; false when a hard limit of a route forbids it.</summary>
    public bool Link(int visit, int route, int secondRoute = Nowhere)
    {
        var first = firstStop[visit];
        settledCost -= unservedCost[visit];
        if (!LinkStop(first, route))
        {
            return false;
        }
        if (firstStop[visit + 1] - first == 2 && (helperOf[route] == helperOf[secondRoute] || !LinkStop(first + 1, secondRoute)))
        {
            return false;
        }
        Touch(visit);
        return true;
    }

    bool LinkStop(int stop, int route)
    {
        if (!mayTake[stop * Routes + route])
        {
            return false;
        }
        var helper = helperOf[route];
        if (weekLoad[helper] + minutes[stop] > mostAWeek[helper] + Tolerance || dayLoad[dayOf[route]] + minutes[stop] > mostADay[helper] + Tolerance)
        {
            return false;
        }
        var head = Stops + route;
        var after = prev[head];
        var value = rank[visitOf[stop]];
        while (after != head && rank[visitOf[after]] > value)
        {
            after = prev[after];
        }
        if (after != head && rank[visitOf[after]] == value)
        {
            return false;
        }
        links.Add((stop, after, Nowhere));
        Attach(stop, after, route);
        if (next[stop] < Stops)
        {
            Touch(visitOf[next[stop]]);
        }
        return true;
    }

    void Attach(int stop, int after, int route)
    {
        var follower = next[after];
        next[after] = stop;
        prev[stop] = after;
        next[stop] = follower;
        prev[follower] = stop;
        routeOf[stop] = route;
        var ways = travel[route];
        settledCost += weights.TravelMinute * (ways[place[after] * places + place[stop]] + ways[place[stop] * places + place[follower]] - ways[place[after] * places + place[follower]]);
        Load(stop, route, 1);
    }

    void Detach(int stop)
    {
        var route = routeOf[stop];
        var (before, after) = (prev[stop], next[stop]);
        next[before] = after;
        prev[after] = before;
        routeOf[stop] = Nowhere;
        var ways = travel[route];
        settledCost -= weights.TravelMinute * (ways[place[before] * places + place[stop]] + ways[place[stop] * places + place[after]] - ways[place[before] * places + place[after]]);
        Load(stop, route, -1);
    }

    void Load(int stop, int route, int sign)
    {
        var helper = helperOf[route];
        var hours = (weekLoad[helper] + minutesBefore[helper]) / 60;
        weekLoad[helper] += sign * minutes[stop];
        dayLoad[dayOf[route]] += sign * minutes[stop];
        var hoursNow = (weekLoad[helper] + minutesBefore[helper]) / 60;
        settledCost += weights.SquaredHour * (hoursNow * hoursNow - hours * hours) + sign * helperCost[stop * Helpers + helper];
    }

    /// <summary>Begins a move; it ends with <see cref="Keep"/> or <see cref="Undo"/>.</summary>
    public void Begin()
    {
        (settledBefore, timeTotalBefore, lateMostBefore) = (settledCost, timeTotal, lateMost);
        moveNumber++;
    }

    /// <summary>Computes the start times after the links of a move; false when a hard limit breaks or the cost passes the limit.</summary>
    public bool Settle(double limit)
    {
        if (settledCost > limit)
        {
            return false;
        }
        while (waitingCount > 0)
        {
            var least = 0;
            for (var i = 1; i < waitingCount; i++)
            {
                if (rank[waiting[i]] < rank[waiting[least]])
                {
                    least = i;
                }
            }
            var visit = waiting[least];
            waiting[least] = waiting[--waitingCount];
            waitingSince[visit] = 0;
            if (routeOf[firstStop[visit]] != Nowhere && !SetTimes(visit))
            {
                return false;
            }
        }
        if (settledCost + timeTotal > limit)
        {
            return false;
        }
        if (weights.WorstLateMinute > 0)
        {
            lateMost = Most(late);
        }
        return Cost <= limit && (!problem.Rules.HomeWaysInsideSlots || TouchedRoutesReachHome());
    }

    bool TouchedRoutesReachHome()
    {
        foreach (var (stop, _, _, _) in times)
        {
            if (routeOf[stop] is var route and not Nowhere && next[stop] >= Stops && !ReachesHome(stop, route))
            {
                return false;
            }
        }
        foreach (var (_, after, _) in links)
        {
            if (after < Stops && routeOf[after] is var route and not Nowhere && next[after] >= Stops && !ReachesHome(after, route))
            {
                return false;
            }
        }
        return true;
    }

    bool ReachesHome(int last, int route) =>
        start[last] + minutes[last] + travel[route][place[last] * places + place[Stops + route]] <= slotEnds[route] + Tolerance;

    public void Keep()
    {
        links.Clear();
        ranks.Clear();
        times.Clear();
    }

    public void Undo()
    {
        while (waitingCount > 0)
        {
            waitingSince[waiting[--waitingCount]] = 0;
        }
        for (var i = links.Count - 1; i >= 0; i--)
        {
            var (stop, after, route) = links[i];
            if (route == Nowhere)
            {
                Detach(stop);
            }
            else
            {
                Attach(stop, after, route);
            }
        }
        for (var i = ranks.Count - 1; i >= 0; i--)
        {
            rank[ranks[i].Visit] = ranks[i].Rank;
        }
        for (var i = times.Count - 1; i >= 0; i--)
        {
            var (stop, startBefore, lateBefore, costBefore) = times[i];
            (start[stop], late[stop], timeCost[stop]) = (startBefore, lateBefore, costBefore);
        }
        (settledCost, timeTotal, lateMost) = (settledBefore, timeTotalBefore, lateMostBefore);
        Keep();
    }

    void Touch(int visit)
    {
        if (waitingSince[visit] != moveNumber)
        {
            waitingSince[visit] = moveNumber;
            waiting[waitingCount++] = visit;
        }
    }

    // Start times.

    bool SetTimes(int visit)
    {
        var a = firstStop[visit];
        var first = Admit(a, Arrival(a));
        if (firstStop[visit + 1] - a == 1)
        {
            return SetTime(a, first);
        }
        var second = Admit(a + 1, Arrival(a + 1));
        while (first < double.PositiveInfinity && second < double.PositiveInfinity)
        {
            if (second < first + gapLeast[visit] - 1e-9)
            {
                second = Admit(a + 1, first + gapLeast[visit]);
            }
            else if (first < second - gapMost[visit] - 1e-9)
            {
                first = Admit(a, second - gapMost[visit]);
            }
            else
            {
                break;
            }
        }
        return SetTime(a, first) && SetTime(a + 1, second);
    }

    bool SetTime(int stop, double value)
    {
        var route = routeOf[stop];
        if (value + minutes[stop] > slotEnds[route] + Tolerance)
        {
            return false;
        }
        var closes = windows[stop][^1].Closes;
        var lateness = value > closes ? value - closes : 0;
        if (lateness > mostLate[stop] + Tolerance)
        {
            return false;
        }
        var cost = weights.LateMinute * lateness + (presentHelper[stop] == helperOf[route] && Math.Abs(value - presentStart[stop]) > Tolerance ? movedCost : 0);
        if (value != start[stop] || cost != timeCost[stop] || lateness != late[stop])
        {
            times.Add((stop, start[stop], late[stop], timeCost[stop]));
            timeTotal += cost - timeCost[stop];
            (start[stop], late[stop], timeCost[stop]) = (value, lateness, cost);
            if (next[stop] < Stops)
            {
                Touch(visitOf[next[stop]]);
            }
        }
        return true;
    }

    double Arrival(int stop)
    {
        var route = routeOf[stop];
        var before = prev[stop];
        if (before < Stops)
        {
            return start[before] + minutes[before] + travel[route][place[before] * places + place[stop]];
        }
        return slotStarts[route] + (problem.Rules.HomeWaysInsideSlots ? travel[route][place[before] * places + place[stop]] : 0);
    }

    /// <summary>The earliest start from the given moment on that a window admits; people are not told another time than they know when that one is still possible.</summary>
    double Admit(int stop, double from)
    {
        if (keepsTime[stop] && from <= presentStart[stop] + Tolerance && helperOf[routeOf[stop]] == presentHelper[stop])
        {
            return presentStart[stop];
        }
        foreach (var window in windows[stop])
        {
            var earliest = Math.Max(from, window.Opens);
            if (earliest <= window.Closes)
            {
                var round = RoundUp(earliest);
                return round <= window.Closes ? round : earliest;
            }
        }
        return RoundUp(from);
    }

    double RoundUp(double value) => problem.Rules.StartsEvery is > 0 and var step ? Math.Ceiling(value / step - 1e-9) * step : value;

    // Whole plans.

    /// <summary>A copy of which visit is where, to come back to.</summary>
    public sealed class Snapshot(int nodes, int stops, int visits)
    {
        internal readonly int[] Next = new int[nodes], Prev = new int[nodes], RouteOf = new int[stops];
        internal readonly double[] Rank = new double[visits];
        public double Cost { get; internal set; } = double.PositiveInfinity;
    }

    public Snapshot Save(Snapshot? into = null)
    {
        into ??= new Snapshot(next.Length, Stops, Visits);
        next.CopyTo(into.Next, 0);
        prev.CopyTo(into.Prev, 0);
        routeOf.CopyTo(into.RouteOf, 0);
        rank.CopyTo(into.Rank, 0);
        into.Cost = Cost;
        return into;
    }

    public void Restore(Snapshot from)
    {
        from.Next.CopyTo(next, 0);
        from.Prev.CopyTo(prev, 0);
        from.RouteOf.CopyTo(routeOf, 0);
        from.Rank.CopyTo(rank, 0);
        Recompute();
    }

    public void Clear()
    {
        for (var node = 0; node < next.Length; node++)
        {
            next[node] = prev[node] = node;
        }
        Array.Fill(routeOf, Nowhere);
        Recompute();
    }

    /// <summary>Counts the ranks anew, in the order of the start times as far as the routes allow, and all costs, so that no rounding adds up.</summary>
    public void Recompute()
    {
        var order = Enumerable.Range(0, Visits).Where(Served).OrderBy(v => rank[v]).ToArray();
        (settledCost, timeTotal, lateMost) = (0, 0, 0);
        Array.Clear(dayLoad);
        Array.Clear(weekLoad);
        Array.Clear(late);
        Array.Clear(timeCost);
        settledCost = weights.SquaredHour * minutesBefore.Sum(before => before / 60 * (before / 60)) + Enumerable.Range(0, Visits).Where(v => !Served(v)).Sum(v => unservedCost[v]);
        Begin();
        foreach (var v in order)
        {
            for (var s = firstStop[v]; s < firstStop[v + 1]; s++)
            {
                Load(s, routeOf[s], 1);
                var ways = travel[routeOf[s]];
                settledCost += weights.TravelMinute * (ways[place[prev[s]] * places + place[s]] + (next[s] >= Stops ? ways[place[s] * places + place[next[s]]] : 0));
            }
            SetTimes(v);
        }
        while (waitingCount > 0)
        {
            waitingSince[waiting[--waitingCount]] = 0;
        }
        if (Stops > 0 && weights.WorstLateMinute > 0)
        {
            lateMost = Most(late);
        }
        Keep();
        for (var i = 0; i < order.Length; i++)
        {
            rank[order[i]] = i;
        }
    }

    static double Most(double[] values)
    {
        var most = Vector<double>.Zero;
        var i = 0;
        for (; i <= values.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            most = Vector.Max(most, new Vector<double>(values, i));
        }
        var result = 0.0;
        for (var lane = 0; lane < Vector<double>.Count; lane++)
        {
            result = Math.Max(result, most[lane]);
        }
        for (; i < values.Length; i++)
        {
            result = Math.Max(result, values[i]);
        }
        return result;
    }

    static Window[] WindowsOf(Visit visit, int duty) =>
        visit.PinnedStart is { } pinned
            ? [duty == 0 ? new Window(pinned, pinned) : new Window(pinned + visit.Gap.Least, pinned + visit.Gap.Most)]
            : [.. visit.Windows.OrderBy(window => window.Opens)];

    double CostOf(Visit visit, Duty duty, Helper helper)
    {
        var acquainted = visit.UsualHelpers.Count == 0 || visit.UsualHelpers[0] == helper.Id ? 0 : visit.UsualHelpers.Contains(helper.Id) ? weights.Stranger / 2 : weights.Stranger;
        return acquainted + (duty.Present is { } present && present.Helper != helper.Id ? weights.Change : 0);
    }
}
