namespace Sasaeai.Features.WeeklyPlans.Planning;

/// <summary>
/// Improves a schedule by simulated annealing over small moves. The cooling counts steps, never the clock, so the same
/// data and seed give the same plan on every machine.
/// </summary>
sealed class Annealing
{
    const int NearStops = 16;

    readonly Schedule schedule;
    readonly RandomSteps random;
    readonly int[][] near;
    readonly int[] movable;
    readonly List<(int Visit, int First, int Second)> relinks = [];

    public Annealing(Schedule schedule, ulong seed)
    {
        this.schedule = schedule;
        random = new RandomSteps(seed);
        movable = [.. Enumerable.Range(0, schedule.Stops).Where(stop => !schedule.Fixed(schedule.VisitOf(stop)) && schedule.RoutesOf[stop].Length > 0)];
        near = Enumerable.Range(0, schedule.Stops).Select(Near).ToArray();
    }

    int[] Near(int stop)
    {
        var own = schedule.RoutesOf[stop].ToHashSet();
        return Enumerable.Range(0, schedule.Stops)
            .Where(other => schedule.VisitOf(other) != schedule.VisitOf(stop) && schedule.RoutesOf[other].Any(own.Contains))
            .OrderBy(other => schedule.WayBetween(stop, other) + 0.1 * Apart(stop, other))
            .Take(NearStops).ToArray();
    }

    /// <summary>Minutes between the nearest windows of two visits.</summary>
    double Apart(int stop, int other) =>
        (from window in schedule.WindowsOf(stop)
         from otherWindow in schedule.WindowsOf(other)
         select Math.Max(0, Math.Abs(window.Opens + window.Closes - otherWindow.Opens - otherWindow.Closes) / 2)).Min();

    /// <summary>Returns the best plan found; the schedule is left at it.</summary>
    public void Run(long steps, double hottest, double coldest, CancellationToken stop)
    {
        if (movable.Length == 0)
        {
            return;
        }
        var best = schedule.Save();
        var ratio = Math.Log(coldest / hottest);
        var temperature = hottest;
        for (long step = 0; step < steps; step++)
        {
            if ((step & 255) == 0)
            {
                temperature = hottest * Math.Exp(ratio * step / steps);
                if ((step & 4095) == 0)
                {
                    schedule.Recompute();
                    if (stop.IsCancellationRequested)
                    {
                        break;
                    }
                }
            }
            var limit = schedule.Cost - temperature * Math.Log(random.Fraction());
            schedule.Begin();
            if (Move() && schedule.Settle(limit))
            {
                schedule.Keep();
                if (schedule.Cost < best.Cost - 1e-9)
                {
                    schedule.Save(best);
                }
            }
            else
            {
                schedule.Undo();
            }
        }
        schedule.Restore(best);
    }

    bool Move()
    {
        var kind = random.Below(100);
        return kind < 55 ? MoveNear() : kind < 70 ? ChangeHelper() : kind < 90 ? Swap() : ExchangeTails();
    }

    bool MoveNear()
    {
        var stop = movable[random.Below(movable.Length)];
        var candidates = near[stop];
        if (candidates.Length == 0)
        {
            return false;
        }
        var beside = candidates[random.Below(candidates.Length)];
        var route = schedule.RouteOf(beside);
        return route >= 0 && schedule.MayTake(stop, route) && Relink(stop, route, RankBeside(beside, stop));
    }

    /// <summary>Puts the stop into a route; the other stop of its visit stays with its helper, or sometimes gets another.</summary>
    bool Relink(int stop, int route, double rank)
    {
        var visit = schedule.VisitOf(stop);
        var first = schedule.FirstStop(visit);
        var (one, two) = (schedule.RouteOf(first), -1);
        if (schedule.StopsOf(visit) == 2)
        {
            var other = first + first + 1 - stop;
            var otherRoute = schedule.RouteOf(other);
            if (otherRoute < 0 || random.Below(5) == 0)
            {
                otherRoute = RandomRoute(other);
            }
            if (otherRoute < 0)
            {
                return false;
            }
            (one, two) = stop == first ? (route, otherRoute) : (otherRoute, route);
        }
        else
        {
            one = route;
        }
        if (schedule.Served(visit))
        {
            schedule.Unlink(visit);
        }
        schedule.SetRank(visit, rank);
        return schedule.Link(visit, one, two);
    }

    int RandomRoute(int stop) => schedule.RoutesOf[stop] is { Length: > 0 } routes ? routes[random.Below(routes.Length)] : -1;

    /// <summary>A rank just before or after a stop in its route, as if the moved stop were not there.</summary>
    double RankBeside(int beside, int moved)
    {
        var own = schedule.RankOf(schedule.VisitOf(beside));
        var forward = random.Below(2) == 0;
        var neighbour = forward ? schedule.After(beside) : schedule.Before(beside);
        if (neighbour == moved)
        {
            neighbour = forward ? schedule.After(neighbour) : schedule.Before(neighbour);
        }
        var limit = schedule.IsHead(neighbour) ? own + (forward ? 2 : -2) : schedule.RankOf(schedule.VisitOf(neighbour));
        return own + (limit - own) * random.Fraction();
    }

