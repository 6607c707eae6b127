namespace Sasaeai.Features.WeeklyPlans.Planning;

/// <summary>
/// Jobs to helpers whose minutes are limited (the generalised assignment problem): who takes what, before anybody asks when.
/// Lagrangian prices of the jobs leave one knapsack a helper; its bound proves the optimum or, with a branch on the
/// job whose copies disagree most, leads to it. Good plans on the way come from repairing what the knapsacks choose
/// and from moves and exchanges (annealing).
/// </summary>
public sealed class MinuteAssignment
{
    readonly int helpers, jobs;
    readonly long[,] cost;
    readonly int[,] minutes;
    readonly int[] limit;
    readonly RandomSteps random;
    readonly bool[,] open;
    readonly CancellationToken stop;

    int[]? best;
    long bestCost = long.MaxValue;

    /// <summary>The helper of each job, their cost, and whether it is proven that nothing is cheaper.</summary>
    public sealed record Result(int[] HelperOf, long Cost, bool Proven);

    MinuteAssignment(long[,] cost, int[,] minutes, int[] limit, ulong seed, CancellationToken stop)
    {
        (this.cost, this.minutes, this.limit, this.stop) = (cost, minutes, limit, stop);
        (helpers, jobs) = (cost.GetLength(0), cost.GetLength(1));
        random = new RandomSteps(seed);
        open = new bool[helpers, jobs];
    }

    /// <param name="cost">Helper × job.</param>
    /// <param name="minutes">Helper × job; more than the limit where the helper may not take it.</param>
    /// <param name="limit">Minutes of each helper.</param>
    /// <param name="nodes">Branches to look at, at most.</param>
    /// <returns>Null when no plan was found that gives every job to somebody.</returns>
    public static Result? Solve(long[,] cost, int[,] minutes, int[] limit, ulong seed, int nodes, CancellationToken stop = default)
    {
        var problem = new MinuteAssignment(cost, minutes, limit, seed, stop);
        return problem.Solve(nodes);
    }

    Result? Solve(int nodes)
    {
        for (var i = 0; i < helpers; i++)
        {
            for (var j = 0; j < jobs; j++)
            {
                open[i, j] = minutes[i, j] <= limit[i];
            }
        }
        Anneal(200_000);
        var left = nodes;
        var prices = new double[jobs];
        for (var j = 0; j < jobs; j++)
        {
            prices[j] = Enumerable.Range(0, helpers).Where(i => open[i, j]).Select(i => (double)cost[i, j]).DefaultIfEmpty(0).Order().Take(2).Last();
        }
        var proven = Branch(prices, ref left, 300);
        return best is null ? null : new Result(best, bestCost, proven);
    }

    // Bound and branch.

    /// <summary>True when nothing cheaper than the best can hide among the open pairs.</summary>
    bool Branch(double[] startPrices, ref int left, int rounds)
    {
        if (left-- <= 0 || stop.IsCancellationRequested)
        {
            return false;
        }
        var closed = new List<(int Helper, int Job)>();
        var prices = (double[])startPrices.Clone();
        var copies = new int[jobs];
        var takenBy = new bool[helpers, jobs];
        var bound = double.NegativeInfinity;
        var step = 1.0;
        var proven = false;
        var kept = (double[])prices.Clone();
        var sinceBetter = 0;
        for (var round = 0; round < rounds && !proven && step > 0.002; round++)
        {
            var value = prices.Sum();
            Array.Clear(copies);
            for (var i = 0; i < helpers; i++)
            {
                value -= Knapsack(i, prices, takenBy, copies);
            }
            if (value > bound + 1e-7)
            {
                (bound, sinceBetter) = (value, 0);
                prices.CopyTo(kept, 0);
            }
            else if (++sinceBetter >= 10)
            {
                (step, sinceBetter) = (step / 2, 0);
            }
            if (best is not null && bound > bestCost - 1 + 1e-6)
            {
                proven = true;
                break;
            }
            var norm = copies.Sum(count => (double)(1 - count) * (1 - count));
            if (norm == 0)
            {
                Keep(HelpersOf(takenBy));
                continue;
            }
            if (round % 5 == 0)
            {
                Repair(takenBy, prices);
            }
            var length = step * (Math.Max(bestCost == long.MaxValue ? value * 1.05 + 1 : bestCost, value + 0.5) - value) / norm;
            for (var j = 0; j < jobs; j++)
            {
                prices[j] += length * (1 - copies[j]);
            }
        }
        if (!proven)
        {
            Array.Clear(copies);
            for (var i = 0; i < helpers; i++)
            {
                Knapsack(i, kept, takenBy, copies);
            }
            CloseTooDear(kept, bound, closed);
            var (job, helper) = BranchPair(kept, copies, takenBy);
            if (job < 0)
            {
                proven = NothingOpen();
            }
            else
            {
                // First with the helper, then without.
                var others = new List<(int, int)>();
                for (var i = 0; i < helpers; i++)
                {
                    if (i != helper && open[i, job])
                    {
                        open[i, job] = false;
                        others.Add((i, job));
                    }
                }
                proven = Branch(kept, ref left, 60);
                Reopen(others);
                open[helper, job] = false;
                proven &= Branch(kept, ref left, 60);
                open[helper, job] = true;
            }
        }
        Reopen(closed);
        return proven;
    }

