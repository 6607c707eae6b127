using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace Sasaeai.Data;

/// <summary>Numbered SQL files, forward only.</summary>
public static class Migrator
{
    private const long Lock = 0x5A5AEA1;

    public static string Folder => Path.Combine(AppContext.BaseDirectory, "migrations");

    /// <summary>Runs every file that has not run yet, in the order of names, each in a transaction of its own.</summary>
    /// <returns>The names of the files that were run.</returns>
    /// <exception cref="InvalidOperationException">A file was changed after it had been applied.</exception>
    public static async Task<IReadOnlyList<string>> MigrateAsync(NpgsqlDataSource owner)
    {
        await using var connection = await owner.OpenConnectionAsync();
        await ExecuteAsync(connection, "select pg_advisory_lock($1)", Lock);   // two servers may start at once
        await ExecuteAsync(connection, """
            create table if not exists public.schema_migration (
              name       text primary key,
              sha256     text not null,
              applied_at timestamptz not null default now()
            )
            """);
        await ExecuteAsync(connection, "grant select on public.schema_migration to public");
        var applied = await ReadAppliedAsync(connection);
        var run = new List<string>();

        foreach (var file in Files())
        {
            var name = Path.GetFileName(file);
            var sql = await File.ReadAllTextAsync(file);
            var hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(sql.ReplaceLineEndings("\n"))));

            if (!applied.TryGetValue(name, out var appliedHash))
            {
                await using var transaction = await connection.BeginTransactionAsync();
                await ExecuteAsync(connection, sql);
                await ExecuteAsync(connection, "insert into public.schema_migration (name, sha256) values ($1, $2)", name, hash);
                await transaction.CommitAsync();
                run.Add(name);
            }
            else if (appliedHash != hash)
            {
                throw new InvalidOperationException($"{name} was changed after it was applied. Add a new file instead.");
            }
        }

        await ExecuteAsync(connection, "select pg_advisory_unlock($1)", Lock);
        return run;
    }

    /// <summary>True when the database has every file of this build.</summary>
    public static async Task<bool> IsCurrentAsync(NpgsqlDataSource data, CancellationToken cancellation = default)
    {
        await using var command = data.CreateCommand("select count(*) from public.schema_migration where name = any($1)");
        command.Parameters.Add(new NpgsqlParameter { Value = Files().Select(file => Path.GetFileName(file)).ToArray() });
        return (long)(await command.ExecuteScalarAsync(cancellation))! == Files().Count();
    }

    private static IEnumerable<string> Files() => Directory.EnumerateFiles(Folder, "*.sql").Order(StringComparer.Ordinal);

    private static async Task<Dictionary<string, string>> ReadAppliedAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand("select name, sha256 from public.schema_migration", connection);
        await using var reader = await command.ExecuteReaderAsync();
        var applied = new Dictionary<string, string>();
        while (await reader.ReadAsync())
        {
            applied.Add(reader.GetString(0), reader.GetString(1));
        }

        return applied;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 600 };
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        await command.ExecuteNonQueryAsync();
    }
}
