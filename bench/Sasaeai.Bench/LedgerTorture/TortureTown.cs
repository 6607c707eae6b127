using Npgsql;
using Sasaeai.Data;

namespace Sasaeai.Bench.LedgerTorture;

/// <summary>A town with groups and members whose books are tortured. Unit 2 is a paper ticket, unit 3 one without paper, both 15 minutes for 150 yen.</summary>
public sealed record TortureTown(int Id, IReadOnlyList<Guid> Groups, IReadOnlyDictionary<Guid, List<Guid>> Members, IReadOnlyDictionary<Guid, Guid> Tariffs, IReadOnlyList<Guid> Visits)
{
    public IReadOnlyList<short> Types { get; } = [2, 2, 3];

    /// <summary>Makes the groups and members, or finds those that are there.</summary>
    public static async Task<TortureTown> OpenAsync(NpgsqlDataSource owner, int townId, int groups = 3, int members = 12)
    {
        await using var connection = await owner.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await connection.EnterTownAsync(townId);
        await connection.SeeGroupsAsync("*");
        await using (var command = new NpgsqlCommand($$"""
            insert into app.organization (municipality_id, id, number, name, content, created_at, changed_at)
              select {{townId}}, md5('o{{townId}}')::uuid, 'T-1', '試しの会', '{"name":"試しの会"}', now(), now() on conflict do nothing;
            insert into app.help_group (municipality_id, id, organization_id, name, kind, stage, stage_on, stage_by, content, created_at, changed_at)
              select {{townId}}, md5('g{{townId}}' || g)::uuid, md5('o{{townId}}')::uuid, '試しの会' || g, 'residents', 'active', '2026-01-01', '試し', '{}', now(), now() from generate_series(1, {{groups}}) g on conflict do nothing;
            insert into app.member (municipality_id, id, group_id, number, card, name, name_key, kana_key, helper_since, user_since, content, joined_on, created_at, changed_at)
              select {{townId}}, md5('m{{townId}}' || g || '/' || m)::uuid, md5('g{{townId}}' || g)::uuid, m, md5('c{{townId}}' || g || '/' || m), '会員' || m, '会員' || m, '会員' || m, '2026-01-01', '2026-01-01', '{}', '2026-01-01', now(), now()
              from generate_series(1, {{groups}}) g, generate_series(1, {{members}}) m on conflict do nothing;
            insert into app.tariff (municipality_id, id, group_id, starts_on, rules, created_at, by_name)
              select {{townId}}, md5('t{{townId}}' || g)::uuid, md5('g{{townId}}' || g)::uuid, '2026-01-01', '{}', now(), '試し' from generate_series(1, {{groups}}) g on conflict do nothing;
            insert into app.ticket_type (municipality_id, group_id, unit, name, minutes, face_yen, paper, created_at)
              select {{townId}}, md5('g{{townId}}' || g)::uuid, u, '券' || u, 15, 150, u = 2, now() from generate_series(1, {{groups}}) g, generate_series(2, 3) u on conflict do nothing;
            """, connection))
        {
            await command.ExecuteNonQueryAsync();
        }

        await transaction.CommitAsync();
        var all = await owner.ListAsync("select group_id, id, (select t.id from app.tariff t where t.municipality_id = m.municipality_id and t.group_id = m.group_id) from app.member m where municipality_id = $1 order by group_id, number", row => (Group: row.GetGuid(0), Id: row.GetGuid(1), Tariff: row.GetGuid(2)), townId);
        return new TortureTown(townId, [.. all.Select(row => row.Group).Distinct()], all.GroupBy(row => row.Group).ToDictionary(rows => rows.Key, rows => rows.Select(row => row.Id).ToList()),
            all.GroupBy(row => row.Group).ToDictionary(rows => rows.Key, rows => rows.First().Tariff), [.. Enumerable.Range(0, 200).Select(number => new Guid(number, 1, 2, 0, 0, 0, 0, 0, 0, 0, 0))]);
    }

    /// <summary>Every invariant at one moment, whoever writes meanwhile.</summary>
    public async Task<IReadOnlyList<string>> FaultsAsync(NpgsqlDataSource web)
    {
        await using var connection = await web.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead);
        await connection.EnterTownAsync(Id);
        await connection.SeeGroupsAsync("*");
        await using var command = new NpgsqlCommand("select group_id::text || ': ' || fault from app.ledger_faults()", connection) { CommandTimeout = 600 };
        await using var reader = await command.ExecuteReaderAsync();
        var faults = new List<string>();
        while (await reader.ReadAsync())
        {
            faults.Add(reader.GetString(0));
        }

        return faults;
    }
}
