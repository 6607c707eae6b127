using System.Globalization;
using System.Text;
using Sasaeai.Data;
using Sasaeai.Features.Areas;
using Sasaeai.Features.Resources;
using Sasaeai.Features.Resources.Schedules;
using Sasaeai.Japanese;

namespace Sasaeai.Features.Directory;

/// <summary>
/// What a resident asks for, as it stands in the address: <c>?q=ゴミ出し&amp;area=K1&amp;free=1</c>. What cannot be read
/// counts as not asked for, so that no address, however broken, is refused.
/// </summary>
public sealed record SearchConditions
{
    public const double UsualKm = 5, MostKm = 50;
    private const int LongestText = 1000;

    public static readonly IReadOnlyDictionary<string, Weekdays> DayNames = Enum.GetValues<Weekdays>().Where(day => day != Weekdays.None).ToDictionary(day => day.ToString()[..3].ToLowerInvariant());

    public string Text { get; init; } = "";
    public string Category { get; init; } = "";
    /// <summary>An area's code.</summary>
    public string Area { get; init; } = "";
    public Weekdays Days { get; init; }
    public TimeOfDay? Time { get; init; }
    public bool Today { get; init; }
    public DateOnly? On { get; init; }
    public bool Free { get; init; }
    public IReadOnlyList<string> Barrier { get; init; } = [];
    public bool Accepting { get; init; }
    public Viewpoint? View { get; init; }
    /// <summary>An address or the name of a part of town.</summary>
    public string Near { get; init; } = "";
    /// <summary>Where the device is, to about 100 m.</summary>
    public (double Lat, double Lng)? Here { get; init; }
    public double Km { get; init; } = UsualKm;
    public DirectoryOrder Sort { get; init; }
    /// <summary>From 1.</summary>
    public int Page { get; init; } = 1;
    /// <summary>Conditions that stood as words in the search box (<see cref="SpokenConditions"/>).</summary>
    public IReadOnlyList<string> Spoken { get; init; } = [];

    public bool IsNear => Near != "" || Here is not null;
    public bool IsTimed => Today || On is not null || Days != Weekdays.None || Time is not null;
    public bool IsChoosy => Free || Accepting || View is not null || Barrier.Count > 0;
    /// <summary>Anything is asked for at all; otherwise it is the whole list.</summary>
    public bool Any => Text != "" || Category != "" || Area != "" || IsTimed || IsChoosy || IsNear;

