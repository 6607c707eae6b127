namespace Sasaeai.Features.WeeklyPlans.Planning;

/// <summary>Reads a finished plan from the start and lists every hard limit it breaks; knows nothing of how plans are made.</summary>
public static class PlanCheck
{
    const double Tolerance = 1e-4;

    public static IReadOnlyList<string> Faults(PlanProblem problem, WeeklyPlan plan)
    {
        var faults = new List<string>();
        var visits = problem.Visits.ToDictionary(visit => visit.Id);
        var helpers = problem.Helpers.ToDictionary(helper => helper.Id);
        var made = plan.Helpers.SelectMany(helper => helper.Visits.Select(planned => (helper.Helper, Planned: planned))).ToLookup(entry => entry.Planned.Visit);
        foreach (var visit in problem.Visits)
        {
            var duties = made[visit.Id].OrderBy(entry => entry.Planned.Duty).ToArray();
            var left = plan.Unserved.Count(unserved => unserved.Visit == visit.Id);
            if (left == 1 ? duties.Length > 0 : left > 1 || !duties.Select(entry => entry.Planned.Duty).SequenceEqual(Enumerable.Range(0, visit.Duties.Count)))
            {
                faults.Add($"{visit.Id} is not made once or left once");
            }
            else if (duties.Length == 2)
            {
                var gap = duties[1].Planned.Start - duties[0].Planned.Start;
                if (duties[0].Helper == duties[1].Helper || gap < visit.Gap.Least - Tolerance || gap > visit.Gap.Most + Tolerance)
                {
                    faults.Add($"{visit.Id} does not have two helpers in time");
                }
            }
        }
        foreach (var (id, planned) in plan.Helpers.Select(entry => (entry.Helper, entry.Visits)))
        {
            faults.AddRange(FaultsOf(problem, helpers[id], planned, visits).Select(fault => $"{id}: {fault}"));
        }
        return faults;
    }

    static IEnumerable<string> FaultsOf(PlanProblem problem, Helper helper, IReadOnlyList<PlannedVisit> planned, Dictionary<string, Visit> visits)
    {
        var rules = problem.Rules;
        if (planned.Sum(entry => entry.Minutes) > helper.MostMinutesAWeek + Tolerance || planned.GroupBy(entry => Math.Floor(entry.Start / 1440)).Any(day => day.Sum(entry => entry.Minutes) > helper.MostMinutesADay + Tolerance))
        {
            yield return "more minutes than allowed";
        }
        for (var k = 0; k < planned.Count; k++)
        {
            var (entry, visit) = (planned[k], visits[planned[k].Visit]);
            var (duty, ends) = (visit.Duties[entry.Duty], planned[k].Start + planned[k].Minutes);
            var slots = helper.Slots.Where(slot => slot.Starts <= entry.Start + Tolerance && ends <= slot.Ends + Tolerance).ToArray();
            if (slots.Length == 0 || Eligibility.Refusal(visit, duty, helper, slots[0].Ends) is not null)
            {
                yield return $"{visit.Id} outside the slots, the skills or the wishes";
                continue;
            }
            var late = entry.Start - rules.MostLate - Tolerance;
            if (visit.PinnedStart is { } pinned
                ? entry.Duty == 0 && Math.Abs(entry.Start - pinned) > Tolerance
                : !visit.Windows.Any(window => window.Opens <= entry.Start + Tolerance && late <= window.Closes))
            {
                yield return $"{visit.Id} outside its windows";
            }
            double Way(int from, int to) => problem.Travel.Minutes(from, to, helper.Mode);
            var before = k > 0 && planned[k - 1].Start >= slots[0].Starts - Tolerance ? planned[k - 1] : null;
            var from = before is not null ? before.Start + before.Minutes + Way(visits[before.Visit].Place, visit.Place)
                : slots[0].Starts + (rules.HomeWaysInsideSlots ? Way(helper.Home, visit.Place) : 0);
            var last = k == planned.Count - 1 || planned[k + 1].Start >= slots[0].Ends;
            if (entry.Start < from - Tolerance || rules.HomeWaysInsideSlots && last && ends + Way(visit.Place, helper.Home) > slots[0].Ends + Tolerance)
            {
                yield return $"{visit.Id} cannot be reached in time";
            }
        }
    }
}
