using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using NpgsqlTypes;
using Sasaeai.Data;
using Sasaeai.Features.Areas;
using Sasaeai.Features.Categories;
using Sasaeai.Features.Organizations;
using Sasaeai.Features.Resources;

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
            await PlaceAllAgainAsync(time.Today());
            saved.UnionWith(db.TakeSaved());
        }

        var resources = saved.OfType<Resource>().ToDictionary(resource => resource.Id);
        var organizations = saved.OfType<Organization>().ToList();
        await AddOfAsync(resources, organizations, [.. saved.OfType<Attachment>().Select(attachment => attachment.ResourceId)]);

        var version = await NextVersionAsync(resources.Values);
        foreach (var batch in resources.Values.Chunk(BatchSize))
        {
            await PublishAsync(batch, version);
        }

        await PublishAsync(organizations.UnionBy(await TurnedAsync(), organization => organization.Id), version);
        await db.Database.ExecuteSqlAsync($"select pg_notify({DirectoryVersions.Channel}, {$"{db.TownId},{version}"})");
        return version;
    }

    /// <summary>Areas, categories or rules changed, or will have on that day: all records work out their areas and dates again.</summary>
    public async Task PlaceAllAgainAsync(DateOnly day)
    {
        var setting = await ResourceSetting.LoadAsync(db, day);
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
            batch.BatchCommands.Add(PublishedRow.Of(db.TownId, resource, PublishedResource.Of(resource, organization, block, [.. photos[resource.Id]]), words, free, version).Upsert());
        }

        batch.BatchCommands.Add(Command("delete from published.photo where municipality_id = $1 and resource_id = any($2)", db.TownId, ids));
        batch.BatchCommands.Add(Command("""
            insert into published.photo
            select municipality_id, id, resource_id, media_type, caption, bytes from app.attachment
            where municipality_id = $1 and resource_id = any($2) and kind = 'photo' and consented_on is not null and removed_at is null
            """, db.TownId, resources.Where(resource => resource.IsPublic).Select(resource => resource.Id).ToArray()));
        await batch.ExecuteNonQueryAsync();
    }

    /// <summary>An organization is public while a public resource names it as its operator; these came to be, or ceased to be.</summary>
    private async Task<List<Organization>> TurnedAsync() => await db.Organizations.FromSql($"""
        select o.*, o.xmin from app.organization o
        left join published.organization p on p.municipality_id = o.municipality_id and p.organization_id = o.id
        where o.municipality_id = {db.TownId} and coalesce(not p.withdrawn, false) is distinct from (o.closed_on is null and exists (
          select from published.resource r where r.municipality_id = o.municipality_id and r.organization_id = o.id and not r.withdrawn))
        """).AsNoTracking().ToListAsync();

    private async Task PublishAsync(IEnumerable<Organization> organizations, long version)
    {
        await using var batch = new NpgsqlBatch((NpgsqlConnection)db.Database.GetDbConnection(), (NpgsqlTransaction)db.Database.CurrentTransaction!.GetDbTransaction());
        foreach (var organization in organizations)
        {
            batch.BatchCommands.Add(Command("""
                insert into published.organization (municipality_id, organization_id, version, withdrawn, name, view, changed_at)
                select $1, $2, $3, not shown, case when shown then $4 else '' end, case when shown then $5 else '{}' end, $6
                from (select $7 and exists (select from published.resource where municipality_id = $1 and organization_id = $2 and not withdrawn) as shown) s
                on conflict (municipality_id, organization_id) do update set (version, withdrawn, name, view, changed_at)
                = (excluded.version, excluded.withdrawn, excluded.name, excluded.view, excluded.changed_at)
                """,
                db.TownId, organization.Id, version, organization.Name,
                new NpgsqlParameter { Value = JsonColumn.Write(PublishedOrganization.Of(organization)), NpgsqlDbType = NpgsqlDbType.Jsonb },
                organization.ChangedAt, organization.ClosedOn is null));
        }

        if (batch.BatchCommands.Count > 0)
        {
            await batch.ExecuteNonQueryAsync();
        }
    }

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
