using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using Sasaeai.Data;

namespace Sasaeai.Features.Hsds;

/// <summary>The OpenAPI 3.1 description, made of the table of endpoints and the records that they answer.</summary>
public static class HsdsOpenApi
{
    public const string LicenceName = "CC BY 4.0";
    public const string LicenceUrl = "https://creativecommons.org/licenses/by/4.0/";

    /// <summary>All query parameters: what they mean, and their schema.</summary>
    public static readonly IReadOnlyDictionary<string, (string Meaning, string Schema)> Parameters = new Dictionary<string, (string, string)>
    {
        ["search"] = ("ことばで探す(画面の検索と同じ。200文字まで)", """{"type":"string","maxLength":200}"""),
        ["taxonomy_term_id"] = ("この分類か、その下の分類のもの", """{"type":"string","format":"uuid"}"""),
        ["taxonomy_id"] = ("この分類体系のどれかの分類がついたもの", """{"type":"string","format":"uuid"}"""),
        ["organization_id"] = ("この実施主体のもの", """{"type":"string","format":"uuid"}"""),
        ["modified_after"] = ("この日時以後に変わったもの。掲載が終わったもの(status が defunct)も含む", """{"type":"string","examples":["2026-04-01","2026-04-01T09:00:00+09:00"]}"""),
        ["minimal"] = ("true で、id・名称・状態・更新日時だけを1ページにまとめて返す", """{"type":"boolean","default":false}"""),
        ["full"] = ("true で、関連する内容をすべて含める", """{"type":"boolean","default":false}"""),
        ["postcode"] = ("この郵便番号(7桁)の場所", """{"type":"string","pattern":"^[0-9]{3}-?[0-9]{4}$"}"""),
        ["proximity"] = ("postcode の場所の中心からの距離(メートル)", """{"type":"integer","minimum":1,"maximum":100000}"""),
        ["top_only"] = ("true で、いちばん上の分類だけ", """{"type":"boolean","default":false}"""),
        ["parent_id"] = ("この分類のすぐ下の分類", """{"type":"string","format":"uuid"}"""),
        ["page"] = ("ページ番号", """{"type":"integer","minimum":1,"default":1}"""),
        ["per_page"] = ("1ページの件数", """{"type":"integer","minimum":1,"maximum":500,"default":50}"""),
        ["format"] = ("ndjson で、全件を1行に1件ずつ返す", """{"type":"string","enum":["json","ndjson"],"default":"json"}"""),
    };

    private static readonly Lazy<JsonSerializerOptions> Exporting = new(() =>
    {
        var options = new JsonSerializerOptions(HsdsJson.Options);
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    });

    public static JsonObject Document(Municipality town, string address) => new()
    {
        ["openapi"] = "3.1.0",
        ["info"] = new JsonObject
        {
            ["title"] = $"{town.Name} 地域資源 API(HSDS {HsdsEndpoints.Version})",
            ["version"] = HsdsEndpoints.Version,
            ["description"] = "Open Referral Human Services Data Specification 3.1 による地域資源のオープンデータです。鍵は要りません。",
            ["license"] = new JsonObject { ["name"] = LicenceName, ["url"] = LicenceUrl },
        },
        ["servers"] = new JsonArray(new JsonObject { ["url"] = address }),
        ["paths"] = new JsonObject(HsdsEndpoints.All.Select(endpoint => KeyValuePair.Create<string, JsonNode?>(endpoint.Path, PathOf(endpoint)))),
        ["components"] = new JsonObject
        {
            ["parameters"] = new JsonObject(Parameters.Select(parameter => KeyValuePair.Create<string, JsonNode?>(parameter.Key, new JsonObject
            {
                ["name"] = parameter.Key, ["in"] = "query", ["required"] = false, ["description"] = parameter.Value.Meaning, ["schema"] = JsonNode.Parse(parameter.Value.Schema),
            }))),
            ["schemas"] = Schemas(),
        },
    };

    private static JsonObject PathOf(HsdsEndpoint endpoint)
    {
        var responses = new JsonObject { ["200"] = Answer(endpoint) };
        var get = new JsonObject { ["summary"] = endpoint.Summary, ["operationId"] = OperationOf(endpoint), ["responses"] = responses };
        if (endpoint.IsList)
        {
            get["parameters"] = new JsonArray([.. endpoint.Parameters.Select(name => Reference("parameters", name))]);
            responses["400"] = Refusal("指定の内容を読み取れない");
            responses["404"] = Refusal("そのページはない");
        }
        else if (endpoint.Item is not null)
        {
            get["parameters"] = new JsonArray(new JsonObject { ["name"] = "id", ["in"] = "path", ["required"] = true, ["schema"] = new JsonObject { ["type"] = "string", ["format"] = "uuid" } });
            responses["400"] = Refusal("id が UUID ではない");
            responses["404"] = Refusal("その id のものはない");
        }

        return new JsonObject { ["get"] = get };
    }

