namespace Sasaeai.Features.WeeklyPlans.Planning;

/// <summary>Puts one visit at its cheapest place, all others staying with their helpers.</summary>
static class Insertion
{
    public static bool Insert(Schedule schedule, int visit, Func<int, bool>? among = null)
    {
        var (cheapest, found) = (double.PositiveInfinity, (Rank: 0.0, One: -1, Two: -1));
        foreach (var (one, two) in Choices(schedule, visit, among ?? (_ => true)))
        {
            foreach (var rank in Ranks(schedule, one, two))
            {
                schedule.Begin();
                schedule.SetRank(visit, rank);
                if (schedule.Link(visit, one, two) && schedule.Settle(cheapest - 1e-9))
                {
                    (cheapest, found) = (schedule.Cost, (rank, one, two));
                }
                schedule.Undo();
            }
        }
        return found.One >= 0 && schedule.Cost > cheapest && Place(schedule, visit, found.Rank, found.One, found.Two);
    }

    public static bool Place(Schedule schedule, int visit, double rank, int one, int two)
    {
        schedule.Begin();
        schedule.SetRank(visit, rank);
        if (schedule.Link(visit, one, two) && schedule.Settle(double.PositiveInfinity))
        {
            schedule.Keep();
            return true;
        }
        schedule.Undo();
        return false;
    }

    static IEnumerable<(int One, int Two)> Choices(Schedule schedule, int visit, Func<int, bool> among)
    {
        var first = schedule.FirstStop(visit);
        var ones = schedule.RoutesOf[first].Where(among);
        return schedule.StopsOf(visit) == 1
            ? ones.Select(one => (one, -1))
            : ones.SelectMany(one => schedule.RoutesOf[first + 1].Where(two => among(two) && schedule.HelperOf(two) != schedule.HelperOf(one) && schedule.SameDay(one, two)).Select(two => (one, two)));
    }

    /// <summary>One rank for each place between the stops of the routes.</summary>
    static List<double> Ranks(Schedule schedule, int one, int two)
    {
        var taken = new SortedSet<double>();
        foreach (var route in two < 0 ? [one] : new[] { one, two })
        {
            for (var node = schedule.After(schedule.HeadOf(route)); !schedule.IsHead(node); node = schedule.After(node))
            {
                taken.Add(schedule.RankOf(schedule.VisitOf(node)));
            }
        }
        var ranks = new List<double> { taken.Count == 0 ? 0 : taken.Min - 1 };
        foreach (var (rank, after) in taken.Zip(taken.Skip(1).Append(taken.Count == 0 ? 0 : taken.Max + 2)))
        {
            ranks.Add((rank + after) / 2);
        }
        return ranks;
    }
}
