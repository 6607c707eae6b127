using Sasaeai.Features.WeeklyPlans.Planning;

namespace Sasaeai.Tests.Features.WeeklyPlans.Planning;

public class ExactTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 40)];

    [Theory, MemberData(nameof(Seeds))]
    public void One_slot_equals_trying_everything(int seed)
    {
        var random = new Random(seed);
        var (visits, helpers) = (random.Next(1, 6), random.Next(1, 4));
        var cost = new double[visits, helpers + visits];
        for (var v = 0; v < visits; v++)
            for (var h = 0; h < helpers + visits; h++)
                cost[v, h] = h >= helpers ? 100 : random.Next(4) == 0 ? double.PositiveInfinity : random.Next(50);
        var found = SlotAssignment.Solve(cost).Select((helper, visit) => cost[visit, helper]).Sum();
        Assert.Equal(Cheapest(0, 0), found);

        double Cheapest(int visit, int used) => visit == visits ? 0
            : Enumerable.Range(0, helpers + visits).Where(h => (used >> h & 1) == 0).Min(h => cost[visit, h] + Cheapest(visit + 1, used | 1 << h));
    }

    [Theory, MemberData(nameof(Seeds))]
    public void A_week_of_unit_jobs_equals_trying_everything(int seed)
    {
        var random = new Random(seed);
        var (jobs, helpers) = (random.Next(1, 7), random.Next(1, 4));
        var helperOf = Enumerable.Range(0, helpers).SelectMany(h => Enumerable.Repeat(h, random.Next(1, 4))).ToArray();
        var cost = new double[jobs, helperOf.Length];
        for (var j = 0; j < jobs; j++)
            for (var s = 0; s < helperOf.Length; s++)
                cost[j, s] = random.Next(3) == 0 ? double.PositiveInfinity : random.Next(-5, 30);
        var load = Enumerable.Range(0, helpers).Select(_ => Enumerable.Range(1, random.Next(0, 4)).Select(k => 3.0 * (2 * k - 1)).ToArray()).ToArray();
        var unserved = Enumerable.Range(0, jobs).Select(_ => 25.0 + random.Next(20)).ToArray();

        var slots = UnitWeek.Solve(cost, helperOf, load, unserved);

        Assert.Equal(slots.Where(slot => slot >= 0).Distinct().Count(), slots.Count(slot => slot >= 0));
        var total = slots.Select((slot, job) => slot < 0 ? unserved[job] : cost[job, slot]).Sum()
            + slots.Where(slot => slot >= 0).GroupBy(slot => helperOf[slot]).Sum(group => load[group.Key].Take(group.Count()).Sum());
        Assert.Equal(Cheapest(0, 0, new int[helpers]), total, 6);

        double Cheapest(int job, int used, int[] count)
        {
            if (job == jobs)
                return 0;
            var best = unserved[job] + Cheapest(job + 1, used, count);
            for (var s = 0; s < helperOf.Length; s++)
            {
                var h = helperOf[s];
                if ((used >> s & 1) == 0 && cost[job, s] < double.PositiveInfinity && count[h] < load[h].Length)
                {
                    count[h]++;
                    best = Math.Min(best, cost[job, s] + load[h][count[h] - 1] + Cheapest(job + 1, used | 1 << s, count));
                    count[h]--;
                }
            }
            return best;
        }
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Minutes_assigned_equal_trying_everything(int seed)
    {
        var random = new Random(seed);
        var (helpers, jobs) = (random.Next(1, 4), random.Next(1, 8));
        var cost = new long[helpers, jobs];
        var minutes = new int[helpers, jobs];
        var limit = Enumerable.Range(0, helpers).Select(_ => random.Next(15, 50)).ToArray();
        for (var h = 0; h < helpers; h++)
            for (var j = 0; j < jobs; j++)
                (cost[h, j], minutes[h, j]) = (random.Next(1, 30), random.Next(5, 25));
        var cheapest = Cheapest(0, limit);
        var found = MinuteAssignment.Solve(cost, minutes, limit, 1, 100_000, TestContext.Current.CancellationToken);
        Assert.Equal(cheapest, found?.Cost);
        Assert.True(found is null || found.Proven);

        long? Cheapest(int job, int[] room) => job == jobs ? 0 : Enumerable.Range(0, helpers).Where(h => minutes[h, job] <= room[h])
            .Min(h => cost[h, job] + Cheapest(job + 1, [.. room.Select((left, k) => k == h ? left - minutes[h, job] : left)]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_week_whose_slots_hold_one_visit_is_exact_and_search_does_not_beat_it(int slotsEach)
    {
        var random = new Random(slotsEach);
        var problem = new PlanProblem
        {
            Travel = Travel.OverGround([.. Enumerable.Range(0, 20).Select(_ => (35 + random.NextDouble() * 0.02, 135 + random.NextDouble() * 0.02))]),
            Helpers = [.. Enumerable.Range(0, 8).Select(h => new Helper { Id = $"h{h}", Home = h, Skills = new Dictionary<string, double> { ["ゴミ出し"] = 1e9 }, Slots = [.. Enumerable.Range(0, slotsEach).Select(day => new Slot(day * 1440 + 420, day * 1440 + 450))] })],
            Visits = [.. Enumerable.Range(0, 12).Select(v => new Visit { Id = $"v{v}", Place = 8 + v, Windows = [new Window(v % slotsEach * 1440 + 420, v % slotsEach * 1440 + 430)], Duties = [new Duty("ゴミ出し", 20)] })],
        };
        var exact = Planner.Plan(problem, Weeks.Short);
        Assert.True(exact.Exact);
        Assert.Empty(PlanCheck.Faults(problem, exact));
        Assert.Equal(Math.Max(0, 12 - 8 * slotsEach), exact.Unserved.Count);
        var searched = Planner.Plan(problem with { Weights = problem.Weights with { WorstLateMinute = 1e-9 } }, Weeks.Short);
        Assert.False(searched.Exact);
        Assert.True(exact.Cost <= searched.Cost + 1e-6);
    }
}
