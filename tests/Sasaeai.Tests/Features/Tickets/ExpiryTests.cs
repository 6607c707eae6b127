using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.DependencyInjection;
using Sasaeai.Features.Ledger;
using Sasaeai.Features.Tariffs;
using Sasaeai.Features.Tickets;
using Sasaeai.Features.Tickets.Expiries;
using Sasaeai.Tests.Features.Groups;
using Sasaeai.Tests.Features.Visits;

namespace Sasaeai.Tests.Features.Tickets;

public class ExpiryTests(TestApp app)
{
    private static readonly DateOnly ThisMonth = new(HelpDesk.Today.Year, HelpDesk.Today.Month, 1), LongAgo = ThisMonth.AddMonths(-4);

    /// <summary>30 tickets of which one book was sold long ago (good for a month) and one today.</summary>
    private async Task<GroupTown> SoldAsync()
    {
        var group = await GroupTown.CreateAsync(app);
        group.Type.MonthsValid = 1;
        await group.Town.InAsync(async (db, _) => { (await db.GetAsync<TicketType>(group.Type.Id)).MonthsValid = 1; await db.SaveChangesAsync(); });
        await group.SellAsync(LongAgo, issued: 30);
        await group.PostAsync(HelpDesk.Today, group.Type.Sell(group.Users[1].Id, 1, HelpDesk.Today));
        return group;
    }

    private static string Path(GroupTown group) => $"groups/{group.GroupId}/tickets/expiries/new";

    private static Task<IReadOnlyList<Expiry>> PostAsync(GroupTown group) => group.Town.InAsync((_, services) => services.GetRequiredService<TicketExpiries>().PostAsync(group.GroupId, Guid.NewGuid()));

