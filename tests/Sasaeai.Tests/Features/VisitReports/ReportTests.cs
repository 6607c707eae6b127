using Sasaeai.Data;
using Sasaeai.Features;
using Sasaeai.Features.Ledger;
using Sasaeai.Tests.Features.Groups;
using Sasaeai.Tests.Features.Visits;

namespace Sasaeai.Tests.Features.VisitReports;

public class ReportTests(TestApp app)
{
    private static readonly TimeOnly Ten = new(10, 0);

    private async Task<(GroupTown Group, Guid Visit)> MadeAsync(Func<Sasaeai.Features.Tariffs.TariffRules, Sasaeai.Features.Tariffs.TariffRules>? rules = null, DateOnly? day = null)
    {
        var group = await GroupTown.CreateAsync(app, rules: rules);
        await group.SellAsync(HelpDesk.Today);
        var visit = await group.AskAsync(day: day ?? HelpDesk.Today);
        await group.GiveAsync(visit);
        return (group, visit);
    }

    [Fact]
    public async Task An_approved_report_uses_the_tickets_of_its_minutes_once()
    {
        var (group, visit) = await MadeAsync();
        using var client = await group.KeeperAsync();
        var page = await client.SubmitAsync(await client.GetPageAsync($"groups/{group.GroupId}/visits/{visit}/reports/new"), ("終わった時刻", "10:40"), ("紙に署名・押印", true));
        Assert.Contains("ありがとう券 3枚", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);

        await Task.WhenAll(client.PressAsync(page, "確かめて、帳簿に記録する"), client.PressAsync(page, "確かめて、帳簿に記録する"));

        Assert.Equal("done", await group.StateAsync(visit));
        Assert.Equal(3L, await group.Town.ScalarAsync($"select sum(amount)::bigint from app.ledger_entry where visit_id = '{visit}' and kind = 'use' and unit = 2"));
        Assert.Equal(1L, await group.Town.ScalarAsync($"select count(*) from app.settlement where visit_id = '{visit}' and service_date = '{HelpDesk.Today:yyyy-MM-dd}' and minutes = 40"));
        Assert.Equal("settled", await group.Town.ScalarAsync($"select r.state from app.help_request r join app.visit v on v.request_id = r.id where v.id = '{visit}'"));
        Assert.Empty(await group.FaultsAsync());
    }

