using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sasaeai.Data;
using Sasaeai.Features.Categories;
using Sasaeai.Japanese;

namespace Sasaeai.Features.ActivityRecords;

/// <summary>The fields of an activity by their names in <see cref="ActivityContent"/> as JSON, and how two versions of one come together.</summary>
public static class ActivityFields
{
    public sealed record Field(string Name, string Label, Func<ActivityContent, ActivityNames, string> InWords);

    public static readonly IReadOnlyList<Field> All =
    [
        new("onDay", "活動した日", (content, _) => Wareki.WithWeekday(content.OnDay)),
        new("startsAt", "始まりの時刻", (content, _) => content.StartsAt?.ToString("H:mm") ?? ""),
        new("minutes", "かかった時間", (content, _) => content.Minutes is { } minutes ? $"{minutes}分" : ""),
        new("areaId", "圏域", (content, names) => names.Lists.NameOf(content.AreaId)),
        new("layer", "層", (content, _) => content.Layer is { } layer ? $"第{layer}層相当" : ""),
        new("kinds", "活動の種類", (content, names) => names.Lists.NamesOf(CodeList.ActivityKind, content.Kinds)),
        new("functions", "SCの役割", (content, names) => names.Lists.NamesOf(CodeList.ActivityFunction, content.Functions)),
        new("way", "方法", (content, names) => names.Lists.NameOf(CodeList.ActivityWay, content.Way)),
        new("personName", "相手の人", (content, _) => content.PersonName),
        new("organizationId", "相手の団体", (content, names) => names.Organization(content.OrganizationId)),
        new("resourceId", "地域資源", (content, names) => names.Resource(content.ResourceId)),
        new("meetingId", "会議", (content, names) => names.Meeting(content.MeetingId)),
        new("headCount", "人数", (content, _) => content.HeadCount is { } people ? $"{people}人" : ""),
        new("what", "したこと", (content, _) => content.What),
        new("noticed", "気づき", (content, _) => content.Noticed),
        new("nextStep", "次の一歩", (content, _) => content.NextStep),
        new("nextDue", "次の一歩の期限", (content, _) => content.NextDue is { } day ? Wareki.Date(day) : ""),
        new("audience", "見られる人", (content, _) => content.Audience.InWords()),
    ];

    public static string InWords(this ActivityAudience audience) => typeof(ActivityAudience).GetField(audience.ToString())!.GetCustomAttribute<DisplayAttribute>()!.Name!;

    /// <summary>
    /// What one side changed stands; what both changed alike stands; a field that both changed differently is a conflict
    /// and is decided by a person.
    /// </summary>
    /// <param name="chosen">The decisions: of a field's name, "mine" or "theirs".</param>
    public static (ActivityContent Content, IReadOnlyList<string> Conflicts) Merge(ActivityContent based, ActivityContent mine, ActivityContent theirs, IReadOnlyDictionary<string, string> chosen)
    {
        var (was, merged, saved) = (ToNode(based), ToNode(mine), ToNode(theirs));
        var conflicts = new List<string>();
        foreach (var name in merged.Concat(saved).Select(field => field.Key).Distinct().ToList())
        {
            if (JsonNode.DeepEquals(merged[name], saved[name]) || JsonNode.DeepEquals(saved[name], was[name]))
            {
                continue;
            }

            var choice = chosen.GetValueOrDefault(name);
            if (JsonNode.DeepEquals(merged[name], was[name]) || choice == "theirs")
            {
                merged[name] = saved[name]?.DeepClone();
            }
            else if (choice != "mine")
            {
                conflicts.Add(name);
            }
        }

        return (merged.Deserialize<ActivityContent>(JsonColumn.Options)!, conflicts);
    }

    private static JsonObject ToNode(ActivityContent content) => (JsonObject)JsonSerializer.SerializeToNode(content, JsonColumn.Options)!;
}

/// <summary>The words for all that a record of one page names by id or code.</summary>
public sealed record ActivityNames(ActivityLists Lists, IReadOnlyDictionary<Guid, string> Organizations, IReadOnlyDictionary<Guid, string> Resources, IReadOnlyDictionary<Guid, string> Meetings)
{
    public string Organization(Guid? id) => id is { } known ? Organizations.GetValueOrDefault(known, "") : "";

    public string Meeting(Guid? id) => id is { } known ? Meetings.GetValueOrDefault(known, "非公開の会議") : "";

    public string Resource(Guid? id) => id is { } known ? Resources.GetValueOrDefault(known, "") : "";
}
