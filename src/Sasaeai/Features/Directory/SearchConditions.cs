using System.Globalization;
using Sasaeai.Data;
using Sasaeai.Features.Areas;
using Sasaeai.Features.Resources;
using Sasaeai.Features.Resources.Schedules;

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

        if (wider.Text == "" && town.Directory.Category(wider.Category)?.ParentCode is { } parent)
        {
            yield return ("こまかい分類", wider with { Category = parent });
        }
    }
}

/// <summary>A place in town, and the areas that it lies in.</summary>
public sealed record Surroundings(string Name, (double Lat, double Lng) Point, IReadOnlyList<Guid> Areas)
{
    /// <summary>Null when the conditions name no place, or one that the town does not know.</summary>
    public static Surroundings? Of(SearchConditions conditions, TownDirectory directory)
    {
        if (conditions.Near != "")
        {
            var area = directory.Blocks.Find(conditions.Near).Block is { } block ? directory.Areas.Find(block.Id)
                : directory.Areas.All.FirstOrDefault(area => area.Name == conditions.Near);
            return area is { Lat: { } lat, Lng: { } lng } ? new(area.Name, (lat, lng), directory.Areas.WithAncestors([area.Id])) : null;
        }

        return conditions.Here is { } here
            ? new("現在地", here, directory.Blocks.Nearest(here.Lat, here.Lng) is { Metres: < 3000 } nearest ? directory.Areas.WithAncestors([nearest.Block.Id]) : [])
            : null;
    }
}
