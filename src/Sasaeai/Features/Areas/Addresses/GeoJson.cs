using System.Text.Json;

namespace Sasaeai.Features.Areas.Addresses;

/// <summary>A GeoJSON file that is not read. The message is a Japanese sentence for the person who chose it.</summary>
public sealed class GeoJsonRefusedException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>One feature: an area (Polygon, MultiPolygon) or a point, and its properties as text.</summary>
/// <param name="Number">Its place in the file, from 1.</param>
/// <param name="Properties">Texts as they are, numbers and true/false as written; null and nested values are left out.</param>
public sealed record GeoFeature(int Number, IReadOnlyDictionary<string, string> Properties, GeoArea? Area, GeoPoint? Point);

/// <summary>A feature that was left out, and why, in a Japanese sentence.</summary>
public sealed record GeoProblem(int Number, string Reason);

/// <summary>Reads a FeatureCollection (RFC 7946) in degrees; areas and points in Japan are taken, all else is told.</summary>
public sealed record GeoJson(IReadOnlyList<GeoFeature> Features, IReadOnlyList<GeoProblem> Problems)
{
    /// <summary>Bytes of a file.</summary>
    public const int MostBytes = 20 * 1024 * 1024;

    /// <summary>Points of all features.</summary>
    public const int MostPoints = 200_000;

    /// <exception cref="GeoJsonRefusedException">Not a FeatureCollection, or more than <see cref="MostBytes"/> or <see cref="MostPoints"/>.</exception>
    public static GeoJson Read(Stream file)
    {
        using var document = Parse(file);
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object || TextOf(root, "type") != "FeatureCollection"
            || !root.TryGetProperty("features", out var features) || features.ValueKind != JsonValueKind.Array)
        {
            throw new GeoJsonRefusedException("GeoJSONの地物の集まり（FeatureCollection）ではありません。地図ソフトでGeoJSONとして書き出したファイルを選んでください。");
        }

        var read = new List<GeoFeature>();
        var problems = new List<GeoProblem>();
        var points = 0;
        foreach (var (index, feature) in features.EnumerateArray().Index())
        {
            try
            {
                read.Add(Feature(index + 1, feature, ref points));
            }
            catch (LeftOutException leftOut)
            {
                problems.Add(new GeoProblem(index + 1, leftOut.Message));
            }
        }

        return new GeoJson(read, problems);
    }

    private static JsonDocument Parse(Stream file)
    {
        var bytes = new MemoryStream();
        var buffer = new byte[81_920];
        for (int read; (read = file.Read(buffer)) > 0;)
        {
            bytes.Write(buffer, 0, read);
            if (bytes.Length > MostBytes)
            {
                throw new GeoJsonRefusedException($"ファイルが大きすぎます（上限は{MostBytes / 1024 / 1024}MB）。地図ソフトで境界を簡単にしてから書き出してください。");
            }
        }

        try
        {
            return JsonDocument.Parse(bytes.GetBuffer().AsMemory(0, (int)bytes.Length), new JsonDocumentOptions { MaxDepth = 32 });
        }
        catch (JsonException broken)
        {
            throw new GeoJsonRefusedException($"GeoJSONとして読めません（{broken.LineNumber + 1}行目）。途中で切れていないか確かめてください。", broken);
        }
    }

    private static GeoFeature Feature(int number, JsonElement feature, ref int points)
    {
        JsonElement geometry = default, coordinates = default;
        Require(feature.ValueKind == JsonValueKind.Object && feature.TryGetProperty("geometry", out geometry) && geometry.ValueKind == JsonValueKind.Object, "形（geometry）がありません。");
        Require(geometry.TryGetProperty("coordinates", out coordinates), "座標（coordinates）がありません。");

        var reader = new CoordinateReader(points);
        var (area, point) = TextOf(geometry, "type") switch
        {
            "Point" => (null, reader.Point(coordinates)),
            "Polygon" => (reader.Area([reader.Polygon(coordinates)]), (GeoPoint?)null),
            "MultiPolygon" => (reader.Area(reader.Items(coordinates).Select(reader.Polygon)), null),
            var other => throw new LeftOutException($"この形（{other}）は使えません。使えるのは面（Polygon、MultiPolygon）と点（Point）です。"),
        };
        points = reader.Points;
        return new GeoFeature(number, Properties(feature), area, point);
    }

    private static Dictionary<string, string> Properties(JsonElement feature)
    {
        var texts = new Dictionary<string, string>();
        if (feature.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in properties.EnumerateObject().Where(property =>
                property.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False))
            {
                texts[property.Name] = property.Value.ToString();
            }
        }

        return texts;
    }

    private static string? TextOf(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new LeftOutException(otherwise);
        }
    }

    private sealed class LeftOutException(string message) : Exception(message);

    /// <summary>Reads positions [lng, lat] and counts them.</summary>
    private sealed class CoordinateReader(int pointsBefore)
    {
        public int Points { get; private set; } = pointsBefore;

        public GeoArea Area(IEnumerable<List<List<GeoPoint>>> polygons)
        {
            var all = polygons.ToList();
            Require(all.Count > 0 && all.All(rings => rings.Count > 0 && rings.All(ring => ring.Count >= 4)), "面の点が足りません。");
            return new GeoArea(all);
        }

        public List<List<GeoPoint>> Polygon(JsonElement rings) => [.. Items(rings).Select(Ring)];

        public GeoPoint Point(JsonElement position)
        {
            if (++Points > MostPoints)
            {
                throw new GeoJsonRefusedException($"点が多すぎます（上限は{MostPoints:N0}点）。地図ソフトで境界を簡単にしてから書き出してください。");
            }

            var numbers = Items(position).Take(2).Select(number => number.ValueKind == JsonValueKind.Number && number.TryGetDouble(out var degrees) ? degrees : double.NaN).ToList();
            Require(numbers is [not double.NaN, not double.NaN], "座標が数ではありません。");
            var point = new GeoPoint(numbers[1], numbers[0]);
            Require(point.IsInJapan || !new GeoPoint(point.Lng, point.Lat).IsInJapan, "緯度と経度が逆です。GeoJSONの座標は［経度, 緯度］の順です。");
            Require(point.IsInJapan, $"座標（{numbers[0]}, {numbers[1]}）が日本の外です。緯度・経度（度）で書き出してください。");
            return point;
        }

        public IEnumerable<JsonElement> Items(JsonElement array)
        {
            Require(array.ValueKind == JsonValueKind.Array, "座標の書き方がGeoJSONと違います。");
            return array.EnumerateArray();
        }

        /// <remarks>A ring left open by its maker is closed.</remarks>
        private List<GeoPoint> Ring(JsonElement positions)
        {
            var ring = Items(positions).Select(Point).ToList();
            if (ring.Count > 0 && ring[0] != ring[^1])
            {
                ring.Add(ring[0]);
            }

            return ring;
        }
    }
}
