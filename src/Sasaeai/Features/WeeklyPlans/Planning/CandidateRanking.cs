namespace Sasaeai.Features.WeeklyPlans.Planning;

/// <param name="Cost">Lower is better; the sum of the weights that <paramref name="Reasons"/> put into words.</param>
/// <param name="Start">The earliest start that fits; null when nothing does.</param>
/// <param name="Against">The hard limit that speaks against the helper; null: may be asked.</param>
public sealed record Candidate(Helper Helper, double Cost, double? Start, double WayMinutes, IReadOnlyList<string> Reasons, string? Against);

/// <summary>What a helper has already promised: the visits, and the minutes of the week.</summary>
public sealed record Promised(IReadOnlyList<PromisedVisit> Visits)
{
    public static readonly Promised Nothing = new([]);
}

public readonly record struct PromisedVisit(double Starts, double Ends, int Place);

/// <summary>Who could take one duty of one visit, best first, with reasons in words; everybody else follows with what speaks against.</summary>
public static class CandidateRanking
{
    public static IReadOnlyList<Candidate> Rank(PlanProblem problem, Visit visit, Duty duty, IReadOnlyDictionary<string, Promised> promised)
    {
        var usual = visit.UsualHelpers.Select((id, place) => (id, place)).ToDictionary(pair => pair.id, pair => pair.place);
        return [.. problem.Helpers
            .Select(helper => Weigh(problem, visit, duty, helper, promised.GetValueOrDefault(helper.Id, Promised.Nothing), usual.TryGetValue(helper.Id, out var place) ? place : null))
            .OrderBy(candidate => candidate.Against is not null).ThenBy(candidate => candidate.Cost).ThenBy(candidate => candidate.Helper.Id, StringComparer.Ordinal)];
    }

    static Candidate Weigh(PlanProblem problem, Visit visit, Duty duty, Helper helper, Promised promised, int? usualPlace)
    {
        var way = problem.Travel.Minutes(helper.Home, visit.Place, helper.Mode);
        var load = helper.MinutesBefore + promised.Visits.Sum(other => other.Ends - other.Starts);
        var (hours, more) = (load / 60, duty.Minutes / 60);
        var weights = problem.Weights;
        var stranger = visit.UsualHelpers.Count == 0 || usualPlace == 0 ? 0 : usualPlace is null ? weights.Stranger : weights.Stranger / 2;
        var cost = weights.TravelMinute * 2 * way + stranger + weights.SquaredHour * ((hours + more) * (hours + more) - hours * hours);
        double? start = null;
        Refusal? refusal = Refusal.NotFree;
        foreach (var slot in helper.Slots)
        {
            refusal = Eligibility.Refusal(visit, duty, helper, slot, problem.Rules);
            if (refusal is null && EarliestStart(problem, visit, duty, helper, promised, slot) is { } found && !(start <= found))
            {
                start = found;
            }
            if (refusal is not (null or Refusal.NotFree))
            {
                break;
            }
        }
        var against = start is null ? Against(refusal, promised) : OverLimit(duty, helper, promised, start.Value);
        return new Candidate(helper, cost, start, way, against is null ? Reasons(helper, way, usualPlace, load) : [], against);
    }

    /// <summary>The first start in the slot between the promised visits, with the ways there and on.</summary>
    static double? EarliestStart(PlanProblem problem, Visit visit, Duty duty, Helper helper, Promised promised, Slot slot)
    {
        var windows = visit.PinnedStart is { } pinned ? [new Window(pinned, pinned)] : visit.Windows;
        var others = promised.Visits.Where(other => other.Ends > slot.Starts && other.Starts < slot.Ends).OrderBy(other => other.Starts).ToArray();
        for (var k = 0; k <= others.Length; k++)
        {
            var from = k == 0 ? slot.Starts : others[k - 1].Ends + problem.Travel.Minutes(others[k - 1].Place, visit.Place, helper.Mode);
            var until = (k == others.Length ? slot.Ends : others[k].Starts - problem.Travel.Minutes(visit.Place, others[k].Place, helper.Mode)) - duty.Minutes;
            foreach (var window in windows)
            {
                var start = Math.Max(from, window.Opens);
                if (start <= Math.Min(until, window.Closes))
                {
                    return start;
                }
            }
        }
        return null;
    }

    static string? OverLimit(Duty duty, Helper helper, Promised promised, double start)
    {
        var week = promised.Visits.Sum(other => other.Ends - other.Starts);
        var day = promised.Visits.Where(other => Math.Floor(other.Starts / 1440) == Math.Floor(start / 1440)).Sum(other => other.Ends - other.Starts);
        return week + duty.Minutes > helper.MostMinutesAWeek ? "1週間の上限に達します"
            : day + duty.Minutes > helper.MostMinutesADay ? "1日の上限に達します"
            : null;
    }

    static string Against(Refusal? refusal, Promised promised) => refusal switch
    {
        Refusal.Avoided => "この組み合わせは避けることになっています",
        Refusal.Unskilled => "この活動はできません",
        Refusal.SkillEnded => "講習の期限が切れています",
        Refusal.Uninsured => "保険の期限が切れています",
        Refusal.PinnedToAnother => "担当者が決まっています",
        _ => promised.Visits.Count == 0 ? "この時間は空いていません" : "この時間は空いていないか、ほかの訪問があります",
    };

    static List<string> Reasons(Helper helper, double way, int? usualPlace, double load)
    {
        var how = helper.Mode switch { TravelMode.Foot => "徒歩", TravelMode.Bicycle => "自転車", _ => "車" };
        List<string> reasons = [$"{how}{way:0}分", "この時間は空き"];
        if (usualPlace is { } place)
        {
            reasons.Add(place == 0 ? "いつもの担当" : "前にも担当");
        }
        reasons.Add(load == 0 ? "今月はまだ担当なし" : $"今月の担当は{load / 60:0.#}時間");
        return reasons;
    }
}
