using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Sasaeai.Data;

public static class RowLevelSecurity
{
    /// <summary>
    /// From here to the end of the transaction the connection sees this town's rows only. SET LOCAL rather than
    /// set_config(): a distributed PostgreSQL passes only the former on to its nodes.
    /// </summary>
    public static async Task EnterTownAsync(this NpgsqlConnection connection, int municipalityId, CancellationToken cancellation = default)
    {
        await using var command = new NpgsqlCommand($"set local app.municipality_id = '{municipalityId}'", connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>
    /// The groups (助け合い団体, ids apart by commas) whose members and books the rest of the transaction sees; "*" for
    /// commands. Without a call it sees none.
    /// </summary>
    public static async Task SeeGroupsAsync(this NpgsqlConnection connection, string groups)
    {
        await using var command = new NpgsqlCommand($"set local app.group_ids = '{groups}'", connection);
        await command.ExecuteNonQueryAsync();
    }

    public static Task SeeGroupsAsync(this AppDb db, IEnumerable<Guid> groups) => ((NpgsqlConnection)db.Database.GetDbConnection()).SeeGroupsAsync(string.Join(',', groups));

    public static Task SeeAllGroupsAsync(this AppDb db) => ((NpgsqlConnection)db.Database.GetDbConnection()).SeeGroupsAsync("*");

    /// <summary>Superusers, BYPASSRLS roles and owners could see every town's rows, so the application does not run as one.</summary>
    public static async Task RequireAsync(NpgsqlDataSource data)
    {
        await using var command = data.CreateCommand("""
            select rolsuper or rolbypassrls or exists (select from pg_class where relnamespace = to_regnamespace('app') and pg_has_role(current_user, relowner, 'usage'))
            from pg_roles where rolname = current_user
            """);
        if ((bool)(await command.ExecuteScalarAsync())!)
        {
            throw new Web.SettingException("SASAEAI_DB の利用者は、行単位の保護を受けない権限(スーパーユーザー・BYPASSRLS・表の所有者)を持っています。sasaeai_web のような権限の小さい利用者を指定してください。");
        }
    }
}
