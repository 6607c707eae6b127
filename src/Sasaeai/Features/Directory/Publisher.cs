using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using NpgsqlTypes;
using Sasaeai.Data;
using Sasaeai.Features.Areas;
using Sasaeai.Features.Categories;
using Sasaeai.Features.Organizations;
using Sasaeai.Features.Resources;
using Sasaeai.Features.Resources.Schedules;
using Sasaeai.Japanese;

namespace Sasaeai.Features.Directory;

/// <summary>
/// Writes the public side of what a transaction changed, in that transaction: no page has to remember it, and
/// nothing public can differ from the approved record.
/// </summary>
public sealed class Publisher(AppDb db, TimeProvider time)
{
    private const int BatchSize = 500;

    /// <summary>Publishes (or withdraws) what was saved since the transaction began.</summary>
    /// <returns>The town's new version, or null when nothing that the public sees has changed.</returns>
    public async Task<long?> PublishChangedAsync()
    {
        var saved = db.TakeSaved();
        if (saved.Count == 0)
        {
            return null;
        }

        if (saved.Any(record => record is Area or AreaParent or Category or TownRule))
        {
            await PlaceAllAgainAsync();
            saved.UnionWith(db.TakeSaved());
        }

        var resources = saved.OfType<Resource>().ToDictionary(resource => resource.Id);
        var organizations = saved.OfType<Organization>().ToList();
        await AddOfAsync(resources, organizations, [.. saved.OfType<Attachment>().Select(attachment => attachment.ResourceId)]);

        var version = await NextVersionAsync(resources.Values);
        await PublishAsync(organizations, version);
        foreach (var batch in resources.Values.Chunk(BatchSize))
        {
            await PublishAsync(batch, version);
        }

        await db.Database.ExecuteSqlAsync($"select pg_notify({DirectoryVersions.Channel}, {$"{db.TownId},{version}"})");
        return version;
    }

    /// <summary>Areas, categories or rules changed: all records work out their areas and dates again.</summary>
    private async Task PlaceAllAgainAsync()
    {
        var setting = await ResourceSetting.LoadAsync(db, time.Today());
        foreach (var resource in await db.Resources.ToListAsync())
        {
            resource.PlaceIn(setting, time.GetUtcNow());
        }

        await db.SaveChangesAsync();
    }

    /// <summary>A changed organization or photo changes the pages of the resources it belongs to.</summary>
    private async Task AddOfAsync(Dictionary<Guid, Resource> resources, List<Organization> organizations, Guid[] ofAttachments)
    {
        var ofOrganizations = organizations.Select(organization => (Guid?)organization.Id).ToArray();
        if (ofOrganizations.Length + ofAttachments.Length == 0)
        {
            return;
        }

        foreach (var resource in await db.Resources.Where(resource => ofOrganizations.Contains(resource.OrganizationId) || ofAttachments.Contains(resource.Id)).ToListAsync())
        {
            resources.TryAdd(resource.Id, resource);
        }
    }

    /// <summary>The row of the town is locked until the commit, so versions follow the order of commits.</summary>
    private async Task<long> NextVersionAsync(IEnumerable<Resource> resources)
    {
        var points = resources.Where(resource => resource.Content is { Lat: not null, Lng: not null }).Select(resource => (Lat: resource.Content.Lat!.Value, Lng: resource.Content.Lng!.Value)).ToList();
        double? Edge(Func<IEnumerable<double>, double> edge, Func<(double Lat, double Lng), double> of) => points.Count == 0 ? null : edge(points.Select(of));
        return (await db.Database.SqlQuery<long>($"""
            insert into published.town as town (municipality_id, version, south, north, west, east)
            values ({db.TownId}, 1, {Edge(Enumerable.Min, p => p.Lat)}, {Edge(Enumerable.Max, p => p.Lat)}, {Edge(Enumerable.Min, p => p.Lng)}, {Edge(Enumerable.Max, p => p.Lng)})
            on conflict (municipality_id) do update set version = town.version + 1,
              south = least(town.south, excluded.south), north = greatest(town.north, excluded.north),
              west = least(town.west, excluded.west), east = greatest(town.east, excluded.east)
            returning version as "Value"
            """).ToListAsync()).Single();
    }