    bool ChangeHelper()
    {
        var stop = movable[random.Below(movable.Length)];
        var route = RandomRoute(stop);
        if (route < 0)
        {
            return false;
        }
        var visit = schedule.VisitOf(stop);
        var rank = schedule.Served(visit) ? schedule.RankOf(visit) + (random.Fraction() - 0.5) * 4 : random.Fraction() * schedule.Visits;
        return Relink(stop, route, rank);
    }

    /// <summary>Two stops change places: helpers, and half of the time ranks too.</summary>
    bool Swap()
    {
        var stop = movable[random.Below(movable.Length)];
        var candidates = near[stop];
        var other = candidates.Length == 0 || random.Below(4) == 0 ? movable[random.Below(movable.Length)] : candidates[random.Below(candidates.Length)];
        var (route, otherRoute) = (schedule.RouteOf(stop), schedule.RouteOf(other));
        var (visit, otherVisit) = (schedule.VisitOf(stop), schedule.VisitOf(other));
        if (visit == otherVisit || schedule.Fixed(otherVisit) || route < 0 && otherRoute < 0)
        {
            return false;
        }
        if (route < 0)
        {
            return Replace(visit, stop, other);
        }
        if (otherRoute < 0)
        {
            return Replace(otherVisit, other, stop);
        }
        if (!schedule.MayTake(stop, otherRoute) || !schedule.MayTake(other, route))
        {
            return false;
        }
        var (one, two) = RoutesWith(visit, stop, otherRoute);
        var (otherOne, otherTwo) = RoutesWith(otherVisit, other, route);
        schedule.Unlink(visit);
        schedule.Unlink(otherVisit);
        if (route == otherRoute || random.Below(2) == 0)
        {
            var rank = schedule.RankOf(visit);
            schedule.SetRank(visit, schedule.RankOf(otherVisit));
            schedule.SetRank(otherVisit, rank);
        }
        return schedule.Link(visit, one, two) && schedule.Link(otherVisit, otherOne, otherTwo);
    }

    /// <summary>An unserved visit takes the place of a served one.</summary>
    bool Replace(int visit, int stop, int served)
    {
        var route = schedule.RouteOf(served);
        if (!schedule.MayTake(stop, route))
        {
            return false;
        }
        var rank = schedule.RankOf(schedule.VisitOf(served));
        schedule.Unlink(schedule.VisitOf(served));
        return Relink(stop, route, rank);
    }

    (int One, int Two) RoutesWith(int visit, int stop, int route)
    {
        var first = schedule.FirstStop(visit);
        return schedule.StopsOf(visit) == 1 ? (route, -1)
            : stop == first ? (route, schedule.RouteOf(first + 1))
            : (schedule.RouteOf(first), route);
    }

    /// <summary>Two routes exchange all that ranks after one moment.</summary>
    bool ExchangeTails()
    {
        var stop = movable[random.Below(movable.Length)];
        var candidates = near[stop];
        if (candidates.Length == 0)
        {
            return false;
        }
        var other = candidates[random.Below(candidates.Length)];
        var (route, otherRoute) = (schedule.RouteOf(stop), schedule.RouteOf(other));
        if (route < 0 || otherRoute < 0 || route == otherRoute)
        {
            return false;
        }
        var cut = schedule.RankOf(schedule.VisitOf(stop));
        relinks.Clear();
        if (!Tail(route, otherRoute, cut) || !Tail(otherRoute, route, cut) || relinks.Count == 0)
        {
            return false;
        }
        foreach (var (visit, _, _) in relinks)
        {
            schedule.Unlink(visit);
        }
        foreach (var (visit, one, two) in relinks)
        {
            if (!schedule.Link(visit, one, two))
            {
                return false;
            }
        }
        return true;
    }

    bool Tail(int from, int to, double cut)
    {
        for (var node = schedule.Before(schedule.HeadOf(from)); !schedule.IsHead(node); node = schedule.Before(node))
        {
            var visit = schedule.VisitOf(node);
            if (schedule.RankOf(visit) <= cut)
            {
                return true;
            }
            if (schedule.Fixed(visit) || !schedule.MayTake(node, to))
            {
                return false;
            }
            var (one, two) = RoutesWith(visit, node, to);
            // A visit of two whose stops are in both tails cannot change sides in one step.
            if (one == two || relinks.Exists(relink => relink.Visit == visit))
            {
                return false;
            }
            relinks.Add((visit, one, two));
        }
        return true;
    }
}

/// <summary>xorshift64*: the same numbers in every version of the platform.</summary>
sealed class RandomSteps(ulong seed)
{
    ulong state = seed * 0x9E3779B97F4A7C15 + 0x2545F4914F6CDD1D;

    ulong Next()
    {
        state ^= state >> 12;
        state ^= state << 25;
        state ^= state >> 27;
        return state * 0x2545F4914F6CDD1D;
    }

    public int Below(int count) => (int)((Next() >> 32) * (ulong)count >> 32);

    /// <summary>In (0, 1].</summary>
    public double Fraction() => ((Next() >> 11) + 1) * (1.0 / (1UL << 53));
}
