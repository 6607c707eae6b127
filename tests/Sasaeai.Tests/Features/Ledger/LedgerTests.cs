using Npgsql;
using Sasaeai.Data;
using Sasaeai.Features;
using Sasaeai.Features.Ledger;
using Sasaeai.Tests.Features.Groups;

namespace Sasaeai.Tests.Features.Ledger;

/// <summary>The seven faults of an earlier time bank (mutual-help.md, section 8, no. 13) and what else the books must refuse.</summary>
public class LedgerTests(TestApp app)
{
    private static readonly DateOnly Today = DateTimeOffset.UtcNow.Day();
    private static readonly DateOnly LastMonth = new DateOnly(Today.Year, Today.Month, 1).AddMonths(-1).AddDays(9);

    [Fact]
    public async Task Two_credits_at_the_same_moment_are_both_counted()
    {
        var group = await GroupTown.CreateAsync(app);
        await group.PostAsync(Today, group.Type.Issue(200));

        await Task.WhenAll(Enumerable.Range(0, 16).Select(number => group.PostAsync(Today, group.Type.Sell(group.Users[number % 2].Id, 1, Today))));

        Assert.Equal(160, await group.BalanceAsync(AccountRole.Holding, 2));
        Assert.Equal(16 * 10 * 150, await group.BalanceAsync(AccountRole.Fund, LedgerUnit.Yen));
        Assert.Empty(await group.FaultsAsync());
    }

    [Fact]
    public async Task Nobody_changes_or_deletes_an_entry()
    {
        var group = await GroupTown.CreateAsync(app);
        await group.SellAsync(Today);

        foreach (var sql in new[] { "update app.ledger_entry set amount = 1", "delete from app.ledger_entry", "update app.ledger_account set balance = 9", "update app.ticket set state = 'stock'", "delete from app.settlement", "insert into app.group_closing (group_id, month, closed_at, closed_by_name) select group_id, '2020-01-01', now(), 'x' from app.ledger_posting" })
        {
            var refused = await Assert.ThrowsAsync<PostgresException>(() => group.Town.InAsync(async (db, _) => { await using var command = new NpgsqlCommand(sql, (NpgsqlConnection)Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.GetDbConnection(db.Database)); await command.ExecuteNonQueryAsync(); }));
            Assert.Equal("42501", refused.SqlState);
        }

        Assert.Empty(await group.FaultsAsync());
    }

    [Theory, InlineData(0), InlineData(-5)]
    public async Task Nothing_and_less_than_nothing_are_refused(long amount)
    {
        var group = await GroupTown.CreateAsync(app);

        await Assert.ThrowsAsync<RuleBrokenException>(() => group.PostAsync(Today, Move.Of(EntryKind.Opening, LedgerUnit.Minute, amount, new Side(AccountRole.Mint), new Side(AccountRole.Holding, group.Users[0].Id))));
        Assert.Equal(0L, await group.Town.ScalarAsync($"select count(*) from app.ledger_entry where municipality_id = {group.Town.Id}"));
    }

