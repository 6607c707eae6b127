using System.Globalization;
using System.Net.Mail;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Sasaeai.Tests.Features.Hsds;

/// <summary>
/// The part of JSON Schema draft 2020-12 that the HSDS bundle uses. A keyword that it does not know fails the test,
/// so that nothing passes unread.
/// </summary>
public sealed class JsonSchema(JsonElement root, bool onlyDeclared = false)
{
    private static readonly HashSet<string> Notes =
        ["$schema", "$id", "$comment", "$defs", "title", "description", "examples", "example", "default", "deprecated", "name", "path", "core", "order", "constraints", "datapackage_type", "datapackage_metadata", "tabular_required"];

    /// <returns>What is wrong, each with its place; empty when the value is valid.</returns>
    public IReadOnlyList<string> Problems(JsonElement value, JsonElement schema) => [.. Check(value, schema, "")];

    public IReadOnlyList<string> Problems(JsonElement value, string definition) => Problems(value, root.GetProperty("$defs").GetProperty(definition));

    private IEnumerable<string> Check(JsonElement value, JsonElement schema, string at)
    {
        if (schema.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return schema.GetBoolean() ? [] : [$"{at}: nothing may stand here"];
        }

        var problems = new List<string>();
        foreach (var keyword in schema.EnumerateObject())
        {
            problems.AddRange(Check(value, schema, keyword.Name, keyword.Value, at));
        }

        if (onlyDeclared && value.ValueKind == JsonValueKind.Object && schema.TryGetProperty("properties", out var declared))
        {
            problems.AddRange(value.EnumerateObject().Where(property => !declared.TryGetProperty(property.Name, out _)).Select(property => $"{at}/{property.Name}: is not declared"));
        }

        return problems;
    }

    private IEnumerable<string> Check(JsonElement value, JsonElement schema, string keyword, JsonElement rule, string at) => keyword switch
    {
        "$ref" => Check(value, Resolve(rule.GetString()!), at),
        "type" => IsOfType(value, rule) ? [] : [$"{at}: {value.ValueKind} is not {rule}"],
        "enum" => rule.EnumerateArray().Any(known => JsonElement.DeepEquals(known, value)) ? [] : [$"{at}: {value} is not in {rule}"],
        "const" => JsonElement.DeepEquals(rule, value) ? [] : [$"{at}: {value} is not {rule}"],
        "format" => value.ValueKind != JsonValueKind.String || HasFormat(value.GetString()!, rule.GetString()!) ? [] : [$"{at}: {value} is no {rule}"],
        "pattern" => value.ValueKind != JsonValueKind.String || Regex.IsMatch(value.GetString()!, rule.GetString()!) ? [] : [$"{at}: {value} does not match {rule}"],
        "minLength" => value.ValueKind != JsonValueKind.String || new StringInfo(value.GetString()!).LengthInTextElements >= rule.GetInt32() ? [] : [$"{at}: too short"],
        "maxLength" => value.ValueKind != JsonValueKind.String || value.GetString()!.EnumerateRunes().Count() <= rule.GetInt32() ? [] : [$"{at}: too long"],
        "minimum" => value.ValueKind != JsonValueKind.Number || value.GetDouble() >= rule.GetDouble() ? [] : [$"{at}: {value} is below {rule}"],
        "maximum" => value.ValueKind != JsonValueKind.Number || value.GetDouble() <= rule.GetDouble() ? [] : [$"{at}: {value} is above {rule}"],
        // The bundle writes names of fields; elsewhere a boolean of the same name describes a column and is no keyword.
        "required" => rule.ValueKind != JsonValueKind.Array || value.ValueKind != JsonValueKind.Object ? []
            : rule.EnumerateArray().Where(name => !value.TryGetProperty(name.GetString()!, out _)).Select(name => $"{at}/{name}: is missing"),
        "properties" => value.ValueKind != JsonValueKind.Object ? []
            : rule.EnumerateObject().Where(property => value.TryGetProperty(property.Name, out _)).SelectMany(property => Check(value.GetProperty(property.Name), property.Value, $"{at}/{property.Name}")),
        "items" => value.ValueKind != JsonValueKind.Array ? [] : value.EnumerateArray().SelectMany((item, index) => Check(item, rule, $"{at}/{index}")),
        "allOf" => rule.EnumerateArray().SelectMany(part => Check(value, part, at)),
        "anyOf" => rule.EnumerateArray().Any(part => !Check(value, part, at).Any()) ? [] : [$"{at}: fits none of anyOf"],
        "oneOf" => rule.EnumerateArray().Count(part => !Check(value, part, at).Any()) == 1 ? [] : [$"{at}: does not fit exactly one of oneOf"],
        "additionalProperties" => value.ValueKind != JsonValueKind.Object ? [] : value.EnumerateObject()
            .Where(property => !(schema.TryGetProperty("properties", out var declared) && declared.TryGetProperty(property.Name, out _)))
            .SelectMany(property => Check(property.Value, rule, $"{at}/{property.Name}")),
        _ when Notes.Contains(keyword) => [],
        _ => throw new NotSupportedException($"The keyword {keyword} at {at}."),
    };

    private JsonElement Resolve(string reference)
    {
        var target = root;
        foreach (var part in reference.Split('/').Skip(1))
        {
            target = target.GetProperty(part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal));
        }

        return target;
    }

    private static bool IsOfType(JsonElement value, JsonElement type) => type.ValueKind == JsonValueKind.Array
        ? type.EnumerateArray().Any(one => IsOfType(value, one))
        : type.GetString() switch
        {
            "object" => value.ValueKind == JsonValueKind.Object,
            "array" => value.ValueKind == JsonValueKind.Array,
            "string" => value.ValueKind == JsonValueKind.String,
            "number" => value.ValueKind == JsonValueKind.Number,
            "integer" => value.ValueKind == JsonValueKind.Number && value.GetDouble() % 1 == 0,
            "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            "null" => value.ValueKind == JsonValueKind.Null,
            var other => throw new NotSupportedException($"The type {other}."),
        };

    private static bool HasFormat(string text, string format) => format switch
    {
        "uuid" => Guid.TryParseExact(text, "D", out _),
        "uri" => Regex.IsMatch(text, @"^[a-z][a-z0-9+.-]*:([\w.~:/?#\[\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})+$", RegexOptions.ECMAScript) && Uri.TryCreate(text, UriKind.Absolute, out _),
        "email" => MailAddress.TryCreate(text, out var address) && address.Address == text,
        "date" => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "date-time" => Regex.IsMatch(text, @"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$") && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _),
        _ => throw new NotSupportedException($"The format {format}."),
    };
}
