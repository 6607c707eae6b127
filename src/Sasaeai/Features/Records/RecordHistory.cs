using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Resources;
using Sasaeai.Japanese;

namespace Sasaeai.Features.Records;

/// <summary>Who did what with a record and when, field by field, read from the audit of the record, its proposals, checks, photos and papers.</summary>
public static class RecordHistory
{
    public sealed record Event(DateTimeOffset At, string By, string What, Guid? RevisionId, IReadOnlyList<Change> Changes);

    public sealed record Change(string Label, string Before, string After);

    public static IQueryable<AuditEntry> Of(AppDb db, Guid resourceId)
    {
        var id = resourceId.ToString();
        var revisions = db.Revisions.Where(revision => revision.ResourceId == resourceId).Select(revision => revision.Id.ToString());
        var verifications = db.Verifications.Where(verification => verification.ResourceId == resourceId).Select(verification => verification.Id.ToString());
        var attachments = db.Attachments.Where(attachment => attachment.ResourceId == resourceId).Select(attachment => attachment.Id.ToString());
        return db.AuditEntries.AsNoTracking()
            .Where(entry => entry.Verb != "look" && (entry.Noun == "resource" && entry.RecordId == id
                || entry.Noun == "revision" && revisions.Contains(entry.RecordId)
                || entry.Noun == "verification" && verifications.Contains(entry.RecordId)
                || entry.Noun == "attachment" && attachments.Contains(entry.RecordId)))
            .OrderByDescending(entry => entry.No);
    }

    public static Event InWords(AuditEntry entry, TownLists lists, Editor editor)
    {
        var changes = Parse(entry.Changes);
        return new(entry.At, entry.AccountName, What(entry, changes), entry.Noun == "revision" && Guid.TryParse(entry.RecordId, out var id) ? id : null,
            [.. entry.Noun switch { "resource" => OfRecord(changes, lists, editor), "attachment" => OfAttachment(changes), _ => OfNotes(changes) }]);
    }

    public static JsonObject Parse(string? changes) => changes is null ? [] : (JsonObject)JsonNode.Parse(changes)!;

    private static string What(AuditEntry entry, JsonObject changes) => (entry.Noun, entry.Verb) switch
    {
        ("resource", "create") => "記録を登録しました",
        ("resource", _) => "記録を変更しました",
        ("verification", _) => $"内容を確認しました({Way(changes["how"]?[1])})",
        ("attachment", "create") => "写真・書類を付けました",
        ("attachment", _) => changes["removed_at"]?[1] is null ? "写真・書類を変えました" : "写真・書類を外しました",
        (_, "create") => $"{Value<RevisionKind>(changes["kind"]?[1]).InWords()}を提案しました({Value<RevisionSource>(changes["source"]?[1]).InWords()})",
        _ when changes["state"]?[1] is { } state => Value<RevisionState>(state) == RevisionState.Approved ? "修正案を採用しました" : "修正案を採用しませんでした",
        _ => "修正案を更新しました",
    };

    private static IEnumerable<Change> OfRecord(JsonObject changes, TownLists lists, Editor editor)
    {
        foreach (var (key, label, inWords) in OwnFields)
        {
            if (changes[key] is { } pair)
            {
                yield return new(label, inWords(pair[0]), inWords(pair[1]));
            }
        }

        foreach (var field in ResourceFields.For(editor).Where(field => changes.ContainsKey(field.Key)))
        {
            var (before, after) = (field.WordsOf(changes[field.Key]![0], lists), field.WordsOf(changes[field.Key]![1], lists));
            if (before != after)
            {
                yield return new(field.Label, before, after);
            }
        }
    }

    private static IEnumerable<Change> OfAttachment(JsonObject changes) =>
        from field in new (string Key, string Label, Func<JsonNode?, string> InWords)[] { ("file_name", "ファイル", Text), ("caption", "説明", Text), ("consented_on", "公開の同意", Day) }
        where changes[field.Key] is not null
        let change = new Change(field.Label, field.InWords(changes[field.Key]![0]), field.InWords(changes[field.Key]![1]))
        where change.Before != change.After
        select change;

    private static IEnumerable<Change> OfNotes(JsonObject changes) =>
        from note in new[] { ("note", "説明"), ("decision_note", "決めた理由"), ("on_day", "確認した日") }
        let after = changes[note.Item1]?[1]?.ToString()
        where !string.IsNullOrEmpty(after)
        select new Change(note.Item2, "", note.Item1 == "on_day" ? Day(after) : after);

    private static readonly (string Key, string Label, Func<JsonNode?, string> InWords)[] OwnFields =
    [
        ("number", "管理番号", Text),
        ("state", "掲載の状態", value => value is null ? "" : Value<ResourceState>(value).InWords()),
        ("verified_on", "最終確認日", Day),
        ("verified_how", "確認の方法", Way),
        ("verified_by", "確認した人", Text),
        ("due_on", "次の確認の期限", Day),
    ];

    private static string Way(JsonNode? value) => value is null ? "" : Value<VerificationWay>(value).InWords();

    private static string Day(JsonNode? value) => value is not null && DateOnly.TryParse(value.ToString(), System.Globalization.CultureInfo.InvariantCulture, out var day) ? Wareki.Date(day) : "";

    private static string Text(JsonNode? value) => value?.ToString() ?? "";

    private static T Value<T>(JsonNode? value) where T : struct, Enum => value is null ? default : SnakeCase.To<T>(value.ToString());
}
