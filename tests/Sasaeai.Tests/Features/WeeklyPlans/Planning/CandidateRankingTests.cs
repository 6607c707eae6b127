using Sasaeai.Features.WeeklyPlans.Planning;

namespace Sasaeai.Tests.Features.WeeklyPlans.Planning;

public class CandidateRankingTests
{
    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(5)]
    public void Whoever_is_proposed_can_really_go(int seed)
    {
        var problem = Weeks.Random(seed) with { Rules = new PlanRules { StartsEvery = 0 } };
        foreach (var visit in problem.Visits.Where(visit => visit.Duties.Count == 1))
        {
            var ranked = CandidateRanking.Rank(problem, visit, visit.Duties[0], new Dictionary<string, Promised>());
            Assert.Equal(problem.Helpers.Count, ranked.Count);
            foreach (var candidate in ranked)
            {
                var alone = problem with { Helpers = [candidate.Helper], Visits = [visit] };
                var plan = Planner.Plan(alone, Weeks.Short);
                Assert.Equal(candidate.Against is null, plan.Unserved.Count == 0);
            }
        }
    }

    [Fact]
    public void Reasons_and_objections_are_said_in_words()
    {
        Helper Of(string id, params string[] skills) => new() { Id = id, Home = 0, Skills = skills.ToDictionary(skill => skill, _ => 1e9), Slots = [new Slot(540, 720)] };
        var visit = new Visit { Id = "v", Place = 1, Windows = [new Window(600, 660)], Duties = [new Duty("買い物", 60)], UsualHelpers = ["known"], Avoids = new HashSet<string> { "avoided" } };
        var problem = new PlanProblem { Travel = Travel.Of(new double[,] { { 0, 6 }, { 6, 0 } }), Visits = [visit], Helpers = [Of("stranger", "買い物"), Of("known", "買い物"), Of("busy", "買い物"), Of("unskilled"), Of("avoided", "買い物")] };
        var ranked = CandidateRanking.Rank(problem, visit, visit.Duties[0], new Dictionary<string, Promised> { ["busy"] = new([new PromisedVisit(560, 700, 1)]) });
        Assert.Equal(["known", "stranger"], ranked.Take(2).Select(candidate => candidate.Helper.Id));
        Assert.Equal(["徒歩6分", "この時間は空き", "いつもの担当", "今月はまだ担当なし"], ranked[0].Reasons);
        var against = ranked.Where(candidate => candidate.Against is not null).ToDictionary(candidate => candidate.Helper.Id, candidate => candidate.Against);
        Assert.Equal("この活動はできません", against["unskilled"]);
        Assert.Equal("この組み合わせは避けることになっています", against["avoided"]);
        Assert.Equal("この時間は空いていないか、ほかの訪問があります", against["busy"]);
    }
}