    private async Task PublishAsync(Resource[] resources, long version)
    {
        var ids = resources.Select(resource => resource.Id).ToArray();
        var operators = resources.Select(resource => resource.OrganizationId).ToArray();
        var blocks = resources.Select(resource => resource.Content.BlockId).ToArray();
        var organizations = await db.Organizations.AsNoTracking().Where(organization => operators.Contains(organization.Id)).ToDictionaryAsync(organization => organization.Id);
        var areas = await db.Areas.AsNoTracking().Where(area => blocks.Contains(area.Id)).ToDictionaryAsync(area => area.Id);
        var photos = (await db.Attachments.AsNoTracking()
            .Where(attachment => ids.Contains(attachment.ResourceId) && attachment.Kind == AttachmentKind.Photo && attachment.ConsentedOn != null && attachment.RemovedAt == null)
            .OrderBy(attachment => attachment.CreatedAt).Select(attachment => new { attachment.ResourceId, attachment.Id, attachment.Caption }).ToListAsync())
            .ToLookup(photo => photo.ResourceId, photo => new PublishedPhoto(photo.Id, photo.Caption));
        var words = await db.Categories.AsNoTracking().ToDictionaryAsync(category => category.Code, category => category.Name);
        var free = await db.CodeItems.AsNoTracking().Where(item => item.List == CodeList.FeeKind && item.Name == "無料").Select(item => item.Code).ToListAsync();

        await using var batch = new NpgsqlBatch((NpgsqlConnection)db.Database.GetDbConnection(), (NpgsqlTransaction)db.Database.CurrentTransaction!.GetDbTransaction());
        foreach (var resource in resources)
        {
            var organization = resource.OrganizationId is { } id ? organizations.GetValueOrDefault(id) : null;
            var block = resource.Content.BlockId is { } blockId ? areas.GetValueOrDefault(blockId) : null;
            batch.BatchCommands.Add(Upsert(resource, PublishedResource.Of(resource, organization, block, [.. photos[resource.Id]]), words, free, version));
        }

        batch.BatchCommands.Add(Command("delete from published.photo where municipality_id = $1 and resource_id = any($2)", db.TownId, ids));
        batch.BatchCommands.Add(Command("""
            insert into published.photo
            select municipality_id, id, resource_id, media_type, caption, bytes from app.attachment
            where municipality_id = $1 and resource_id = any($2) and kind = 'photo' and consented_on is not null and removed_at is null
            """, db.TownId, resources.Where(resource => resource.IsPublic).Select(resource => resource.Id).ToArray()));
        await batch.ExecuteNonQueryAsync();
    }

    private NpgsqlBatchCommand Upsert(Resource resource, PublishedResource view, Dictionary<string, string> words, List<string> free, long version)
    {
        var shown = resource.IsPublic;
        var schedule = view.Schedule;
        var (starts, ends) = Hours(schedule);
        return Command("""
            insert into published.resource as known (municipality_id, resource_id, version, withdrawn, name, name_key, text_key, category_codes, area_ids, weekdays, day_keys,
              limits, features, starts_minute, ends_minute, lat, lng, availability, availability_until, verified_on, due_on, hide_on, organization_id, view, changed_at, was_public)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, not $4)
            on conflict (municipality_id, resource_id) do update set (version, withdrawn, name, name_key, text_key, category_codes, area_ids, weekdays, day_keys,
              limits, features, starts_minute, ends_minute, lat, lng, availability, availability_until, verified_on, due_on, hide_on, organization_id, view, changed_at, published_at, was_public)
            = (excluded.version, excluded.withdrawn, excluded.name, excluded.name_key, excluded.text_key, excluded.category_codes, excluded.area_ids, excluded.weekdays, excluded.day_keys,
              excluded.limits, excluded.features, excluded.starts_minute, excluded.ends_minute, excluded.lat, excluded.lng, excluded.availability, excluded.availability_until,
              excluded.verified_on, excluded.due_on, excluded.hide_on, excluded.organization_id, excluded.view, excluded.changed_at,
              now(), known.was_public or excluded.was_public)
            """,
            db.TownId, resource.Id, version, !shown,
            shown ? view.Name : "",
            shown ? NameKey(view) : "",
            shown ? TextKey(view, words) : "",
            resource.CategoryCodes, resource.AreaIds,
            shown ? (short)schedule.Weekdays : (short)0,
            shown ? DayKeys.Of(schedule) : [],
            new NpgsqlParameter { Value = shown && HasLimits(schedule) ? JsonColumn.Write(schedule) : DBNull.Value, NpgsqlDbType = NpgsqlDbType.Jsonb },
            shown ? Features(view, free) : [],
            starts, ends,
            shown ? view.Lat : null, shown ? view.Lng : null,
            view.Availability is { } availability ? SnakeCase.From(availability) : null, view.AvailabilityUntil,
            resource.VerifiedOn, resource.DueOn, resource.HideOn,
            shown ? view.OrganizationId : null,
            new NpgsqlParameter { Value = shown ? JsonColumn.Write(view) : "{}", NpgsqlDbType = NpgsqlDbType.Jsonb },
            resource.ChangedAt);
    }

