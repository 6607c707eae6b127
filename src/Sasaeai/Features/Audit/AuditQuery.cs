using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Japanese;

namespace Sasaeai.Features.Audit;

/// <summary>Which entries are asked for, as typed into the filters.</summary>
public sealed record AuditQuery
{
    public string? Who { get; init; }
    public string? Verb { get; init; }
    public string? Noun { get; init; }
    public string? Record { get; init; }
    public string? From { get; init; }
    public string? To { get; init; }

    /// <summary>The entries, newest first.</summary>
    /// <exception cref="RuleBrokenException">A day cannot be read.</exception>
    public IQueryable<AuditEntry> Of(AppDb db)
    {
        var found = db.AuditEntries.AsNoTracking();
        if (Who?.Trim() is { Length: > 0 } who)
        {
            found = found.Where(entry => entry.AccountName.Contains(who));
        }

        if (Verb is { Length: > 0 } verb)
        {
            found = found.Where(entry => entry.Verb == verb);
        }

        if (Noun is { Length: > 0 } noun)
        {
            found = found.Where(entry => entry.Noun == noun);
        }

        if (Record?.Trim() is { Length: > 0 } record)
        {
            found = found.Where(entry => entry.RecordId == record);
        }

        if (Day(From) is { } from)
        {
            found = found.Where(entry => entry.At >= from);
        }

        if (Day(To)?.AddDays(1) is { } end)
        {
            found = found.Where(entry => entry.At < end);
        }

        return found.OrderByDescending(entry => entry.No);
    }

    private static DateTimeOffset? Day(string? typed)
    {
        if (string.IsNullOrWhiteSpace(typed))
        {
            return null;
        }

        Rule.Require(Wareki.TryReadDate(typed, out var day), $"「{(typed.Length > 40 ? typed[..40] : typed)}」を日付として読めません。令和8年4月1日 のような形で入力してください。");
        return new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), Clock.Japan).ToUniversalTime();
    }
}

/// <summary>One field of an entry, before and after.</summary>
public sealed record FieldChange(string Name, string Before, string After)
{
    public static IReadOnlyList<FieldChange> Of(AuditEntry entry) => entry.Changes is null ? []
        : [.. JsonNode.Parse(entry.Changes)!.AsObject().Select(field => new FieldChange(AuditWords.Field(entry.Noun, field.Key), Text(field.Value![0]), Text(field.Value[1])))];

    private static string Text(JsonNode? value) => value switch
    {
        null => "",
        JsonValue plain => plain.ToString(),
        _ => value.ToJsonString(JsonColumn.Options),
    };
}
