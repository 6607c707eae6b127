using System.Runtime.CompilerServices;
using Npgsql;
using Sasaeai.Data;
using Sasaeai.Features.Directory;

namespace Sasaeai.Features.Hsds;

/// <summary>One published row of the town: what filtering needs. The content is read when it is written out.</summary>
/// <param name="Entry">What the directory knows of it; null when it is not public any more.</param>
/// <param name="AtLocation">Id of its service_at_location; null without a public place.</param>
public sealed record HsdsRow(Guid Id, Entry? Entry, Guid? OrganizationId, string PostalCode, Guid? AtLocation, DateTimeOffset LastModified);

/// <summary>A town's directory in the words of HSDS, as it was at one version and on one day. Immutable.</summary>
public sealed class HsdsTown
{
    public required TownDirectory Directory { get; init; }
    public required DateOnly Today { get; init; }
    /// <summary>In the order of their ids: those that are public, and those that were.</summary>
    public required IReadOnlyList<HsdsRow> Rows { get; init; }
    /// <summary>Those on record, and one for each name of an operator without a record.</summary>
    public required IReadOnlyDictionary<Guid, PublishedOrganization> Organizations { get; init; }
    public required HsdsTerms Terms { get; init; }

    public Municipality Town => Directory.Town;

    private Dictionary<Guid, HsdsRow>? byId;
    private Dictionary<Guid, HsdsRow>? byLocation;

    public HsdsRow? Find(Guid id) => (byId ??= Rows.ToDictionary(row => row.Id)).GetValueOrDefault(id);

    public HsdsRow? FindAtLocation(Guid id) =>
        (byLocation ??= Rows.Where(row => row is { Entry: not null, AtLocation: not null }).ToDictionary(row => row.AtLocation!.Value)).GetValueOrDefault(id);
}

/// <summary>The towns as HSDS sees them, made once for each version of a town's directory.</summary>
public sealed class HsdsTowns(NpgsqlDataSource data, TownDirectories directories, TimeProvider time)
{
    private const int BatchSize = 500;
    private readonly ConditionalWeakTable<TownDirectory, HsdsTown> known = [];

    public async ValueTask<HsdsTown> GetAsync(Municipality town, CancellationToken cancellation)
    {
        var directory = await directories.GetAsync(town, cancellation);
        if (known.TryGetValue(directory, out var made))
        {
            return made;
        }

        made = await LoadAsync(directory, cancellation);
        known.AddOrUpdate(directory, made);
        return made;
    }

    /// <summary>The published contents of the rows in the order given, some hundred at a time however many there are.</summary>
    public async IAsyncEnumerable<(HsdsRow Row, PublishedResource? View)> ReadAsync(HsdsTown town, IEnumerable<HsdsRow> rows, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var batch in rows.Chunk(BatchSize))
        {
            var views = new Dictionary<Guid, PublishedResource>(batch.Length);
            await using var command = data.CreateCommand("select view from published.resource where municipality_id = $1 and resource_id = any($2) and not withdrawn");
            command.Parameters.Add(new NpgsqlParameter { Value = town.Town.Id });
            command.Parameters.Add(new NpgsqlParameter { Value = batch.Where(row => row.Entry is not null).Select(row => row.Id).ToArray() });
            await using (var reader = await command.ExecuteReaderAsync(cancellation))
            {
                while (await reader.ReadAsync(cancellation))
                {
                    var view = JsonColumn.Read<PublishedResource>(reader.GetString(0));
                    views[view.Id] = view;
                }
            }

            foreach (var row in batch)
            {
                yield return (row, views.GetValueOrDefault(row.Id));
            }
        }
    }

    private async Task<HsdsTown> LoadAsync(TownDirectory directory, CancellationToken cancellation)
    {
        var (town, today) = (directory.Town.Id, time.Today());
        var organizations = new Dictionary<Guid, PublishedOrganization>();
        await using var connection = await data.OpenConnectionAsync(cancellation);
        await using (var command = Of("select view from published.organization where municipality_id = $1 and not withdrawn", connection, town))
        await using (var reader = await command.ExecuteReaderAsync(cancellation))
        {
            while (await reader.ReadAsync(cancellation))
            {
                var organization = JsonColumn.Read<PublishedOrganization>(reader.GetString(0));
                organizations[organization.Id] = organization;
            }
        }

        var entries = directory.Entries.Where(entry => entry.MunicipalityId == town && today < entry.HideOn).ToDictionary(entry => entry.Id);
        var rows = new List<HsdsRow>(entries.Count);
        await using (var command = Of("""
            select resource_id, organization_id, coalesce(view->>'operatorName', ''), coalesce(view->>'postalCode', ''),
              coalesce(view->>'venue', '') <> '' or coalesce(view->>'address', '') <> '' or lat is not null,
              published_at, hide_on, withdrawn
            from published.resource where municipality_id = $1 and was_public order by resource_id
            """, connection, town))
        await using (var reader = await command.ExecuteReaderAsync(cancellation))
        {
            while (await reader.ReadAsync(cancellation))
            {
                var (id, name, published, hide) = (reader.GetGuid(0), reader.GetString(2), reader.GetFieldValue<DateTimeOffset>(5), reader.GetFieldValue<DateOnly>(6));
                var entry = reader.GetBoolean(7) ? null : entries.GetValueOrDefault(id);
                // A record that grew too old left on that day, although nobody wrote anything.
                var left = entry is null && hide <= today ? new DateTimeOffset(hide, TimeOnly.MinValue, Clock.Japan) : published;
                rows.Add(new HsdsRow(id, entry, entry is null ? null : Operator(reader.IsDBNull(1) ? null : reader.GetGuid(1), name), Digits(reader.GetString(3)),
                    reader.GetBoolean(4) ? HsdsJson.Id(id, "service_at_location") : null, left > published ? left : published));
            }
        }

        return new HsdsTown { Directory = directory, Today = today, Rows = rows, Organizations = organizations, Terms = new HsdsTerms(directory) };

        Guid? Operator(Guid? id, string name)
        {
            if (id is { } onRecord && organizations.ContainsKey(onRecord))
            {
                return onRecord;
            }

            if (name.Trim() == "")
            {
                return null;
            }

            var made = HsdsJson.Id(directory.Town.Code, "organization", name);
            organizations.TryAdd(made, new PublishedOrganization { Id = made, Number = "", Name = name });
            return made;
        }
    }

    /// <summary>「〒123-4567」 and 「１２３４５６７」 as 1234567.</summary>
    public static string Digits(string text) => new([.. text.Normalize(System.Text.NormalizationForm.FormKC).Where(char.IsAsciiDigit)]);

    private static NpgsqlCommand Of(string sql, NpgsqlConnection connection, int town)
    {
        var command = new NpgsqlCommand(sql, connection);
        command.Parameters.Add(new NpgsqlParameter { Value = town });
        return command;
    }
}
