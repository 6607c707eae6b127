using System.Globalization;

namespace Sasaeai.Bench.Plan;

/// <summary>An instance of generalised assignment in the form of the OR-Library: agents, jobs, costs, resources, capacities.</summary>
sealed record GapInstance(long[,] Cost, int[,] Minutes, int[] Limit)
{
    public static GapInstance Read(string file)
    {
        var numbers = File.ReadAllText(file).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(word => int.Parse(word, CultureInfo.InvariantCulture)).GetEnumerator();
        int Next() => numbers.MoveNext() ? numbers.Current : throw new InvalidDataException($"{file} ends too early.");
        var (agents, jobs) = (Next(), Next());
        var cost = new long[agents, jobs];
        var minutes = new int[agents, jobs];
        for (var k = 0; k < agents * jobs; k++)
        {
            cost[k / jobs, k % jobs] = Next();
        }
        for (var k = 0; k < agents * jobs; k++)
        {
            minutes[k / jobs, k % jobs] = Next();
        }
        return new GapInstance(cost, minutes, [.. Enumerable.Range(0, agents).Select(_ => Next())]);
    }
}