    [Fact]
    public async Task The_same_form_sent_twice_posts_once_and_with_other_content_is_refused()
    {
        var group = await GroupTown.CreateAsync(app);
        await group.PostAsync(Today, group.Type.Issue(40));
        var posting = new NewPosting(group.GroupId, Guid.NewGuid(), Today, group.Type.Sell(group.Users[0].Id, 1, Today));

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => group.PostAsync(posting)));

        Assert.Single(answers, posted => posted);
        Assert.Equal(10, await group.BalanceAsync(AccountRole.Holding, 2));
        var refused = await Assert.ThrowsAsync<RuleBrokenException>(() => group.PostAsync(posting with { Lines = group.Type.Sell(group.Users[0].Id, 2, Today) }));
        Assert.Contains("ちがう内容", refused.Message);
    }

    [Fact]
    public async Task More_than_there_is_cannot_be_used_even_by_many_at_once()
    {
        var group = await GroupTown.CreateAsync(app);
        await group.SellAsync(Today);

        var tries = await Task.WhenAll(Enumerable.Range(0, 6).Select(async _ =>
        {
            try
            {
                return await group.SettleAsync(group.Report(Today, 60));       // 4 of the 10 tickets each
            }
            catch (RuleBrokenException)
            {
                return false;
            }
        }));

        Assert.Equal(2, tries.Count(done => done));
        Assert.Equal(2, await group.BalanceAsync(AccountRole.Holding, 2));
        await Assert.ThrowsAsync<RuleBrokenException>(() => group.PostAsync(Today, Move.Of(EntryKind.Redeem, LedgerUnit.Yen, 100_000, new Side(AccountRole.Earned, group.Helpers[0].Id), new Side(AccountRole.World))));
        Assert.Empty(await group.FaultsAsync());
    }

    [Fact]
    public async Task A_late_report_counts_in_the_month_of_the_help()
    {
        var group = await GroupTown.CreateAsync(app);
        await group.SellAsync(LastMonth);

        await group.SettleAsync(group.Report(LastMonth, 30));

        Assert.Equal(2L, await group.Town.ScalarAsync($"select sum(amount)::bigint from app.ledger_entry where municipality_id = {group.Town.Id} and kind = 'use' and unit = 2 and service_date = '{LastMonth:yyyy-MM-dd}' and month = '{LastMonth:yyyy-MM}-01' and posted_at > now() - interval '1 minute'"));
        await Assert.ThrowsAsync<RuleBrokenException>(() => group.SettleAsync(group.Report(Today.AddDays(1), 30)));
    }

    [Fact]
    public async Task Help_without_a_category_is_not_settled()
    {
        var group = await GroupTown.CreateAsync(app);
        await group.SellAsync(Today);

        var refused = await Assert.ThrowsAsync<RuleBrokenException>(() => group.SettleAsync(group.Report(Today, 30) with { CategoryCode = "" }));

        Assert.Contains("分類", refused.Message);
    }

    [Fact]
    public async Task A_report_is_settled_once_and_again_only_after_it_was_reversed()
    {
        var group = await GroupTown.CreateAsync(app);
        await group.SellAsync(Today);
        var report = group.Report(Today, 45);
        Assert.True(await group.SettleAsync(report));
        Assert.False(await group.SettleAsync(report));

        var corrected = report with { ReportId = Guid.NewGuid(), Minutes = 30 };
        await Assert.ThrowsAsync<RuleBrokenException>(() => group.SettleAsync(corrected));
        Task<bool> Reverse() => group.Town.InAsync((_, services) => ((VisitSettlements)services.GetService(typeof(VisitSettlements))!).ReverseAsync(group.GroupId, report.ReportId, Guid.NewGuid(), Today, "30分でした"));
        await Reverse();
        await Assert.ThrowsAsync<RuleBrokenException>(Reverse);
        await group.SettleAsync(corrected);

        Assert.Equal(8, await group.BalanceAsync(AccountRole.Holding, 2));
        Assert.Equal(300, await group.BalanceAsync(AccountRole.Earned, LedgerUnit.Yen));
        Assert.Empty(await group.FaultsAsync());
    }

    [Fact]
    public async Task An_entry_is_reversed_once()
    {
        var group = await GroupTown.CreateAsync(app);
        await group.PostAsync(Today, Move.Of(EntryKind.Opening, LedgerUnit.Yen, 500, new Side(AccountRole.World), new Side(AccountRole.Own)));
        var entry = (Guid)(await group.Town.ScalarAsync($"select id from app.ledger_entry where municipality_id = {group.Town.Id}"))!;

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            try
            {
                return await group.PostAsync(Today, Move.Undo(entry, "まちがい"));
            }
            catch (RuleBrokenException)
            {
                return false;
            }
        }));

        Assert.Single(answers, done => done);
        Assert.Equal(0, await group.BalanceAsync(AccountRole.Own, LedgerUnit.Yen));
    }

    [Fact]
    public async Task A_number_used_twice_is_refused_with_who_and_when()
    {
        var group = await GroupTown.CreateAsync(app);
        await group.SellAsync(Today);
        await group.SettleAsync(group.Report(Today, 30) with { Serials = [4, 5] });

        var refused = await Assert.ThrowsAsync<RuleBrokenException>(() => group.SettleAsync(group.Report(Today, 15) with { Serials = [5] }));
        Assert.Contains($"券の番号5は、{Today.Year}年{Today.Month}月{Today.Day}日の活動で使われた", refused.Message);
        Assert.Contains("発行していません", (await Assert.ThrowsAsync<RuleBrokenException>(() => group.SettleAsync(group.Report(Today, 15) with { Serials = [999] }))).Message);
        Assert.Contains("まだ売っていない", (await Assert.ThrowsAsync<RuleBrokenException>(() => group.SettleAsync(group.Report(Today, 15) with { Serials = [15] }))).Message);
    }

    [Fact]
    public async Task A_returned_number_takes_the_place_of_one_that_was_only_assumed_and_returns_once()
    {
        var group = await GroupTown.CreateAsync(app);
        await group.SellAsync(Today);
        var report = group.Report(Today, 30);
        await group.SettleAsync(report);       // 1 and 2 are assumed
        Task Return(int serial) => group.Town.InAsync(async (_, services) => { await ((LedgerBooks)services.GetService(typeof(LedgerBooks))!).ReturnTicketAsync(group.GroupId, 2, serial, ""); });

        await Return(7);
        Assert.Contains("受け取っています", (await Assert.ThrowsAsync<RuleBrokenException>(() => Return(7))).Message);
        await Return(2);
        Assert.Contains("記録がまだありません", (await Assert.ThrowsAsync<RuleBrokenException>(() => Return(8))).Message);

        Assert.Equal("sold", await group.Town.ScalarAsync($"select state from app.ticket where municipality_id = {group.Town.Id} and serial = 1"));
        Assert.Empty(await group.FaultsAsync());
        await group.Town.InAsync((_, services) => ((VisitSettlements)services.GetService(typeof(VisitSettlements))!).ReverseAsync(group.GroupId, report.ReportId, Guid.NewGuid(), Today, "まちがい"));
        Assert.Empty(await group.FaultsAsync());
    }

    [Fact]
    public async Task A_closed_month_does_not_change_and_only_another_person_opens_it()
    {
        var group = await GroupTown.CreateAsync(app);
        await group.SellAsync(LastMonth);
        await group.SettleAsync(group.Report(LastMonth, 30));
        var month = new DateOnly(LastMonth.Year, LastMonth.Month, 1);
        var closing = await group.Town.InAsync((_, services) => ((LedgerBooks)services.GetService(typeof(LedgerBooks))!).CloseAsync(group.GroupId, month, new CountedByHand()));

        await group.SettleAsync(group.Report(LastMonth, 15));

        Assert.Equal(1L, await group.Town.ScalarAsync($"select count(*) from app.ledger_entry where municipality_id = {group.Town.Id} and kind = 'use' and unit = 2 and service_date = '{LastMonth:yyyy-MM-dd}' and month = '{month.AddMonths(1):yyyy-MM-dd}'"));
        Assert.Empty(await group.FaultsAsync());
        await Assert.ThrowsAsync<RuleBrokenException>(() => group.Town.InAsync((_, services) => ((LedgerBooks)services.GetService(typeof(LedgerBooks))!).CloseAsync(group.GroupId, month, new CountedByHand())));
        Assert.Contains("ほかの世話人", (await Assert.ThrowsAsync<RuleBrokenException>(() => group.Town.InAsync((_, services) => ((LedgerBooks)services.GetService(typeof(LedgerBooks))!).ReopenAsync(closing, "数え直し")))).Message);
        await group.Town.InAsync((_, services) =>
        {
            ((AuditTrail)services.GetService(typeof(AuditTrail))!).Actor = new Actor(null, "別の世話人");
            return ((LedgerBooks)services.GetService(typeof(LedgerBooks))!).ReopenAsync(closing, "数え直し");
        });
        await group.SettleAsync(group.Report(LastMonth, 15));
        Assert.Equal(1L, await group.Town.ScalarAsync($"select count(*) from app.ledger_entry where municipality_id = {group.Town.Id} and kind = 'use' and unit = 2 and amount = 1 and month = '{month:yyyy-MM-dd}'"));
    }

    [Fact]
    public async Task Each_kind_of_entry_is_posted_by_the_programs_own_role_and_undone_but_for_the_issue()
    {
        var group = await GroupTown.CreateAsync(app);
        var (user, helper) = (group.Users[0].Id, group.Helpers[0].Id);
        await group.SellAsync(Today);
        await group.PostAsync(Today, Move.Of(EntryKind.Hold, 2, 3, new Side(AccountRole.Holding, user), new Side(AccountRole.Held, user)));
        await group.PostAsync(Today, Move.Of(EntryKind.Release, 2, 3, new Side(AccountRole.Held, user), new Side(AccountRole.Holding, user)));
        await group.SettleAsync(group.Report(Today, 30));
        await group.PostAsync(Today, Move.Of(EntryKind.Redeem, 2, 2, new Side(AccountRole.Earned, helper), new Side(AccountRole.Redeemed)), Move.Of(EntryKind.Redeem, LedgerUnit.Yen, 300, new Side(AccountRole.Earned, helper), new Side(AccountRole.World)));
        await group.PostAsync(Today, group.Type.Void(user, 1, "紛失"));
        await group.PostAsync(Today, group.Type.Refund(user, 1));
        await group.PostAsync(Today, group.Type.Expire(user, 1));
        await group.PostAsync(Today, Move.Of(EntryKind.Payment, LedgerUnit.Yen, 500, new Side(AccountRole.World), new Side(AccountRole.Own)));

        Assert.Empty(await group.FaultsAsync());
        foreach (var kind in new[] { "payment", "expire", "refund", "void", "redeem" })
        {
            var lines = ((Guid[])(await group.Town.ScalarAsync($"select array_agg(id order by no) from app.ledger_entry where municipality_id = {group.Town.Id} and kind = '{kind}'"))!).Select(line => Move.Undo(line, "まちがい"));
            await group.PostAsync(Today, [.. lines]);
            Assert.Empty(await group.FaultsAsync());
        }

        Assert.Equal(8, await group.BalanceAsync(AccountRole.Holding, 2));
        Assert.Equal((2L, 300L), (await group.BalanceAsync(AccountRole.Earned, 2), await group.BalanceAsync(AccountRole.Earned, LedgerUnit.Yen)));
        var issue = (Guid)(await group.Town.ScalarAsync($"select id from app.ledger_entry where municipality_id = {group.Town.Id} and kind = 'issue'"))!;
        Assert.Contains("廃棄", (await Assert.ThrowsAsync<RuleBrokenException>(() => group.PostAsync(Today, Move.Undo(issue, "まちがい")))).Message);
    }

    [Fact]
    public async Task No_member_goes_below_zero_whatever_limit_is_asked_for()
    {
        var group = await GroupTown.CreateAsync(app);
        await group.PostAsync(Today, group.Type.Issue(10));

        var refused = await Assert.ThrowsAsync<PostgresException>(() => group.PostAsync(Today, Move.Of(EntryKind.Use, 2, 1, new Side(AccountRole.Holding, group.Users[0].Id, 100), new Side(AccountRole.Earned, group.Helpers[0].Id), 15)));

        Assert.Equal("ledger_account_credit", refused.ConstraintName);
    }

    [Fact]
    public async Task A_number_named_twice_a_part_of_a_settlement_and_other_minutes_are_refused_by_the_database()
    {
        var group = await GroupTown.CreateAsync(app);
        await group.SellAsync(Today);
        await group.SettleAsync(group.Report(Today, 30));
        var part = (Guid)(await group.Town.ScalarAsync($"select id from app.ledger_entry where municipality_id = {group.Town.Id} and kind = 'use' and unit = 0"))!;

        Assert.Contains("11が二度", (await Assert.ThrowsAsync<RuleBrokenException>(() => group.PostAsync(Today, group.Type.Sell(group.Users[1].Id, 1, Today, [11, 11, 12, 13, 14, 15, 16, 17, 18, 19])))).Message);
        Assert.Contains("まとめて取り消します", (await Assert.ThrowsAsync<RuleBrokenException>(() => group.PostAsync(Today, Move.Undo(part, "お金だけ")))).Message);
        Assert.Contains("1枚15分", (await Assert.ThrowsAsync<RuleBrokenException>(() => group.PostAsync(Today, Move.Of(EntryKind.Use, 2, 1, new Side(AccountRole.Holding, group.Users[0].Id), new Side(AccountRole.Earned, group.Helpers[0].Id), 60)))).Message);
        Assert.Empty(await group.FaultsAsync());
    }

    [Fact]
    public async Task The_check_finds_tickets_that_lie_with_another_member_than_the_books_say()
    {
        var group = await GroupTown.CreateAsync(app);
        await group.SellAsync(Today);

        await group.Town.ScalarAsync($"update app.ticket set holder_id = '{group.Users[1].Id}' where municipality_id = {group.Town.Id} and serial = 1 returning serial");

        Assert.Equal(2, (await group.FaultsAsync()).Count(fault => fault.Words.Contains("by number", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Paper_that_comes_back_after_the_payout_takes_its_place_as_well_and_the_report_can_still_be_withdrawn()
    {
        var group = await GroupTown.CreateAsync(app);
        await group.SellAsync(Today);
        var report = group.Report(Today, 45);
        await group.SettleAsync(report);       // 1, 2 and 3 are assumed
        Task Return(int serial) => group.Town.InAsync(async (_, services) => { await ((LedgerBooks)services.GetService(typeof(LedgerBooks))!).ReturnTicketAsync(group.GroupId, 2, serial, ""); });
        await Return(7);
        await group.PostAsync(Today, Move.Of(EntryKind.Redeem, 2, 3, new Side(AccountRole.Earned, group.Helpers[0].Id), new Side(AccountRole.Redeemed)), Move.Of(EntryKind.Redeem, LedgerUnit.Yen, 450, new Side(AccountRole.Earned, group.Helpers[0].Id), new Side(AccountRole.World)));

        await Return(8);
        Assert.Equal("3,7,8", await group.Town.ScalarAsync($"select string_agg(serial::text, ',' order by serial) from app.ticket where municipality_id = {group.Town.Id} and state = 'redeemed'"));
        Assert.Empty(await group.FaultsAsync());

        var lines = ((Guid[])(await group.Town.ScalarAsync($"select array_agg(id) from app.ledger_entry where municipality_id = {group.Town.Id} and kind = 'redeem'"))!).Select(line => Move.Undo(line, "時間のまちがい"));
        await group.PostAsync(Today, [.. lines]);
        await group.Town.InAsync((_, services) => ((VisitSettlements)services.GetService(typeof(VisitSettlements))!).ReverseAsync(group.GroupId, report.ReportId, Guid.NewGuid(), Today, "まちがい"));

        Assert.Equal(10L, await group.Town.ScalarAsync($"select count(*) from app.ticket where municipality_id = {group.Town.Id} and state = 'sold' and holder_id = '{group.Users[0].Id}'"));
        Assert.Empty(await group.FaultsAsync());
    }

    [Fact]
    public async Task What_is_paid_out_already_is_taken_back_before_the_report_is()
    {
        var group = await GroupTown.CreateAsync(app);
        await group.SellAsync(Today);
        var report = group.Report(Today, 30);
        await group.SettleAsync(report);
        await group.PostAsync(Today, Move.Of(EntryKind.Redeem, 2, 2, new Side(AccountRole.Earned, group.Helpers[0].Id), new Side(AccountRole.Redeemed)), Move.Of(EntryKind.Redeem, LedgerUnit.Yen, 300, new Side(AccountRole.Earned, group.Helpers[0].Id), new Side(AccountRole.World)));
        Task Reverse() => group.Town.InAsync((_, services) => ((VisitSettlements)services.GetService(typeof(VisitSettlements))!).ReverseAsync(group.GroupId, report.ReportId, Guid.NewGuid(), Today, "15分でした"));

        Assert.Contains("もう払ってあります", (await Assert.ThrowsAsync<RuleBrokenException>(Reverse)).Message);
        using var keeper = await group.KeeperAsync();
        var line = await group.Town.ScalarAsync($"select id from app.ledger_entry where municipality_id = {group.Town.Id} and kind = 'redeem' and unit = 0");
        await keeper.PressAsync(await keeper.GetPageAsync($"groups/{group.GroupId}/ledger/{line}/corrections/new"), "取り消す", ("取り消す理由", "時間のまちがい"));
        await Reverse();

        Assert.Equal(10, await group.BalanceAsync(AccountRole.Holding, 2));
        Assert.Equal(0, await group.BalanceAsync(AccountRole.Earned, LedgerUnit.Yen));
        Assert.Empty(await group.FaultsAsync());
    }

    [Fact]
    public async Task Points_from_before_are_carried_over_once_and_only_where_a_group_has_points()
    {
        var (group, paid) = (await GroupTown.CreateAsync(app, rules: rules => rules with { Payment = Sasaeai.Features.Tariffs.PaymentMode.TimePoints }), await GroupTown.CreateAsync(app));
        using var keeper = await group.KeeperAsync();
        Assert.Contains("点数を繰り越す・渡す", (await keeper.GetPageAsync($"groups/{group.GroupId}/ledger")).QuerySelector("main")!.TextContent);
        var form = await keeper.GetPageAsync($"groups/{group.GroupId}/ledger/points/new");

        await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => keeper.PressAsync(form, "記録する", ("会員番号", "4"), ("点数（分）", "90"))));
        await group.SettleAsync(group.Report(Today, 30));

        Assert.Equal(60, await group.BalanceAsync(AccountRole.Holding, LedgerUnit.Minute, group.Users[0].Id));
        Assert.Equal(30, await group.BalanceAsync(AccountRole.Holding, LedgerUnit.Minute, group.Helpers[0].Id));
        Assert.Empty(await group.FaultsAsync());
        using var other = await paid.KeeperAsync();
        Assert.Contains("点数ではありません", (await other.PressAsync(await other.GetPageAsync($"groups/{paid.GroupId}/ledger/points/new"), "記録する", ("会員番号", "4"), ("点数（分）", "90"))).QuerySelector(".error-summary")!.TextContent);
    }

    [Theory, InlineData("sale", 2, "3行", 0L), InlineData("sale", 0, "3行", 0L), InlineData("refund", 2, "2行", 10L), InlineData("void", 2, "2行", 10L)]
    public async Task Tickets_and_their_money_are_taken_back_together(string kind, int unit, string lines, long holding)
    {
        var group = await GroupTown.CreateAsync(app);
        group.Type.BookDonation = 200;
        await group.PostAsync(Today, group.Type.Issue(20));
        await group.PostAsync(Today, group.Type.Sell(group.Users[0].Id, 1, Today));
        if (kind != "sale")
        {
            await group.PostAsync(Today, kind == "refund" ? group.Type.Refund(group.Users[0].Id, 4) : group.Type.Void(group.Users[0].Id, 4, "ぬれた"));
        }

        using var keeper = await group.KeeperAsync();
        var line = await group.Town.ScalarAsync($"select id from app.ledger_entry where municipality_id = {group.Town.Id} and kind = '{kind}' and unit = {unit}");

        var page = await keeper.PressAsync(await keeper.GetPageAsync($"groups/{group.GroupId}/ledger/{line}/corrections/new"), "取り消す", ("取り消す理由", "まちがえた"));

        Assert.Contains(lines, page.QuerySelector(".notice")!.TextContent);
        Assert.Equal((holding, holding * 150), (await group.BalanceAsync(AccountRole.Holding, 2), await group.BalanceAsync(AccountRole.Fund, LedgerUnit.Yen)));
        Assert.Empty(await group.FaultsAsync());
    }

    [Fact]
    public async Task Another_groups_books_are_out_of_reach()
    {
        var (group, other) = (await GroupTown.CreateAsync(app), await GroupTown.CreateAsync(app));
        await group.SellAsync(Today);

        await Assert.ThrowsAsync<NotFoundException>(() => other.PostAsync(new NewPosting(group.GroupId, Guid.NewGuid(), Today, group.Type.Issue(1))));
        await Assert.ThrowsAsync<NotFoundException>(() => group.Town.InAsync(async (db, services) =>
        {
            await db.SeeGroupsAsync([Guid.NewGuid()]);
            Assert.Empty(db.LedgerEntries);
            Assert.Empty(db.Members);
            await ((LedgerBooks)services.GetService(typeof(LedgerBooks))!).PostAsync(new NewPosting(group.GroupId, Guid.NewGuid(), Today, group.Type.Issue(1)));
        }));
    }
}
