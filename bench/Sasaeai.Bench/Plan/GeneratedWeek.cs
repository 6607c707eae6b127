using Sasaeai.Features.WeeklyPlans.Planning;

namespace Sasaeai.Bench.Plan;

/// <summary>A made-up week of one group: rubbish mornings, shopping, cleaning, talk, rides; helpers with some free half days and usual users.</summary>
static class GeneratedWeek
{
    static readonly (string Skill, double Minutes, double Share)[] Kinds =
        [("ゴミ出し", 15, 0.35), ("買い物", 45, 0.2), ("掃除", 60, 0.15), ("話し相手", 60, 0.12), ("庭仕事", 90, 0.08), ("通院の付き添い", 120, 0.1)];

    public static PlanProblem Make(int visits, int helpers, int seed)
    {
        var random = new Random(seed);
        (double, double) Place() => (35.0 + random.NextDouble() * 0.027, 135.0 + random.NextDouble() * 0.033);
        var places = Enumerable.Range(0, visits + helpers).Select(_ => Place()).ToArray();
        return new PlanProblem
        {
            Travel = Travel.OverGround(places),
            Helpers = [.. Enumerable.Range(0, helpers).Select(h => MakeHelper(random, h, visits + h))],
            Visits = [.. Enumerable.Range(0, visits).Select(v => MakeVisit(random, v, helpers))],
        };
    }

    static Helper MakeHelper(Random random, int index, int home) => new()
    {
        Id = $"h{index + 1}",
        Home = home,
        Skills = Kinds.Where(_ => random.NextDouble() < 0.6).Append(Kinds[index % Kinds.Length]).DistinctBy(kind => kind.Skill).ToDictionary(kind => kind.Skill, _ => double.PositiveInfinity),
        Slots = [.. from day in Enumerable.Range(0, 6) where random.NextDouble() < 0.6 from starts in new[] { 7.0, 13.0 } where random.NextDouble() < 0.65 select new Slot(day * 1440 + starts * 60, day * 1440 + (starts + 4.5) * 60)],
        Mode = (TravelMode)random.Next(3),
        MostMinutesADay = 240,
        MostMinutesAWeek = 120 + 60 * random.Next(8),
        MinutesBefore = 30 * random.Next(20),
    };

    static Visit MakeVisit(Random random, int index, int helpers)
    {
        var pick = random.NextDouble();
        var kind = Kinds.First(kind => (pick -= kind.Share) < 0 || kind == Kinds[^1]);
        var day = random.Next(6);
        Window Hours(int on, double opens, double closes) => new(on * 1440 + opens * 60, on * 1440 + closes * 60);
        Window[] windows = kind.Skill == "ゴミ出し" ? [Hours(day, 7, 8.25)]
            : random.NextDouble() < 0.4 ? [.. Enumerable.Range(0, 6).Select(on => Hours(on, 9, 16))]
            : random.Next(2) == 0 ? [Hours(day, 9, 11)] : [Hours(day, 13, 16)];
        var two = kind.Minutes >= 90 && random.NextDouble() < 0.3;
        return new Visit
        {
            Id = $"v{index + 1}",
            Place = index,
            Windows = windows,
            Duties = [.. Enumerable.Repeat(new Duty(kind.Skill, kind.Minutes), two ? 2 : 1)],
            UsualHelpers = [.. Enumerable.Range(0, random.Next(4)).Select(_ => $"h{random.Next(helpers) + 1}").Distinct()],
            Avoids = random.NextDouble() < 0.1 ? new HashSet<string> { $"h{random.Next(helpers) + 1}" } : [],
        };
    }
}
