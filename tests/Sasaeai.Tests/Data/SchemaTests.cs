using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Sasaeai.Data;

namespace Sasaeai.Tests.Data;

/// <summary>The SQL files make the schema and AppDb only maps it: these tests keep the two alike, and keep what
/// row security and a distribution by town (docs/decisions) need.</summary>
public class SchemaTests(TestApp app)
{
    [Fact]
    public async Task Every_mapped_column_exists_with_the_same_nullability()
    {
        using var scope = app.Services.CreateScope();
        var mapped =
            from table in scope.ServiceProvider.GetRequiredService<AppDb>().Model.GetRelationalModel().Tables
            from column in table.Columns
            where column.Name != "xmin"
            select $"{table.Name}.{column.Name} {(column.IsNullable ? "null" : "not null")}";

        var existing = await QueryAsync("""
            select table_name || '.' || column_name || case is_nullable when 'YES' then ' null' else ' not null' end
            from information_schema.columns where table_schema = 'app'
            """);

        Assert.Empty(mapped.Except(existing));
    }

    [Fact]
    public async Task Nothing_that_holds_a_towns_data_escapes_row_level_security() => Assert.Empty(await QueryAsync("""
        select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid
        where a.attname = 'municipality_id' and c.relkind in ('r', 'p') and c.relnamespace = 'app'::regnamespace
          and not (c.relrowsecurity and c.relforcerowsecurity)
        union all
        select relname from pg_class
        where relnamespace = 'app'::regnamespace
          and (relkind = 'm' or relkind = 'v' and not coalesce(reloptions @> '{security_invoker=true}', false))
        """));

    [Fact]
    public async Task Every_table_but_the_common_ones_belongs_to_a_town() => Assert.Empty(await QueryAsync("""
        select c.relname from pg_class c
        where c.relnamespace in ('app'::regnamespace, 'published'::regnamespace) and c.relkind in ('r', 'p') and c.relname not in ('municipality', 'holiday')
          and not exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'municipality_id' and a.attnotnull and a.atttypid = 'int'::regtype)
        """));

    [Fact]
    public async Task Every_key_and_index_begins_with_the_town() => Assert.Empty(await QueryAsync("""
        select i.indexrelid::regclass::text from pg_index i
        join pg_class c on c.oid = i.indrelid
        join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
        where c.relnamespace in ('app'::regnamespace, 'published'::regnamespace) and c.relname not in ('municipality', 'holiday') and a.attname <> 'municipality_id'
        """));

    [Fact]
    public async Task Every_foreign_key_between_town_tables_carries_the_town_first() => Assert.Empty(await QueryAsync("""
        select k.conname::text from pg_constraint k
        where k.contype = 'f' and k.connamespace in ('app'::regnamespace, 'published'::regnamespace) and k.confrelid <> 'app.municipality'::regclass
          and not ((select attname from pg_attribute where attrelid = k.conrelid and attnum = k.conkey[1]) = 'municipality_id'
               and (select attname from pg_attribute where attrelid = k.confrelid and attnum = k.confkey[1]) = 'municipality_id')
        union all
        select conname::text from pg_constraint where contype = 'f' and confdeltype in ('n', 'd') and connamespace in ('app'::regnamespace, 'published'::regnamespace)
        union all
        select tgname::text from pg_trigger where not tgisinternal
        """));

    [Fact]
    public async Task The_application_role_owns_nothing_and_cannot_change_what_is_only_added_to()
    {
        Assert.Equal([], await QueryAsync("select relname::text from pg_class where relowner = 'sasaeai_web'::regrole"));
        Assert.Equal([], await QueryAsync("select rolname::text from pg_roles where rolname = 'sasaeai_web' and (rolsuper or rolbypassrls or rolcreatedb or rolcreaterole)"));
        Assert.Equal([], await QueryAsync("""
            select t || ' ' || p from unnest(array['app.audit_entry', 'app.audit_head', 'app.verification', 'app.ledger_account', 'app.ledger_posting', 'app.ledger_entry', 'app.settlement', 'app.ticket', 'app.group_closing', 'app.closing_balance', 'app.tariff']) t, unnest(array['update', 'delete', 'truncate']) p
            where has_table_privilege('sasaeai_web', t, p)
            """));
    }

    private async Task<List<string>> QueryAsync(string sql)
    {
        await using var reader = await app.Owner.CreateCommand(sql).ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
        {
            rows.Add(reader.GetString(0));
        }

        return rows;
    }
}