    void Reopen(List<(int Helper, int Job)> pairs)
    {
        foreach (var (i, j) in pairs)
        {
            open[i, j] = true;
        }
    }

    bool NothingOpen() => Enumerable.Range(0, jobs).Any(j => Enumerable.Range(0, helpers).All(i => !open[i, j]));

    /// <summary>A pair whose forced use lifts the bound to the best plan cannot be in a better one.</summary>
    void CloseTooDear(double[] prices, double bound, List<(int, int)> closed)
    {
        if (best is null)
        {
            return;
        }
        for (var i = 0; i < helpers; i++)
        {
            var whole = Worth(i, prices, -1, limit[i]);
            for (var j = 0; j < jobs; j++)
            {
                if (open[i, j])
                {
                    var with = prices[j] - cost[i, j] + Worth(i, prices, j, limit[i] - minutes[i, j]);
                    if (bound + whole - with > bestCost - 1 + 1e-6)
                    {
                        open[i, j] = false;
                        closed.Add((i, j));
                    }
                }
            }
        }
    }

    /// <summary>The job that most helpers claim (or none) and can still go several ways, with the helper for whom it is worth most.</summary>
    (int Job, int Helper) BranchPair(double[] prices, int[] copies, bool[,] takenBy)
    {
        var (job, helper, mark) = (-1, -1, double.NegativeInfinity);
        for (var j = 0; j < jobs; j++)
        {
            var (ways, best, bestWorth) = (0, -1, double.NegativeInfinity);
            for (var i = 0; i < helpers; i++)
            {
                if (open[i, j])
                {
                    ways++;
                    var worth = (takenBy[i, j] ? 1000 : 0) + prices[j] - cost[i, j];
                    if (worth > bestWorth)
                    {
                        (best, bestWorth) = (i, worth);
                    }
                }
            }
            if (ways == 0)
            {
                return (-1, -1);
            }
            var score = Math.Abs(copies[j] - 1) * 1000.0 + minutes[best, j];
            if (ways > 1 && score > mark)
            {
                (job, helper, mark) = (j, best, score);
            }
        }
        return (job, helper);
    }

    /// <summary>The most that the helper's minutes are worth at these prices; marks the jobs taken.</summary>
    double Knapsack(int helper, double[] prices, bool[,] takenBy, int[] copies)
    {
        var room = limit[helper];
        var worth = new double[room + 1];
        var items = new List<(int Job, bool[] Taken)>();
        for (var j = 0; j < jobs; j++)
        {
            takenBy[helper, j] = false;
            var gain = prices[j] - cost[helper, j];
            var need = minutes[helper, j];
            if (!open[helper, j] || gain <= 0)
            {
                continue;
            }
            var taken = new bool[room + 1];
            for (var used = room; used >= need; used--)
            {
                if (worth[used - need] + gain > worth[used])
                {
                    worth[used] = worth[used - need] + gain;
                    taken[used] = true;
                }
            }
            items.Add((j, taken));
        }
        var left = room;
        for (var k = items.Count - 1; k >= 0; k--)
        {
            if (items[k].Taken[left])
            {
                takenBy[helper, items[k].Job] = true;
                copies[items[k].Job]++;
                left -= minutes[helper, items[k].Job];
            }
        }
        return worth[room];
    }

    double Worth(int helper, double[] prices, int without, int room)
    {
        var worth = new double[room + 1];
        for (var j = 0; j < jobs; j++)
        {
            var gain = prices[j] - cost[helper, j];
            var need = minutes[helper, j];
            if (j == without || !open[helper, j] || gain <= 0)
            {
                continue;
            }
            for (var used = room; used >= need; used--)
            {
                worth[used] = Math.Max(worth[used], worth[used - need] + gain);
            }
        }
        return worth[room];
    }

    // Plans.

    int[] HelpersOf(bool[,] takenBy) => [.. Enumerable.Range(0, jobs).Select(j => Enumerable.Range(0, helpers).FirstOrDefault(i => takenBy[i, j], -1))];

