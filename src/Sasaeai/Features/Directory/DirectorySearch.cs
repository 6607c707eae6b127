using System.Runtime.InteropServices;
using Sasaeai.Features.Resources;
using Sasaeai.Features.Resources.Schedules;
using Sasaeai.Japanese;

namespace Sasaeai.Features.Directory;

/// <summary>What a person looks for. All conditions hold together.</summary>
public sealed record DirectoryQuery
{
    public string? Text { get; init; }
    public string? Category { get; init; }
    public Guid? Area { get; init; }
    /// <summary>Runs on any of these; none for every day.</summary>
    public Weekdays Weekdays { get; init; }
    /// <summary>Runs on this day.</summary>
    public DateOnly? Day { get; init; }
    public TimeOfDay? TimeOfDay { get; init; }
    public bool FreeOnly { get; init; }
    public IReadOnlyList<string> BarrierFree { get; init; } = [];
    public Viewpoint? Viewpoint { get; init; }
    public bool AcceptingOnly { get; init; }
    /// <summary>Nearest first around this point, up to <see cref="WithinKm"/>.</summary>
    public (double Lat, double Lng)? Near { get; init; }
    public double WithinKm { get; init; } = 20;
    /// <summary>The areas that the point lies in: what has no place of its own but comes to one of them is near too.</summary>
    public IReadOnlyList<Guid> NearAreas { get; init; } = [];
    public DirectoryOrder Order { get; init; }
    public int Skip { get; init; }
    public int Take { get; init; } = 20;
}

public enum TimeOfDay { Morning, Afternoon, Evening }

/// <summary>おすすめ順, 近い順, 確認が新しい順.</summary>
public enum DirectoryOrder { Best, Nearest, Verified }

public sealed record DirectoryHit(Entry Entry, double? Km)
{
    public int MunicipalityId => Entry.MunicipalityId;
    public Guid Id => Entry.Id;
}

public sealed record Facet(string Code, int Count);

/// <summary>One page of hits in a sensible order, the count of all, and how they spread.</summary>
public sealed record DirectoryResult(IReadOnlyList<DirectoryHit> Hits, int Total, IReadOnlyList<Facet> Categories, IReadOnlyList<Facet> Areas, IReadOnlyList<DirectoryHit> Nearby, IReadOnlyList<Term> Terms);

/// <summary>
/// Searching one town's directory in memory. A town has hundreds to some thousands of records: reading all of
/// them with vectorised text search takes less time than asking the database once, finds words of one character
/// as well as of ten, and counts facets on the way. docs/decisions/search-in-memory.md has the measurements.
/// </summary>
public static class DirectorySearch
{
    private const int MostNearby = 5;

    public static DirectoryResult Search(this TownDirectory directory, DirectoryQuery query, DateOnly today, Holidays holidays)
    {
        Term[] terms = [.. directory.Thesaurus.Read(query.Text)];
        var categories = query.Category is { } category ? directory.WithChildren(category) : null;
        var dayKeys = query.Day is { } day ? DayKeys.Of(day, holidays.Contains(day)) : [];
        var features = FeaturesOf(query);
        // Without words, near means nearest first; with words a closer place may not overtake a better match by much.
        var order = query is { Order: DirectoryOrder.Best, Near: not null } && terms.Length == 0 ? Orders[DirectoryOrder.Nearest] : Orders[query.Order];
        var accepted = new Best(query.Skip + query.Take, order);
        var nearby = new Best(MostNearby, order);
        var byCategory = new Dictionary<string, int>();
        var byArea = new Dictionary<Guid, int>();

        foreach (var entry in directory.Entries)
        {
            if (today >= entry.HideOn || !Fits(entry, query, categories, dayKeys, features, today, holidays))
            {
                continue;
            }

            double? km = query.Near is { } point ? entry.HasPoint ? Distance(point, (entry.Lat, entry.Lng)) : null : null;
            if (query.Near is not null && (km is { } far ? far > query.WithinKm : !ComesNear(entry, query)) || Score(entry, terms, today) is not { } score)
            {
                continue;
            }

            score -= Math.Min(20, 2 * (km ?? 0));
            if (entry.MunicipalityId != directory.Town.Id && query.Near is null)
            {
                nearby.Add(new Found(entry, score, km));
                continue;
            }

            accepted.Add(new Found(entry, score, km));
            foreach (var code in entry.Categories)
            {
                CollectionsMarshal.GetValueRefOrAddDefault(byCategory, code, out _)++;
            }

            foreach (var area in entry.Areas)
            {
                CollectionsMarshal.GetValueRefOrAddDefault(byArea, area, out _)++;
            }
        }

        return new DirectoryResult(
            [.. accepted.InOrder().Skip(query.Skip).Select(hit => new DirectoryHit(hit.Entry, hit.Km))],
            accepted.Seen,
            [.. byCategory.OrderByDescending(pair => pair.Value).Select(pair => new Facet(pair.Key, pair.Value))],
            [.. byArea.OrderByDescending(pair => pair.Value).Select(pair => new Facet(pair.Key.ToString(), pair.Value))],
            [.. nearby.InOrder().Select(hit => new DirectoryHit(hit.Entry, null))],
            terms);
    }

