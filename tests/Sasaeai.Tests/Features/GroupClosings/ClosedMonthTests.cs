using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Sasaeai.Data;
using Sasaeai.Features;
using Sasaeai.Features.Ledger;
using Sasaeai.Tests.Features.Groups;
using Sasaeai.Tests.Features.Visits;

namespace Sasaeai.Tests.Features.GroupClosings;

/// <summary>What a closed month says stays said: its papers, and what is paid of it, once.</summary>
public class ClosedMonthTests(TestApp app)
{
    private static readonly DateOnly ThisMonth = new(HelpDesk.Today.Year, HelpDesk.Today.Month, 1), LastMonth = ThisMonth.AddMonths(-1), Earlier = ThisMonth.AddMonths(-2);

    private static Task<Guid> CloseAsync(GroupTown group, DateOnly month, string name = "会計 一郎") => group.Town.InAsync((_, services) =>
    {
        services.GetRequiredService<AuditTrail>().Actor = new Actor(null, name);
        return services.GetRequiredService<LedgerBooks>().CloseAsync(group.GroupId, month, new CountedByHand());
    });

    private static string Path(GroupTown group, Guid closing) => $"groups/{group.GroupId}/closings/{closing}";

    [Fact]
    public async Task The_statement_of_a_closed_month_is_printed_again_as_it_was()
    {
        var group = await GroupTown.CreateAsync(app);
        await group.SellAsync(LastMonth);
        var report = group.Report(LastMonth.AddDays(2), 30);
        await group.SettleAsync(report);
        var closing = await CloseAsync(group, LastMonth);
        using var keeper = await group.KeeperAsync();
        async Task<string> PapersAsync(Guid of) => (await keeper.GetPageAsync(Path(group, of) + "/papers")).QuerySelector("main")!.TextContent;
        var before = await PapersAsync(closing);
        Assert.Contains("この月の活動：1回、30分", before, StringComparison.Ordinal);

        await group.SettleAsync(group.Report(LastMonth.AddDays(3), 45));       // came in late
        await group.Town.InAsync((_, services) => services.GetRequiredService<VisitSettlements>().ReverseAsync(group.GroupId, report.ReportId, Guid.NewGuid(), HelpDesk.Today, "まちがい"));

        Assert.Equal(before, await PapersAsync(closing));
        Assert.Empty(await group.FaultsAsync());
    }

