using Npgsql;
using Sasaeai.Data;
using Sasaeai.Features;
using Sasaeai.Features.Ledger;
using Sasaeai.Features.Tickets;

namespace Sasaeai.Bench.LedgerTorture;

/// <summary>What became of one operation. Told to whoever checks in the end.</summary>
/// <remarks>Taken: the key is in the books with other content. Refused: by a rule, which is asked only when the key is not there.</remarks>
public enum Told { Try, Posted, Again, Taken, Refused }

/// <summary>
/// Random operations on the books of one town, from a seed: whatever is possible, and much that is not. An operation whose
/// connection dies is sent again with its key, as a person's browser or the next server would.
/// </summary>
public sealed class TortureWorker(NpgsqlDataSource data, TortureTown town, int seed, int worker, Action<Told, Guid> tell)
{
    private const int OtherContent = 7_777;
    private static readonly DateOnly First = new(2026, 1, 1);
    private readonly Queue<NewPosting> sent = new();

    /// <summary>Operations <paramref name="from"/> to <paramref name="until"/> (exclusive) of this worker; each depends on the seed, the worker and its number only, and on what is in the books.</summary>
    public async Task RunAsync(int from, int until, CancellationToken cancellation)
    {
        for (var number = from; number < until && !cancellation.IsCancellationRequested; number++)
        {
            var random = new Random(HashCode(number));
            NewPosting? posting = null;
            while (!cancellation.IsCancellationRequested)
            {
                try
                {
                    await using var connection = await data.OpenConnectionAsync(cancellation);
                    await using var transaction = await connection.BeginTransactionAsync(cancellation);
                    await connection.EnterTownAsync(town.Id, cancellation);
                    await connection.SeeGroupsAsync("*");
                    if (posting is null && await HousekeepingAsync(connection, random))
                    {
                        await transaction.CommitAsync(cancellation);
                        break;
                    }

                    posting ??= await NextAsync(connection, random);
                    tell(Told.Try, posting.Key);
                    var posted = await LedgerBooks.PostAsync(connection, posting, new Actor(null, $"係{worker}"));
                    if (posting.Lines is [{ Amount: OtherContent }])
                    {
                        throw new InvalidOperationException($"{posting.Key} was taken with other content.", new RuleBrokenException(""));
                    }

                    await transaction.CommitAsync(cancellation);
                    tell(posted ? Told.Posted : Told.Again, posting.Key);
                    Remember(posting);
                    break;
                }
                catch (RuleBrokenException broken)
                {
                    if (posting is not null)
                    {
                        tell(broken.InnerException is PostgresException { SqlState: "SA409" } ? Told.Taken : Told.Refused, posting.Key);
                    }

                    break;
                }
                catch (PostgresException fault) when (fault.SqlState is not ("57P01" or "57P02" or "57P03" or "08006" or "40P01"))
                {
                    throw new InvalidOperationException($"Operation {number} of worker {worker}, seed {seed}: {fault.SqlState} {fault.MessageText} {fault.ConstraintName}", fault);
                }
                catch (Exception gone) when (gone is NpgsqlException or IOException or TimeoutException || gone is InvalidOperationException { InnerException: null })
                {
                    if (gone is PostgresException { SqlState: "40P01" })
                    {
                        throw new InvalidOperationException($"Deadlock: operation {number} of worker {worker}, seed {seed}.", gone);
                    }

                    await Task.Delay(20 + worker, CancellationToken.None);
                }
            }
        }
    }

    private int HashCode(int number) => unchecked(((seed * 397) ^ worker) * 1_000_003 ^ (number * 7919));

    private void Remember(NewPosting posting)
    {
        sent.Enqueue(posting);
        if (sent.Count > 20)
        {
            sent.Dequeue();
        }
    }