    private readonly record struct Found(Entry Entry, double Score, double? Km);

    private static readonly Dictionary<DirectoryOrder, Comparer<Found>> Orders = new()
    {
        [DirectoryOrder.Best] = By((a, b) => b.Score.CompareTo(a.Score)),
        [DirectoryOrder.Nearest] = By((a, b) => (a.Km ?? double.MaxValue).CompareTo(b.Km ?? double.MaxValue)),
        [DirectoryOrder.Verified] = By((a, b) => Nullable.Compare(b.Entry.VerifiedOn, a.Entry.VerifiedOn)),
    };

    private static Comparer<Found> By(Comparison<Found> comparison) =>
        Comparer<Found>.Create((a, b) => comparison(a, b) is var different && different != 0 ? different : a.Entry.Id.CompareTo(b.Entry.Id));

    /// <summary>The first few of many in an order, without keeping or sorting the rest.</summary>
    private sealed class Best(int most, Comparer<Found> order)
    {
        private readonly PriorityQueue<Found, Found> lastFirst = new(Comparer<Found>.Create((a, b) => order.Compare(b, a)));

        public int Seen { get; private set; }

        public void Add(Found found)
        {
            Seen++;
            if (lastFirst.Count < most)
            {
                lastFirst.Enqueue(found, found);
            }
            else if (most > 0 && order.Compare(found, lastFirst.Peek()) < 0)
            {
                lastFirst.DequeueEnqueue(found, found);
            }
        }

        public IEnumerable<Found> InOrder() => lastFirst.UnorderedItems.Select(item => item.Element).Order(order);
    }

    /// <summary>Names of published resources that begin with (or hold) what is typed.</summary>
    public static IEnumerable<string> SuggestNames(this TownDirectory directory, string typed, DateOnly today, int most)
    {
        var key = Folding.Stem(Folding.Fold(typed));
        return key == "" ? [] : directory.Entries
            .Where(entry => entry.MunicipalityId == directory.Town.Id && today < entry.HideOn && entry.NameKey.Contains(key, StringComparison.Ordinal))
            .OrderBy(entry => !entry.NameKey.StartsWith(key, StringComparison.Ordinal)).ThenBy(entry => entry.Name.Length)
            .Select(entry => entry.Name).Distinct().Take(most);
    }

    /// <summary>Kilometres between two points; a plane is exact enough at the size of a town.</summary>
    public static double Distance((double Lat, double Lng) a, (double Lat, double Lng) b)
    {
        var x = (a.Lng - b.Lng) * Math.Cos((a.Lat + b.Lat) / 2 * Math.PI / 180);
        var y = a.Lat - b.Lat;
        return Math.Sqrt(x * x + y * y) * 111.195;
    }

