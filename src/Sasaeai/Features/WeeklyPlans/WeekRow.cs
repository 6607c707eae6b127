using Sasaeai.Features.Visits;
using Sasaeai.Features.WeeklyPlans.Planning;

namespace Sasaeai.Features.WeeklyPlans;

/// <summary>A visit of the week as the pages show it.</summary>
/// <param name="Day">Settled or proposed; null while nobody is found.</param>
public sealed record WeekRow(WeekVisit Of, DateOnly? Day, TimeOnly Starts, IReadOnlyList<WeekRow.Person> Helpers, LeftVisit? Left, string Hint)
{
    /// <param name="IsAgreed">Settled, not only proposed.</param>
    public sealed record Person(Guid Id, string Name, string Phone, short Place, bool IsAgreed);

    public bool IsProposed => Helpers.Any(helper => !helper.IsAgreed);
    /// <summary>Whether its helpers may still be chosen.</summary>
    public bool IsOpenOn(DateOnly today) => !Of.IsSettled && !Of.HasPassed(today);

    public int Missing => Of.IsSettled ? 0 : Of.Visit.Helpers - Helpers.Count;
    public TimeOnly Ends => Starts.AddMinutes(Of.Visit.Minutes);

    /// <summary>In the order of the week; what has no day comes last.</summary>
    public static IReadOnlyList<WeekRow> All(WeekFacts facts, ProposalContent proposal)
    {
        var people = facts.Helpers.ToDictionary(helper => helper.Id);
        var (proposed, left) = (proposal.Places.ToLookup(placed => placed.VisitId), proposal.Left.ToDictionary(one => one.VisitId));
        Person Named(Guid id, short place, bool agreed) => people.TryGetValue(id, out var helper) ? new Person(id, helper.Name, helper.Phone, place, agreed) : new Person(id, "退会した会員", "", place, agreed);
        WeekRow Row(WeekVisit of)
        {
            var own = of.IsSettled ? [] : proposed[of.Id].Where(placed => of.Agreed.All(assignment => assignment.Place != placed.Place)).OrderBy(placed => placed.Place).ToList();
            var helpers = of.Agreed.Select(assignment => Named(assignment.MemberId, assignment.Place, true)).Concat(own.Select(placed => Named(placed.MemberId, placed.Place, false))).OrderBy(helper => helper.Place).ToList();
            var missing = !of.IsSettled && helpers.Count < of.Visit.Helpers ? left.GetValueOrDefault(of.Id) : null;
            return new WeekRow(of, of.Visit.Day ?? own.FirstOrDefault()?.Day, of.Visit.Starts ?? own.FirstOrDefault()?.Starts ?? of.Visit.Earliest, helpers, missing, Hint(missing));
        }

        string Hint(LeftVisit? missing) => missing switch
        {
            null => "",
            { Relaxation: { } kind } => (missing.HelperIds.Count == 0 ? "" : string.Join('と', missing.HelperIds.Select(id => Named(id, 0, false).Name + "さん")) + "：") + new Relaxation(kind, [], missing.Minutes).Sentence,
            _ => "小さな変更では行ける人がいません。ほかの団体か専門のサービスにつなぐことも考えてください。",
        };

        return [.. facts.Visits.Select(Row).OrderBy(row => row.Day is null).ThenBy(row => row.Day ?? row.Of.Visit.FromDay).ThenBy(row => row.Starts).ThenBy(row => row.Of.Id)];
    }
}
