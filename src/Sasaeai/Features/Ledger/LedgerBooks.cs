using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;

namespace Sasaeai.Features.Ledger;

/// <summary>
/// The only way into the books. The rules (limits, one settlement a report, closed months, numbers of tickets) stand in the
/// database, so that they hold whoever posts at the same moment. A transaction posts once: several postings would take
/// the locks of accounts in several orders.
/// </summary>
public sealed class LedgerBooks(AppDb db, AuditTrail trail, TimeProvider time)
{
    private NpgsqlConnection Connection => (NpgsqlConnection)db.Database.GetDbConnection();

    /// <returns>False when the same was posted before.</returns>
    /// <exception cref="RuleBrokenException">A limit, a closed settlement, a wrong ticket number, or the key was used for other content.</exception>
    public async Task<bool> PostAsync(NewPosting posting)
    {
        Rule.Require(posting.ServiceDate <= time.Today(), "まだ来ていない日のことは記録できません。日付を確かめてください。");
        var posted = await PostAsync(Connection, posting, trail.Actor);
        if (posted)
        {
            trail.Note("post", "ledger_posting", posting.Key, string.Join('・', posting.Lines.Select(line => line.Kind?.Japanese() ?? "訂正").Distinct()));
        }

        return posted;
    }

    /// <summary>The same on a connection whose transaction has entered the town, without the audit trail (for the torture test and figures that are loaded).</summary>
    public static async Task<bool> PostAsync(NpgsqlConnection connection, NewPosting posting, Actor actor)
    {
        var request = (JsonObject)JsonNode.Parse(JsonColumn.Write(posting))!;
        request["hash"] = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(request.ToJsonString())));
        (request["byName"], request["accountId"]) = (actor.Name, actor.AccountId?.ToString());
        return await CallAsync<bool>(connection, "select app.post_entries($1::text::jsonb)", request.ToJsonString());
    }

    /// <summary>Finishes a month. <paramref name="counted"/> is what was counted by hand.</summary>
    /// <returns>The closing.</returns>
    public async Task<Guid> CloseAsync(Guid groupId, DateOnly month, CountedByHand counted)
    {
        Rule.Require(month.Day == 1 && month.AddMonths(1) <= time.Today(), "月が終わってから締めてください。");
        var id = await CallAsync<Guid>(Connection, "select app.close_month($1, $2, $3, $4, $5::text::jsonb)", groupId, month, trail.Actor.AccountId ?? (object)DBNull.Value, trail.Actor.Name, JsonColumn.Write(counted));
        trail.Note("close", "group_closing", id, $"{month:yyyy-MM}");
        return id;
    }

    /// <summary>Opens the month that was closed last. Only another person than the one who closed it.</summary>
    public async Task ReopenAsync(Guid closingId, string reason)
    {
        await CallAsync<object>(Connection, "select app.reopen_month($1, $2, $3, $4)", closingId, trail.Actor.AccountId ?? (object)DBNull.Value, trail.Actor.Name, reason);
        trail.Note("reopen", "group_closing", closingId, reason);
    }

    /// <summary>A paper ticket came back to the group.</summary>
    /// <param name="code">The letters printed beside the number; empty when only the number was typed.</param>
    public async Task ReturnTicketAsync(Guid groupId, short unit, int serial, string code)
    {
        await CallAsync<object>(Connection, "select app.return_ticket($1, $2, $3, $4, $5)", groupId, (int)unit, serial, code, trail.Actor.Name);
        trail.Note("return", "ticket", $"{groupId}/{unit}/{serial}");
    }

    private static async Task<T> CallAsync<T>(NpgsqlConnection connection, string sql, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        try
        {
            return (T)(await command.ExecuteScalarAsync())!;
        }
        catch (PostgresException refused) when (Sentence(refused) is { } sentence)
        {
            throw new RuleBrokenException(sentence, refused);
        }
        catch (PostgresException missing) when (missing.SqlState == "SA404")
        {
            throw new NotFoundException();
        }
    }

    private static string? Sentence(PostgresException refused) => (refused.SqlState, refused.ConstraintName) switch
    {
        ("SA422" or "SA409", _) => refused.MessageText,
        (_, "ledger_account_overdrawn") => "残りが足りないため、記録できません。残りの枚数・金額を確かめてください。",
        (_, "ledger_account_source") => "団体の手元にあるお金より多くは払えません。先に入金を記録してください。",
        (_, "ledger_entry_municipality_id_reverses_key") => "この行は、すでに取り消してあります。",
        (_, "payout_second_person") => "団体が決めた額を超える支払いは、月を締めてから、締めた人とは別の世話人が記録してください。",
        (_, "payout_once") => "この月の支払いは、すでに記録してあります。",
        (_, "ledger_entry_amount_check") => "0は記録できません。1以上の数を入れてください。",
        _ => null,
    };
}

/// <summary>What was counted by hand at the end of a month: cash in yen, and paper tickets by unit (not sold, and returned by helpers).</summary>
public sealed record CountedByHand
{
    public long? CashYen { get; init; }
    public IReadOnlyDictionary<short, int> Stock { get; init; } = new Dictionary<short, int>();
    public IReadOnlyDictionary<short, int> Returned { get; init; } = new Dictionary<short, int>();
    public string Note { get; init; } = "";
}

public static class LedgerWords
{
    public static string Japanese<T>(this T value) where T : struct, Enum =>
        ((System.ComponentModel.DataAnnotations.DisplayAttribute)Attribute.GetCustomAttribute(typeof(T).GetField(value.ToString())!, typeof(System.ComponentModel.DataAnnotations.DisplayAttribute))!).Name!;
}
