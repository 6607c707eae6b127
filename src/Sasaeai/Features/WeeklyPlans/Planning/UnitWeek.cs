namespace Sasaeai.Features.WeeklyPlans.Planning;

/// <summary>
/// A week of unit jobs: each slot of a helper holds one job, a helper at most so many in the week, and each further job
/// of a helper costs more than the one before (fair load). Exact by min-cost flow along shortest paths: the growing
/// costs of a helper are parallel arcs, so the flow is whole and fills the cheap ones first.
/// </summary>
public static class UnitWeek
{
    /// <param name="cost">Job × slot; infinity where it may not go.</param>
    /// <param name="helperOf">The helper of each slot.</param>
    /// <param name="loadCost">For each helper the cost of the first, second, … job, not falling; as many as the helper may take.</param>
    /// <param name="unserved">What it costs to leave each job out.</param>
    /// <returns>The slot of each job, or -1.</returns>
    public static int[] Solve(double[,] cost, int[] helperOf, double[][] loadCost, double[] unserved)
    {
        var (jobs, slots, helpers) = (cost.GetLength(0), cost.GetLength(1), loadCost.Length);
        var (source, target) = (0, 1);
        int Job(int j) => 2 + j;
        int SlotNode(int s) => 2 + jobs + s;
        int HelperNode(int h) => 2 + jobs + slots + h;
        var flow = new Flow(2 + jobs + slots + helpers);
        for (var j = 0; j < jobs; j++)
        {
            flow.Add(source, Job(j), 0);
            flow.Add(Job(j), target, unserved[j]);
            for (var s = 0; s < slots; s++)
            {
                if (cost[j, s] < double.PositiveInfinity)
                {
                    flow.Add(Job(j), SlotNode(s), cost[j, s]);
                }
            }
        }
        for (var s = 0; s < slots; s++)
        {
            flow.Add(SlotNode(s), HelperNode(helperOf[s]), 0);
        }
        for (var h = 0; h < helpers; h++)
        {
            foreach (var step in loadCost[h])
            {
                flow.Add(HelperNode(h), target, step);
            }
        }
        for (var j = 0; j < jobs; j++)
        {
            flow.Augment(source, target);
        }
        return [.. Enumerable.Range(0, jobs).Select(j => flow.Used(Job(j)).Select(node => node - 2 - jobs).FirstOrDefault(s => s >= 0, -1))];
    }

    /// <summary>Arcs of capacity one; an arc and its reverse are neighbours in the list.</summary>
    sealed class Flow(int nodes)
    {
        readonly List<int>[] arcsOf = [.. Enumerable.Range(0, nodes).Select(_ => new List<int>())];
        readonly List<(int To, double Cost)> arcs = [];
        readonly List<bool> free = [];

        public void Add(int from, int to, double cost)
        {
            arcsOf[from].Add(arcs.Count);
            arcs.Add((to, cost));
            free.Add(true);
            arcsOf[to].Add(arcs.Count);
            arcs.Add((from, -cost));
            free.Add(false);
        }

        public IEnumerable<int> Used(int from) => arcsOf[from].Where(arc => arc % 2 == 0 && !free[arc]).Select(arc => arcs[arc].To);

        /// <summary>One unit along the cheapest path (Bellman and Ford with a queue, since reverse arcs cost less than nothing).</summary>
        public void Augment(int source, int target)
        {
            var distance = Enumerable.Repeat(double.PositiveInfinity, nodes).ToArray();
            var cameBy = Enumerable.Repeat(-1, nodes).ToArray();
            var queued = new bool[nodes];
            var queue = new Queue<int>([source]);
            distance[source] = 0;
            while (queue.TryDequeue(out var node))
            {
                queued[node] = false;
                foreach (var arc in arcsOf[node])
                {
                    var (to, cost) = arcs[arc];
                    if (free[arc] && distance[node] + cost < distance[to] - 1e-9)
                    {
                        (distance[to], cameBy[to]) = (distance[node] + cost, arc);
                        if (!queued[to])
                        {
                            queued[to] = true;
                            queue.Enqueue(to);
                        }
                    }
                }
            }
            for (var node = target; node != source && cameBy[node] >= 0; node = arcs[cameBy[node] ^ 1].To)
            {
                free[cameBy[node]] = false;
                free[cameBy[node] ^ 1] = true;
            }
        }
    }
}