    /// <summary>A job that several claim goes to the one for whom it is cheapest; one that nobody claims to whoever has room.</summary>
    void Repair(bool[,] takenBy, double[] prices)
    {
        var helperOf = new int[jobs];
        var room = (int[])limit.Clone();
        for (var j = 0; j < jobs; j++)
        {
            helperOf[j] = Enumerable.Range(0, helpers).Where(i => takenBy[i, j]).DefaultIfEmpty(-1).MinBy(i => i < 0 ? 0 : cost[i, j]);
            if (helperOf[j] >= 0)
            {
                room[helperOf[j]] -= minutes[helperOf[j], j];
            }
        }
        foreach (var j in Enumerable.Range(0, jobs).Where(j => helperOf[j] < 0).OrderByDescending(j => prices[j]))
        {
            helperOf[j] = Enumerable.Range(0, helpers).Where(i => minutes[i, j] <= room[i]).DefaultIfEmpty(-1).MinBy(i => i < 0 ? 0 : cost[i, j]);
            if (helperOf[j] < 0)
            {
                return;
            }
            room[helperOf[j]] -= minutes[helperOf[j], j];
        }
        Descend(helperOf, room);
        Keep(helperOf);
    }

    /// <summary>Moves and exchanges while one saves.</summary>
    void Descend(int[] helperOf, int[] room)
    {
        bool Better(int j, int k)
        {
            var (a, b) = (helperOf[j], helperOf[k]);
            if (a == b || cost[b, j] + cost[a, k] >= cost[a, j] + cost[b, k]
                || room[a] + minutes[a, j] < minutes[a, k] || room[b] + minutes[b, k] < minutes[b, j])
            {
                return false;
            }
            room[a] += minutes[a, j] - minutes[a, k];
            room[b] += minutes[b, k] - minutes[b, j];
            (helperOf[j], helperOf[k]) = (b, a);
            return true;
        }
        bool Cheaper(int j, int i)
        {
            var a = helperOf[j];
            if (cost[i, j] >= cost[a, j] || minutes[i, j] > room[i])
            {
                return false;
            }
            room[a] += minutes[a, j];
            room[i] -= minutes[i, j];
            helperOf[j] = i;
            return true;
        }
        for (var again = true; again;)
        {
            again = false;
            for (var j = 0; j < jobs; j++)
            {
                for (var i = 0; i < helpers; i++)
                {
                    again |= Cheaper(j, i);
                }
                for (var k = j + 1; k < jobs; k++)
                {
                    again |= Better(j, k);
                }
            }
        }
    }

    void Keep(int[] helperOf)
    {
        var total = 0L;
        var used = new long[helpers];
        for (var j = 0; j < jobs; j++)
        {
            total += cost[helperOf[j], j];
            used[helperOf[j]] += minutes[helperOf[j], j];
        }
        if (total < bestCost && Enumerable.Range(0, helpers).All(i => used[i] <= limit[i]))
        {
            (best, bestCost) = ((int[])helperOf.Clone(), total);
        }
    }

    /// <summary>Moves and exchanges with a price on minutes too many, which grows until the plan keeps the limits.</summary>
    void Anneal(int steps)
    {
        var helperOf = new int[jobs];
        var room = (int[])limit.Clone();
        for (var j = 0; j < jobs; j++)
        {
            helperOf[j] = Enumerable.Range(0, helpers).Where(i => open[i, j]).DefaultIfEmpty(0).MinBy(i => cost[i, j]);
            room[helperOf[j]] -= minutes[helperOf[j], j];
        }
        var spread = Enumerable.Range(0, jobs).Average(j => (double)Enumerable.Range(0, helpers).Where(i => open[i, j]).Select(i => cost[i, j]).DefaultIfEmpty(0).Max() - Enumerable.Range(0, helpers).Where(i => open[i, j]).Select(i => cost[i, j]).DefaultIfEmpty(0).Min());
        var over = spread / 10 + 1e-9;
        var costNow = Enumerable.Range(0, jobs).Sum(j => cost[helperOf[j], j]);
        long Over(int helper, int change) => Math.Max(0, -(room[helper] + change));
        for (var step = 0; step < steps; step++)
        {
            var temperature = spread / 4 * Math.Pow(0.005, (double)step / steps);
            var j = random.Below(jobs);
            var a = helperOf[j];
            var (k, b) = (-1, random.Below(helpers));
            if (random.Below(2) == 0)
            {
                k = random.Below(jobs);
                b = helperOf[k];
            }
            if (a == b || !open[b, j] || k >= 0 && !open[a, k])
            {
                continue;
            }
            var change = cost[b, j] - cost[a, j] + (k < 0 ? 0 : cost[a, k] - cost[b, k]);
            var roomA = minutes[a, j] - (k < 0 ? 0 : minutes[a, k]);
            var roomB = -minutes[b, j] + (k < 0 ? 0 : minutes[b, k]);
            var total = change + over * (Over(a, roomA) - Over(a, 0) + Over(b, roomB) - Over(b, 0));
            if (total > -temperature * Math.Log(random.Fraction()))
            {
                continue;
            }
            helperOf[j] = b;
            if (k >= 0)
            {
                helperOf[k] = a;
            }
            costNow += change;
            room[a] += roomA;
            room[b] += roomB;
            if (Array.TrueForAll(room, left => left >= 0))
            {
                over = Math.Max(over * 0.999, 1e-6);
                if (costNow < bestCost)
                {
                    Keep(helperOf);
                }
            }
            else
            {
                over *= 1.001;
            }
        }
    }
}
