using System.Net;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Groups;
using Sasaeai.Features.Ledger;

namespace Sasaeai.Tests.Features.Groups;

/// <summary>The pages of a group's paper way: tickets sold, used, returned; the month closed, paid out, opened again.</summary>
public class GroupPageTests(TestApp app)
{
    private static readonly DateOnly Today = DateTimeOffset.UtcNow.Day();
    private static readonly DateOnly LastMonth = new DateOnly(Today.Year, Today.Month, 1).AddMonths(-1).AddDays(9);

    [Fact]
    public async Task A_coordinator_registers_a_group_and_ticks_off_its_way()
    {
        var group = await GroupTown.CreateAsync(app);
        var coordinator = await app.SignedInAsync(group.Town, Role.Coordinator);

        var shown = await coordinator.SubmitAsync(await coordinator.GetPageAsync("groups/new"), ("属する団体", "助け合いの会"), ("団体の名前", "本町お助け隊"), ("種類", "校(地)区社協"), ("地区", "第1圏域"), ("段階", "調査"), ("主な生活支援（言葉で）", "ゴミ出し"));
        Assert.Equal("本町お助け隊", shown.QuerySelector("h1")!.TextContent);
        shown = await coordinator.PressAsync(shown, "すんだ");
        Assert.Contains("✓ 困りごとの調査", shown.Body!.TextContent);
        shown = await coordinator.PressAsync(shown, "今日からこの段階にする", ("新しい段階", "しくみづくり"));
        Assert.Contains("しくみづくり", shown.QuerySelector(".facts")!.TextContent);
        Assert.Contains("第1圏域", (await coordinator.GetPageAsync("groups/districts")).QuerySelector("table")!.TextContent);
        Assert.Contains("ゴミ出し", await coordinator.GetStringAsync("groups/districts?handler=Table&format=csv", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_tariff_is_a_new_version_and_the_old_one_stays()
    {
        var group = await GroupTown.CreateAsync(app);
        var keeper = await group.KeeperAsync();

        var form = await keeper.GetPageAsync($"groups/{group.GroupId}/tariffs/new");
        var refused = await keeper.PressAsync(form, "このきまりにする", ("ありがとう券", true), ("使う券", "2"), ("1単位の額（円）", "200"));
        Assert.Contains("割り切れる", refused.Body!.TextContent);
        var list = await keeper.PressAsync(form, "このきまりにする", ("月ごとの請求", true), ("1単位の額（円）", "200"));
        Assert.Equal(2, list.QuerySelectorAll("tbody tr").Length);
        Assert.Contains("15分 200円", list.Body!.TextContent);
    }

    [Fact]
    public async Task Tickets_are_issued_printed_sold_used_and_returned_on_pages()
    {
        var group = await GroupTown.CreateAsync(app);
        var keeper = await group.KeeperAsync();
        var path = $"groups/{group.GroupId}/tickets";
        await keeper.PressAsync(await keeper.GetPageAsync($"{path}/{group.Type.Id}"), "発行する", ("発行する枚数", "30"));
        Assert.Equal(30, (await keeper.GetPageAsync($"{path}/{group.Type.Id}/sheet?from=1&until=100")).QuerySelectorAll(".ticket svg").Length);
        var sold = await keeper.PressAsync(await keeper.GetPageAsync($"{path}/sales/new"), "記録する", ("会員番号", "4"), ("数", "1"), ("券の番号", "11~20"));
        Assert.Contains("1,500円", sold.QuerySelector(".notice")!.TextContent);
        Assert.Contains("10枚", sold.Body!.TextContent);
        await group.SettleAsync(group.Report(Today, 30) with { Serials = [11, 12] });

        var returns = await keeper.GetPageAsync($"{path}/returns/new");
        Assert.Contains("2枚", returns.Body!.TextContent);
        await keeper.PressAsync(returns, "受け取る", ("券の番号", "11\n12"));
        var twice = await keeper.PressAsync(await keeper.GetPageAsync($"{path}/returns/new"), "受け取る", ("券の番号", "1-000012"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, twice.StatusCode);
        Assert.Contains("受け取っています", twice.Body!.TextContent);
        await keeper.PressAsync(await keeper.GetPageAsync($"{path}/{group.Type.Id}"), "廃棄する", ("廃棄する番号", "1 13"), ("廃棄する理由", "ぬれた"));
        var counts = (await keeper.GetPageAsync(path)).QuerySelector(".facts")!.TextContent;
        Assert.Contains("発行30枚", counts.Replace("\n", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal));
        Assert.Contains("（30分）", counts);
        Assert.Empty(await group.FaultsAsync());
    }

    [Fact]
    public async Task A_month_is_closed_paid_by_another_person_printed_and_opened_again()
    {
        var group = await GroupTown.CreateAsync(app);
        await group.SellAsync(LastMonth);
        await group.SettleAsync(group.Report(LastMonth, 120));
        var (one, two) = (await group.KeeperAsync(), await group.KeeperAsync());
        var path = $"groups/{group.GroupId}/closings";

        var closed = await one.PressAsync(await one.GetPageAsync(path), "この月を締める", ("手元のお金（円）", "1400"), ("ありがとう券：まだ売っていない券の枚数", "10"));
        Assert.Contains("-100", closed.Body!.TextContent);       // 1,500 in the books
        Assert.Contains("1,200円", closed.Body.TextContent);
        var here = new Uri(closed.Url).AbsolutePath.Split('/', 3)[2];
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await one.PressAsync(closed, "払ったことを記録する")).StatusCode);
        Assert.Contains("払い", (await two.PressAsync(await two.GetPageAsync(here), "払ったことを記録する")).QuerySelector(".notice")!.TextContent);
        Assert.Equal(0, await group.BalanceAsync(AccountRole.Earned, LedgerUnit.Yen));
        Assert.Contains("領収書", (await two.GetPageAsync(here + "/papers")).Body!.TextContent);
        Assert.Contains("1200", await two.GetStringAsync(here + "?handler=Payments&format=csv", TestContext.Current.CancellationToken));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await one.PressAsync(await one.GetPageAsync(here), "開き直す", ("開き直す理由", "まちがい"))).StatusCode);
        Assert.Contains("開き直しました", (await two.PressAsync(await two.GetPageAsync(here), "開き直す", ("開き直す理由", "まちがい"))).Body!.TextContent);
        Assert.Empty(await group.FaultsAsync());
    }

