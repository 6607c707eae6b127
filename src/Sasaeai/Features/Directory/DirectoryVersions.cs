using System.Collections.Concurrent;
using Npgsql;
using Sasaeai.Data;

namespace Sasaeai.Features.Directory;

/// <summary>
/// The newest published version of each town, as this process knows it: announced by its own commits, and by
/// other processes through the database's notifications. Caches carry the version in their key, so that nothing
/// has to be thrown away; while notifications cannot be heard, nothing is cached.
/// </summary>
public sealed class DirectoryVersions(NpgsqlDataSource data, ILogger<DirectoryVersions> log) : BackgroundService
{
    public const string Channel = "directory";
    private readonly ConcurrentDictionary<int, long> versions = new();
    private volatile bool listening;

    /// <summary>The town's version, or null when it has to be asked of the database.</summary>
    public long? Known(int municipalityId) => listening && versions.TryGetValue(municipalityId, out var version) ? version : null;

    public void Announce(int municipalityId, long version) => versions.AddOrUpdate(municipalityId, version, (_, known) => Math.Max(known, version));

    public async ValueTask<long> CurrentAsync(int municipalityId, CancellationToken cancellation = default)
    {
        if (Known(municipalityId) is { } known)
        {
            return known;
        }

        await using var command = data.CreateCommand("select version from published.town where municipality_id = $1");
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = municipalityId });
        var version = (long?)await command.ExecuteScalarAsync(cancellation) ?? 0;
        Announce(municipalityId, version);
        return version;
    }

    protected override Task ExecuteAsync(CancellationToken stop) => Notifications.ListenAsync(data, Channel, Hear, Begin, End, stop);

    private void Begin()
    {
        versions.Clear();   // what was announced while nobody listened is unknown
        listening = true;
    }

    private void End(Exception? error)
    {
        listening = false;
        if (error is not null)
        {
            log.LogWarning("The database's notifications cannot be heard ({Reason}); public pages are not cached until they can.", error.GetType().Name);
        }
    }

    private void Hear(string payload)
    {
        var comma = payload.IndexOf(',', StringComparison.Ordinal);
        Announce(int.Parse(payload.AsSpan(0, comma)), long.Parse(payload.AsSpan(comma + 1)));
    }
}
