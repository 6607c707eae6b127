using System.Text.Json;
using System.Text.Json.Nodes;
using Sasaeai.Data;

namespace Sasaeai.Features.Imports;

/// <summary>
/// Compares what the last import brought, what the town says now, and what the file says: a field that only the file changed
/// follows the file; one that the town changed, or that somebody has confirmed since, stays, and the file's value is proposed.
/// </summary>
/// <param name="Content">What holds from now on.</param>
/// <param name="Proposed">The content with the file's values that were not taken.</param>
/// <param name="Kept">Names of the fields (camel case) whose values of the file were not taken.</param>
public sealed record ThreeWay<T>(T Content, T Proposed, IReadOnlyList<string> Kept) where T : class
{
    /// <param name="imported">Null when the record was not imported: then nothing of it is overwritten.</param>
    /// <param name="waiting">An earlier proposal that nobody has decided on; what it shares with the file stays proposed.</param>
    /// <param name="groups">Fields that make sense only together.</param>
    public static ThreeWay<T> Of(T? imported, T current, T incoming, T? waiting, bool confirmed, params string[][] groups)
    {
        var (was, now, file, open) = (ToNode(imported), ToNode(current)!, ToNode(incoming)!, ToNode(waiting));
        var (content, proposed) = ((JsonObject)now.DeepClone(), (JsonObject)now.DeepClone());
        var kept = new List<string>();
        var names = now.Concat(file).Select(field => field.Key).Distinct().ToList();
        foreach (var group in groups.Concat(names.Except(groups.SelectMany(names => names)).Select(name => new[] { name })))
        {
            bool Same(JsonObject? one, JsonObject? other) => one is not null && other is not null && group.All(name => JsonNode.DeepEquals(one[name], other[name]));
            var fileChanged = !Same(was, file);
            if (Same(now, file) || !fileChanged && !Same(open, file))
            {
                continue;
            }

            var follows = fileChanged && Same(was, now) && !confirmed;
            foreach (var name in group)
            {
                proposed[name] = file[name]?.DeepClone();
                if (follows)
                {
                    content[name] = file[name]?.DeepClone();
                }
            }

            if (!follows)
            {
                kept.Add(group[0]);
            }
        }

        return new ThreeWay<T>(ToContent(content), ToContent(proposed), kept);
    }

    private static JsonObject? ToNode(T? content) => content is null ? null : (JsonObject)JsonSerializer.SerializeToNode(content, JsonColumn.Options)!;

    private static T ToContent(JsonObject node) => node.Deserialize<T>(JsonColumn.Options)!;
}
