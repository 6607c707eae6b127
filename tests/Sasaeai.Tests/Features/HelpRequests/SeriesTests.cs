using AngleSharp.Dom;
using Sasaeai.Features.HelpRequests;
using Sasaeai.Features.Resources.Schedules;
using Sasaeai.Japanese;
using Sasaeai.Tests.Features.Groups;
using Sasaeai.Tests.Features.Visits;

namespace Sasaeai.Tests.Features.HelpRequests;

public class SeriesTests(TestApp app)
{
    private static async Task<(GroupTown Group, HttpClient Client, IDocument Page)> StartAsync(TestApp app, params (string, object)[] answers)
    {
        var group = await GroupTown.CreateAsync(app);
        await group.AskAsync();
        var client = await group.KeeperAsync();
        var page = await client.GetPageAsync($"groups/{group.GroupId}/requests/new?q=0004");
        return (group, client, await client.PressAsync(page, "この内容で受け付ける", [("定期に", true), ("日にち", "今日"), .. answers]));
    }

    private static Task<object?> DaysAsync(GroupTown group, string where = "true") => group.Town.ScalarAsync($"select string_agg(distinct extract(isodow from day)::text, ',') || ' ' || count(*) from app.visit where municipality_id = {group.Town.Id} and series_id is not null and {where}");

    [Fact]
    public async Task A_weekly_series_makes_its_visits_eight_weeks_ahead()
    {
        var (group, _, _) = await StartAsync(app, ("火", true), ("金", true));

        Assert.Equal("2,5 16", await DaysAsync(group));
    }

    [Fact]
    public async Task Every_third_week_and_the_districts_rubbish_days()
    {
        var (third, _, _) = await StartAsync(app, ("水", true), ("何週ごと", "3週ごと"));
        var gaps = await third.Town.ScalarAsync($"select string_agg(distinct gap::text, ',') from (select day - lag(day) over (order by day) as gap from app.visit where municipality_id = {third.Town.Id} and series_id is not null) g where gap is not null");
        Assert.Equal("21", gaps);

        var group = await GroupTown.CreateAsync(app);
        using var client = await group.KeeperAsync();
        await client.SubmitAsync(await client.GetPageAsync($"groups/{group.GroupId}/rubbish-days"), ("場所とゴミの種類", "本町 燃えるゴミ"), ("曜日", "毎週月・木"));
        await client.PressAsync(await client.GetPageAsync($"groups/{group.GroupId}/requests/new?q=0004"), "この内容で受け付ける", ("内容", "ゴミ出し"), ("定期に", true), ("日にち", "今日"), ("始める時刻", "8:00"), ("ゴミの日に合わせる", "本町 燃えるゴミ"));
        Assert.Equal("1,4 16", await DaysAsync(group));
    }