    [Theory]
    [InlineData("終わった時刻", "9:30", "終わりの時刻が、始まりの時刻より後")]
    [InlineData("終わった時刻", "10:00", "終わりの時刻が、始まりの時刻より後")]
    [InlineData("終わった時刻", "25:00", "「25:00」は時刻として読めません")]
    [InlineData("活動した日", "令和99年1月1日", "まだ来ていない日の報告はできません")]
    [InlineData("受け取った券の番号", "1-x", "「1-x」を券の番号として読めません")]
    [InlineData("受け取った券の番号", "1、1", "券の番号1が二度入っています")]
    public async Task What_cannot_be_is_refused_in_one_sentence_and_nothing_is_lost(string label, string value, string sentence)
    {
        var (group, visit) = await MadeAsync();
        using var client = await group.KeeperAsync();

        var page = await client.SubmitAsync(await client.GetPageAsync($"groups/{group.GroupId}/visits/{visit}/reports/new"), ("気づいたこと", "電球も切れていた"), (label, value));

        Assert.Contains(sentence, page.QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("電球も切れていた", page.QuerySelector("#Form_Note")!.GetAttribute("value"));
        Assert.Equal("assigned", await group.StateAsync(visit));
    }

    [Fact]
    public async Task A_ticket_of_another_group_or_one_that_was_used_is_refused_and_the_report_waits()
    {
        var (group, visit) = await MadeAsync();
        var other = await GroupTown.CreateAsync(app);
        await other.SellAsync(HelpDesk.Today, issued: 200);
        var report = await group.ReportAsync(visit, HelpDesk.Today, Ten, new TimeOnly(10, 30), 150, 151);
        using var client = await group.KeeperAsync();

        var page = await client.PressAsync(await client.GetPageAsync($"groups/{group.GroupId}/visit-reports/{report}"), "確かめて、帳簿に記録する");

        Assert.Contains("券の番号150は、この団体では発行していません", page.QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("reported", await group.StateAsync(visit));
        Assert.Equal(1L, await group.Town.ScalarAsync($"select count(*) from app.visit_report where id = '{report}' and approved_at is null"));
    }

    [Fact]
    public async Task A_report_that_comes_in_after_the_month_was_closed_goes_to_the_open_month_with_its_service_date()
    {
        var day = new DateOnly(HelpDesk.Today.Year, HelpDesk.Today.Month, 1).AddDays(-1);
        var (group, visit) = await MadeAsync(day: day);
        var report = await group.ReportAsync(visit, day, Ten, new TimeOnly(10, 30));
        await group.Town.InAsync(async (_, services) => { await ((LedgerBooks)services.GetService(typeof(LedgerBooks))!).CloseAsync(group.GroupId, new DateOnly(day.Year, day.Month, 1), new CountedByHand()); });

        await group.ApproveAsync(report);

        Assert.Equal($"{day:yyyy-MM-dd} {day.AddDays(1):yyyy-MM-dd}", await group.Town.ScalarAsync($"select distinct service_date || ' ' || month from app.ledger_entry where visit_id = '{visit}'"));
        Assert.Empty(await group.FaultsAsync());
    }

    [Fact]
    public async Task A_closing_while_reports_come_in_loses_nothing()
    {
        var day = new DateOnly(HelpDesk.Today.Year, HelpDesk.Today.Month, 1).AddDays(-1);
        var group = await GroupTown.CreateAsync(app);
        await group.PostAsync(day, group.Type.Issue(60));
        await group.PostAsync(day, group.Type.Sell(group.Users[0].Id, 4, day));
        var reports = new List<Guid>();
        for (var hour = 9; hour < 15; hour++)
        {
            var visit = await group.AskAsync(day: day, start: new TimeOnly(hour, 0));
            await group.GiveAsync(visit);
            reports.Add(await group.ReportAsync(visit, day, new TimeOnly(hour, 0), new TimeOnly(hour, 30)));
        }

        await Task.WhenAll([.. reports.Select(group.ApproveAsync), group.Town.InAsync(async (_, services) => { await ((LedgerBooks)services.GetService(typeof(LedgerBooks))!).CloseAsync(group.GroupId, new DateOnly(day.Year, day.Month, 1), new CountedByHand()); })]);

        Assert.Equal(12L, await group.Town.ScalarAsync($"select sum(amount)::bigint from app.ledger_entry where municipality_id = {group.Town.Id} and kind = 'use' and unit = 2"));
        Assert.Empty(await group.FaultsAsync());
    }

    [Fact]
    public async Task A_wrong_report_is_withdrawn_with_its_settlement_and_reported_again()
    {
        var (group, visit) = await MadeAsync();
        await group.ApproveAsync(await group.ReportAsync(visit, HelpDesk.Today, Ten, new TimeOnly(11, 0)));
        var report = await group.Town.ScalarAsync($"select id from app.visit_report where visit_id = '{visit}'");
        using var client = await group.KeeperAsync();

        await client.PressAsync(await client.GetPageAsync($"groups/{group.GroupId}/visit-reports/{report}"), "報告を取り消す", ("理由", "終わりの時刻が違う"));
        Assert.Equal("assigned", await group.StateAsync(visit));
        Assert.Equal(10L, await group.BalanceAsync(AccountRole.Holding, 2, group.Users[0].Id));
        await group.ApproveAsync(await group.ReportAsync(visit, HelpDesk.Today, Ten, new TimeOnly(10, 30)));

        Assert.Equal(8L, await group.BalanceAsync(AccountRole.Holding, 2, group.Users[0].Id));
        Assert.Empty(await group.FaultsAsync());
    }

    [Fact]
    public async Task A_visit_is_reported_once_and_a_late_one_comes_up_by_itself()
    {
        var (group, visit) = await MadeAsync(day: HelpDesk.Today.AddDays(-3));
        using var client = await group.KeeperAsync();
        Assert.Contains("報告が遅れている活動　1件", (await client.GetPageAsync($"groups/{group.GroupId}/visits")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);

        await group.ReportAsync(visit, HelpDesk.Today.AddDays(-3), Ten, new TimeOnly(10, 30));
        var again = await Assert.ThrowsAsync<RuleBrokenException>(() => group.ReportAsync(visit, HelpDesk.Today.AddDays(-3), Ten, new TimeOnly(10, 30)));

        Assert.Equal("この活動の報告は、すでに届いています。", again.Message);
        Assert.Contains("確かめる報告　1件", (await client.GetPageAsync($"groups/{group.GroupId}/visits")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Papers_are_typed_in_as_one_table()
    {
        var (group, visit) = await MadeAsync();
        var second = await group.AskAsync(1, day: HelpDesk.Today, start: new TimeOnly(13, 0));
        await group.GiveAsync(second, 1);
        using var client = await group.KeeperAsync();
        var page = await client.GetPageAsync($"groups/{group.GroupId}/visit-reports/sheet");
        page.QuerySelectorAll("input[type=checkbox]").ToList().ForEach(box => box.SetAttribute("checked", "checked"));
        page.QuerySelector("input[name='Lines[1].Ends']")!.SetAttribute("value", "13:45");

        await client.SubmitAsync(page);

        Assert.Equal("30 paper,45 paper", await group.Town.ScalarAsync($"select string_agg(minutes || ' ' || signed, ',' order by starts) from app.visit_report where municipality_id = {group.Town.Id}"));
        Assert.Equal("reported", await group.StateAsync(visit));
    }

    [Fact]
    public async Task Near_misses_are_listed_and_need_words()
    {
        var (group, visit) = await MadeAsync();
        using var client = await group.KeeperAsync();
        var refused = await client.SubmitAsync(await client.GetPageAsync($"groups/{group.GroupId}/visits/{visit}/reports/new"), ("ひやりとした", true));
        Assert.Contains("何があったかを書いてください", refused.QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
        await client.SubmitAsync(refused, ("何がありましたか", "階段ですべりそうになった"));

        Assert.Contains("階段ですべりそうになった", (await client.GetPageAsync($"groups/{group.GroupId}/incidents")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_activity_that_was_not_announced_before_is_not_settled_where_the_rules_ask_for_it()
    {
        var (group, visit) = await MadeAsync(rules => rules with { AnnounceBefore = true }, HelpDesk.Today);
        using var client = await group.KeeperAsync();
        var report = await group.ReportAsync(visit, HelpDesk.Today, Ten, new TimeOnly(10, 30));
        var page = await client.PressAsync(await client.GetPageAsync($"groups/{group.GroupId}/visit-reports/{report}"), "確かめて、帳簿に記録する");
        Assert.Contains("前もって届け出ていない活動", page.QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);

        var next = await group.AskAsync(1);
        await group.GiveAsync(next, 1);
        await client.SubmitAsync(await client.GetPageAsync($"groups/{group.GroupId}/announcements"));
        Assert.Equal(1L, await group.Town.ScalarAsync($"select count(*) from app.visit where id = '{next}' and announced_at is not null"));
    }

    [Fact]
    public async Task Users_and_helpers_meet_first_where_the_rules_ask_for_it()
    {
        var group = await GroupTown.CreateAsync(app, rules: rules => rules with { MeetingBefore = true });
        var visit = await group.AskAsync();
        Assert.Equal("事前の顔合わせがまだです", (await group.CandidateAsync(visit, 0)).Against);
        using var client = await group.KeeperAsync();

        await client.SubmitAsync(await client.GetPageAsync($"groups/{group.GroupId}/visits/{visit}/introductions/new?member={group.Helpers[0].Id}"));

        Assert.Null((await group.CandidateAsync(visit, 0)).Against);
    }
}
