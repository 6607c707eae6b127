using Npgsql;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Web;

namespace Sasaeai.Tests.Data;

/// <summary>As the application's role, on every table that holds a town's data.</summary>
public class RowLevelSecurityTests(TestApp app)
{
    [Fact]
    public async Task Without_a_town_no_row_is_seen_and_with_one_only_its_own()
    {
        var (one, other) = (await FilledTownAsync(), await FilledTownAsync());
        await using var data = WebServer.DataSource(app.WebConnection);
        await using var connection = await data.OpenConnectionAsync(TestContext.Current.CancellationToken);
        foreach (var table in await TablesAsync())
        {
            Assert.Equal((table, 0L), (table, await CountAsync(connection, $"select count(*) from app.{table}")));
            await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
            await connection.EnterTownAsync(one.Id, TestContext.Current.CancellationToken);
            Assert.Equal((table, 0L), (table, await CountAsync(connection, $"select count(*) from app.{table} where municipality_id <> {one.Id}")));
            await transaction.RollbackAsync(TestContext.Current.CancellationToken);
        }

        Assert.True((long)(await other.ScalarAsync($"select count(*) from app.account where municipality_id = {other.Id}"))! > 0);
    }

    [Fact]
    public async Task A_row_of_another_town_cannot_be_written_changed_or_deleted()
    {
        var (one, other) = (await FilledTownAsync(), await FilledTownAsync());
        await using var data = WebServer.DataSource(app.WebConnection);
        foreach (var table in await TablesAsync())
        {
            await RefusedAsync($"insert into app.{table} (municipality_id) values ({other.Id})");
            if (await HasAsync(table, "update"))
            {
                await using var connection = await data.OpenConnectionAsync(TestContext.Current.CancellationToken);
                await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
                await connection.EnterTownAsync(one.Id, TestContext.Current.CancellationToken);
                await using var update = new NpgsqlCommand($"update app.{table} set municipality_id = municipality_id where municipality_id = {other.Id}", connection);
                Assert.Equal((table, 0), (table, await update.ExecuteNonQueryAsync(TestContext.Current.CancellationToken)));
            }
        }

        async Task RefusedAsync(string sql)
        {
            await using var connection = await data.OpenConnectionAsync(TestContext.Current.CancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
            await connection.EnterTownAsync(one.Id, TestContext.Current.CancellationToken);
            await using var command = new NpgsqlCommand(sql, connection);
            var error = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
            Assert.Equal((sql, "42501"), (sql, error.SqlState));      // row security or the missing right, before any other constraint
        }
    }

    [Fact]
    public async Task A_connection_used_again_after_an_error_sees_nothing()
    {
        var town = await FilledTownAsync();
        await using var data = WebServer.DataSource(app.WebConnection + ";Maximum Pool Size=1");
        foreach (var ending in new[] { "select 1/0", "rollback", "commit" })
        {
            await using (var connection = await data.OpenConnectionAsync(TestContext.Current.CancellationToken))
            await using (var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken))
            {
                await connection.EnterTownAsync(town.Id, TestContext.Current.CancellationToken);
                Assert.True(await CountAsync(connection, "select count(*) from app.account") > 0);
                try
                {
                    await (ending switch { "commit" => transaction.CommitAsync(TestContext.Current.CancellationToken), "rollback" => transaction.RollbackAsync(TestContext.Current.CancellationToken), _ => CountAsync(connection, ending) });
                }
                catch (PostgresException)
                {
                }
            }

            await using var again = await data.OpenConnectionAsync(TestContext.Current.CancellationToken);
            Assert.Equal((ending, 0L), (ending, await CountAsync(again, "select count(*) from app.account")));
        }
    }

    [Fact]
    public async Task The_application_does_not_run_as_somebody_who_sees_everything()
    {
        await Assert.ThrowsAsync<SettingException>(() => RowLevelSecurity.RequireAsync(app.Owner));
        await using var data = WebServer.DataSource(app.WebConnection);
        await RowLevelSecurity.RequireAsync(data);
    }

    private async Task<Town> FilledTownAsync()
    {
        var town = await app.CreateTownAsync();
        await town.AddAccountAsync(Role.Officer);
        await town.PublishAsync("サロン", ["1001"]);
        return town;
    }

    private async Task<List<string>> TablesAsync()
    {
        await using var reader = await app.Owner.CreateCommand("""
            select c.relname::text from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'municipality_id'
            where c.relnamespace = 'app'::regnamespace and c.relkind in ('r', 'p') order by 1
            """).ExecuteReaderAsync();
        var tables = new List<string>();
        while (await reader.ReadAsync())
        {
            tables.Add(reader.GetString(0));
        }

        return tables;
    }

    private async Task<bool> HasAsync(string table, string right) => (bool)(await app.Owner.CreateCommand($"select has_table_privilege('sasaeai_web', 'app.{table}', '{right}')").ExecuteScalarAsync())!;

    private static async Task<long> CountAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