    public static SearchConditions Read(IQueryCollection query)
    {
        string Text(string key) => query[key].FirstOrDefault()?.Trim() is { } text ? text[..Math.Min(text.Length, LongestText)] : "";
        bool Flag(string key) => Text(key) is "1" or "true" or "on";
        double? Number(string key) => double.TryParse(Text(key), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

        return new SearchConditions
        {
            Text = Text("q"),
            Category = Text("category"),
            Area = Text("area"),
            Days = query["day"].Aggregate(Weekdays.None, (days, name) => days | DayNames.GetValueOrDefault(name ?? "")),
            Time = SnakeCase.Find<TimeOfDay>(Text("time")),
            Today = Flag("today"),
            On = DateOnly.TryParseExact(Text("on"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null,
            Free = Flag("free"),
            Barrier = [.. query["barrier"].OfType<string>().Where(code => code.Length is > 0 and <= 20).Distinct().Take(20)],
            Accepting = Flag("accepting"),
            View = SnakeCase.Find<Viewpoint>(Text("view")),
            Near = Text("near"),
            Here = Number("lat") is { } lat and >= 20 and <= 46 && Number("lon") is { } lon and >= 122 and <= 154 ? (Math.Round(lat, 3), Math.Round(lon, 3)) : null,
            Km = Number("km") is { } km and > 0 ? Math.Min(km, MostKm) : UsualKm,
            Sort = SnakeCase.Find<DirectoryOrder>(Text("sort")) ?? DirectoryOrder.Best,
            Page = int.TryParse(Text("p"), out var page) && page is > 0 and < 100_000 ? page : 1,
        };
    }

    /// <summary>The same conditions as an address; <see cref="Read"/> reads it back.</summary>
    public string ToQueryString()
    {
        var pairs = new List<(string Key, string? Value)>
        {
            ("q", Text), ("category", Category), ("area", Area), ("time", Time is { } time ? SnakeCase.From(time) : ""), ("today", Today ? "1" : ""),
            ("on", On?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)), ("free", Free ? "1" : ""), ("accepting", Accepting ? "1" : ""), ("view", View is { } view ? SnakeCase.From(view) : ""),
            ("near", Near), ("lat", Here?.Lat.ToString(CultureInfo.InvariantCulture)), ("lon", Here?.Lng.ToString(CultureInfo.InvariantCulture)),
            ("km", IsNear && Km != UsualKm ? Km.ToString(CultureInfo.InvariantCulture) : ""), ("sort", Sort == DirectoryOrder.Best ? "" : SnakeCase.From(Sort)),
        };
        pairs.AddRange(DayNames.Where(name => Days.HasFlag(name.Value)).Select(name => ("day", (string?)name.Key)));
        pairs.AddRange(Barrier.Select(code => ("barrier", (string?)code)));
        return QueryString.Create(pairs.Where(pair => pair.Value is { Length: > 0 }).Select(pair => KeyValuePair.Create(pair.Key, pair.Value))).Value ?? "";
    }

    public DirectoryQuery ToQuery(DirectoryToday town, int take)
    {
        var directory = town.Directory;
        var around = Surroundings.Of(this, directory);
        return new DirectoryQuery
        {
            Text = Text,
            Category = directory.Category(Category)?.Code,
            Area = directory.Areas.FindByCode(Area)?.Id,
            Weekdays = Days,
            Day = Today ? town.Today : On,
            TimeOfDay = Time,
            FreeOnly = Free,
            BarrierFree = Barrier,
            Viewpoint = View,
            AcceptingOnly = Accepting,
            Near = around?.Point,
            NearAreas = around?.Areas ?? [],
            WithinKm = Km,
            Order = Sort == DirectoryOrder.Nearest && around is null ? DirectoryOrder.Best : Sort,
            Skip = (Page - 1) * take,
            Take = take,
        };
    }

    /// <summary>The same question, less and less exact, with what was let go; the wishes of a person go last.</summary>
    public IEnumerable<(string LetGo, SearchConditions Conditions)> Wider(DirectoryToday town)
    {
        var wider = this with { Page = 1 };
        if (wider.IsTimed)
        {
            yield return ("日や時間の条件", wider = wider with { Today = false, On = null, Days = Weekdays.None, Time = null });
        }

        if (wider.IsChoosy)
        {
            yield return ("費用や設備などの条件", wider = wider with { Free = false, Accepting = false, View = null, Barrier = [] });
        }

        if (wider.Area != "")
        {
            yield return ("圏域の条件", wider = wider with { Area = "" });
        }

        if (wider.IsNear && wider.Km < MostKm)
        {
            yield return ($"{wider.Km:0.#}キロ以内という条件", wider = wider with { Km = MostKm });
        }

        if (wider.Text != "" && wider.Category != "")
        {
            yield return ("分類の条件", wider = wider with { Category = "" });
        }

        var terms = town.Directory.Thesaurus.Read(wider.Text);
        foreach (var term in terms.Count > 1 ? terms : [])
        {
            yield return ("ことばの一部", wider with { Text = term.Word });
        }

        foreach (var part in WordParts.Of(wider.Text))
        {
            yield return ("ことばの一部", wider with { Text = part });
        }

        if (wider.Text == "" && town.Directory.Category(wider.Category)?.ParentCode is { } parent)
        {
            yield return ("こまかい分類", wider with { Category = parent });
        }
    }
}

/// <summary>A place in town, and the areas that it lies in.</summary>
public sealed record Surroundings(string Name, (double Lat, double Lng) Point, IReadOnlyList<Guid> Areas)
{
    private static readonly string[] Around = ["の近く", "のあたり", "あたり", "付近", "周辺", "のそば"];

    /// <summary>Null when the conditions name no place, or one that the town does not know.</summary>
    public static Surroundings? Of(SearchConditions conditions, TownDirectory directory) =>
        conditions.Near != "" ? Named(Array.Find(Around, words => conditions.Near.EndsWith(words, StringComparison.Ordinal)) is { } around ? conditions.Near[..^around.Length] : conditions.Near, directory)
        : conditions.Here is { } here ? new("現在地", here, AreasAround(here, directory))
        : null;

    /// <summary>An address; the name of an area; that of several 町丁目 without their number; or the name of a place of the directory.</summary>
    private static Surroundings? Named(string name, TownDirectory directory)
    {
        if (directory.Blocks.Find(name).Block is { } found && directory.Areas.Find(found.Id) is { Lat: { } lat, Lng: { } lng } block)
        {
            return new(block.Name, (lat, lng), directory.Areas.WithAncestors([block.Id]));
        }

        var key = Folding.Fold(name);
        if (key == "")
        {
            return null;
        }

        var located = directory.Areas.All.Where(area => area is { Lat: not null, Lng: not null }).Select(area => (Area: area, Key: Folding.Fold(area.Name))).ToList();
        var called = located.Where(area => area.Key == key).ToList() is { Count: > 0 } same ? same
            : located.Where(area => area.Area.Kind == AreaKind.Block && area.Key.StartsWith(key, StringComparison.Ordinal) && area.Key[key.Length..].EndsWith("丁目", StringComparison.Ordinal)).ToList() is { Count: > 0 } numbered ? numbered
            : [.. located.Where(area => area.Area.Kind != AreaKind.Block && key.Length > 1 && area.Key.Contains(key, StringComparison.Ordinal)).OrderBy(area => area.Area.Kind).ThenBy(area => area.Key.Length).Take(1)];
        if (called.Count > 0)
        {
            return new(called.Count == 1 ? called[0].Area.Name : name, (called.Average(area => area.Area.Lat!.Value), called.Average(area => area.Area.Lng!.Value)),
                directory.Areas.WithAncestors(called.Select(area => area.Area.Id)));
        }

        return PlaceCalled(key, directory) is { } place ? new(name, (place.Lat, place.Lng), AreasAround((place.Lat, place.Lng), directory)) : null;
    }

    /// <summary>What bears the name, before what takes place there, before what holds the word in its name.</summary>
    private static Entry? PlaceCalled(string key, TownDirectory directory) => directory.Entries
        .Where(entry => entry.MunicipalityId == directory.Town.Id && entry.HasPoint)
        .Select(entry => (Entry: entry, Rank: IsLine(entry.NameKey, key) ? 0 : IsLine(entry.TextKey, key) ? 1 : key.Length > 2 && entry.NameKey.Contains(key, StringComparison.Ordinal) ? 2 : 3))
        .Where(place => place.Rank < 3).OrderBy(place => place.Rank).ThenBy(place => place.Entry.NameKey.Length).Select(place => place.Entry).FirstOrDefault();

    private static bool IsLine(string keys, string key) => keys.IndexOf(key, StringComparison.Ordinal) is >= 0 and var at
        && (at == 0 || keys[at - 1] == '\n') && (at + key.Length == keys.Length || keys[at + key.Length] == '\n');

    private static IReadOnlyList<Guid> AreasAround((double Lat, double Lng) point, TownDirectory directory) =>
        directory.Blocks.Nearest(point.Lat, point.Lng) is { Metres: < 3000 } nearest ? directory.Areas.WithAncestors([nearest.Block.Id]) : [];
}

/// <summary>The parts of a long word that nobody knows as a whole: 「ピアノ調律」 holds 「ピアノ」 and 「調律」.</summary>
public static class WordParts
{
    private const int Most = 6;

    private enum Script { Kanji, Katakana, Hiragana, Other }

    /// <summary>The pieces written in one script of at least two characters, the longest first; four kanji are two words.</summary>
    public static IReadOnlyList<string> Of(string text)
    {
        var parts = new List<string>();
        foreach (var word in text.Normalize(NormalizationForm.FormKC).Split([' ', '、', ',', '・'], StringSplitOptions.RemoveEmptyEntries))
        {
            for (int start = 0, end = 1; start < word.Length; start = end++)
            {
                while (end < word.Length && ScriptOf(word[end]) == ScriptOf(word[start]))
                {
                    end++;
                }

                var part = word[start..end];
                if (ScriptOf(word[start]) == Script.Kanji && part.Length is 4)
                {
                    parts.AddRange([part, part[..2], part[2..]]);
                }
                else if (part.Length > (ScriptOf(word[start]) == Script.Hiragana ? 2 : 1))
                {
                    parts.Add(part);
                }
            }
        }

        return [.. parts.Where(part => part != text).Distinct().OrderByDescending(part => part.Length).Take(Most)];
    }

    private static Script ScriptOf(char c) => c switch
    {
        >= '\u4E00' and <= '\u9FFF' or '々' => Script.Kanji,
        >= 'ァ' and <= 'ヺ' or 'ー' => Script.Katakana,
        >= 'ぁ' and <= 'ゖ' => Script.Hiragana,
        _ => Script.Other,
    };
}
