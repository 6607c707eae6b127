using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Sasaeai.Data;

/// <summary>Who acts in this request: a signed-in person, a resident, an operator with a link, or a command.</summary>
public sealed record Actor(Guid? AccountId, string Name)
{
    public static readonly Actor Resident = new(null, "住民(公開ページ)");
    public static readonly Actor Operator = new(null, "実施主体(確認リンク)");
    public static readonly Actor Command = new(null, $"コマンド({Environment.UserName})");
}

/// <summary>
/// Collects what a request does, and appends it to the town's chain as the last thing before the commit.
/// Writes are collected by themselves (<see cref="AuditOfWrites"/>); looks at people are noted by the page.
/// </summary>
public sealed class AuditTrail
{
    private const string Look = "look";
    private readonly JsonArray entries = [];

    public Actor Actor { get; set; } = Actor.Resident;

    public void Note(string verb, string noun, object? recordId = null, string note = "", JsonObject? changes = null) => entries.Add(new JsonObject
    {
        ["account_id"] = Actor.AccountId?.ToString(),
        ["account_name"] = Actor.Name,
        ["verb"] = verb,
        ["noun"] = noun,
        ["record_id"] = recordId?.ToString() ?? "",
        ["note"] = note,
        ["changes"] = changes,
    });

    /// <summary>A named person's record was shown or handed out.</summary>
    public void Looked(string noun, object recordId, string note = "") => Note(Look, noun, recordId, note);

    /// <summary>Forgets all but the looks, because the writes were undone.</summary>
    /// <returns>Whether there are any.</returns>
    public bool KeepLooks()
    {
        foreach (var other in entries.Where(entry => entry!["verb"]!.GetValue<string>() != Look).ToList())
        {
            entries.Remove(other);
        }

        return entries.Count > 0;
    }

    public async Task AppendAsync(AppDb db)
    {
        if (entries.Count == 0)
        {
            return;
        }

        var text = entries.ToJsonString();
        entries.Clear();
        await db.Database.ExecuteSqlAsync($"select app.append_audit({text}::jsonb)");
    }
}

/// <summary>Notes every row that is added, changed or deleted, field by field.</summary>
public sealed class AuditOfWrites(AuditTrail trail) : SaveChangesInterceptor
{
    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(DbContextEventData data, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        foreach (var entry in data.Context!.ChangeTracker.Entries().Where(entry => entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted))
        {
            if (entry.Entity is ITownOwned && entry.Metadata.ClrType.GetCustomAttribute<NotAuditedAttribute>() is null)
            {
                trail.Note(Verb(entry.State), SnakeCase.From(entry.Metadata.ClrType.Name), (entry.Entity as TownRecord)?.Id ?? KeyOf(entry), changes: Changes(entry));
            }
        }

        return ValueTask.FromResult(result);
    }

    private static string Verb(EntityState state) => state switch
    {
        EntityState.Added => "create",
        EntityState.Deleted => "delete",
        _ => "change",
    };

    private static object KeyOf(EntityEntry entry) => string.Join('/', entry.Metadata.FindPrimaryKey()!.Properties
        .Where(property => property.Name != nameof(ITownOwned.MunicipalityId)).Select(property => entry.Property(property.Name).CurrentValue));

    private static JsonObject? Changes(EntityEntry entry)
    {
        var changes = new JsonObject();
        foreach (var property in entry.Properties.Where(property => !property.Metadata.IsPrimaryKey() && property.Metadata.PropertyInfo is not null))
        {
            var before = entry.State == EntityState.Added ? null : property.OriginalValue;
            var after = entry.State == EntityState.Deleted ? null : property.CurrentValue;
            if (entry.State == EntityState.Modified && !property.IsModified || before is null && after is null)
            {
                continue;
            }

            var name = SnakeCase.From(property.Metadata.Name);
            if (property.Metadata.PropertyInfo!.GetCustomAttribute<SecretAttribute>() is not null || after is byte[])
            {
                changes[name] = new JsonArray("(記録しない)", "(記録しない)");
            }
            else if (property.Metadata.GetColumnType() == "jsonb" && property.Metadata.ClrType != typeof(string))
            {
                AddParts(changes, ToNode(property, before) as JsonObject, ToNode(property, after) as JsonObject);
            }
            else
            {
                changes[name] = new JsonArray(ToNode(property, before), ToNode(property, after));
            }
        }

        return changes.Count == 0 ? null : changes;
    }

    /// <summary>A record kept in one jsonb column is told field by field.</summary>
    private static void AddParts(JsonObject changes, JsonObject? before, JsonObject? after)
    {
        foreach (var name in (before ?? []).Select(field => field.Key).Union((after ?? []).Select(field => field.Key)))
        {
            var (was, now) = (before?[name], after?[name]);
            if (!JsonNode.DeepEquals(was, now))
            {
                changes[name] = new JsonArray(was?.DeepClone(), now?.DeepClone());
            }
        }
    }

    private static JsonNode? ToNode(PropertyEntry property, object? value) =>
        value is null ? null : System.Text.Json.JsonSerializer.SerializeToNode(value, property.Metadata.ClrType, JsonColumn.Options);
}