    /// <summary>Closings, re-openings and returned paper; true when that was the operation.</summary>
    private async Task<bool> HousekeepingAsync(NpgsqlConnection connection, Random random)
    {
        var group = town.Groups[random.Next(town.Groups.Count)];
        switch (random.Next(100))
        {
            case 0:
                var last = await ScalarAsync(connection, "select coalesce(max(month) + interval '1 month', date '2026-01-01')::date from app.group_closing where group_id = $1 and reopened_at is null", group);
                await QuietlyAsync(connection, "select app.close_month($1, $2, null, $3, '{}')", group, (DateOnly)last! is var month && month < new DateOnly(2026, 6, 1) ? month : First, $"係{worker}");
                return true;
            case 1:
                if (await ScalarAsync(connection, "select id from app.group_closing where group_id = $1 and reopened_at is null order by month desc limit 1", group) is Guid closing)
                {
                    await QuietlyAsync(connection, "select app.reopen_month($1, null, $2, '数え直し')", closing, $"係{random.Next(6)}");
                }

                return true;
            case 2 or 3 or 4:
                if (await ScalarAsync(connection, "select serial from app.ticket where group_id = $1 and unit = 2 and state in ('used', 'sold') order by md5(serial::text || $2) limit 1", group, $"{random.Next()}") is int serial)
                {
                    await QuietlyAsync(connection, "select app.return_ticket($1, 2, $2, '', $3)", group, serial, $"係{worker}");
                }

                return true;
            default:
                return false;
        }
    }

    /// <summary>A refusal is an answer like another.</summary>
    private static async Task QuietlyAsync(NpgsqlConnection connection, string sql, params object[] values)
    {
        await using var command = Command(connection, "savepoint try", []);
        await command.ExecuteNonQueryAsync();
        try
        {
            await ScalarAsync(connection, sql, values);
        }
        catch (PostgresException refused) when (refused.SqlState == "SA422")
        {
            await using var back = Command(connection, "rollback to try", []);
            await back.ExecuteNonQueryAsync();
        }
    }

    private async Task<NewPosting> NextAsync(NpgsqlConnection connection, Random random)
    {
        var group = town.Groups[random.Next(town.Groups.Count)];
        var (key, day) = (KeyOf(random), First.AddDays(random.Next(180)));
        var members = town.Members[group];
        var (user, helper) = (members[random.Next(members.Count)], members[random.Next(members.Count)]);
        var type = town.Types[random.Next(town.Types.Count)];
        NewPosting Of(params IReadOnlyList<Move> moves) => new(group, key, day, moves);
        switch (random.Next(100))
        {
            case < 6:
                return Of(Issue(type, random.Next(1, 40)));
            case < 22:
                return Of(Sell(type, user, random.Next(1, 4) * 5));
            case < 30:
                return Of(Move.Of(EntryKind.Hold, type, random.Next(1, 6), new Side(AccountRole.Holding, user), new Side(AccountRole.Held, user)));
            case < 35:
                return Of(Move.Of(EntryKind.Release, type, random.Next(1, 6), new Side(AccountRole.Held, user), new Side(AccountRole.Holding, user)));
            case < 62:
                return Settle(group, key, day, type, user, helper == user ? members[(members.IndexOf(user) + 1) % members.Count] : helper, random.Next(1, 7), random);
            case < 67:
                return await ScalarAsync(connection, "select id from app.settlement where group_id = $1 and reversed_by is null order by md5(id::text || $2) limit 1", group, $"{random.Next()}") is Guid settled
                    ? new NewPosting(group, key, day, [], new SettlementNote { Reverses = settled, Note = "まちがい" }) : Of(Issue(type, 1));
            case < 71:
                return await ScalarAsync(connection, "select id from app.ledger_entry where group_id = $1 and settlement_id is null and kind not in ('issue', 'correct') order by md5(id::text || $2) limit 1", group, $"{random.Next()}") is Guid entry
                    ? Of(Move.Undo(entry, "まちがい")) : Of(Issue(type, 1));
            case < 74:
                return Of(Move.Of(EntryKind.Refund, type, random.Next(1, 4), new Side(AccountRole.Holding, user), new Side(AccountRole.Void)), Move.Of(EntryKind.Refund, LedgerUnit.Yen, 150, new Side(AccountRole.Fund), new Side(AccountRole.World)));
            case < 76:
                return Of(Move.Of(EntryKind.Void, type, random.Next(1, 4), new Side(AccountRole.Stock), new Side(AccountRole.Void)));
            case < 78:
                return Of(Move.Of(EntryKind.Expire, type, random.Next(1, 3), new Side(AccountRole.Holding, user), new Side(AccountRole.Expired)));
            case < 84:
                var back = random.Next(1, 6);
                return Of(Move.Of(EntryKind.Redeem, type, back, new Side(AccountRole.Earned, helper), new Side(AccountRole.Redeemed)), Move.Of(EntryKind.Redeem, LedgerUnit.Yen, back * 150, new Side(AccountRole.Earned, helper), new Side(AccountRole.World)));
            case < 88:
                return Of(Move.Of(EntryKind.Opening, LedgerUnit.Minute, random.Next(1, 120), new Side(AccountRole.Mint), new Side(AccountRole.Holding, user)));
            case < 92:
                return Of(Move.Of(EntryKind.Use, LedgerUnit.Minute, random.Next(1, 120), new Side(AccountRole.Holding, user), new Side(AccountRole.Holding, helper == user ? members[(members.IndexOf(user) + 1) % members.Count] : helper)));
            case < 96 when sent.Count > 0:      // the same again, as after a double click
                return sent.ElementAt(random.Next(sent.Count));
            case < 98 when sent.Count > 0:      // the same key for other content
                return sent.ElementAt(random.Next(sent.Count)) with { Lines = [Issue(type, OtherContent)], Settlement = null };
            default:
                return Of(Move.Of(EntryKind.Use, type, 100_000, new Side(AccountRole.Holding, user), new Side(AccountRole.Earned, helper == user ? members[(members.IndexOf(user) + 1) % members.Count] : helper), 1_500_000));
        }
    }

