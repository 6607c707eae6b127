using Npgsql;
using Sasaeai.Bench.Generation;

namespace Sasaeai.Bench;

/// <summary>A kind of request, and what it may cost.</summary>
/// <param name="Budget">Milliseconds that 95 of 100 answers must keep to, or null.</param>
/// <param name="Cached">To be compared with the floor's cached page.</param>
public sealed record Scenario(string Name, double? Budget, bool Cached, Func<Place, Random, string> Path)
{
    public int Status { get; init; } = 200;

    /// <summary>Of the floor's throughput.</summary>
    public double LeastShare => Cached ? 0.7 : 0.5;

    private static string Query(string[] words, Random random) => Uri.EscapeDataString(random.Pick(words));

    private static readonly string[] Typed = ["たい", "体", "ごみ", "か", "見守", "さろん", "囲", "配"];

    public static readonly Scenario[] All =
    [
        new("search 1 character", 15, false, (place, random) => $"/{place.Slug}/resources?q={Query(Words.OneCharacter, random)}"),
        new("search common word", 15, false, (place, random) => $"/{place.Slug}/resources?q={Query(Words.Common, random)}"),
        new("search 2 characters", 15, false, (place, random) => $"/{place.Slug}/resources?q={Query([.. Words.Mid, .. Words.Rare], random)}"),
        new("search 3 characters+", 15, false, (place, random) => $"/{place.Slug}/resources?q={Query(Words.Long, random)}"),
        new("search several words", 15, false, (place, random) => $"/{place.Slug}/resources?q={Query(Words.Several, random)}"),
        new("detail", 8, false, (place, random) => $"/{place.Slug}/resources/{random.Pick(place.Resources)}"),
        new("detail, not cached", 8, false, (place, random) => $"/{place.Slug}/resources/{random.Pick(place.Resources)}?n={random.Next()}"),
        new("suggestions", 10, false, (place, random) => $"/{place.Slug}/suggestions?q={Query(Typed, random)}"),
        new("nearest", 20, false, (place, random) => FormattableString.Invariant($"/{place.Slug}/resources?lat={place.Lat + random.NextDouble() / 20:F4}&lon={place.Lng + random.NextDouble() / 20:F4}")),
        new("map points", null, false, (place, _) => $"/{place.Slug}/map/points.json"),
        new("town home", null, true, (place, _) => $"/{place.Slug}/"),
        new("list without words", null, true, (place, _) => $"/{place.Slug}/resources"),
        new("unknown address", null, true, (_, random) => $"/wp-{random.Next(1000)}.php") { Status = 404 },
    ];

    /// <summary>Two hundred towns drawn by their rows, as visitors are.</summary>
    public static async Task<List<Place>> PlacesAsync(NpgsqlDataSource owner) => await owner.ListAsync("""
        select town.id, town.slug, town.lat, town.lng, (select array_agg(resource_id) from (select resource_id from published.resource r where r.municipality_id = town.id and not withdrawn and hide_on > current_date limit 100) shown)
        from app.municipality town join (select municipality_id, count(*) rows from published.resource where not withdrawn group by 1) size on size.municipality_id = town.id
        where town.slug <> 'large' order by -ln(1 - (hashint4(town.id) & 65535) / 65536.0) / size.rows limit 200
        """, row => new Place(row.GetInt32(0), row.GetString(1), row.GetDouble(2), row.GetDouble(3), row.GetFieldValue<Guid[]>(4)));
}

public sealed record Place(int Id, string Slug, double Lat, double Lng, Guid[] Resources);
