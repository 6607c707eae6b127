using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;

namespace Sasaeai.Features.Issues.Board;

/// <summary>By state, by area, by urgency × frequency.</summary>
public enum BoardView { State, Area, Weight }

/// <summary>One issue on the board.</summary>
/// <param name="Voices">How many voices it holds, those of the issues merged into it too.</param>
/// <param name="DueOn">Until when an answer to its open handover is due.</param>
public sealed record Card(Guid Id, string Title, Guid? AreaId, string? CategoryCode, Urgency Urgency, Frequency Frequency, IssueState State, Guid OwnerId, int Version, short Weight, DateTimeOffset ChangedAt, DateTimeOffset? ClosedAt, int Voices, int Merged, DateOnly? DueOn);

/// <summary>A column (or a cell of the matrix) and what moving a card there means.</summary>
/// <param name="Target">As <see cref="CardMove"/> writes it; null where cards come by other ways only.</param>
public sealed record Column(string Title, string? Target, IReadOnlyList<Card> Cards, int Count, string? More);

/// <summary>「この札を、ここへ」, as a button says it: id|version|what|where.</summary>
public sealed record CardMove(Guid IssueId, int Version, string Target)
{
    public static string TargetOf(IssueState state) => $"state|{state}";

    public static string TargetOf(Guid? areaId) => $"area|{areaId}";

    public static string TargetOf(Urgency urgency, Frequency frequency) => $"weight|{urgency}-{frequency}";

    public static CardMove? Read(string? text) =>
        text?.Split('|') is [var id, var version, var what, var where] && Guid.TryParse(id, out var issue) && int.TryParse(version, out var seen) ? new CardMove(issue, seen, $"{what}|{where}") : null;

    /// <summary>The state asked for, when it is one that needs a page of its own.</summary>
    public IssueState? Closing => Enum.TryParse<IssueState>(Where("state"), out var state) && state is IssueState.Solved or IssueState.Declined ? state : null;

    /// <exception cref="RuleBrokenException">The card may not go there, or the target says nothing.</exception>
    public IReadOnlyList<IssueMove> Apply(Issue issue, TownNames names, Mover by)
    {
        if (Where("state") is { } state)
        {
            Rule.Require(Enum.TryParse<IssueState>(state, out var known) && Enum.IsDefined(known), Unreadable);
            return [issue.MoveTo(known, by)];
        }

        if (Where("area") is { } area)
        {
            Rule.Require(area == "" || Guid.TryParse(area, out var id) && names.Zones.Any(zone => zone.Id == id), Unreadable);
            return [issue.PlaceIn(area == "" ? null : Guid.Parse(area), by)];
        }

        var weight = (Where("weight") ?? "").Split('-');
        Urgency urgency = default;
        Frequency frequency = default;
        Rule.Require(weight.Length == 2 && Enum.TryParse(weight[0], out urgency) && Enum.IsDefined(urgency) && Enum.TryParse(weight[1], out frequency) && Enum.IsDefined(frequency), Unreadable);
        return issue.Weigh(urgency, frequency, by);
    }

    private const string Unreadable = "動かす先を読み取れません。画面を開き直して、もう一度動かしてください。";

    private string? Where(string what) => Target.StartsWith($"{what}|", StringComparison.Ordinal) ? Target[(what.Length + 1)..] : null;
}

/// <summary>Reads a board: a bounded number of cards a column in one query, and the counts in another.</summary>
public sealed class BoardQuery(AppDb db, CurrentPerson person, TownNames names, Guid? area)
{
    private const int MostCards = 160;

    private IQueryable<Issue> Open => Seen.Where(issue => issue.ClosedAt == null && issue.MergedIntoId == null);

    private IQueryable<Issue> Seen => area is { } only ? db.Issues.AsNoTracking().SeenBy(person, db).Where(issue => issue.AreaId == only) : db.Issues.AsNoTracking().SeenBy(person, db);

