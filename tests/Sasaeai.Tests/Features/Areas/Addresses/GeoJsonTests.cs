using System.Text;
using System.Text.Json;
using Sasaeai.Features.Areas.Addresses;

namespace Sasaeai.Tests.Features.Areas.Addresses;

public class GeoJsonTests
{
    private const string Ring = "[[139,35],[140,35],[140,36],[139,36],[139,35]]";
    private const string Hole = "[[139.4,35.4],[139.6,35.4],[139.6,35.6],[139.4,35.6],[139.4,35.4]]";

    [Fact]
    public void Areas_with_holes_and_points_are_read()
    {
        var read = Read(Feature("Polygon", $"[{Ring},{Hole}]", """{"名称":"本町圏域","人口":1200,"廃止":null}"""), Feature("Point", "[139.5,35.5]"));

        Assert.Empty(read.Problems);
        Assert.Equal([("名称", "本町圏域"), ("人口", "1200")], read.Features[0].Properties.Select(property => (property.Key, property.Value)));
        var area = read.Features[0].Area!;
        Assert.Equal(new GeoBox(35, 139, 36, 140), area.Box);
        Assert.True(area.Contains(35.1, 139.1));
        Assert.False(area.Contains(35.5, 139.5));
        Assert.False(area.Contains(36.1, 139.5));
        Assert.Equal(new GeoPoint(35.5, 139.5), read.Features[1].Point);
    }

    [Fact]
    public void The_centroid_weighs_by_area_and_takes_holes_off()
    {
        var two = Read(Feature("MultiPolygon", $"[[{Ring}],[[[141,35],[143,35],[143,36],[141,36],[141,35]]]]")).Features[0].Area!.Centroid();
        var holed = Read(Feature("Polygon", $"[{Ring},[[139,35],[139,36],[139.5,36],[139.5,35],[139,35]]]")).Features[0].Area!.Centroid();

        Assert.Equal((35.5, (139.5 + (2 * 142)) / 3), (two.Lat, two.Lng), Near);
        Assert.Equal((35.5, 139.75), (holed.Lat, holed.Lng), Near);
    }

    [Theory]
    [InlineData("Point", "[35.5,139.5]", "緯度と経度が逆です。")]
    [InlineData("Point", "[-13000,-40000]", "日本の外です。")]
    [InlineData("Point", "[\"139\",35]", "座標が数ではありません。")]
    [InlineData("Polygon", "[[[139,35],[140,35]]]", "面の点が足りません。")]
    [InlineData("Polygon", "[]", "面の点が足りません。")]
    [InlineData("Polygon", "5", "座標の書き方がGeoJSONと違います。")]
    [InlineData("LineString", "[[139,35],[140,35]]", "この形（LineString）は使えません。")]
    public void What_cannot_be_used_is_left_out_and_told(string type, string coordinates, string reason)
    {
        var read = Read(Feature("Point", "[139.5,35.5]"), Feature(type, coordinates), """{"type":"Feature","geometry":null}""");

        Assert.Equal(1, Assert.Single(read.Features).Number);
        Assert.Equal([2, 3], read.Problems.Select(problem => problem.Number));
        Assert.Contains(reason, read.Problems[0].Reason);
        Assert.Equal("形（geometry）がありません。", read.Problems[1].Reason);
    }

    [Theory]
    [InlineData("{\"type\":\"FeatureCollection\",\n\"features\":[", "2行目")]
    [InlineData("[]", "FeatureCollection")]
    [InlineData("{\"type\":\"Feature\"}", "FeatureCollection")]
    public void A_file_that_is_no_collection_is_refused(string text, string sentence) =>
        Assert.Contains(sentence, Assert.Throws<GeoJsonRefusedException>(() => GeoJson.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)))).Message);

    [Fact]
    public void Size_has_limits()
    {
        Assert.Contains("上限は20MB", Assert.Throws<GeoJsonRefusedException>(() => GeoJson.Read(new MemoryStream(new byte[GeoJson.MostBytes + 1]))).Message);

        var ring = string.Join(',', Enumerable.Repeat("[139,35]", 100_001));
        Assert.Contains("上限は200,000点", Assert.Throws<GeoJsonRefusedException>(() => Read(Feature("Polygon", $"[[{ring}]]"), Feature("Polygon", $"[[{ring}]]"))).Message);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(40)]
    [InlineData(400)]
    public void A_simplified_area_has_few_points_and_nearly_the_same_place(int points)
    {
        var circle = new GeoArea([[[.. Enumerable.Range(0, 2_001).Select(n => n % 2_000 * Math.PI / 1_000).Select(angle => new GeoPoint(35 + (Math.Sin(angle) / 10), 139 + (Math.Cos(angle) / 10)))]]]);

        var simple = circle.Simplify(points);

        Assert.InRange(simple.PointCount, 4, points);
        Assert.InRange(simple.Centroid().Lat, 35 - (0.2 / points), 35 + (0.2 / points));
        Assert.All(simple.Polygons[0][0], point => Assert.Contains(point, circle.Polygons[0][0]));
        Assert.Same(simple, simple.Simplify(points));
    }

    [Fact]
    public void Small_islands_go_first_when_points_are_few()
    {
        var islands = Read(Feature("MultiPolygon", $"[[[[141,35],[141.1,35],[141.1,35.1],[141,35.1],[141,35]]],[{Ring}]]")).Features[0].Area!;

        Assert.Equal(new GeoBox(35, 139, 36, 140), islands.Simplify(5).Box);
    }

    [Fact]
    public void The_boundary_of_a_real_town_holds_its_blocks_and_not_its_neighbours()
    {
        using var file = File.OpenRead(SharedData.Files("boundaries", "N03-21_11_*.geojson").Single());

        var read = GeoJson.Read(file);

        Assert.Empty(read.Problems);
        var fujimi = Assert.Single(read.Features, feature => feature.Properties.GetValueOrDefault("N03_007") == "11235").Area!;
        // This boundary has 13 points for the whole town, so blocks at its edge may fall outside.
        Assert.InRange(ShareInside(fujimi, "富士見市"), 0.93, 1);
        Assert.InRange(ShareInside(fujimi, "新座市"), 0, 0.02);
    }

    private static double ShareInside(GeoArea area, string town)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(SharedData.Files("geolonia", $"埼玉県_{town}.json").Single()));
        return json.RootElement.EnumerateArray().Average(block => area.Contains(block.GetProperty("lat").GetDouble(), block.GetProperty("lng").GetDouble()) ? 1.0 : 0.0);
    }

    private static bool Near((double Lat, double Lng) one, (double Lat, double Lng) other) =>
        Math.Abs(one.Lat - other.Lat) < 1e-9 && Math.Abs(one.Lng - other.Lng) < 1e-9;

    private static GeoJson Read(params string[] features) =>
        GeoJson.Read(new MemoryStream(Encoding.UTF8.GetBytes($$"""{"type":"FeatureCollection","features":[{{string.Join(',', features)}}]}""")));

    private static string Feature(string type, string coordinates, string properties = "null") =>
        $$$"""{"type":"Feature","properties":{{{properties}}},"geometry":{"type":"{{{type}}}","coordinates":{{{coordinates}}} } }""";
}
