using Sasaeai.Features.WeeklyPlans.Planning;

namespace Sasaeai.Tests.Features.WeeklyPlans.Planning;

/// <summary>Small weeks made from a seed, with everything a visit or a helper can have.</summary>
static class Weeks
{
    public static readonly PlanEffort Short = new(20_000, 7);
    static readonly string[] Skills = ["ゴミ出し", "買い物", "掃除"];

    public static PlanProblem Random(int seed, int visits = 14, int helpers = 5)
    {
        var random = new Random(seed);
        var places = Enumerable.Range(0, visits + helpers).Select(_ => (35 + random.NextDouble() * 0.03, 135 + random.NextDouble() * 0.03)).ToArray();
        return new PlanProblem
        {
            Travel = Travel.OverGround(places),
            Rules = new PlanRules { HomeWaysInsideSlots = random.Next(2) == 0, MostLate = 10 * random.Next(2), StartsEvery = 5 * random.Next(2) },
            Helpers = [.. Enumerable.Range(0, helpers).Select(h => new Helper
            {
                Id = $"h{h}",
                Home = visits + h,
                Skills = Skills.Where(_ => random.Next(3) > 0).ToDictionary(skill => skill, _ => random.Next(8) == 0 ? 1440.0 : double.PositiveInfinity),
                InsuredUntil = random.Next(8) == 0 ? 1440 : double.PositiveInfinity,
                Slots = [.. from day in Enumerable.Range(0, 3) from half in new[] { 9, 13 } where random.Next(3) > 0 select new Slot(day * 1440 + half * 60, day * 1440 + (half + 3) * 60)],
                Mode = (TravelMode)random.Next(3),
                MostMinutesADay = 150,
                MostMinutesAWeek = 240,
            })],
            Visits = [.. Enumerable.Range(0, visits).Select(v =>
            {
                var two = random.Next(5) == 0;
                Window On(int day) => new(day * 1440 + 540 + 60 * random.Next(3), day * 1440 + 780 + 60 * random.Next(3));
                return new Visit
                {
                    Id = $"v{v}",
                    Place = v,
                    Windows = random.Next(3) == 0 ? [On(0), On(1), On(2)] : [On(random.Next(3))],
                    Duties = [.. Enumerable.Range(0, two ? 2 : 1).Select(_ => new Duty(Skills[random.Next(3)], 15 * random.Next(1, 5)))],
                    Gap = random.Next(2) == 0 ? Gap.Together : new Gap(10, 40),
                    Avoids = random.Next(5) == 0 ? new HashSet<string> { $"h{random.Next(helpers)}" } : [],
                    UsualHelpers = random.Next(2) == 0 ? [$"h{random.Next(helpers)}"] : [],
                };
            })],
        };
    }

    public static PlanProblem WithPresent(this PlanProblem problem, WeeklyPlan plan)
    {
        var booked = plan.Helpers.SelectMany(helper => helper.Visits.Select(planned => (Key: (planned.Visit, planned.Duty), Booking: new Booking(helper.Helper, planned.Start)))).ToDictionary(entry => entry.Key, entry => entry.Booking);
        return problem with { Visits = [.. problem.Visits.Select(visit => visit with { Duties = [.. visit.Duties.Select((duty, k) => duty with { Present = booked.GetValueOrDefault((visit.Id, k)) })] })] };
    }

    public static Dictionary<(string Visit, int Duty), Booking> Bookings(this WeeklyPlan plan) =>
        plan.Helpers.SelectMany(helper => helper.Visits.Select(planned => ((planned.Visit, planned.Duty), new Booking(helper.Helper, planned.Start)))).ToDictionary(entry => entry.Item1, entry => entry.Item2);
}