    public async Task<IReadOnlyList<Column>> ByStateAsync()
    {
        var counts = await Open.GroupBy(issue => issue.State).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count);
        IssueState[] open = [.. IssueWords.ByHand, IssueState.HandedOver], closed = [IssueState.Solved, IssueState.Declined];
        var most = MostCards / (open.Length + closed.Length);
        var cards = await CardsAsync([
            .. open.Select(state => First(Open.Where(issue => issue.State == state), most)),
            .. closed.Select(state => Seen.Where(issue => issue.State == state && issue.MergedIntoId == null && issue.ClosedAt != null).OrderByDescending(issue => issue.ClosedAt).Take(10)),
        ]);
        return
        [
            .. open.Select(state => new Column(state.InWords(), state == IssueState.HandedOver ? null : CardMove.TargetOf(state), Sorted(cards.Where(card => card.State == state)), counts.GetValueOrDefault(state), $"state={state}")),
            .. closed.Select(state => new Column($"{state.InWords()}（最近）", CardMove.TargetOf(state), [.. cards.Where(card => card.State == state).OrderByDescending(card => card.ClosedAt)], cards.Count(card => card.State == state), $"state={state}")),
        ];
    }

    public async Task<IReadOnlyList<Column>> ByAreaAsync()
    {
        var counts = (await Open.GroupBy(issue => issue.AreaId).Select(group => new { group.Key, Count = group.Count() }).ToListAsync()).ToDictionary(group => group.Key ?? Guid.Empty, group => group.Count);
        var zones = names.Zones.Select(zone => (Guid?)zone.Id).ToList();
        // An issue of a meeting may be of a smaller area, or of a 圏域 that is no more: it has its column, too.
        Guid?[] places = [.. zones, .. counts.Keys.Where(place => place != Guid.Empty && !zones.Contains(place)).Select(place => (Guid?)place).OrderBy(place => names.Area(place), StringComparer.Ordinal), null];
        var most = Math.Max(5, MostCards / places.Length);
        var cards = await CardsAsync([.. places.Select(place => First(Open.Where(issue => issue.AreaId == place), most))]);
        return [.. places.Select(place => new Column(names.Area(place), place is null || zones.Contains(place) ? CardMove.TargetOf(place) : null, Sorted(cards.Where(card => card.AreaId == place)), counts.GetValueOrDefault(place ?? Guid.Empty), $"area={place}"))];
    }

    /// <summary>Urgency from top to bottom, frequency from left to right.</summary>
    public async Task<IReadOnlyList<Column>> ByWeightAsync()
    {
        var counts = await Open.GroupBy(issue => new { issue.Urgency, issue.Frequency }).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => (group.Key.Urgency, group.Key.Frequency), group => group.Count);
        (Urgency Urgency, Frequency Frequency)[] cells = [.. from urgency in Enum.GetValues<Urgency>() from frequency in Enum.GetValues<Frequency>() select (urgency, frequency)];
        var cards = await CardsAsync([.. cells.Select(cell => { var weight = (short)(3 * (2 - (int)cell.Urgency) + 2 - (int)cell.Frequency); return Open.Where(issue => issue.Weight == weight).OrderByDescending(issue => issue.Weight).ThenByDescending(issue => issue.ChangedAt).ThenBy(issue => issue.Id).Take(MostCards / cells.Length); })]);
        return [.. cells.Select(cell => new Column($"{cell.Urgency.InWords()}・{cell.Frequency.InWords()}", CardMove.TargetOf(cell.Urgency, cell.Frequency),
            Sorted(cards.Where(card => (card.Urgency, card.Frequency) == cell)), counts.GetValueOrDefault(cell), $"urgency={cell.Urgency}&frequency={cell.Frequency}"))];
    }

    private static IQueryable<Issue> First(IQueryable<Issue> issues, int most) => issues.OrderByDescending(issue => issue.Weight).ThenByDescending(issue => issue.ChangedAt).ThenBy(issue => issue.Id).Take(most);

    private static Card[] Sorted(IEnumerable<Card> cards) => [.. cards.OrderByDescending(card => card.Weight).ThenByDescending(card => card.ChangedAt).ThenBy(card => card.Id)];

    private async Task<List<Card>> CardsAsync(IReadOnlyList<IQueryable<Issue>> columns) => await columns.Aggregate(Queryable.Concat)
        .Select(issue => new Card(issue.Id, issue.Title, issue.AreaId, issue.CategoryCode, issue.Urgency, issue.Frequency, issue.State, issue.OwnerId, issue.Version, issue.Weight, issue.ChangedAt, issue.ClosedAt,
            db.Voices.Count(voice => voice.IssueId == issue.Id) + db.Voices.Count(voice => db.Issues.Any(merged => merged.MergedIntoId == issue.Id && merged.Id == voice.IssueId)),
            db.Issues.Count(merged => merged.MergedIntoId == issue.Id),
            db.Handovers.Where(handover => handover.IssueId == issue.Id && handover.ReturnedOn == null && handover.AnsweredOn == null).Min(handover => (DateOnly?)handover.DueOn)))
        .ToListAsync();
}
