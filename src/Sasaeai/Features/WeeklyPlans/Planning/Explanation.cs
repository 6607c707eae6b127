namespace Sasaeai.Features.WeeklyPlans.Planning;

/// <summary>Says why a visit stays unserved, and finds the smallest relaxation by trying: each is built into the data and the visit inserted into the finished plan.</summary>
public static class Explanation
{
    static readonly double[] Widths = [15, 30, 60, 120];

    internal static IReadOnlyList<Unserved> Of(PlanProblem problem, WeeklyPlan plan, IReadOnlyList<int> unserved)
    {
        var booked = (from helper in plan.Helpers from planned in helper.Visits select (planned.Visit, planned.Duty, Booking: new Booking(helper.Helper, planned.Start)))
            .ToDictionary(entry => (entry.Visit, entry.Duty), entry => entry.Booking);
        var settled = problem.Visits.Where((_, v) => !unserved.Contains(v))
            .Select(visit => Planner.Fix(visit with { Duties = [.. visit.Duties.Select((duty, k) => duty with { Present = booked[(visit.Id, k)] })] })).ToArray();
        return [.. unserved.Select(v => problem.Visits[v]).Select(visit => new Unserved(visit.Id, Reason(problem, visit), Smallest(problem with { Visits = settled }, visit)))];
    }

    static string Reason(PlanProblem problem, Visit visit)
    {
        foreach (var duty in visit.Duties)
        {
            var refusals = problem.Helpers.SelectMany(helper => helper.Slots.DefaultIfEmpty(new Slot(0, 0)).Select(slot => Eligibility.Refusal(visit, duty, helper, slot, problem.Rules))).ToArray();
            if (refusals.All(refusal => refusal is not null))
            {
                // The limit nearest to a visit: the last check that anybody reached.
                return refusals.Max() switch
                {
                    Refusal.NotFree => "できる人はいますが、この時間に空いている人がいません。",
                    Refusal.PinnedToAnother => "決めた担当者が、この訪問に行けません。",
                    Refusal.Uninsured => "できる人の保険の期限が切れています。",
                    Refusal.SkillEnded => "できる人の講習か保険の期限が切れています。",
                    Refusal.Unskilled => $"「{duty.Skill}」ができる人がいません。",
                    _ => "避けてほしいと言われた人のほかに、行ける人がいません。",
                };
            }
        }
        return visit.Duties.Count == 2 ? "行ける2人の時間がそろいません。" : "行ける人はいますが、ほかの訪問か時間の上限でふさがっています。";
    }

    static Relaxation? Smallest(PlanProblem problem, Visit visit)
    {
        foreach (var (kind, width) in Steps(visit))
        {
            if (Takers(Relaxed(problem, visit, kind, width, problem.Helpers.Select(helper => helper.Id))) is { } takers
                && Takers(Relaxed(problem, visit, kind, width, takers)) is not null)
            {
                return new Relaxation(kind, takers, width);
            }
        }
        return null;
    }

    static IEnumerable<(RelaxationKind, double)> Steps(Visit visit) =>
        Widths.SelectMany(width => new[] { (RelaxationKind.Start, width), (RelaxationKind.LongerSlot, width), (RelaxationKind.MoreMinutes, width) })
            .Where(step => visit.PinnedStart is null || step.Item1 != RelaxationKind.Start)
            .Append((RelaxationKind.AnotherDay, 0)).Append((RelaxationKind.Renewal, 0)).Append((RelaxationKind.NewSlot, 0)).Append((RelaxationKind.Course, 0));

    /// <summary>The problem with the visit added and the relaxation applied.</summary>
    public static PlanProblem Relaxed(PlanProblem problem, Visit visit, RelaxationKind kind, double width, IEnumerable<string> helpers)
    {
        var named = helpers.ToHashSet();
        var wider = kind switch
        {
            RelaxationKind.Start => visit with { Windows = [.. visit.Windows.Select(window => new Window(window.Opens - width, window.Closes + width))] },
            RelaxationKind.AnotherDay => visit with { PinnedStart = null, Windows = [.. visit.Windows.SelectMany(window => Days(problem).Select(day => new Window(window.Opens % 1440 + day * 1440, window.Opens % 1440 + day * 1440 + window.Closes - window.Opens))).Distinct()] },
            _ => visit,
        };
        return problem with { Visits = [.. problem.Visits, wider], Helpers = [.. problem.Helpers.Select(helper => named.Contains(helper.Id) ? Relaxed(helper, visit, kind, width) : helper)] };
    }

    static Helper Relaxed(Helper helper, Visit visit, RelaxationKind kind, double width) => kind switch
    {
        RelaxationKind.MoreMinutes => helper with { MostMinutesADay = helper.MostMinutesADay + width, MostMinutesAWeek = helper.MostMinutesAWeek + width },
        RelaxationKind.LongerSlot => helper with { Slots = Longer(helper.Slots, width) },
        RelaxationKind.NewSlot => helper with { Slots = [.. helper.Slots, .. NewSlots(helper, visit)] },
        RelaxationKind.Renewal => helper with { InsuredUntil = double.PositiveInfinity, Skills = helper.Skills.ToDictionary(skill => skill.Key, _ => double.PositiveInfinity) },
        RelaxationKind.Course => helper with { InsuredUntil = double.PositiveInfinity, Skills = visit.Duties.Select(duty => duty.Skill).Concat(helper.Skills.Keys).Distinct().ToDictionary(skill => skill, _ => double.PositiveInfinity) },
        _ => helper,
    };

    static IEnumerable<int> Days(PlanProblem problem) => problem.Helpers.SelectMany(helper => helper.Slots).Select(slot => slot.Day).Distinct().Order();

    /// <summary>Each slot longer on both sides, as far as the neighbouring slots allow.</summary>
    static Slot[] Longer(IReadOnlyList<Slot> slots, double width)
    {
        var ordered = slots.OrderBy(slot => slot.Starts).ToArray();
        return [.. ordered.Select((slot, k) => new Slot(
            Math.Max(slot.Starts - width, k == 0 ? double.NegativeInfinity : (ordered[k - 1].Ends + slot.Starts) / 2),
            Math.Min(slot.Ends + width, k == ordered.Length - 1 ? double.PositiveInfinity : (slot.Ends + ordered[k + 1].Starts) / 2)))];
    }

    static IEnumerable<Slot> NewSlots(Helper helper, Visit visit)
    {
        var longest = visit.Duties.Max(duty => duty.Minutes) + visit.Gap.Least;
        return visit.Windows.Select(window => new Slot(window.Opens, window.Closes + longest)).Where(slot => helper.Slots.All(own => own.Ends <= slot.Starts || slot.Ends <= own.Starts));
    }

    /// <summary>Who makes the visit when it is inserted into the plan as it stands.</summary>
    static IReadOnlyList<string>? Takers(PlanProblem problem)
    {
        var schedule = new Schedule(problem);
        Planner.PlacePresent(problem, schedule);
        var visit = problem.Visits.Count - 1;
        return Enumerable.Range(0, visit).All(schedule.Served) && Insertion.Insert(schedule, visit)
            ? [.. Enumerable.Range(schedule.FirstStop(visit), schedule.StopsOf(visit)).Select(stop => problem.Helpers[schedule.HelperOf(schedule.RouteOf(stop))].Id)]
            : null;
    }
}