    private static string[] FeaturesOf(DirectoryQuery query) => [
        .. query.FreeOnly ? ["free"] : Array.Empty<string>(),
        .. query.Viewpoint is { } viewpoint ? [$"viewpoint:{Data.SnakeCase.From(viewpoint)}"] : Array.Empty<string>(),
        .. query.BarrierFree.Select(code => $"barrier:{code}")];

    private static bool Fits(Entry entry, DirectoryQuery query, HashSet<string>? categories, int[] dayKeys, string[] features, DateOnly today, Holidays holidays) =>
        (categories is null || entry.Categories.AsSpan().ContainsAny(categories))
        && (query.Area is not { } area || entry.Areas.AsSpan().Contains(area))
        && (query.Weekdays == Weekdays.None || (entry.Weekdays & query.Weekdays) != 0)
        && (dayKeys.Length == 0 || entry.DayKeys.AsSpan().IndexOfAny(dayKeys) >= 0)
        && (query.Day is not { } day || entry.Limits is not { } limits || limits.RunsOn(day, holidays))
        && (query.TimeOfDay is not { } part || IsOpen(entry, part))
        && entry.Features.ContainsAll(features)
        && (!query.AcceptingOnly || AvailabilityOn(entry, today) is not Availability.Full);

    // Plain loops: what runs for each entry allocates nothing.
    private static bool ContainsAll(this string[] codes, string[] wanted)
    {
        foreach (var code in wanted)
        {
            if (!codes.AsSpan().Contains(code))
            {
                return false;
            }
        }

        return true;
    }

    private static bool ContainsAny(this Span<string> codes, IReadOnlySet<string> wanted)
    {
        foreach (var code in codes)
        {
            if (wanted.Contains(code))
            {
                return true;
            }
        }

        return false;
    }

    // One vectorised pass a word: for Japanese this is many times faster than SearchValues<string>, which goes letter by letter.
    private static bool HoldsAny(this string key, string[] words)
    {
        foreach (var word in words)
        {
            if (key.Contains(word, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static bool ComesNear(Entry entry, DirectoryQuery query) => !entry.HasPoint && query.NearAreas.Any(entry.Areas.Contains);

    private static bool IsOpen(Entry entry, TimeOfDay part)
    {
        var (from, to) = part switch { TimeOfDay.Morning => (0, 720), TimeOfDay.Afternoon => (720, 1020), _ => (1020, 1440) };
        return entry.StartsMinute is { } starts && starts < to && (entry.EndsMinute ?? starts + 60) > from;
    }

    private static Availability? AvailabilityOn(Entry entry, DateOnly day) => entry.AvailabilityUntil is { } until && day > until ? null : entry.Availability;

    /// <summary>Null when a term is not found. Name over category over text; verified over stale; open over full.</summary>
    private static double? Score(Entry entry, Term[] terms, DateOnly today)
    {
        double score = 0;
        foreach (var term in terms)
        {
            var inName = entry.NameKey.IndexOf(term.Word, StringComparison.Ordinal);
            var points = inName == 0 ? entry.NameKey.Length == term.Word.Length || entry.NameKey[term.Word.Length] == '\n' ? 100 : 60
                : inName > 0 ? 40
                : entry.NameKey.HoldsAny(term.Others) ? 30
                : term.CategoryCodes.Count > 0 && entry.Categories.AsSpan().ContainsAny(term.CategoryCodes) ? 20
                : entry.TextKey.Contains(term.Word, StringComparison.Ordinal) || entry.TextKey.HoldsAny(term.Others) ? 5 : 0;
            if (points == 0)
            {
                return null;
            }

            score += points;
        }

        var age = entry.VerifiedOn is { } verified ? today.DayNumber - verified.DayNumber : int.MaxValue;
        return score + (age <= 90 ? 10 : age <= 365 ? 5 : 0) + (today >= entry.DueOn ? -5 : 0)
            + AvailabilityOn(entry, today) switch { Availability.Open => 5, Availability.Full => -5, _ => 0 };
    }
}
