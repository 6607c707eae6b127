using Microsoft.Extensions.Caching.Memory;
using Npgsql;
using Sasaeai.Data;
using Sasaeai.Features.Resources.Schedules;

namespace Sasaeai.Features.Directory;

/// <summary>Reads published records by id: one round trip, no transaction, no other town's secrets to protect.</summary>
public sealed class PublishedResources(NpgsqlDataSource data) : IDisposable
{
    private const int MostKept = 150_000;    // of some 3 KB: the first 50 of every direction in a thousand towns

    // By entry: what is published anew gets a new entry, so that what is kept is never older than the directory.
    private readonly MemoryCache kept = new(new MemoryCacheOptions { SizeLimit = MostKept });

    /// <summary>The records of the entries by id, of whichever town; those withdrawn meanwhile are missing.</summary>
    public async Task<IReadOnlyDictionary<Guid, PublishedResource>> ReadAsync(IEnumerable<Entry> entries, CancellationToken cancellation)
    {
        var (found, unread) = (new Dictionary<Guid, PublishedResource>(), new Dictionary<Guid, Entry>());
        foreach (var entry in entries)
        {
            if (kept.TryGetValue(entry, out PublishedResource? resource))
            {
                found[entry.Id] = resource!;
            }
            else
            {
                unread[entry.Id] = entry;
            }
        }

        if (unread.Count == 0)
        {
            return found;
        }

        await using var command = data.CreateCommand("""
            select resource.view from unnest($1, $2) as hit (municipality_id, resource_id)
            join published.resource using (municipality_id, resource_id) where not resource.withdrawn
            """);
        command.Parameters.Add(new NpgsqlParameter<int[]> { TypedValue = [.. unread.Values.Select(entry => entry.MunicipalityId)] });
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. unread.Keys] });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var resource = JsonColumn.Read<PublishedResource>(reader.GetString(0));
            found[resource.Id] = kept.Set(unread[resource.Id], resource, new MemoryCacheEntryOptions { Size = 1 });
        }

        return found;
    }

    public void Dispose() => kept.Dispose();

    /// <summary>The record, or null when it is not published, not this town's, or too long unverified to be shown.</summary>
    public async Task<PublishedResource?> FindAsync(DirectoryToday town, Guid id, CancellationToken cancellation) =>
        town.Directory.Find(id) is { } entry && town.Today < entry.HideOn ? (await ReadAsync([entry], cancellation)).GetValueOrDefault(id) : null;

    /// <summary>Only the schedules, for a month of a whole town.</summary>
    public async Task<IReadOnlyDictionary<Guid, Schedule>> SchedulesAsync(int municipalityId, Guid[] ids, CancellationToken cancellation)
    {
        await using var command = data.CreateCommand("select resource_id, view -> 'schedule' from published.resource where municipality_id = $1 and resource_id = any($2) and not withdrawn");
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = municipalityId });
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = ids });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var schedules = new Dictionary<Guid, Schedule>(ids.Length);
        while (await reader.ReadAsync(cancellation))
        {
            schedules[reader.GetGuid(0)] = JsonColumn.Read<Schedule>(reader.GetString(1));
        }

        return schedules;
    }

    /// <summary>A photo with its owner's consent, of a record that is public.</summary>
    public async Task<(string MediaType, byte[] Bytes)?> PhotoAsync(int municipalityId, Guid id, CancellationToken cancellation)
    {
        await using var command = data.CreateCommand("select media_type, bytes from published.photo where municipality_id = $1 and attachment_id = $2");
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = municipalityId });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? (reader.GetString(0), reader.GetFieldValue<byte[]>(1)) : null;
    }
}
