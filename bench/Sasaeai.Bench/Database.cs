using Npgsql;
using Sasaeai.Web;

namespace Sasaeai.Bench;

/// <summary>The database that is measured, as settings of the program: no limits, keys in a folder of its own.</summary>
public static class Database
{
    public static Settings Of(string? name)
    {
        var settings = Settings.Read(Environment.GetEnvironmentVariable);
        var owner = settings.OwnerDb ?? throw new SettingException("SASAEAI_OWNER_DB must be set.");
        return settings with
        {
            Db = Named(settings.Db, name),
            OwnerDb = Named(owner, name),
            DataFolder = Path.Combine(Path.GetTempPath(), "sasaeai-bench"),
            SearchesPerSecond = 0,
            RateFactor = 1000,
        };
    }

    public static Settings Named(this Settings settings, string name) => settings with { Db = Named(settings.Db, name), OwnerDb = Named(settings.OwnerDb!, name) };

    public static string Name(this Settings settings) => new NpgsqlConnectionStringBuilder(settings.OwnerDb).Database!;

    public static NpgsqlDataSource Owner(this Settings settings) =>
        NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(settings.OwnerDb) { CommandTimeout = 0 }.ConnectionString);

    public static async Task<bool> ExistsAsync(this Settings settings)
    {
        await using var server = settings.Named("postgres").Owner();
        return await server.ScalarAsync<long>("select count(*) from pg_database where datname = $1", settings.Name()) == 1;
    }

    public static async Task<T> ScalarAsync<T>(this NpgsqlDataSource data, string sql, params object[] values)
    {
        await using var command = data.Command(sql, values);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public static async Task ExecuteAsync(this NpgsqlDataSource data, string sql, params object[] values)
    {
        await using var command = data.Command(sql, values);
        await command.ExecuteNonQueryAsync();
    }

    public static async Task<List<T>> ListAsync<T>(this NpgsqlDataSource data, string sql, Func<NpgsqlDataReader, T> read, params object[] values)
    {
        await using var command = data.Command(sql, values);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await reader.ReadAsync())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    private static NpgsqlCommand Command(this NpgsqlDataSource data, string sql, object[] values)
    {
        var command = data.CreateCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return command;
    }

    private static string Named(string connection, string? name) =>
        name is null ? connection : new NpgsqlConnectionStringBuilder(connection) { Database = name }.ConnectionString;
}