    private static string OperationOf(HsdsEndpoint endpoint) => endpoint.Path switch
    {
        "/" => "about",
        "/openapi.json" => "openapi",
        _ => endpoint.IsList ? $"list_{endpoint.Path[1..]}" : $"get_{NameOf(endpoint.Item!)}",
    };

    private static JsonObject Answer(HsdsEndpoint endpoint)
    {
        if (endpoint.Item is null)
        {
            return Content("application/json", endpoint.Summary, endpoint.Path == "/" ? About() : new JsonObject { ["type"] = "object" });
        }

        if (!endpoint.IsList)
        {
            return Content("application/json", endpoint.Summary, Reference("schemas", NameOf(endpoint.Item)));
        }

        var answer = Content("application/json", endpoint.Summary, Page(Reference("schemas", NameOf(endpoint.Item))));
        answer["content"]!["application/x-ndjson"] = new JsonObject { ["schema"] = Reference("schemas", NameOf(endpoint.Item)) };
        return answer;
    }

    private static JsonObject About() => (JsonObject)JsonNode.Parse("""
        {"type":"object","required":["version","profile","openapi_url"],"properties":{
          "version":{"type":"string"},"profile":{"type":"string","format":"uri"},"openapi_url":{"type":"string","format":"uri"},"description":{"type":"string"},
          "publisher":{"type":"object","properties":{"name":{"type":"string"},"identifier":{"type":"string"},"website":{"type":"string","format":"uri"}}}}}
        """)!;

    private static JsonObject Page(JsonObject item)
    {
        var page = (JsonObject)JsonNode.Parse("""
            {"type":"object","required":["total_items","total_pages","page_number","size","first_page","last_page","empty","contents"],"properties":{
              "total_items":{"type":"integer"},"total_pages":{"type":"integer"},"page_number":{"type":"integer"},"size":{"type":"integer"},
              "first_page":{"type":"boolean"},"last_page":{"type":"boolean"},"empty":{"type":"boolean"},"contents":{"type":"array"}}}
            """)!;
        page["properties"]!["contents"]!["items"] = item;
        return page;
    }

    private static JsonObject Problem() => (JsonObject)JsonNode.Parse("""{"type":"object","properties":{"title":{"type":"string"},"status":{"type":"integer"},"detail":{"type":"string"}}}""")!;

    private static JsonObject Refusal(string meaning) => Content("application/problem+json", meaning, Reference("schemas", "problem"));

    private static JsonObject Content(string type, string meaning, JsonObject schema) => new()
    {
        ["description"] = meaning,
        ["content"] = new JsonObject { [type] = new JsonObject { ["schema"] = schema } },
    };

    private static JsonObject Reference(string kind, string name) => new() { ["$ref"] = $"#/components/{kind}/{name}" };

    private static string NameOf(Type type) => SnakeCase.From(type.Name["Hsds".Length..]);

    /// <summary>The records that are answered and all records inside them, each described once.</summary>
    private static JsonObject Schemas()
    {
        var schemas = new JsonObject { ["problem"] = Problem() };
        var open = new Stack<Type>(HsdsEndpoints.All.Select(endpoint => endpoint.Item).OfType<Type>());
        while (open.TryPop(out var type))
        {
            if (!schemas.ContainsKey(NameOf(type)))
            {
                schemas[NameOf(type)] = SchemaOf(type, open);
            }
        }

        return schemas;
    }

    /// <summary>What is not known is left out, never null.</summary>
    private static JsonNode SchemaOf(Type type, Stack<Type> inside) => Exporting.Value.GetJsonSchemaAsNode(type, new JsonSchemaExporterOptions
    {
        TreatNullObliviousAsNonNullable = true,
        TransformSchemaNode = (context, node) =>
        {
            var (known, isList) = (context.TypeInfo.Type, context.TypeInfo.ElementType is not null);
            var record = isList ? context.TypeInfo.ElementType! : known;
            if (context.Path.Length > 0 && record.Namespace == typeof(HsdsOpenApi).Namespace)
            {
                inside.Push(record);
                var reference = Reference("schemas", NameOf(record));
                return isList ? new JsonObject { ["type"] = "array", ["items"] = reference } : reference;
            }

            if (node is JsonObject schema && schema["type"] is JsonArray types && types.FirstOrDefault(one => one!.GetValue<string>() != "null") is { } single)
            {
                schema["type"] = single.GetValue<string>();
            }

            return node;
        },
    });
}
