using Sasaeai.Features.WeeklyPlans.Planning;

namespace Sasaeai.Tests.Features.WeeklyPlans.Planning;

public class BenchmarkTests
{
    [Theory]
    [InlineData("gap1-0", 261)]
    [InlineData("gap5-2", 383)]
    [InlineData("gap12-4", 945)]
    public void Published_assignments_are_solved_to_the_proven_optimum(string instance, long optimum)
    {
        var numbers = File.ReadAllText(Shared("gap", "cattrysse1994", instance)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(int.Parse).ToArray();
        var (helpers, jobs) = (numbers[0], numbers[1]);
        var cost = new long[helpers, jobs];
        var minutes = new int[helpers, jobs];
        for (var k = 0; k < helpers * jobs; k++)
            (cost[k / jobs, k % jobs], minutes[k / jobs, k % jobs]) = (numbers[2 + k], numbers[2 + helpers * jobs + k]);
        var result = MinuteAssignment.Solve(cost, minutes, numbers[^helpers..], 1, 100_000, TestContext.Current.CancellationToken);
        Assert.Equal(optimum, result!.Cost);
        Assert.True(result.Proven);
    }

    static string Shared(params string[] parts)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine([folder.FullName, "shared", "benchmarks", .. parts]);
            if (File.Exists(path))
                return path;
        }
        Assert.Skip("The folder shared/benchmarks is not beside the repository.");
        return "";
    }
}
