using Sasaeai.Features.WeeklyPlans.Planning;

namespace Sasaeai.Tests.Features.WeeklyPlans.Planning;

public class PlannerTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 25)];

    [Theory, MemberData(nameof(Seeds))]
    public void Every_plan_keeps_the_hard_limits_and_makes_or_names_every_visit(int seed)
    {
        var problem = Weeks.Random(seed);
        var plan = Planner.Plan(problem, Weeks.Short);
        Assert.Empty(PlanCheck.Faults(problem, plan));
        Assert.Equal(problem.Visits.Count, plan.Unserved.Count + plan.Bookings().Keys.Select(key => key.Visit).Distinct().Count());
        Assert.All(plan.Unserved, unserved => Assert.NotEmpty(unserved.Reason));
    }

    [Theory, MemberData(nameof(Seeds))]
    public void The_same_data_and_seed_give_the_same_plan(int seed)
    {
        var one = Planner.Plan(Weeks.Random(seed), Weeks.Short);
        var two = Planner.Plan(Weeks.Random(seed), Weeks.Short);
        Assert.Equal(one.Bookings(), two.Bookings());
        Assert.Equal(one.Cost, two.Cost);
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Pinned_visits_stay(int seed)
    {
        var problem = Weeks.Random(seed);
        var before = Planner.Plan(problem, Weeks.Short).Bookings();
        var pinned = before.Keys.Select(key => key.Visit).Distinct().Where((_, k) => k % 3 == 0).ToHashSet();
        var again = problem with
        {
            Weights = problem.Weights with { TravelMinute = 10, Stranger = 0, SquaredHour = 50 },
            Visits = [.. problem.Visits.Select(visit => !pinned.Contains(visit.Id) ? visit : visit with
            {
                PinnedStart = before[(visit.Id, 0)].Start,
                Duties = [.. visit.Duties.Select((duty, k) => duty with { PinnedHelper = before[(visit.Id, k)].Helper, Present = before[(visit.Id, k)] })],
            })],
        };
        var after = Planner.Plan(again, Weeks.Short).Bookings();
        Assert.All(before.Where(entry => pinned.Contains(entry.Key.Visit)), entry => Assert.Equal(entry.Value, after[entry.Key]));
    }

    [Theory, MemberData(nameof(Seeds))]
    public void A_cancelled_visit_moves_only_the_later_visits_of_its_helpers_that_day(int seed)
    {
        var problem = Weeks.Random(seed);
        var plan = Planner.Plan(problem, Weeks.Short);
        var before = plan.Bookings();
        var cancelled = before.Keys.First().Visit;
        var lost = before.Where(entry => entry.Key.Visit == cancelled).Select(entry => entry.Value).ToArray();
        var present = problem.WithPresent(plan);
        var without = present with { Visits = [.. present.Visits.Where(visit => visit.Id != cancelled)] };

        var again = Planner.Replan(without, lost, Weeks.Short);

        Assert.Empty(PlanCheck.Faults(without, again));
        var affected = before.Where(entry => lost.Any(gone => gone.Helper == entry.Value.Helper && gone.Start <= entry.Value.Start && Math.Floor(gone.Start / 1440) == Math.Floor(entry.Value.Start / 1440))).Select(entry => entry.Key.Visit).ToHashSet();
        var after = again.Bookings();
        Assert.All(before.Where(entry => !affected.Contains(entry.Key.Visit)), entry => Assert.Equal(entry.Value, after[entry.Key]));
        Assert.True(again.Unserved.Count <= plan.Unserved.Count);
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Planning_again_without_a_cause_moves_nothing_when_change_is_dear(int seed)
    {
        var problem = Weeks.Random(seed);
        var plan = Planner.Plan(problem, Weeks.Short);
        var again = problem.WithPresent(plan) with { Weights = problem.Weights with { Change = 100_000 } };
        Assert.Equal(plan.Bookings(), Planner.Plan(again, Weeks.Short).Bookings().Where(entry => plan.Bookings().ContainsKey(entry.Key)).ToDictionary());
    }

    [Fact]
    public void A_helper_who_is_no_longer_free_leaves_visits_with_reason_and_relaxation()
    {
        var problem = OneHelper(new Window(600, 660));
        Assert.Empty(Planner.Plan(problem, Weeks.Short).Unserved);

        var away = problem with { Helpers = [problem.Helpers[0] with { Slots = [new Slot(13 * 60, 16 * 60)] }] };
        var unserved = Assert.Single(Planner.Plan(away, Weeks.Short).Unserved);
        Assert.Equal("できる人はいますが、この時間に空いている人がいません。", unserved.Reason);
        Assert.Equal(new RelaxationAs(RelaxationKind.Start, 120), new RelaxationAs(unserved.Relaxation!.Kind, unserved.Relaxation.Minutes));
    }

    record RelaxationAs(RelaxationKind Kind, double Minutes);

    [Theory]
    [InlineData("skill", "「買い物」ができる人がいません。", RelaxationKind.Course)]
    [InlineData("course", "できる人の講習か保険の期限が切れています。", RelaxationKind.Renewal)]
    [InlineData("insurance", "できる人の保険の期限が切れています。", RelaxationKind.Renewal)]
    [InlineData("minutes", "行ける人はいますが、ほかの訪問か時間の上限でふさがっています。", RelaxationKind.MoreMinutes)]
    public void Each_reason_is_named_with_what_would_help(string limit, string reason, RelaxationKind helps)
    {
        var problem = OneHelper(new Window(600, 660));
        var helper = problem.Helpers[0];
        var limited = limit switch
        {
            "skill" => helper with { Skills = new Dictionary<string, double>() },
            "course" => helper with { Skills = new Dictionary<string, double> { ["買い物"] = 60 } },
            "insurance" => helper with { InsuredUntil = 60 },
            _ => helper with { MostMinutesADay = 20 },
        };
        var unserved = Assert.Single(Planner.Plan(problem with { Helpers = [limited] }, Weeks.Short).Unserved);
        Assert.Equal(reason, unserved.Reason);
        Assert.Equal(helps, unserved.Relaxation!.Kind);
    }

    [Fact]
    public void A_helper_to_avoid_is_never_proposed_as_a_way_out()
    {
        var problem = OneHelper(new Window(600, 660));
        var unserved = Assert.Single(Planner.Plan(problem with { Visits = [problem.Visits[0] with { Avoids = new HashSet<string> { "h" } }] }, Weeks.Short).Unserved);
        Assert.Null(unserved.Relaxation);
    }

    [Theory, MemberData(nameof(Seeds))]
    public void The_relaxation_named_really_fills_the_visit(int seed)
    {
        var problem = Weeks.Random(seed, visits: 20, helpers: 4);
        var plan = Planner.Plan(problem, Weeks.Short);
        var made = problem.WithPresent(plan);
        var settled = made with { Visits = [.. made.Visits.Where(visit => plan.Unserved.All(unserved => unserved.Visit != visit.Id)).Select(Planner.Fix)] };
        foreach (var unserved in plan.Unserved.Where(unserved => unserved.Relaxation is not null))
        {
            var visit = problem.Visits.Single(visit => visit.Id == unserved.Visit);
            var relaxation = unserved.Relaxation!;
            var relaxed = Explanation.Relaxed(settled, visit, relaxation.Kind, relaxation.Minutes, relaxation.Helpers);
            var again = Planner.Plan(relaxed, Weeks.Short);
            Assert.Empty(again.Unserved);
            Assert.Empty(PlanCheck.Faults(relaxed, again));
        }
    }

    [Fact]
    public void Two_who_must_start_together_wait_for_each_other()
    {
        // a is 10 minutes from home, b 30 minutes on; the pair at b needs both helpers.
        var problem = new PlanProblem
        {
            Travel = Travel.Of(new double[,] { { 0, 10, 40 }, { 10, 0, 30 }, { 40, 30, 0 } }),
            Rules = new PlanRules { HomeWaysInsideSlots = true, StartsEvery = 0 },
            Weights = new PlanWeights { SquaredHour = 0 },
            Helpers = [.. new[] { "h1", "h2" }.Select(id => new Helper { Id = id, Home = 0, Skills = new Dictionary<string, double> { ["掃除"] = 1e9 }, Slots = [new Slot(0, 600)] })],
            Visits =
            [
                new Visit { Id = "a", Place = 1, Windows = [new Window(0, 30)], Duties = [new Duty("掃除", 20)] },
                new Visit { Id = "b", Place = 2, Windows = [new Window(0, 600)], Duties = [new Duty("掃除", 15), new Duty("掃除", 15)] },
            ],
        };
        var plan = Planner.Plan(problem, Weeks.Short);
        var booked = plan.Bookings();
        Assert.Equal(10, booked[("a", 0)].Start);
        Assert.Equal(60, booked[("b", 0)].Start);
        Assert.Equal(60, booked[("b", 1)].Start);
        Assert.Equal(160, plan.Cost, 6);
    }

    static PlanProblem OneHelper(Window window) => new()
    {
        Travel = Travel.Of(new double[2, 2]),
        Helpers = [new Helper { Id = "h", Home = 0, Skills = new Dictionary<string, double> { ["買い物"] = 1e9 }, Slots = [new Slot(9 * 60, 12 * 60)] }],
        Visits = [new Visit { Id = "v", Place = 1, Windows = [window], Duties = [new Duty("買い物", 30)] }],
    };
}
