namespace Sasaeai.Features.WeeklyPlans.Planning;

public enum Refusal { Avoided, Unskilled, SkillEnded, Uninsured, PinnedToAnother, NotFree }

/// <summary>The hard limits between one helper's slot and one duty, before anything else is in the slot.</summary>
public static class Eligibility
{
    public static Refusal? Refusal(Visit visit, Duty duty, Helper helper, Slot slot, PlanRules rules) =>
        Refusal(visit, duty, helper, slot.Ends) ?? (HasTime(visit, duty, slot, rules) ? null : Planning.Refusal.NotFree);

    /// <summary>What speaks against the helper whenever he or she is free; the course and the insurance must hold until the given moment.</summary>
    public static Refusal? Refusal(Visit visit, Duty duty, Helper helper, double until) =>
        visit.Avoids.Contains(helper.Id) ? Planning.Refusal.Avoided
        : duty.PinnedHelper is { } pinned && pinned != helper.Id ? Planning.Refusal.PinnedToAnother
        : !helper.Skills.TryGetValue(duty.Skill, out var skillEnds) ? Planning.Refusal.Unskilled
        : skillEnds < until ? Planning.Refusal.SkillEnded
        : helper.InsuredUntil < until ? Planning.Refusal.Uninsured
        : null;

    static bool HasTime(Visit visit, Duty duty, Slot slot, PlanRules rules)
    {
        var latest = slot.Ends - duty.Minutes;
        return visit.PinnedStart is { } pinned
            ? slot.Starts <= pinned && pinned <= latest
            : visit.Windows.Any(window => Math.Max(window.Opens, slot.Starts) <= Math.Min(window.Closes + rules.MostLate, latest));
    }
}
