using System.Net;
using Sasaeai.Features.Accounts;

namespace Sasaeai.Tests.Features.Meetings;

public class MeetingTests(TestApp app)
{
    private static (string, object)[] Form(string day, string name = "話し合い") =>
        [("会議の種類", "関係者会議"), ("会議の名前", name), ("年", day), ("月", ""), ("日", ""), ("圏域", "第1圏域"), ("第2層（圏域）", true), ("会場", "東公民館")];

    [Theory]
    [InlineData("H31.3.31", 2018)]
    [InlineData("H31.4.1", 2019)]
    [InlineData("H31.4.30", 2019)]
    [InlineData("R1.5.1", 2019)]
    [InlineData("令和2年3月31日", 2019)]
    [InlineData("2020-04-01", 2020)]
    public async Task A_meeting_belongs_to_the_fiscal_year_of_its_day(string day, int year)
    {
        var town = await app.CreateTownAsync();
        using var officer = await app.SignedInAsync(town, Role.Officer);

        var shown = await officer.SubmitAsync(await officer.GetPageAsync("meetings/new"), Form(day));

        Assert.Contains("を登録しました。", shown.Body!.TextContent);
        Assert.Equal(year, await town.ScalarAsync($"select fiscal_year from app.meeting where municipality_id = {town.Id}"));
    }

