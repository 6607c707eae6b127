using System.Buffers;
using System.Collections.Concurrent;
using Npgsql;

namespace Sasaeai.Data;

/// <summary>The towns by slug, kept in memory: they hardly ever change, and each request asks.</summary>
public sealed class Towns(NpgsqlDataSource data)
{
    private static readonly SearchValues<char> SlugCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    private readonly ConcurrentDictionary<string, Municipality> bySlug = new(StringComparer.Ordinal);

    public async ValueTask<Municipality?> FindAsync(string slug, CancellationToken cancellation = default) =>
        bySlug.TryGetValue(slug, out var known) ? known
        : CanBeSlug(slug) && (await ReadAsync("where slug = $1", slug, cancellation)).SingleOrDefault() is { } town ? bySlug[slug] = town
        : null;

    /// <summary>False for what no town is called: the program's own addresses (health must answer without the database), and the .php of scanners.</summary>
    public static bool CanBeSlug(string text) =>
        text.Length is > 0 and <= 40 && !text.AsSpan().ContainsAnyExcept(SlugCharacters) && text is not ("healthz" or "readyz" or "api" or "css" or "js" or "lib" or "patterns");

    public Task<List<Municipality>> AllAsync(CancellationToken cancellation = default) => ReadAsync("where $1 = '' order by code", "", cancellation);

    public Task<List<Municipality>> OfAsync(int[] ids, CancellationToken cancellation = default) => ReadAsync("where id = any($1) order by code", ids, cancellation);

    /// <summary>Forget what is known, after a town was added or renamed.</summary>
    public void Forget() => bySlug.Clear();

    private async Task<List<Municipality>> ReadAsync(string where, object value, CancellationToken cancellation)
    {
        await using var command = data.CreateCommand($"select id, code, slug, kind, name, kana, prefecture, lat, lng, demo from app.municipality {where}");
        command.Parameters.Add(new NpgsqlParameter { Value = value });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var towns = new List<Municipality>();
        while (await reader.ReadAsync(cancellation))
        {
            towns.Add(new Municipality
            {
                Id = reader.GetInt32(0),
                Code = reader.GetString(1),
                Slug = reader.GetString(2),
                Kind = SnakeCase.To<MunicipalityKind>(reader.GetString(3)),
                Name = reader.GetString(4),
                Kana = reader.GetString(5),
                Prefecture = reader.GetString(6),
                Lat = reader.IsDBNull(7) ? null : reader.GetDouble(7),
                Lng = reader.IsDBNull(8) ? null : reader.GetDouble(8),
                Demo = reader.GetBoolean(9),
            });
        }

        return towns;
    }
}