    [Fact]
    public async Task Money_and_corrections_are_rows_and_hostile_text_is_only_text()
    {
        var group = await GroupTown.CreateAsync(app);
        var keeper = await group.KeeperAsync();
        var ledger = await keeper.PressAsync(await keeper.GetPageAsync($"groups/{group.GroupId}/ledger/payments/new"), "記録する", ("寄付・補助金などを受け取った", true), ("金額（円）", "5000"), ("メモ", "<script>alert(1)</script>"));
        Assert.Empty(ledger.QuerySelectorAll("main script"));
        Assert.Contains("<script>", ledger.QuerySelector("tbody")!.TextContent);

        var correction = await keeper.GetPageAsync(ledger.QuerySelectorAll("tbody a").Single().GetAttribute("href")![(group.Town.Slug.Length + 2)..]);
        ledger = await keeper.PressAsync(correction, "取り消す", ("取り消す理由", "額のまちがい"));
        Assert.Equal(2, ledger.QuerySelectorAll("tbody tr").Length);
        Assert.Equal(0, await group.BalanceAsync(AccountRole.Own, LedgerUnit.Yen));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await keeper.PressAsync(await keeper.GetPageAsync($"groups/{group.GroupId}/ledger/payments/new"), "記録する", ("運営のために払った", true), ("金額（円）", "1"))).StatusCode);
    }

    [Fact]
    public async Task Unused_prepaid_tickets_are_watched_without_naming_anybody()
    {
        var group = await GroupTown.CreateAsync(app);
        await group.SellAsync(Today);
        await group.Town.InAsync(async (db, _) => { var rule = await db.RuleAsync(); (rule.PrepaidLimitYen, rule.PrepaidWarningYen) = (1600, 1300); await db.SaveChangesAsync(); });
        var officer = await app.SignedInAsync(group.Town, Role.Officer);

        var page = await officer.GetPageAsync("groups/prepaid");
        Assert.Contains("1,500", page.QuerySelector("tbody")!.TextContent);
        Assert.Contains("基準に近づいています", page.Body!.TextContent);
        var form = await officer.GetPageAsync("settings/rule");
        Assert.Contains("より多くできません", (await officer.PressAsync(form, "保存する", ("未使用残高を知らせる額（円）", "1700"))).Body!.TextContent);
        await officer.PressAsync(form, "保存する", ("売った券の未使用残高で、届け出が要る額（円）", "2000"), ("未使用残高を知らせる額（円）", "1501"));
        Assert.DoesNotContain("近づいています", (await officer.GetPageAsync("groups/prepaid")).Body!.TextContent);
        Assert.Equal([new DateOnly(2026, 6, 30), new DateOnly(2026, 3, 31), new DateOnly(2025, 9, 30)], PrepaidModel.Days(new DateOnly(2026, 6, 15)));
    }
}
