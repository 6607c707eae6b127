namespace Sasaeai.Features.WeeklyPlans.Planning;

/// <param name="Cost">Lower is better; the sum of the weights that <see cref="Reasons"/> put into words.</param>
/// <param name="Start">The earliest start that fits; null when nothing does.</param>
/// <param name="Against">The hard limit that speaks against the helper; null: may be asked.</param>
/// <param name="UsualPlace">Among the helpers whom the user knows, the most usual being 0.</param>
/// <param name="Load">Minutes of the month so far.</param>
public sealed record Candidate(Helper Helper, double Cost, double? Start, double WayMinutes, string? Against, int? UsualPlace, double Load)
{
    /// <summary>What speaks for asking. Made when asked for: a list of thousands shows a few.</summary>
    public IReadOnlyList<string> Reasons => Against is not null ? [] :
    [
        $"{Helper.Mode switch { TravelMode.Foot => "徒歩", TravelMode.Bicycle => "自転車", _ => "車" }}{WayMinutes:0}分", "この時間は空き",
        .. UsualPlace is { } place ? [place == 0 ? "いつもの担当" : "前にも担当"] : Array.Empty<string>(),
        Load == 0 ? "今月はまだ担当なし" : $"今月の担当は{Load / 60:0.#}時間",
    ];
}

/// <summary>What a helper has already promised: the visits, and the minutes of the week.</summary>
public sealed record Promised(IReadOnlyList<PromisedVisit> Visits)
{
    public static readonly Promised Nothing = new([]);

    internal double Minutes => Visits.Count == 0 ? 0 : Visits.Sum(visit => visit.Ends - visit.Starts);
}

public readonly record struct PromisedVisit(double Starts, double Ends, int Place);

/// <summary>Who could take one duty of one visit, best first, with reasons in words; everybody else follows with what speaks against.</summary>
public static class CandidateRanking
{
    public static IReadOnlyList<Candidate> Rank(PlanProblem problem, Visit visit, Duty duty, IReadOnlyDictionary<string, Promised> promised)
    {
        var usual = visit.UsualHelpers.Select((id, place) => (id, place)).ToDictionary(pair => pair.id, pair => pair.place);
        var windows = visit.PinnedStart is { } pinned ? [new Window(pinned, pinned)] : visit.Windows;
        var candidates = new Candidate[problem.Helpers.Count];
        for (var h = 0; h < candidates.Length; h++)
        {
            var helper = problem.Helpers[h];
            candidates[h] = Weigh(problem, visit, windows, duty, helper, promised.GetValueOrDefault(helper.Id, Promised.Nothing), usual.TryGetValue(helper.Id, out var place) ? place : null);
        }
        Array.Sort(candidates, static (a, b) =>
            (a.Against is not null).CompareTo(b.Against is not null) is var against and not 0 ? against
            : a.Cost.CompareTo(b.Cost) is var cost and not 0 ? cost
            : string.CompareOrdinal(a.Helper.Id, b.Helper.Id));
        return candidates;
    }

    static Candidate Weigh(PlanProblem problem, Visit visit, IReadOnlyList<Window> windows, Duty duty, Helper helper, Promised promised, int? usualPlace)
    {
        var way = problem.Travel.Minutes(helper.Home, visit.Place, helper.Mode);
        var load = helper.MinutesBefore + promised.Minutes;
        var (hours, more) = (load / 60, duty.Minutes / 60);
        var weights = problem.Weights;
        var stranger = visit.UsualHelpers.Count == 0 || usualPlace == 0 ? 0 : usualPlace is null ? weights.Stranger : weights.Stranger / 2;
        var cost = weights.TravelMinute * 2 * way + stranger + weights.SquaredHour * ((hours + more) * (hours + more) - hours * hours);
        double? start = null;
        Refusal? refusal = Refusal.NotFree;
        foreach (var slot in helper.Slots)
        {
            refusal = Eligibility.Refusal(visit, duty, helper, slot.Ends);
            if (refusal is not null)
            {
                break;
            }
            if (EarliestStart(problem, visit, windows, duty, helper, promised, slot) is { } found && !(start <= found))
            {
                start = found;
            }
        }
        var against = start is null ? Against(refusal ?? Refusal.NotFree, promised) : OverLimit(duty, helper, promised, start.Value);
        return new Candidate(helper, cost, start, way, against, usualPlace, load);
    }

    /// <summary>The first start in the slot between the promised visits, with the ways there and on.</summary>
    static double? EarliestStart(PlanProblem problem, Visit visit, IReadOnlyList<Window> windows, Duty duty, Helper helper, Promised promised, Slot slot)
    {
        if (promised.Visits.Count == 0)
        {
            return FirstIn(windows, slot.Starts, slot.Ends - duty.Minutes);
        }
        var others = promised.Visits.Where(other => other.Ends > slot.Starts && other.Starts < slot.Ends).OrderBy(other => other.Starts).ToArray();
        for (var k = 0; k <= others.Length; k++)
        {
            var from = k == 0 ? slot.Starts : others[k - 1].Ends + problem.Travel.Minutes(others[k - 1].Place, visit.Place, helper.Mode);
            var until = k == others.Length ? slot.Ends : others[k].Starts - problem.Travel.Minutes(visit.Place, others[k].Place, helper.Mode);
            if (FirstIn(windows, from, until - duty.Minutes) is { } start)
            {
                return start;
            }
        }
        return null;
    }

    /// <summary>The first start from one moment to another that a window admits.</summary>
    static double? FirstIn(IReadOnlyList<Window> windows, double from, double until)
    {
        for (var w = 0; w < windows.Count; w++)
        {
            var start = Math.Max(from, windows[w].Opens);
            if (start <= Math.Min(until, windows[w].Closes))
            {
                return start;
            }
        }
        return null;
    }

    static string? OverLimit(Duty duty, Helper helper, Promised promised, double start)
    {
        var day = Math.Floor(start / 1440);
        return promised.Minutes + duty.Minutes > helper.MostMinutesAWeek ? "手伝う時間の上限に達します"
            : promised.Visits.Where(other => Math.Floor(other.Starts / 1440) == day).Sum(other => other.Ends - other.Starts) + duty.Minutes > helper.MostMinutesADay ? "1日の上限に達します"
            : null;
    }

    static string Against(Refusal refusal, Promised promised) => refusal switch
    {
        Refusal.Avoided => "この組み合わせは避けることになっています",
        Refusal.Unskilled => "この活動はできません",
        Refusal.SkillEnded => "講習の期限が切れています",
        Refusal.Uninsured => "保険の期限が切れています",
        Refusal.PinnedToAnother => "担当者が決まっています",
        _ => promised.Visits.Count == 0 ? "この時間は空いていません" : "この時間は空いていないか、ほかの訪問があります",
    };
}