    [Fact]
    public async Task What_had_its_day_is_expired_in_one_press_and_the_books_count_each_number_once()
    {
        var group = await SoldAsync();
        await group.SettleAsync(group.Report(ThisMonth.AddDays(-1), 30));
        await group.PostAsync(HelpDesk.Today, group.Type.Void(null, 1, "ぬれた", [30]));
        using var keeper = await group.KeeperAsync();
        var page = await keeper.GetPageAsync(Path(group));
        Assert.Contains("会員 4郎", page.QuerySelector("tbody")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("8枚", page.QuerySelector("tbody")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("1-000003〜000010", page.QuerySelector("tbody")!.TextContent, StringComparison.Ordinal);

        var done = await keeper.PressAsync(page, "期限切れとして記録する");

        Assert.Contains("1人の期限切れを記録しました", done.QuerySelector(".notice")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("expired:8,sold:10,stock:9,used:2,void:1", await group.Town.ScalarAsync($"select string_agg(state || ':' || n, ',' order by state) from (select state, count(*) n from app.ticket where municipality_id = {group.Town.Id} group by state) s"));
        Assert.Equal(8, await group.BalanceAsync(AccountRole.Expired, group.Type.Unit));
        Assert.Equal(8 * 150, await group.BalanceAsync(AccountRole.Own, LedgerUnit.Yen));
        Assert.Equal(10 * 150, await group.BalanceAsync(AccountRole.Fund, LedgerUnit.Yen));
        Assert.Empty(await group.FaultsAsync());
        Assert.Equal(1L, await group.Town.ScalarAsync($"select count(*) from app.audit_entry where municipality_id = {group.Town.Id} and verb = 'post' and noun = 'ledger_posting' and note = '期限切れ' and account_name like '職員%'"));
        await keeper.PressAsync(page, "期限切れとして記録する");
        Assert.Equal(1L, await ExpiresAsync(group));
    }

    private static async Task<long> ExpiresAsync(GroupTown group) => (long)(await group.Town.ScalarAsync($"select count(*) from app.ledger_entry where municipality_id = {group.Town.Id} and kind = 'expire' and unit = 2"))!;

    [Fact]
    public async Task Two_keepers_at_the_same_moment_expire_once()
    {
        var group = await SoldAsync();

        var posted = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => PostAsync(group)));

        Assert.Equal(1, posted.Count(rows => rows.Count > 0));
        Assert.Equal(1, await ExpiresAsync(group));
        Assert.Equal(10, await group.BalanceAsync(AccountRole.Holding, group.Type.Unit));
        Assert.Empty(await group.FaultsAsync());
    }

    [Fact]
    public async Task A_closed_month_stays_as_it_was_and_the_expiry_is_of_the_open_one()
    {
        var group = await SoldAsync();
        foreach (var month in new[] { LongAgo, ThisMonth.AddMonths(-1) })
        {
            await group.Town.InAsync((_, services) => services.GetRequiredService<LedgerBooks>().CloseAsync(group.GroupId, month, new CountedByHand()));
        }

        var before = await group.Town.ScalarAsync($"select sum(balance * balance)::bigint from app.closing_balance where municipality_id = {group.Town.Id}");
        await PostAsync(group);

        Assert.Equal(ThisMonth, await group.Town.ScalarAsync($"select month from app.ledger_entry where municipality_id = {group.Town.Id} and kind = 'expire' and unit = 2"));
        Assert.Equal(before, await group.Town.ScalarAsync($"select sum(balance * balance)::bigint from app.closing_balance where municipality_id = {group.Town.Id}"));
        Assert.Empty(await group.FaultsAsync());
    }

    [Fact]
    public async Task Tickets_wait_for_the_report_of_a_visit_and_those_held_stay()
    {
        var group = await SoldAsync();
        await group.PostAsync(HelpDesk.Today, Move.Of(EntryKind.Hold, group.Type.Unit, 4, new Side(AccountRole.Holding, group.Users[0].Id), new Side(AccountRole.Held, group.Users[0].Id)));
        var visit = await group.AskAsync(day: ThisMonth.AddDays(-3));
        await group.GiveAsync(visit);
        using var keeper = await group.KeeperAsync();
        var page = await keeper.GetPageAsync(Path(group));
        Assert.Contains("活動の報告を待っているもの", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Empty(await PostAsync(group));

        await group.ApproveAsync(await group.ReportAsync(visit, ThisMonth.AddDays(-3), new TimeOnly(10, 0), new TimeOnly(10, 15)));
        Assert.Equal(5, Assert.Single(await PostAsync(group)).Amount);      // 10 - 4 held - 1 used
        Assert.Empty(await group.FaultsAsync());
    }

    [Fact]
    public async Task Tickets_without_paper_and_points_expire_oldest_first()
    {
        var group = await GroupTown.CreateAsync(app, rules: rules => rules with { Payment = PaymentMode.TimePoints, PointMonths = 1 });
        var type = new TicketType { GroupId = group.GroupId, Unit = 3, Name = "通帳の券", Minutes = 15, FaceYen = 150, Paper = false, MonthsValid = 1, CreatedAt = DateTimeOffset.UtcNow };
        await group.Town.InAsync(async (db, _) => { db.TicketTypes.Add(type); await db.SaveChangesAsync(); });
        var (user, helper) = (group.Users[0].Id, group.Helpers[0].Id);
        await group.PostAsync(LongAgo, type.Issue(30));
        await group.PostAsync(LongAgo, type.Sell(user, 1, LongAgo));
        await group.PostAsync(HelpDesk.Today, type.Sell(user, 1, HelpDesk.Today));
        await group.PostAsync(LongAgo, Move.Of(EntryKind.Opening, LedgerUnit.Minute, 120, new Side(AccountRole.Mint), new Side(AccountRole.Holding, user)));
        await group.PostAsync(HelpDesk.Today, Move.Of(EntryKind.Opening, LedgerUnit.Minute, 60, new Side(AccountRole.Mint), new Side(AccountRole.Holding, user)));
        await group.PostAsync(HelpDesk.Today, Move.Of(EntryKind.Use, LedgerUnit.Minute, 30, new Side(AccountRole.Holding, user), new Side(AccountRole.Holding, helper)));
        await group.PostAsync(HelpDesk.Today, Move.Of(EntryKind.Use, 3, 3, new Side(AccountRole.Holding, user), new Side(AccountRole.Earned, helper), 45));

        var posted = await PostAsync(group);

        Assert.Equal(["点数 90分", "通帳の券 7枚"], posted.Select(row => $"{row.What} {row.Quantity}").Order(StringComparer.Ordinal));
        Assert.Equal(10, await group.BalanceAsync(AccountRole.Holding, 3, user));
        Assert.Equal((60, 30), (await group.BalanceAsync(AccountRole.Holding, LedgerUnit.Minute, user), await group.BalanceAsync(AccountRole.Holding, LedgerUnit.Minute, helper)));
        Assert.Empty(await PostAsync(group));
        Assert.Empty(await group.FaultsAsync());
    }

    [Fact]
    public void What_is_left_of_lots_is_what_a_box_emptied_from_below_holds() => Prop.ForAll<byte[], NonNegativeInt>((cames, used) =>
    {
        var lots = cames.Select((came, number) => new Lot(LongAgo.AddMonths(number), came)).ToList();
        var balance = Math.Max(0, lots.Sum(lot => lot.Came) - used.Get);
        var box = new Queue<DateOnly>(lots.SelectMany(lot => Enumerable.Repeat(lot.ExpiresOn, (int)lot.Came)));
        while (box.Count > balance)
        {
            box.Dequeue();
        }

        return Lot.Left(balance, lots, LongAgo.AddYears(-1)).SequenceEqual(box.GroupBy(day => day).Select(day => (day.Key, (long)day.Count())));
    }).QuickCheckThrowOnFailure();
}
