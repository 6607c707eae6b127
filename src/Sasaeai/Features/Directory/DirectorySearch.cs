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

/// <summary>One page of hits in a sensible order, the count of all, and how they spread.</summary>
public sealed record DirectoryResult(IReadOnlyList<DirectoryHit> Hits, int Total, IReadOnlyList<DirectoryHit> Nearby, IReadOnlyList<Term> Terms, EntryIndex Index, EntrySet All)
{
    public int CountOf(string category) => Index.CountOf(category, All);

    public int CountIn(Guid area) => Index.CountIn(area, All);
}

/// <summary>
/// Searching one town's directory in memory: sets of entries that may be hits (<see cref="EntryIndex"/>), then a close look
/// at each of these. A town has hundreds to some thousands of records: this takes less time than asking the database once,
/// and finds words of one character as well as of ten. docs/decisions/search-in-memory.md has the measurements.
/// </summary>
public static class DirectorySearch
{
    private const int MostNearby = 5;

    public static DirectoryResult Search(this TownDirectory directory, DirectoryQuery query, DateOnly today, Holidays holidays)
    {
        var (entries, index) = (directory.Entries, directory.Index);
        Term[] terms = [.. directory.Thesaurus.Read(query.Text)];
        WantedTerm[] wanted = [.. terms.Select(term => new WantedTerm(term, index))];
        var candidates = Candidates(directory, query, wanted);
        var dayKeys = query.Day is { } day ? DayKeys.Of(day, holidays.Contains(day)) : [];
        // Without words, near means nearest first; with words a closer place may not overtake a better match by much.
        var order = query is { Order: DirectoryOrder.Best, Near: not null } && terms.Length == 0 ? Orders[DirectoryOrder.Nearest] : Orders[query.Order];
        var accepted = new Best(query.Skip + query.Take, order);
        var nearby = new Best(MostNearby, order);
        var all = new EntrySet(entries.Length);

        foreach (var number in candidates)
        {
            var entry = entries[number];
            if (today >= entry.HideOn || !Fits(entry, query, dayKeys, today, holidays))
            {
                continue;
            }

            double? km = query.Near is { } point && entry.HasPoint ? Distance(point, (entry.Lat, entry.Lng)) : null;
            if (query.Near is not null && (km is { } far ? far > query.WithinKm : !ComesNear(entry, query)) || Points(number, entry, wanted) is not { } points)
            {
                continue;
            }

            var found = new Found(entry, points + Standing(entry, today) - Math.Min(20, 2 * (km ?? 0)), km);
            if (entry.MunicipalityId != directory.Town.Id && query.Near is null)
            {
                nearby.Add(found);
                continue;
            }

            accepted.Add(found);
            all.Add(number);
        }

        return new DirectoryResult(
            [.. accepted.InOrder().Skip(query.Skip).Select(hit => new DirectoryHit(hit.Entry, hit.Km))],
            accepted.Seen,
            [.. nearby.InOrder().Select(hit => new DirectoryHit(hit.Entry, null))],
            terms, index, all);
    }

    /// <summary>The entries that have every code asked for and may hold every word.</summary>
    private static EntrySet Candidates(TownDirectory directory, DirectoryQuery query, WantedTerm[] terms)
    {
        var (index, candidates) = (directory.Index, EntrySet.All(directory.Entries.Length));
        foreach (var term in terms)
        {
            candidates.Meet(term.MayMatch);
        }

        if (query.Category is { } category)
        {
            candidates.Meet(index.OfAny(directory.WithChildren(category)));
        }

        if (query.Area is { } area)
        {
            candidates.Meet(index.In(area));
        }

        if (query.Weekdays != Weekdays.None)
        {
            candidates.Meet(index.OnAny(query.Weekdays));
        }

        foreach (var feature in FeaturesOf(query))
        {
            candidates.Meet(index.With(feature));
        }

        return candidates;
    }

    /// <summary>A term, with the entries that may hold its words and those of its categories.</summary>
    private sealed class WantedTerm
    {
        private readonly (string Text, EntrySet Named, EntrySet Told)[] words;
        private readonly EntrySet ofCategories, withFeatures;

        public WantedTerm(Term term, EntryIndex index)
        {
            words = [.. term.Others.Prepend(term.Word).Select(word => (word, index.MayBeNamed(word), index.MayTell(word)))];
            ofCategories = index.OfAny(term.CategoryCodes);
            withFeatures = index.WithAny(term.Features);
            MayMatch = index.OfAny(term.CategoryCodes).Join(withFeatures);
            foreach (var (_, named, told) in words)
            {
                MayMatch.Join(named).Join(told);
            }
        }

        public EntrySet MayMatch { get; }