    [Fact]
    public async Task Editing_a_series_never_loses_an_accepted_visit()
    {
        var (group, client, _) = await StartAsync(app, ("火", true));
        var ids = ((string)(await group.Town.ScalarAsync($"select string_agg(id::text, ' ' order by day) from app.visit where municipality_id = {group.Town.Id} and series_id is not null"))!).Split(' ').Select(Guid.Parse).ToList();
        await group.GiveAsync(ids[1]);
        var request = await group.Town.ScalarAsync($"select request_id from app.help_series where municipality_id = {group.Town.Id}");

        var edit = await client.GetPageAsync($"groups/{group.GroupId}/requests/{request}/series/edit");
        var after = await client.SubmitAsync(edit, ("火", false), ("木", true), ("始める時刻", "13:00"));

        Assert.Contains("担い手が受けている1件の活動は、前の予定のまま", after.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("assigned", await group.StateAsync(ids[1]));
        Assert.Equal("2,4 9", await DaysAsync(group));
        Assert.Equal(1L, await group.Town.ScalarAsync($"select count(*) from app.assignment where visit_id = '{ids[1]}' and ended_at is null"));
    }

    [Fact]
    public async Task A_pause_takes_out_the_days_that_nobody_has_accepted()
    {
        var (group, client, _) = await StartAsync(app, ("火", true));
        var request = await group.Town.ScalarAsync($"select request_id from app.help_series where municipality_id = {group.Town.Id}");
        var (from, to) = (HelpDesk.Today, HelpDesk.Today.AddDays(13));

        var page = await client.GetPageAsync($"groups/{group.GroupId}/requests/{request}/series/edit");
        foreach (var (name, value) in new[] { ("PauseFrom.Year", from.Year), ("PauseFrom.Month", from.Month), ("PauseFrom.Day", from.Day), ("PauseTo.Year", to.Year), ("PauseTo.Month", to.Month), ("PauseTo.Day", to.Day) })
        {
            page.QuerySelector($"input[name='{name}']")!.SetAttribute("value", $"{value}");
        }

        await client.SubmitAsync(page);

        Assert.Equal("2 6", await DaysAsync(group));
        Assert.Equal(0L, await group.Town.ScalarAsync($"select count(*) from app.visit where municipality_id = {group.Town.Id} and series_id is not null and day <= '{to:yyyy-MM-dd}'"));
    }

    private static async Task<IDocument> EditAsync(GroupTown group, HttpClient client) => await client.GetPageAsync($"groups/{group.GroupId}/requests/{await group.Town.ScalarAsync($"select request_id from app.help_series where municipality_id = {group.Town.Id}")}/series/edit");

    private static async Task<List<Guid>> VisitsAsync(GroupTown group) => [.. ((string)(await group.Town.ScalarAsync($"select string_agg(id::text, ' ' order by day) from app.visit where municipality_id = {group.Town.Id} and series_id is not null"))!).Split(' ').Select(Guid.Parse)];

    [Fact]
    public async Task A_pause_that_is_taken_back_brings_the_days_again()
    {
        var (group, client, _) = await StartAsync(app, ("火", true));
        var page = await EditAsync(group, client);
        foreach (var (name, value) in new[] { ("PauseFrom.Year", $"{HelpDesk.Today:yyyy-MM-dd}"), ("PauseTo.Year", $"{HelpDesk.Today.AddDays(27):yyyy-MM-dd}") })
        {
            page.QuerySelector($"input[name='{name}']")!.SetAttribute("value", value);
        }

        await client.SubmitAsync(page, ("休む理由", "入院"));
        Assert.Equal("2 4", await DaysAsync(group));

        page = await EditAsync(group, client);
        var pause = page.QuerySelectorAll("label").Single(label => label.TextContent.Contains("は休み（入院） を取り消す", StringComparison.Ordinal)).TextContent;
        await client.SubmitAsync(page, (pause, true));

        Assert.Equal("2 8", await DaysAsync(group));
    }

    [Fact]
    public async Task Another_hour_is_told_for_what_was_accepted_and_a_visit_that_somebody_moved_stays_where_it_is()
    {
        var (group, client, _) = await StartAsync(app, ("火", true));
        var ids = await VisitsAsync(group);
        await group.GiveAsync(ids[1]);
        var moved = ((DateOnly)(await group.Town.ScalarAsync($"select day from app.visit where id = '{ids[3]}'"))!).AddDays(2);
        await client.SubmitAsync(await client.GetPageAsync($"groups/{group.GroupId}/visits/{ids[3]}/edit"), ("日にち", moved.ToString("M/d")));

        var after = await client.SubmitAsync(await EditAsync(group, client), ("始める時刻", "13:00"));

        Assert.Contains("担い手が受けている1件の活動は、前の予定のまま", after.QuerySelector(".notice")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("人が日時を決めた1件の活動も、そのまま", after.QuerySelector(".notice")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("10:00:00", await group.Town.ScalarAsync($"select starts::text from app.visit where id = '{ids[1]}'"));
        Assert.Equal($"{moved:yyyy-MM-dd} 10:00:00", await group.Town.ScalarAsync($"select day || ' ' || earliest from app.visit where id = '{ids[3]}'"));
        Assert.Equal(6L, await group.Town.ScalarAsync($"select count(*) from app.visit where municipality_id = {group.Town.Id} and series_id is not null and earliest = '13:00'"));
    }

    [Fact]
    public async Task When_the_rubbish_is_collected_on_other_days_the_visits_follow_but_not_those_that_were_accepted()
    {
        var group = await GroupTown.CreateAsync(app);
        using var client = await group.KeeperAsync();
        await client.SubmitAsync(await client.GetPageAsync($"groups/{group.GroupId}/rubbish-days"), ("場所とゴミの種類", "本町 燃えるゴミ"), ("曜日", "毎週月・木"));
        await client.PressAsync(await client.GetPageAsync($"groups/{group.GroupId}/requests/new?q=0004"), "この内容で受け付ける", ("内容", "ゴミ出し"), ("定期に", true), ("日にち", "今日"), ("始める時刻", "8:00"), ("ゴミの日に合わせる", "本町 燃えるゴミ"));
        await group.GiveAsync((await VisitsAsync(group))[2]);

        var page = await client.SubmitAsync(await client.GetPageAsync($"groups/{group.GroupId}/rubbish-days"), ("場所とゴミの種類", "本町 燃えるゴミ"), ("曜日", "毎週火・金"));

        Assert.Contains("担い手が受けている1件の活動は、前の予定のまま", page.QuerySelector(".notice")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("2,5 16", await DaysAsync(group, "state = 'open'"));
        Assert.Equal(1L, await group.Town.ScalarAsync($"select count(*) from app.visit where municipality_id = {group.Town.Id} and state = 'assigned'"));
    }

    [Fact]
    public void A_series_of_the_rubbish_days_may_rest_on_holidays()
    {
        var request = new HelpRequest(Guid.NewGuid(), RequestKind.Help, Guid.NewGuid(), new HelpWanted(HelpKind.Common[0], "", 15, 1), new RequestContent(), "試し", DateTimeOffset.UtcNow);
        var days = new Sasaeai.Features.HelpRequests.RubbishDays { GroupId = request.GroupId };
        days.Change("本町", "毎週月・木", DateTimeOffset.UtcNow);
        var holidays = new Holidays([new(new DateOnly(2026, 7, 20), "海の日")]);
        SeriesTimes Times(bool off) => new(new Schedule(), 1, days.Id, new DateOnly(2026, 7, 16), null, new TimeOnly(8, 0), new TimeOnly(8, 0), off);

        Assert.Equal([20, 23], new HelpSeries(request, Times(false)).DaysBetween(new DateOnly(2026, 7, 17), new DateOnly(2026, 7, 23), days, holidays).Select(day => day.Day));
        Assert.Equal([23], new HelpSeries(request, Times(true)).DaysBetween(new DateOnly(2026, 7, 17), new DateOnly(2026, 7, 23), days, holidays).Select(day => day.Day));
        Assert.Contains("祝日は休み", new HelpSeries(request, Times(true)).InJapanese(days), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_series_without_a_weekday_or_with_an_end_before_its_start_is_refused()
    {
        var (none, _, page) = await StartAsync(app);
        Assert.Contains("曜日を選ぶか、ゴミの日を選んでください", page.QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(0L, await none.Town.ScalarAsync($"select count(*) from app.help_series where municipality_id = {none.Town.Id}"));

        var (_, _, ended) = await StartAsync(app, ("火", true), ("いつまで", "令和2年1月1日"));
        Assert.Contains("終わりの日が、始まりの日より前", ended.QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
    }
}
