namespace Sasaeai.Features.WeeklyPlans.Planning;

public sealed record WeeklyPlan(IReadOnlyList<HelperPlan> Helpers, IReadOnlyList<Unserved> Unserved, double Cost, bool Exact);

/// <summary>What one helper does, in order of time.</summary>
public sealed record HelperPlan(string Helper, IReadOnlyList<PlannedVisit> Visits);

/// <param name="Duty">Which of the visit's duties: 0 or 1.</param>
public sealed record PlannedVisit(string Visit, int Duty, double Start, double Minutes);

/// <summary>A visit that nobody makes, why, and the smallest change of the data with which somebody would.</summary>
public sealed record Unserved(string Visit, string Reason, Relaxation? Relaxation);

public enum RelaxationKind { Start, MoreMinutes, LongerSlot, AnotherDay, Renewal, NewSlot, Course }

/// <param name="Helpers">The helpers who would make the visit; for all but Start and AnotherDay what changes is theirs.</param>
/// <param name="Minutes">How far the start, the slot or the limit moves; 0 where that has no meaning.</param>
public sealed record Relaxation(RelaxationKind Kind, IReadOnlyList<string> Helpers, double Minutes)
{
    public string Sentence => Kind switch
    {
        RelaxationKind.Start => $"開始を{Minutes:0}分まで前後にずらせれば行けます。",
        RelaxationKind.MoreMinutes => $"担当できる時間の上限を{Minutes:0}分ふやせれば行けます。",
        RelaxationKind.LongerSlot => $"空き時間を前後に{Minutes:0}分のばせれば行けます。",
        RelaxationKind.AnotherDay => "ほかの曜日の同じ時間でよければ行けます。",
        RelaxationKind.Renewal => "保険または講習を更新すれば行けます。",
        RelaxationKind.NewSlot => "この時間に空けてもらえれば行けます。",
        _ => "講習を受ければ行けます。",
    };
}
