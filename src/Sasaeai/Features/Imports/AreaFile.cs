using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sasaeai.Features.Areas.Addresses;
using Sasaeai.Japanese;
using Sasaeai.Tables;

namespace Sasaeai.Features.Imports;

/// <summary>Opens what areas come in: a table, a GeoJSON of boundaries (properties code and name, or 国土数値情報 N03), or Geolonia's JSON of one town.</summary>
public static class AreaFile
{
    /// <summary>Points of one boundary on the web.</summary>
    public const int MostPoints = 2_000;

    private const int Digits = 6;   // of a degree: about a decimetre

    public static ImportFile Open(Stream file, string fileName, string townCode, IReadOnlyList<ColumnField> fields)
    {
        var start = FirstCharacter(file);
        return start switch
        {
            '[' => OfTownList(file),
            '{' => OfBoundaries(file, townCode),
            _ => ImportFile.OfTable(file, fileName, fields),
        };
    }

    /// <summary>PostgreSQL writes a jsonb in its own way; the numbers tell.</summary>
    public static bool IsSame(string boundary, string? kept) => kept is not null && JsonNode.DeepEquals(JsonNode.Parse(boundary), JsonNode.Parse(kept));

    private static ImportFile OfTownList(Stream file)
    {
        try
        {
            using var document = JsonDocument.Parse(file, new JsonDocumentOptions { MaxDepth = 8 });
            string[] fields = ["town", "koaza", "lat", "lng"];
            return Table(fields, [.. document.RootElement.EnumerateArray().Select(block => fields.Select(field => block.TryGetProperty(field, out var value) ? value.ToString() : "").ToArray())], []);
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            throw new TableRefusedException("JSONとして読めないか、町丁目の一覧(town、koaza、lat、lng)ではありません。ファイルを確かめてください。", broken);
        }
    }

    private static ImportFile OfBoundaries(Stream file, string townCode)
    {
        GeoJson boundaries;
        try
        {
            boundaries = GeoJson.Read(file);
        }
        catch (GeoJsonRefusedException refused)
        {
            throw new TableRefusedException(refused.Message, refused);
        }

        // Islands stand as features of their own under one code.
        var rows = boundaries.Features.Where(feature => feature.Area is not null)
            .GroupBy(feature => CodeOf(feature, townCode)).Where(features => features.Key != "")
            .Select(features => Row(features.Key, features.ToList())).ToList();
        return Table(["コード", "名称", "種類", "緯度", "経度", "境界"], rows,
            [.. boundaries.Problems.Select(problem => new ImportProblem(problem.Number, "", "", problem.Reason, Severity.Warn))]);
    }

    /// <summary>Of a prefecture's N03 file only this town's boundary is meant.</summary>
    private static string CodeOf(GeoFeature feature, string townCode)
    {
        if (feature.Properties.TryGetValue("N03_007", out var national))
        {
            return MunicipalityCode.TryRead(national, out var reading) && (reading.Code.Digits == townCode || reading.OtherCode?.Digits == townCode) ? townCode : "";
        }

        return (feature.Properties.GetValueOrDefault("code") ?? feature.Properties.GetValueOrDefault("コード") ?? "").Trim();
    }

    private static string[] Row(string code, List<GeoFeature> features)
    {
        var whole = new GeoArea(features.SelectMany(feature => feature.Area!.Polygons));
        var centre = whole.Centroid();
        var properties = features[0].Properties;
        var isNational = properties.ContainsKey("N03_007");
        var name = isNational ? "" : properties.GetValueOrDefault("name") ?? properties.GetValueOrDefault("名称") ?? "";
        return [code, name, isNational ? "市町村" : properties.GetValueOrDefault("kind") ?? properties.GetValueOrDefault("種類") ?? "", Degrees(centre.Lat), Degrees(centre.Lng), Geometry(whole.Simplify(MostPoints))];
    }

    private static string Geometry(GeoArea area) => JsonSerializer.Serialize(new
    {
        type = "MultiPolygon",
        coordinates = area.Polygons.Select(rings => rings.Select(ring => ring.Select(point => new[] { Math.Round(point.Lng, Digits), Math.Round(point.Lat, Digits) }))),
    });

    private static string Degrees(double degrees) => Math.Round(degrees, Digits).ToString(CultureInfo.InvariantCulture);

    private static ImportFile Table(string[] header, List<string[]> rows, ImportProblem[] problems)
    {
        var columns = header.Index().ToDictionary(column => column.Item, column => column.Index);
        return new ImportFile(header, rows.Select((cells, index) => new TableRow(index + 1, cells, columns)), () => problems);
    }

    private static char FirstCharacter(Stream file)
    {
        int read;
        do
        {
            read = file.ReadByte();
        }
        while (read is ' ' or '\t' or '\r' or '\n' or 0xEF or 0xBB or 0xBF);

        file.Position = 0;
        return read < 0 ? '\0' : (char)read;
    }
}