    [Theory]
    [InlineData("R8.2.30", "10:00", "11:00", "開催日は、暦にない日か、読み取れない書き方です（R8.2.30）。")]
    [InlineData("R1.4.30", "10:00", "11:00", "令和は2019年5月1日からです")]
    [InlineData("H31.5.1", "10:00", "11:00", "開催日は、暦にない日か、読み取れない書き方です（H31.5.1）。")]
    [InlineData("R8.2.28", "10時半", "10:00", "終わりの時刻は、始まりの時刻より後にしてください。")]
    [InlineData("R8.2.28", "", "10:00", "始まりの時刻も入力してください。")]
    [InlineData("R8.2.28", "25:00", "", "始まりの時刻は、10:00 や 13時30分")]
    public async Task A_day_or_time_that_cannot_be_is_told_in_one_sentence_and_nothing_is_lost(string day, string start, string end, string message)
    {
        var town = await app.CreateTownAsync();
        using var officer = await app.SignedInAsync(town, Role.Officer);

        var again = await officer.SubmitAsync(await officer.GetPageAsync("meetings/new"), [.. Form(day, "<script>話</script>"), ("始まりの時刻", start), ("終わりの時刻", end), ("議題", "一つめ\n二つめ")]);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, again.StatusCode);
        Assert.Single(again.QuerySelectorAll(".error-summary li"));
        Assert.Contains(message, again.QuerySelector(".error-summary")!.TextContent);
        Assert.Equal("<script>話</script>", again.QuerySelector("#Form_Name")!.GetAttribute("value"));
        Assert.Contains("二つめ", again.QuerySelector("textarea")!.TextContent);
        Assert.Equal(0L, await town.ScalarAsync($"select count(*) from app.meeting where municipality_id = {town.Id}"));
    }

    [Fact]
    public async Task Meetings_of_a_council_are_numbered_in_the_fiscal_year_and_a_number_is_given_once()
    {
        var town = await app.CreateTownAsync();
        var council = await town.AddCouncilAsync();
        using var officer = await app.SignedInAsync(town, Role.Officer);
        foreach (var day in new[] { "R7.6.1", "R7.9.1", "R8.3.31", "R8.4.1" })
        {
            await officer.SubmitAsync(await officer.GetPageAsync($"meetings/new?council={council}"), ("年", day), ("月", ""), ("日", ""));
        }

        Assert.Equal("1 2 3 1", await town.ScalarAsync($"select string_agg(number::text, ' ' order by held_on) from app.meeting where council_id = '{council}'"));
        var again = await officer.SubmitAsync(await officer.GetPageAsync($"meetings/new?council={council}"), ("年", "R7.10.1"), ("月", ""), ("日", ""), ("年度の中の回", 2));
        Assert.Contains("令和7年度の第2回は、もう登録されています。", again.QuerySelector(".error-summary")!.TextContent);
    }

    [Fact]
    public async Task Undone_tasks_and_postponed_items_come_back_at_the_next_meeting_until_they_are_done()
    {
        var town = await app.CreateTownAsync();
        var council = await town.AddCouncilAsync();
        var first = await town.AddMeetingAsync(MeetingTown.Today.AddDays(-20), council, agenda: ["買い物", "送り迎え"]);
        var second = await town.AddMeetingAsync(MeetingTown.Today.AddDays(-10), council);
        using var coordinator = await app.SignedInAsync(town, Role.Coordinator);
        var page = await coordinator.GetPageAsync($"meetings/{first}/minutes/edit");
        page.QuerySelector("#kind-0")!.QuerySelector("option[value=Task]")!.SetAttribute("selected", "");
        page.QuerySelector("#note-0")!.SetAttribute("value", "店に聞く");
        page.QuerySelector("#owner-0")!.SetAttribute("value", "相沢");
        await coordinator.PressAsync(page, "保存する");
        page = await coordinator.GetPageAsync($"meetings/{first}/minutes/edit");
        await coordinator.PressAsync(page, "次回に持ちこす");

        Assert.Equal(["宿題：店に聞く（前回から）", "買い物（前回から）"], await AgendaAsync(coordinator, second));      // the second was planned already
        await coordinator.SubmitAsync(await coordinator.GetPageAsync($"meetings/new?council={council}"), ("議題", "冬の見守り"));
        var third = await town.ScalarAsync($"select id from app.meeting where council_id = '{council}' order by held_on desc limit 1");
        Assert.Equal(["宿題：店に聞く（前回から）", "冬の見守り"], await AgendaAsync(coordinator, third!));

        var task = await town.ScalarAsync($"select id from app.meeting_task where municipality_id = {town.Id}");
        await coordinator.SubmitAsync(await coordinator.GetPageAsync($"meeting-tasks/{task}/endings/new?back=/councils/{council}/progress"), ("済み", true), ("結果", "店が来てくれる"));
        Assert.Contains("済み：店が来てくれる", (await coordinator.GetPageAsync($"councils/{council}/progress")).Body!.TextContent);
        await coordinator.SubmitAsync(await coordinator.GetPageAsync($"meetings/new?council={council}"), ("年", $"{MeetingTown.Today.AddDays(30):yyyy-MM-dd}"), ("月", ""), ("日", ""));
        var fourth = await town.ScalarAsync($"select id from app.meeting where council_id = '{council}' order by held_on desc limit 1");
        Assert.Empty(await AgendaAsync(coordinator, fourth!));
    }

    [Fact]
    public async Task A_meeting_called_off_is_not_counted_and_its_items_wait_for_the_next()
    {
        var town = await app.CreateTownAsync();
        var council = await town.AddCouncilAsync();
        var meeting = await town.AddMeetingAsync(MeetingTown.Today, council, counted: true, agenda: "大雪のとき");
        using var officer = await app.SignedInAsync(town, Role.Officer);
        var refused = await officer.SubmitAsync(await officer.GetPageAsync($"meetings/{meeting}/cancellations/new"), ("中止の理由", " "));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);

        await officer.SubmitAsync(await officer.GetPageAsync($"meetings/{meeting}/cancellations/new"), ("中止の理由", "大雪のため"));

        Assert.Contains("0回", (await officer.GetPageAsync("meetings/counts")).QuerySelector("tbody tr:nth-child(2)")!.TextContent);
        Assert.Contains("大雪のとき", (await officer.GetPageAsync($"meetings/new?council={council}")).Body!.TextContent);
    }

    [Fact]
    public async Task A_closed_meeting_is_for_those_who_work_in_the_area()
    {
        var town = await app.CreateTownAsync();
        var meeting = await town.AddMeetingAsync(MeetingTown.Today, kind: "care-area", closed: true);
        using var neighbour = await app.SignedInAsync(town, Role.Coordinator, "Z2");
        using var own = await app.SignedInAsync(town, Role.Coordinator);

        Assert.Equal(HttpStatusCode.Forbidden, (await neighbour.GetPageAsync($"meetings/{meeting}")).StatusCode);
        Assert.Empty((await neighbour.GetPageAsync("meetings")).QuerySelectorAll("tbody th a"));
        Assert.Equal(HttpStatusCode.OK, (await own.GetPageAsync($"meetings/{meeting}")).StatusCode);
        var refused = await own.SubmitAsync(await own.GetPageAsync($"meetings/{meeting}/summary"), ("要旨", "知らせる"));
        Assert.Contains("非公開の会議は公開できません。", refused.Body!.TextContent);
    }

    [Fact]
    public async Task Everybody_reads_the_published_summary_and_nothing_else()
    {
        var town = await app.CreateTownAsync();
        var council = await town.AddCouncilAsync();
        await town.AddMemberAsync(council, "山田 花子");
        var meeting = await town.AddMeetingAsync(MeetingTown.Today.AddDays(-1), council, agenda: "秘密の議題");
        using var officer = await app.SignedInAsync(town, Role.Officer);
        using var visitor = app.ClientFor(town);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetPageAsync($"meetings/public/{meeting}")).StatusCode);

        await officer.SubmitAsync(await officer.GetPageAsync($"meetings/{meeting}/summary"), ("要旨", "移動販売を呼ぶことにしました。"));

        Assert.Contains("話し合い", (await visitor.GetPageAsync("meetings/public")).Body!.TextContent);
        var page = (await visitor.GetPageAsync($"meetings/public/{meeting}")).Body!.TextContent;
        Assert.Contains("移動販売を呼ぶことにしました。", page);
        Assert.DoesNotContain("山田", page);
        Assert.DoesNotContain("秘密の議題", page);
        await officer.PressAsync(await officer.GetPageAsync($"meetings/{meeting}/summary"), "公開をやめる");
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetPageAsync($"meetings/public/{meeting}")).StatusCode);
    }

    private static async Task<string[]> AgendaAsync(HttpClient client, object meeting) => [.. (await client.GetPageAsync($"meetings/{meeting}")).QuerySelectorAll("main > ol > li").Select(item => item.TextContent.Trim())];

    [Fact]
    public async Task The_list_is_searched_by_words_ordered_by_columns_and_tells_of_closed_meetings()
    {
        var town = await app.CreateTownAsync();
        var council = await town.AddCouncilAsync();
        var shop = await town.AddMeetingAsync(new DateOnly(2019, 6, 1), council, agenda: "ｲﾄﾞｳ販売のこと");
        await town.AddMeetingAsync(new DateOnly(2019, 7, 1), agenda: "見守り");
        await town.AddMeetingAsync(new DateOnly(2019, 8, 1), kind: "care-area", closed: true);
        await town.AddOutcomesAsync(shop, "バス停にベンチを置く");
        using var neighbour = await app.SignedInAsync(town, Role.Coordinator, "Z2");
        async Task<IReadOnlyList<string>> DaysAsync(HttpClient client, string query) => [.. (await client.GetPageAsync($"meetings?{query}")).QuerySelectorAll("tbody td.day").Select(cell => cell.TextContent[..5])];

        Assert.Equal(["R元.6."], await DaysAsync(neighbour, "q=イドウ"));
        Assert.Equal(["R元.6."], await DaysAsync(neighbour, "q=べんち バス停"));
        Assert.Empty(await DaysAsync(neighbour, "q=べんち 見守り"));
        Assert.Equal(["R元.7.", "R元.6."], await DaysAsync(neighbour, ""));
        Assert.Equal(["R元.6.", "R元.7."], await DaysAsync(neighbour, "sort=day"));
        Assert.Equal(["R元.7.", "R元.6."], await DaysAsync(neighbour, "sort=-day&unknown=1"));
        Assert.Equal(["R元.7.", "R元.6."], await DaysAsync(neighbour, "sort=drop table"));
        foreach (var column in new[] { "name", "kind", "area", "heads", "minutes", "-heads" })
        {
            Assert.Equal(2, (await DaysAsync(neighbour, $"sort={column}")).Count);
        }

        var page = await neighbour.GetPageAsync("meetings?year=R1&sort=name");
        Assert.Contains("ほかに、担当の人だけが見られる非公開の会議が1件あります。", page.Body!.TextContent);
        Assert.Equal("ascending", page.QuerySelector("th[aria-sort]")!.GetAttribute("aria-sort"));
        Assert.Equal("?year=R1&sort=-name", page.QuerySelector("th[aria-sort] a")!.GetAttribute("href"));
        using var officer = await app.SignedInAsync(town, Role.Officer);
        Assert.DoesNotContain("非公開の会議が", (await officer.GetPageAsync("meetings?year=R1")).Body!.TextContent);
    }

    [Fact]
    public async Task The_number_of_a_meeting_called_off_is_given_to_the_one_held_instead()
    {
        var town = await app.CreateTownAsync();
        var council = await town.AddCouncilAsync();
        using var officer = await app.SignedInAsync(town, Role.Officer);
        await officer.SubmitAsync(await officer.GetPageAsync($"meetings/new?council={council}"), ("年", "R7.6.1"), ("月", ""), ("日", ""));
        var made = await officer.SubmitAsync(await officer.GetPageAsync($"meetings/new?council={council}"), ("年", "R7.9.1"), ("月", ""), ("日", ""));
        await officer.SubmitAsync(await officer.GetPageAsync($"{new Uri(made.Url).AbsolutePath[(town.Slug.Length + 2)..]}/cancellations/new"), ("中止の理由", "台風のため"));

        await officer.SubmitAsync(await officer.GetPageAsync($"meetings/new?council={council}"), ("年", "R7.9.15"), ("月", ""), ("日", ""));

        Assert.Equal("1 2 2", await town.ScalarAsync($"select string_agg(number::text, ' ' order by held_on) from app.meeting where council_id = '{council}'"));
    }

    [Fact]
    public async Task Two_people_who_change_one_meeting_are_told_and_see_both()
    {
        var town = await app.CreateTownAsync();
        var meeting = await town.AddMeetingAsync(MeetingTown.Today);
        using var officer = await app.SignedInAsync(town, Role.Officer);
        var (here, there) = (await officer.GetPageAsync($"meetings/{meeting}/edit"), await officer.GetPageAsync($"meetings/{meeting}/edit"));

        await officer.SubmitAsync(there, ("会場", "西公民館"));
        var told = await officer.SubmitAsync(here, ("会場", "北公民館"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, told.StatusCode);
        Assert.Equal("会場西公民館北公民館", told.QuerySelector("table.differences tbody")!.TextContent.Replace(" ", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal));
        Assert.Equal("西公民館", await town.ScalarAsync($"select place from app.meeting where id = '{meeting}'"));
        await officer.SubmitAsync(told);
        Assert.Equal("北公民館", await town.ScalarAsync($"select place from app.meeting where id = '{meeting}'"));
    }

    [Fact]
    public async Task Without_a_council_tasks_come_back_at_the_next_meeting_of_the_same_name_and_area()
    {
        var town = await app.CreateTownAsync();
        var first = await town.AddMeetingAsync(MeetingTown.Today.AddDays(-30), series: "気楽にいこう会", agenda: "買い物");
        await town.AddOutcomesAsync(first, "店に聞く");
        using var coordinator = await app.SignedInAsync(town, Role.Coordinator);
        async Task<Guid> OpenAsync(params (string, object)[] answers)
        {
            var made = await coordinator.SubmitAsync(await coordinator.GetPageAsync("meetings/new"), [("会議の種類", "関係者会議"), ("会議の名前", "集まり"), ("圏域", "第1圏域"), .. answers]);
            return Guid.Parse(new Uri(made.Url).Segments[^1]);
        }

        Assert.Equal(["宿題：店に聞く（前回から）"], await AgendaAsync(coordinator, await OpenAsync(("集計での名前", "気楽にいこう会"))));
        Assert.Empty(await AgendaAsync(coordinator, await OpenAsync()));
        Assert.Empty(await AgendaAsync(coordinator, await OpenAsync(("集計での名前", "ほかの会"))));
    }

    [Fact]
    public async Task A_meeting_whose_summary_is_public_is_not_made_closed_and_keeps_a_council_that_has_ended()
    {
        var town = await app.CreateTownAsync();
        var council = await town.AddCouncilAsync();
        var meeting = await town.AddMeetingAsync(MeetingTown.Today, council);
        using var officer = await app.SignedInAsync(town, Role.Officer);
        await officer.SubmitAsync(await officer.GetPageAsync($"meetings/{meeting}/summary"), ("要旨", "ベンチを置きます。"));

        var refused = await officer.SubmitAsync(await officer.GetPageAsync($"meetings/{meeting}/edit"), ("非公開の会議", true));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("先に「公開する要旨」で公開をやめてから", refused.QuerySelector(".error-summary")!.TextContent);

        await town.ScalarAsync($"update app.council set closed_on = current_date - 1 where id = '{council}'");
        await officer.SubmitAsync(await officer.GetPageAsync($"meetings/{meeting}/edit"), ("会場", "西公民館"));
        Assert.Equal(1L, await town.ScalarAsync($"select count(*) from app.meeting where id = '{meeting}' and council_id = '{council}' and place = '西公民館'"));
    }
}