    [Fact]
    public async Task What_was_paid_before_a_month_was_opened_again_is_not_paid_again()
    {
        var group = await GroupTown.CreateAsync(app);
        await group.SellAsync(LastMonth);
        await group.SettleAsync(group.Report(LastMonth.AddDays(2), 45));
        var closing = await CloseAsync(group, LastMonth);
        using var keeper = await group.KeeperAsync();
        await keeper.PressAsync(await keeper.GetPageAsync(Path(group, closing)), "払ったことを記録する");
        await keeper.PressAsync(await keeper.GetPageAsync(Path(group, closing)), "開き直す", ("開き直す理由", "一件入れ忘れた"));
        await group.SettleAsync(group.Report(LastMonth.AddDays(5), 15));
        await group.SettleAsync(group.Report(HelpDesk.Today, 75));      // enough in the account to pay twice
        var again = await CloseAsync(group, LastMonth);

        var page = await keeper.GetPageAsync(Path(group, again));
        Assert.Equal(["150円"], page.QuerySelectorAll("td[data-label=謝礼]").Select(cell => cell.TextContent));
        Assert.Contains("謝礼　150円", (await keeper.GetPageAsync(Path(group, again) + "/papers")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        await keeper.PressAsync(page, "払ったことを記録する");

        Assert.Equal(600L, await group.Town.ScalarAsync($"select sum(yen)::bigint from app.payout where municipality_id = {group.Town.Id}"));
        Assert.Equal(75 * 10, await group.BalanceAsync(AccountRole.Earned, LedgerUnit.Yen));
        var refused = await Assert.ThrowsAsync<RuleBrokenException>(() => group.PostAsync(new NewPosting(group.GroupId, Guid.NewGuid(), HelpDesk.Today,
            [Move.Of(EntryKind.Redeem, LedgerUnit.Yen, 151, new Side(AccountRole.Earned, group.Helpers[0].Id), new Side(AccountRole.World))]) { ClosingId = again }));
        Assert.Contains("150円まで", refused.Message, StringComparison.Ordinal);
        Assert.Empty(await group.FaultsAsync());
    }

    [Fact]
    public async Task What_an_earlier_month_still_owes_is_paid_with_the_newest()
    {
        var group = await GroupTown.CreateAsync(app);
        await group.SellAsync(Earlier);
        await group.SettleAsync(group.Report(Earlier.AddDays(2), 30));
        await group.SettleAsync(group.Report(LastMonth.AddDays(2), 15));
        var (first, second) = (await CloseAsync(group, Earlier), await CloseAsync(group, LastMonth));
        using var keeper = await group.KeeperAsync();
        var old = await keeper.GetPageAsync(Path(group, first));
        Assert.DoesNotContain("払ったことを記録する", old.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("新しい月の締めにふくまれています", old.Body.TextContent, StringComparison.Ordinal);
        Assert.Contains("新しい月", (await Assert.ThrowsAsync<RuleBrokenException>(() => group.PostAsync(new NewPosting(group.GroupId, Guid.NewGuid(), HelpDesk.Today,
            [Move.Of(EntryKind.Redeem, LedgerUnit.Yen, 300, new Side(AccountRole.Earned, group.Helpers[0].Id), new Side(AccountRole.World))]) { ClosingId = first }))).Message, StringComparison.Ordinal);

        await keeper.PressAsync(await keeper.GetPageAsync(Path(group, second)), "払ったことを記録する");

        Assert.Equal(0, await group.BalanceAsync(AccountRole.Earned, LedgerUnit.Yen));
        Assert.Equal(450L, await group.Town.ScalarAsync($"select yen from app.payout where municipality_id = {group.Town.Id}"));
    }

    [Fact]
    public async Task Before_a_month_is_closed_it_tells_which_reports_are_missing_and_keeps_what_was_typed()
    {
        var group = await GroupTown.CreateAsync(app);
        await group.SellAsync(LastMonth);
        await group.GiveAsync(await group.AskAsync(day: LastMonth.AddDays(4)));
        var reported = await group.AskAsync(day: LastMonth.AddDays(5));
        await group.GiveAsync(reported);
        await group.ReportAsync(reported, LastMonth.AddDays(5), new TimeOnly(10, 0), new TimeOnly(10, 30));
        await group.GiveAsync(await group.AskAsync(day: ThisMonth.AddMonths(2)));
        using var keeper = await group.KeeperAsync();
        var page = await keeper.GetPageAsync($"groups/{group.GroupId}/closings");
        Assert.Contains("報告の届いていないものが1件、確かめていない報告が1件", page.QuerySelector(".notice.warning")!.TextContent, StringComparison.Ordinal);

        var refused = await keeper.PressAsync(page, "この月を締める", ("ありがとう券：まだ売っていない券の枚数", "十枚"), ("ありがとう券：この月にもどった券の枚数", "7"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Equal(["十枚", "7"], refused.QuerySelectorAll("input.short[name$=']']").Select(input => input.GetAttribute("value")));
        var link = refused.QuerySelector(".error-summary a")!;
        Assert.NotNull(refused.QuerySelector(link.GetAttribute("href")!));
        Assert.Equal(0L, await group.Town.ScalarAsync($"select count(*) from app.group_closing where municipality_id = {group.Town.Id}"));
    }

    [Fact]
    public async Task The_cash_book_has_each_yen_that_came_or_went_and_what_was_in_hand_after_it()
    {
        var group = await GroupTown.CreateAsync(app);
        await group.SellAsync(LastMonth);
        await group.SettleAsync(group.Report(LastMonth.AddDays(1), 30));
        var closing = await CloseAsync(group, LastMonth);
        using var keeper = await group.KeeperAsync();
        await keeper.PressAsync(await keeper.GetPageAsync(Path(group, closing)), "払ったことを記録する");
        await group.PostAsync(HelpDesk.Today, Move.Of(EntryKind.Fee, LedgerUnit.Yen, 500, new Side(AccountRole.World), new Side(AccountRole.Own), note: "会員4 年会費"));

        static IEnumerable<string> Rows(AngleSharp.Dom.IDocument page) => page.QuerySelectorAll("article tbody tr").Select(row => string.Join('|', row.QuerySelectorAll("td").Select(cell => cell.TextContent.Trim())));
        Assert.Equal(["前月から|||0", "販売　会員4|1,500||1,500"], Rows(await keeper.GetPageAsync($"groups/{group.GroupId}/cash-book?month={LastMonth:yyyy-MM}")));
        var page = await keeper.GetPageAsync($"groups/{group.GroupId}/cash-book");
        Assert.Equal(["前月から|||1,500", $"精算　会員1 {Sasaeai.Japanese.Wareki.Month(LastMonth)}分||300|1,200", "会費　会員4 年会費|500||1,700"], Rows(page));
        Assert.Equal("この月の計|500|300|1,700", string.Join('|', page.QuerySelectorAll("tfoot td").Select(cell => cell.TextContent.Trim())));
        Assert.Contains("1700", await keeper.GetStringAsync($"groups/{group.GroupId}/cash-book?handler=Table&format=csv", TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }
}