    private NewPosting Settle(Guid group, Guid key, DateOnly day, short type, Guid user, Guid helper, int tickets, Random random)
    {
        var visit = town.Visits[random.Next(town.Visits.Count)];
        var report = random.Next(4) == 0 ? visit : key;        // reports that others send as well
        return new NewPosting(group, key, day,
            [
                Move.Of(EntryKind.Use, type, tickets, new Side(AccountRole.Holding, user), new Side(AccountRole.Earned, helper), tickets * 15) with { VisitId = visit },
                Move.Of(EntryKind.Use, LedgerUnit.Yen, tickets * 150 - tickets * 30, new Side(AccountRole.Fund), new Side(AccountRole.Earned, helper)) with { VisitId = visit },
                Move.Of(EntryKind.Share, LedgerUnit.Yen, tickets * 30, new Side(AccountRole.Fund), new Side(AccountRole.Own)) with { VisitId = visit },
            ],
            new SettlementNote { Id = key, ReportId = report, VisitId = visit, UserId = user, HelperIds = [helper], Minutes = tickets * 15 - random.Next(15), PaidMinutes = tickets * 15, CategoryCode = "1301", TariffId = town.Tariffs[group] });
    }

    private static Move Issue(short type, int tickets) => Move.Of(EntryKind.Issue, type, tickets, new Side(AccountRole.Issued), new Side(AccountRole.Stock));

    private static Move[] Sell(short type, Guid user, int tickets) =>
    [
        Move.Of(EntryKind.Sale, type, tickets, new Side(AccountRole.Stock), new Side(AccountRole.Holding, user)) with { ExpiresOn = new DateOnly(2027, 3, 31) },
        Move.Of(EntryKind.Sale, LedgerUnit.Yen, tickets * 150, new Side(AccountRole.World), new Side(AccountRole.Fund)),
    ];

    private static Guid KeyOf(Random random)
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes);
    }

    private static async Task<object?> ScalarAsync(NpgsqlConnection connection, string sql, params object[] values)
    {
        await using var command = Command(connection, sql, values);
        return await command.ExecuteScalarAsync() is { } value and not DBNull ? sql.Contains("::date", StringComparison.Ordinal) && value is DateTime date ? DateOnly.FromDateTime(date) : value : null;
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, object[] values)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return command;
    }
}
