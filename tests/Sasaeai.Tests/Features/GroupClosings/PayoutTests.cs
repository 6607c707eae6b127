using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Sasaeai.Data;
using Sasaeai.Features.Groups;
using Sasaeai.Features.Ledger;
using Sasaeai.Tests.Features.Groups;
using Sasaeai.Tests.Features.Visits;

namespace Sasaeai.Tests.Features.GroupClosings;

/// <summary>Who closes the books is not who pays out: asked of the database, around the program's own rules.</summary>
public class PayoutTests(TestApp app)
{
    private static readonly DateOnly LastMonth = new DateOnly(HelpDesk.Today.Year, HelpDesk.Today.Month, 1).AddMonths(-1);
    private static readonly Guid Closer = Guid.NewGuid(), Other = Guid.NewGuid();

    /// <summary>A month closed by 会計 one, in which 1,200 yen are owed; one person alone may pay 1,000.</summary>
    private async Task<(GroupTown Group, Guid Closing)> ClosedAsync()
    {
        var group = await GroupTown.CreateAsync(app);
        await group.SellAsync(LastMonth);
        await group.SettleAsync(group.Report(LastMonth.AddDays(3), 120));
        var closing = await group.Town.InAsync((_, services) =>
        {
            services.GetRequiredService<AuditTrail>().Actor = new Actor(Closer, "会計 一郎");
            return services.GetRequiredService<LedgerBooks>().CloseAsync(group.GroupId, LastMonth, new CountedByHand());
        });
        return (group, closing);
    }

    private static Task PayAsync(GroupTown group, Guid? closing, long yen, Guid account, string name, EntryKind kind = EntryKind.Redeem) => group.Town.InAsync(async (db, _) =>
    {
        var posting = new NewPosting(group.GroupId, Guid.NewGuid(), HelpDesk.Today, [Move.Of(kind, LedgerUnit.Yen, yen, new Side(AccountRole.Earned, group.Helpers[0].Id), new Side(AccountRole.World))]) { ClosingId = closing };
        var request = (JsonObject)JsonNode.Parse(JsonColumn.Write(posting))!;
        (request["hash"], request["accountId"], request["byName"]) = (Convert.ToHexString(RandomNumberGenerator.GetBytes(32)), $"{account}", name);
        await using var command = new NpgsqlCommand("select app.post_entries($1::text::jsonb)", (NpgsqlConnection)db.Database.GetDbConnection()) { Parameters = { new() { Value = request.ToJsonString() } } };
        await command.ExecuteScalarAsync();
    });

    private static async Task<string?> RefusedAsync(Func<Task> pay) => (await Assert.ThrowsAsync<PostgresException>(pay)) is { } refused ? refused.ConstraintName ?? refused.SqlState : null;

    [Fact]
    public async Task Whoever_closed_the_month_pays_no_more_than_one_person_may()
    {
        var (group, closing) = await ClosedAsync();

        Assert.Equal("payout_second_person", await RefusedAsync(() => PayAsync(group, closing, 1200, Closer, "会計 一郎")));
        Assert.Equal("payout_second_person", await RefusedAsync(() => PayAsync(group, closing, 1200, Closer, "名前を変えた")));
        Assert.Equal("payout_second_person", await RefusedAsync(() => PayAsync(group, null, 1200, Other, "会計 二郎")));              // no month was closed
        Assert.Equal("payout_second_person", await RefusedAsync(() => PayAsync(group, null, 1200, Closer, "会計 一郎", EntryKind.Cost)));  // under another name
        Assert.Equal("SA422", await RefusedAsync(() => PayAsync(group, Guid.NewGuid(), 1200, Other, "会計 二郎")));
        Assert.Equal(0L, await group.Town.ScalarAsync($"select count(*) from app.payout where municipality_id = {group.Town.Id}"));

        await PayAsync(group, closing, 1200, Other, "会計 二郎");
        Assert.Equal("会計 二郎:1200:会計 一郎", await group.Town.ScalarAsync($"select paid_by_name || ':' || yen || ':' || closed_by_name from app.payout where municipality_id = {group.Town.Id}"));
        Assert.Empty(await group.FaultsAsync());
    }

    [Fact]
    public async Task A_payout_in_pieces_is_no_way_around_it_and_a_closing_is_paid_once()
    {
        var (group, closing) = await ClosedAsync();
        await PayAsync(group, null, 900, Closer, "会計 一郎");
        Assert.Equal("payout_second_person", await RefusedAsync(() => PayAsync(group, null, 300, Closer, "会計 一郎")));
        await PayAsync(group, closing, 100, Closer, "会計 一郎");      // small enough for one
        Assert.Equal("payout_once", await RefusedAsync(() => PayAsync(group, closing, 100, Other, "会計 二郎")));
    }

    [Theory]
    [InlineData("insert into app.payout (posting_id, group_id, yen, total, alone_yen, paid_by_name, paid_at) select id, group_id, 1, 1, 9, 'x', now() from app.ledger_posting limit 1")]
    [InlineData("update app.payout set alone_yen = 9999999")]
    [InlineData("select app.post_lines('{}')")]
    public async Task Nobody_writes_payouts_or_posts_past_the_check(string sql)
    {
        var (group, _) = await ClosedAsync();
        Assert.Equal("42501", await RefusedAsync(() => group.Town.InAsync(async (db, _) =>
        {
            await using var command = new NpgsqlCommand(sql, (NpgsqlConnection)db.Database.GetDbConnection());
            await command.ExecuteNonQueryAsync();
        })));
    }
}