        /// <summary>Name over category over text, and the word itself over those that mean the same; 0 when it is not there.</summary>
        public int Points(int number, Entry entry)
        {
            var (word, named, _) = words[0];
            if (named.Contains(number) && entry.NameKey.IndexOf(word, StringComparison.Ordinal) is >= 0 and var at)
            {
                return at > 0 ? 40 : entry.NameKey.Length == word.Length || entry.NameKey[word.Length] == '\n' ? 100 : 60;
            }

            foreach (var (other, mayBeNamed, _) in words.AsSpan(1))
            {
                if (mayBeNamed.Contains(number) && entry.NameKey.Contains(other, StringComparison.Ordinal))
                {
                    return 30;
                }
            }

            if (ofCategories.Contains(number))
            {
                return 20;
            }

            foreach (var (text, _, mayTell) in words)
            {
                if (mayTell.Contains(number) && entry.TextKey.Contains(text, StringComparison.Ordinal))
                {
                    return 5;
                }
            }

            return withFeatures.Contains(number) ? 5 : 0;
        }
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
        if (key == "")
        {
            return [];
        }

        var named = new List<Entry>();
        foreach (var number in directory.Index.MayBeNamed(key))
        {
            var entry = directory.Entries[number];
            if (entry.MunicipalityId == directory.Town.Id && today < entry.HideOn && entry.NameKey.Contains(key, StringComparison.Ordinal))
            {
                named.Add(entry);
            }
        }

        return named.OrderBy(entry => !entry.NameKey.StartsWith(key, StringComparison.Ordinal)).ThenBy(entry => entry.Name.Length).Select(entry => entry.Name).Distinct().Take(most);
    }

    /// <summary>Others of the town that serve the same purpose or are near, the likest first.</summary>
    public static IEnumerable<Entry> Alike(this TownDirectory directory, PublishedResource resource, DateOnly today, int most)
    {
        var alike = new Best(most, Orders[DirectoryOrder.Best]);
        Func<string, bool> shared = resource.Categories.Contains;
        foreach (var entry in directory.Entries)
        {
            if (entry.MunicipalityId != directory.Town.Id || entry.Id == resource.Id || today >= entry.HideOn)
            {
                continue;
            }

            var far = resource is { Lat: { } lat, Lng: { } lng } && entry.HasPoint ? Distance((lat, lng), (entry.Lat, entry.Lng)) : 5;
            var score = 3 * entry.Categories.Count(shared) - far;
            if (score > -2)
            {
                alike.Add(new Found(entry, score, null));
            }
        }

        return alike.InOrder().Select(found => found.Entry);
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

    // Plain code: what runs for each entry allocates nothing.
    private static bool Fits(Entry entry, DirectoryQuery query, int[] dayKeys, DateOnly today, Holidays holidays) =>
        (dayKeys.Length == 0 || entry.DayKeys.AsSpan().IndexOfAny(dayKeys) >= 0)
        && IsHeld(entry, query, today, holidays)
        && (!query.AcceptingOnly || AvailabilityOn(entry, today) is not Availability.Full);

    private static bool ComesNear(Entry entry, DirectoryQuery query) => !entry.HasPoint && query.NearAreas.Any(entry.Areas.Contains);

    /// <summary>On the weekday, on the day and at the time of day that are asked for, all three at once: 「火曜の午前」 is not 「火曜と、別の日の午前」.</summary>
    private static bool IsHeld(Entry entry, DirectoryQuery query, DateOnly today, Holidays holidays)
    {
        if (query is { Weekdays: Weekdays.None, Day: null, TimeOfDay: null })
        {
            return true;
        }

        var asked = query.TimeOfDay switch { TimeOfDay.Morning => (0, 720), TimeOfDay.Afternoon => (720, 1020), TimeOfDay.Evening => (1020, 1440), _ => ((int From, int To)?)null };
        return entry.Limits is { } schedule ? schedule.HasRuleFor(query.Weekdays, query.Day, asked, today, holidays)
            : asked is not { } span || entry.StartsMinute is { } starts && starts < span.To && (entry.EndsMinute ?? starts + 60) > span.From;
    }

    private static Availability? AvailabilityOn(Entry entry, DateOnly day) => entry.AvailabilityUntil is { } until && day > until ? null : entry.Availability;

    /// <summary>Null when a term is not found.</summary>
    private static int? Points(int number, Entry entry, WantedTerm[] terms)
    {
        var all = 0;
        foreach (var term in terms)
        {
            var points = term.Points(number, entry);
            if (points == 0)
            {
                return null;
            }

            all += points;
        }

        return all;
    }

    /// <summary>Verified over stale, open over full.</summary>
    private static int Standing(Entry entry, DateOnly today)
    {
        var age = entry.VerifiedOn is { } verified ? today.DayNumber - verified.DayNumber : int.MaxValue;
        return (age <= 90 ? 10 : age <= 365 ? 5 : 0) + (today >= entry.DueOn ? -5 : 0)
            + AvailabilityOn(entry, today) switch { Availability.Open => 5, Availability.Full => -5, _ => 0 };
    }
}
