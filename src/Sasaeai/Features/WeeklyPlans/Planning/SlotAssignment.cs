namespace Sasaeai.Features.WeeklyPlans.Planning;

/// <summary>One slot, each helper one visit at most: the cheapest assignment, exact (Hungarian method by shortest augmenting paths, O(n²m)).</summary>
public static class SlotAssignment
{
    /// <param name="cost">Visit × helper; infinity where the helper may not. Never more visits than helpers: add columns for "unserved".</param>
    /// <returns>The helper of each visit, or -1 for a visit for which none remains.</returns>
    public static int[] Solve(double[,] cost)
    {
        var (visits, helpers) = (cost.GetLength(0), cost.GetLength(1));
        var visitPrice = new double[visits];
        var helperPrice = new double[helpers];
        var visitOf = Enumerable.Repeat(-1, helpers).ToArray();
        var distance = new double[helpers];
        var cameFrom = new int[helpers];
        var settled = new bool[helpers];
        for (var visit = 0; visit < visits; visit++)
        {
            Array.Fill(distance, double.PositiveInfinity);
            Array.Fill(cameFrom, -1);
            Array.Clear(settled);
            var (row, last, reached) = (visit, -1, 0.0);
            while (row >= 0)
            {
                var nearest = -1;
                for (var helper = 0; helper < helpers; helper++)
                {
                    if (settled[helper])
                    {
                        continue;
                    }
                    var through = reached + cost[row, helper] - visitPrice[row] - helperPrice[helper];
                    if (through < distance[helper])
                    {
                        (distance[helper], cameFrom[helper]) = (through, last);
                    }
                    if (distance[helper] < double.PositiveInfinity && (nearest < 0 || distance[helper] < distance[nearest]))
                    {
                        nearest = helper;
                    }
                }
                last = nearest;
                if (nearest < 0)
                {
                    break;
                }
                settled[nearest] = true;
                reached = distance[nearest];
                row = visitOf[nearest];
            }
            if (last < 0)
            {
                continue;
            }
            visitPrice[visit] += reached;
            for (var helper = 0; helper < helpers; helper++)
            {
                if (settled[helper] && helper != last)
                {
                    helperPrice[helper] -= reached - distance[helper];
                    visitPrice[visitOf[helper]] += reached - distance[helper];
                }
            }
            while (last >= 0)
            {
                var before = cameFrom[last];
                visitOf[last] = before < 0 ? visit : visitOf[before];
                last = before;
            }
        }
        var helperOf = Enumerable.Repeat(-1, visits).ToArray();
        for (var helper = 0; helper < helpers; helper++)
        {
            if (visitOf[helper] >= 0)
            {
                helperOf[visitOf[helper]] = helper;
            }
        }
        return helperOf;
    }
}
