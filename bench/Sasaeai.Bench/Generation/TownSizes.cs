namespace Sasaeai.Bench.Generation;

public static class TownSizes
{
    // Of 1,741 towns with 1,000,000 resources the middle one has 335 and the mean is 574.
    private const double Sigma = 1.038;

    /// <summary>Log-normal sizes that sum to the total, in random order.</summary>
    public static int[] Of(int towns, int total, Random random)
    {
        var weights = Enumerable.Range(0, towns).Select(_ => Math.Exp(Sigma * Normal(random))).ToArray();
        var scale = total / weights.Sum();
        var sizes = weights.Select(weight => (int)(weight * scale)).ToArray();
        for (var left = total - sizes.Sum(); left > 0; left--)
        {
            sizes[left % towns]++;
        }

        return sizes;
    }

    public static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