    private async Task PublishAsync(List<Organization> organizations, long version)
    {
        if (organizations.Count == 0)
        {
            return;
        }

        await using var batch = new NpgsqlBatch((NpgsqlConnection)db.Database.GetDbConnection(), (NpgsqlTransaction)db.Database.CurrentTransaction!.GetDbTransaction());
        foreach (var organization in organizations)
        {
            batch.BatchCommands.Add(Command("""
                insert into published.organization values ($1, $2, $3, $4, $5, $6, $7)
                on conflict (municipality_id, organization_id) do update set (version, withdrawn, name, view, changed_at)
                = (excluded.version, excluded.withdrawn, excluded.name, excluded.view, excluded.changed_at)
                """,
                db.TownId, organization.Id, version, organization.ClosedOn is not null, organization.Name,
                new NpgsqlParameter { Value = JsonColumn.Write(PublishedOrganization.Of(organization)), NpgsqlDbType = NpgsqlDbType.Jsonb },
                organization.ChangedAt));
        }

        await batch.ExecuteNonQueryAsync();
    }

    /// <summary>The names, each ended by a line break so that a word cannot match across two of them.</summary>
    private static string NameKey(PublishedResource view) => Keys(view.Name, view.Kana, view.CommonName);

    private static string TextKey(PublishedResource view, Dictionary<string, string> words) => Keys([
        .. view.Categories.Select(code => words.GetValueOrDefault(code, "")), view.OperatorName, view.Description, view.Venue, view.Address,
        view.ForWhom, view.FeeNote, view.HowToJoin, view.Access, .. view.Tags, view.Schedule.InJapanese()]);

    private static string Keys(params string[] texts) => string.Join('\n', texts.Select(Folding.Fold).Where(key => key != ""));

    private static string[] Features(PublishedResource view, List<string> free) => [
        $"viewpoint:{SnakeCase.From(view.Viewpoint)}",
        .. view.FeeKind is { } fee ? [$"fee:{fee}"] : Array.Empty<string>(),
        .. view.FeeYen == 0 || free.Contains(view.FeeKind ?? "") ? ["free"] : Array.Empty<string>(),
        .. view.ServiceKind is { } kind ? [$"kind:{kind}"] : Array.Empty<string>(),
        .. view.BarrierFree.Select(code => $"barrier:{code}")];

    /// <summary>The earliest start and the latest end, in minutes; 午前 and 午後 count as the usual hours.</summary>
    private static (short? Starts, short? Ends) Hours(Schedule schedule)
    {
        var hours = schedule.Rules.Select(rule => rule switch
        {
            { Starts: { } starts } => (Starts: Minutes(starts), Ends: rule.Ends is { } ends ? Minutes(ends) : (short)(Minutes(starts) + 60)),
            { Part: PartOfDay.Morning } => (Starts: (short)540, Ends: (short)720),
            { Part: PartOfDay.Afternoon } => (Starts: (short)780, Ends: (short)1020),
            _ => ((short Starts, short Ends)?)null,
        }).OfType<(short Starts, short Ends)>().ToList();
        return hours.Count == 0 ? (null, null) : (hours.Min(span => span.Starts), hours.Max(span => span.Ends));

        static short Minutes(TimeOnly time) => (short)(time.Hour * 60 + time.Minute);
    }

    /// <summary>Day keys find too many days for these; the search then asks the schedule itself.</summary>
    private static bool HasLimits(Schedule schedule) => schedule.Closures.Count > 0
        || schedule.Rules.Any(rule => !rule.Months.IsEmpty || !rule.IsSingleDay && (rule.From is not null || rule.Until is not null) || rule is { Repeats: Repeats.Fortnightly, From: null });

    private static NpgsqlBatchCommand Command(string sql, params object?[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(value as NpgsqlParameter ?? new NpgsqlParameter { Value = value ?? DBNull.Value });
        }

        return command;
    }
}
