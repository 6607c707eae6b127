using System.Net;
using AngleSharp.Dom;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Sasaeai.Data;
using Sasaeai.Features;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Counts;
using Sasaeai.Features.Indicators;
using Sasaeai.Features.Meetings;
using Sasaeai.Features.Outreaches;
using Sasaeai.Features.Plans;

namespace Sasaeai.Tests.Features.Indicators;

public class IndicatorTests(TestApp app)
{
    private static readonly DefinitionCard Times = new()
    {
        Name = "普及啓発の回数", Unit = "回", Layer = IndicatorLayer.Both, RuleCode = "outreach_times", Counting = "記録1件を1回と数える。", FromYear = 2018,
    };

    [Fact]
    public async Task An_indicator_without_its_layer_is_not_saved()
    {
        var town = await app.CreateTownAsync();
        var officer = await app.SignedInAsync(town, Role.Officer);

        var page = await officer.SubmitAsync(await officer.GetPageAsync("indicators/new?rule=council_meetings"), ("指標の名前", "推進会議等の開催回数"), ("いつの年度から", "H30"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.StatusCode);
        Assert.Contains("層のない目標は、実績とくらべられません", page.QuerySelector(".error-summary")!.TextContent);
        Assert.Equal("推進会議等の開催回数", page.QuerySelector("input[name='Form.Name']")!.GetAttribute("value"));
        Assert.Equal(0L, await town.ScalarAsync($"select count(*) from app.indicator where municipality_id = {town.Id}"));

        var saved = await officer.SubmitAsync(page, ("第1層と第2層の合計", true));
        Assert.Equal("推進会議等の開催回数", saved.QuerySelector("h1")!.TextContent);
        Assert.Equal("both", await town.ScalarAsync($"select layer from app.indicator_definition where municipality_id = {town.Id}"));
    }

    [Theory]
    [InlineData("indicators/new", "数え方を一覧から選んでください")]
    [InlineData("indicators/new?rule=no_such_rule", "数え方を一覧から選んでください")]
    public async Task An_indicator_without_a_counting_rule_is_not_saved(string path, string said)
    {
        var town = await app.CreateTownAsync();
        var officer = await app.SignedInAsync(town, Role.Officer);
        var token = (await officer.GetPageAsync("indicators/new?rule=meetings")).QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;

        var answer = await officer.PostAsync(path, new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["__RequestVerificationToken"] = token, ["Form.Name"] = "開催回数", ["Form.Unit"] = "回", ["Form.Layer"] = "First", ["Form.Counting"] = "x", ["Form.FromYear"] = "H30",
        }), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains(said, (await answer.ReadPageAsync()).QuerySelector(".error-summary")!.TextContent);
        Assert.Equal(0L, await town.ScalarAsync($"select count(*) from app.indicator where municipality_id = {town.Id}"));
    }

    [Theory]
    [InlineData("層", "both")]
    [InlineData("数え方", "counting")]
    [InlineData("入力する人", "entered")]
    public void A_card_says_what_is_missing(string named, string missing)
    {
        var card = missing switch
        {
            "both" => Times with { Layer = null },
            "counting" => Times with { Counting = " " },
            _ => Times with { RuleCode = null, EnteredBy = "" },
        };
        var error = Assert.Throws<RuleBrokenException>(() => new Indicator(card, 1, "x", DateTimeOffset.UtcNow));
        Assert.Contains(named == "入力する人" ? "だれが実績を入力するか" : named == "層" ? "第1層・第2層" : "何を1と数えるか", error.Message);
    }

    [Fact]
    public async Task The_database_itself_keeps_no_indicator_without_layer_rule_or_definition()
    {
        var town = await app.CreateTownAsync();
        await Assert.ThrowsAsync<PostgresException>(() => town.ScalarAsync($"insert into app.indicator (municipality_id, version, created_at) values ({town.Id}, 1, now())"));
        var indicator = await AddAsync(town, Times);
        foreach (var (layer, rule, enteredBy) in new[] { ("null", "'meetings'", "''"), ("'both'", "null", "''") })
        {
            await Assert.ThrowsAsync<PostgresException>(() => town.ScalarAsync($"insert into app.indicator_definition (municipality_id, indicator_id, version, name, unit, layer, rule_code, counting, entered_by, direction, from_year, reason, written_by, written_at) values ({town.Id}, '{indicator}', 2, 'x', 'x', {layer}, {rule}, 'x', {enteredBy}, 'higher', 2020, 'x', 'x', now())"));
        }
    }

    /// <summary>平成31年 and 令和元年 are one fiscal year; so is what lies on both sides of New Year.</summary>
    [Theory]
    [InlineData("2019-03-31", 2018, "H30")]
    [InlineData("2019-04-01", 2019, "R元")]
    [InlineData("2019-04-30", 2019, "R元")]
    [InlineData("2019-05-01", 2019, "R元")]
    [InlineData("2019-12-31", 2019, "R元")]
    [InlineData("2020-01-01", 2019, "R元")]
    [InlineData("2020-02-29", 2019, "R元")]
    [InlineData("2020-03-31", 2019, "R元")]
    [InlineData("2020-04-01", 2020, "R2")]
    public async Task A_record_counts_in_the_fiscal_year_of_its_day(string day, int fiscalYear, string label)
    {
        var town = await app.CreateTownAsync();
        await town.InAsync(async (db, _) =>
        {
            db.Add(Told(DateOnly.Parse(day), 1, 30));
            await db.SaveChangesAsync();
            var areas = await Sasaeai.Features.Areas.AreaTree.LoadAsync(db, new DateOnly(2026, 4, 1));
            var tally = await CountingRules.OutreachTimes.CountAsync(db, areas, CountSpan.Of(2017, 2021, new DateOnly(2026, 4, 1)), []);
            foreach (var year in Enumerable.Range(2017, 5))
            {
                Assert.Equal(year == fiscalYear ? new Quantity(1) : null, tally.Of(new Cell(year, IndicatorLayer.Both)));
            }
        });
        Assert.Equal(label, new Sasaeai.Japanese.FiscalYear(fiscalYear).ShortLabel);
    }

    [Fact]
    public async Task A_figure_and_the_list_behind_it_are_the_same_records()
    {
        var town = await app.CreateTownAsync();
        var indicator = await AddAsync(town, Times);
        await town.InAsync(async (db, _) =>
        {
            db.AddRange(Told(new(2019, 3, 31), 1, 10), Told(new(2019, 4, 1), 1, 20), Told(new(2019, 4, 30), 2, 30), Told(new(2019, 5, 1), 2, 40), Told(new(2020, 3, 31), 2, 50), Told(new(2019, 8, 1), 1, 99, OutreachKind.Report));
            await db.SaveChangesAsync();
        });
        await PlanAsync(town, 7);
        var coordinator = await app.SignedInAsync(town, Role.Coordinator);
        var plan = await town.ScalarAsync($"select id from app.plan where municipality_id = {town.Id}");

        var page = await coordinator.GetPageAsync($"plans/{plan}");
        var results = page.QuerySelectorAll("table.figures tbody tr").ToLookup(row => row.QuerySelector("td[data-label=層]")!.TextContent, row => row.QuerySelector("td[data-label=実績]")!);

        Assert.Equal(["1", "4"], results["第1層と第2層の合計"].Take(2).Select(cell => cell.TextContent.Trim()));
        Assert.Equal(["1", "1"], results["第1層"].Take(2).Select(cell => cell.TextContent.Trim()));
        Assert.Equal(["0", "3"], results["第2層"].Take(2).Select(cell => cell.TextContent.Trim()));
        foreach (var link in page.QuerySelectorAll("table.figures a"))
        {
            var list = await coordinator.GetPageAsync(link.GetAttribute("href")!);
            Assert.Equal(int.Parse(link.TextContent), list.QuerySelectorAll("table.data tbody tr").Length);
            Assert.Contains($"{link.TextContent}回", list.QuerySelector(".lead")!.TextContent);
        }

        Assert.Equal("4", (await coordinator.GetPageAsync("counts?rule=outreach_times&year=2019")).QuerySelectorAll("table.data tbody tr").Length.ToString());
        Assert.Equal(HttpStatusCode.NotFound, (await coordinator.GetAsync("counts?rule=no_such_rule&year=2019", TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await coordinator.GetAsync("counts?rule=meetings&year=99999", TestContext.Current.CancellationToken)).StatusCode);
        Assert.NotEqual(Guid.Empty, indicator);
    }

    [Fact]
    public async Task A_changed_definition_begins_a_series_of_its_own_and_the_old_one_stays()
    {
        var town = await app.CreateTownAsync();
        var indicator = await AddAsync(town, Times);
        await PlanAsync(town, 7);
        await town.InAsync(async (db, _) =>
        {
            db.AddRange(Told(new(2018, 6, 1), 1, 10), Told(new(2019, 6, 1), 1, 20), Told(new(2019, 6, 2), 1, 30, OutreachKind.Lecture));
            var target = IndicatorValue.For(await db.IndicatorDefinitions.SingleAsync(), ValueKind.Target, new Cell(2019, IndicatorLayer.Both));
            target.Set(new Quantity(2), "計画 1ページ", "x", DateTimeOffset.UtcNow);
            db.Add(target);
            await db.SaveChangesAsync();
        });
        var officer = await app.SignedInAsync(town, Role.Officer);
        var form = await officer.GetPageAsync($"indicators/{indicator}/definitions/new?rule=outreach_times");

        var refused = await officer.SubmitAsync(form, ("出前講座", true), ("いつの年度から", "R1"));
        Assert.Contains("変える理由", refused.QuerySelector(".error-summary")!.TextContent);
        refused = await officer.SubmitAsync(refused, ("出前講座", true), ("いつの年度から", "H30"), ("変える理由", "出前講座だけを数えることにしたため"));
        Assert.Contains("令和元年度から後の年度で始めてください", refused.QuerySelector(".error-summary")!.TextContent);
        var page = await officer.SubmitAsync(refused, ("出前講座", true), ("いつの年度から", "R1"), ("変える理由", "出前講座だけを数えることにしたため"));

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Contains("第2版", page.QuerySelector("dl.facts")!.TextContent);
        Assert.Contains("前の決まりと、その数字", page.Body!.TextContent);
        await town.InAsync(async (db, _) =>
        {
            var figures = await PlanFigures.LoadAsync(db, new DateOnly(2026, 4, 1), 2018, 2020);
            var (old, current) = (figures.DefinitionsOf(indicator)[0], figures.DefinitionsOf(indicator)[1]);
            Assert.Equal(new Quantity(1), figures.Of(old, new Cell(2018, IndicatorLayer.Both)).Result);
            Assert.Equal(new Quantity(2), figures.Of(old, new Cell(2019, IndicatorLayer.Both)).Target);      // kept, but no target of the new definition
            Assert.Null(figures.Of(old, new Cell(2019, IndicatorLayer.Both)).Result);
            Assert.Equal(new Quantity(1), figures.Of(current, new Cell(2019, IndicatorLayer.Both)).Result);
            Assert.Equal(Standing.NoTarget, figures.Of(indicator, new Cell(2019, IndicatorLayer.Both)).Standing);
        });
        await Assert.ThrowsAsync<PostgresException>(() => UpdateAsAppAsync(town));
    }

    [Fact]
    public async Task An_entered_result_needs_a_reason_takes_the_place_of_the_count_and_both_are_seen()
    {
        var town = await app.CreateTownAsync();
        var indicator = await AddAsync(town, Times);
        await PlanAsync(town, 7);
        await town.InAsync(async (db, _) =>
        {
            db.Add(Told(new(2019, 6, 1), 1, 10));
            await db.SaveChangesAsync();
        });
        var officer = await app.SignedInAsync(town, Role.Officer);
        var form = await officer.GetPageAsync($"indicators/{indicator}/values/new?kind=Result&year=2019");

        var refused = await officer.SubmitAsync(form, ("数", "63"));
        Assert.Contains("理由を入力してください", refused.QuerySelector(".error-summary")!.TextContent);
        Assert.Equal("63", refused.QuerySelector("input[name='Form.Number']")!.GetAttribute("value"));
        var page = await officer.SubmitAsync(refused, ("理由・出典", "このしくみを使う前の年度のため"));

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Contains("理由：このしくみを使う前の年度のため 記録から数えると 1 です。", page.Body!.TextContent);
        Assert.Equal("63", page.QuerySelectorAll("table.figures tbody tr")[1].QuerySelector("td[data-label=実績]")!.TextContent.Trim()[..2]);
        Assert.Equal(1L, await town.ScalarAsync($"select count(*) from app.audit_entry where municipality_id = {town.Id} and noun = 'indicator_value' and changes::text like '%このしくみを使う前%'"));
    }

    [Theory]
    [InlineData("多いほどよい", 20, "達成")]
    [InlineData("多いほどよい", 21, "未達")]
    [InlineData("少ないほどよい", 20, "達成")]
    [InlineData("少ないほどよい", 19, "未達")]
    public async Task Standing_is_decided_in_the_direction_of_the_card(string direction, int target, string standing)
    {
        var town = await app.CreateTownAsync();
        var indicator = await AddAsync(town, Times with { RuleCode = null, EnteredBy = "担当者", Direction = direction == "多いほどよい" ? Direction.Higher : Direction.Lower });
        await PlanAsync(town, 7);
        var officer = await app.SignedInAsync(town, Role.Officer);
        foreach (var (kind, number) in new[] { ("Target", target), ("Result", 20) })
        {
            await officer.SubmitAsync(await officer.GetPageAsync($"indicators/{indicator}/values/new?kind={kind}&year=2019"), ("数", number), ("理由・出典", "調査から"));
        }

        var page = await officer.GetPageAsync("dashboard?year=2019");

        Assert.Equal(standing, page.QuerySelector("main table.data .chip")!.TextContent);
    }

    [Fact]
    public async Task A_share_that_only_rounding_would_lift_to_its_target_is_missed_and_shows_its_decimal()
    {
        var town = await app.CreateTownAsync();
        var indicator = await AddAsync(town, Times with { RuleCode = null, Unit = "%", EnteredBy = "担当者" });
        await PlanAsync(town, 7);
        var officer = await app.SignedInAsync(town, Role.Officer);
        await officer.SubmitAsync(await officer.GetPageAsync($"indicators/{indicator}/values/new?kind=Target&year=2019"), ("数", "15"));
        var refused = await officer.SubmitAsync(await officer.GetPageAsync($"indicators/{indicator}/values/new?kind=Result&year=2019"), ("数", "146"), ("理由・出典", "調査から"));
        Assert.Contains("分母も入力してください", refused.QuerySelector(".error-summary")!.TextContent);
        await officer.SubmitAsync(refused, ("分母", "1000"));

        var row = (await officer.GetPageAsync("dashboard?year=2019")).QuerySelector("main table.data tbody tr")!;

        Assert.Equal(["15%", "14.6%"], row.QuerySelectorAll("td.number").Select(cell => cell.TextContent.Trim()));
        Assert.Equal("未達", row.QuerySelector(".chip")!.TextContent);
    }

    [Fact]
    public async Task Hostile_values_are_refused_in_a_sentence_and_change_nothing()
    {
        var town = await app.CreateTownAsync();
        var indicator = await AddAsync(town, Times);
        await PlanAsync(town, 7);
        var officer = await app.SignedInAsync(town, Role.Officer);
        foreach (var (label, value, year) in new[] { ("数", "-1", "2019"), ("数", "1.234", "2019"), ("数", "たくさん", "2019"), ("数", new string('9', 20), "2019") })
        {
            var page = await officer.SubmitAsync(await officer.GetPageAsync($"indicators/{indicator}/values/new?kind=Target&year={year}"), (label, value), ("理由・出典", "x"));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, page.StatusCode);
            Assert.NotEmpty(page.QuerySelectorAll(".error-summary"));
        }

        var script = await officer.SubmitAsync(await officer.GetPageAsync("indicators/new?rule=meetings"), ("指標の名前", "<script>alert(1)</script>"), ("第1層", true), ("いつの年度から", "H30"));
        Assert.Empty(script.QuerySelectorAll("main script"));
        Assert.Contains("<script>", script.QuerySelector("h1")!.TextContent);
        Assert.Equal(0L, await town.ScalarAsync($"select count(*) from app.indicator_value where municipality_id = {town.Id}"));
    }

    [Fact]
    public async Task Meetings_that_are_called_off_or_to_come_do_not_count_and_care_meetings_give_the_coordinators_share()
    {
        var town = await app.CreateTownAsync();
        var email = await town.AddAccountAsync(Role.Coordinator);
        await town.InAsync(async (db, _) =>
        {
            var (now, actor) = (DateTimeOffset.UtcNow, new Actor(null, "x"));
            var coordinator = await db.Accounts.SingleAsync(account => account.Email == email);
            var zone = await db.Areas.SingleAsync(area => area.Code == "Z1B");
            Meeting Held(string kind, DateOnly day, bool council = false)
            {
                var meeting = new Meeting(new MeetingPlan(null, kind, "", "話し合い", day, null, null, "", zone.Id, 2, council, false), null, actor, now);
                db.Add(meeting);
                return meeting;
            }

            Held("related", new(2019, 5, 1));
            Held("council-2", new(2019, 6, 1), council: true);
            Held("related", DateOnly.FromDateTime(DateTime.UtcNow.AddDays(40)));
            Held("related", new(2019, 7, 1)).Cancel("台風のため", actor, now);
            var care = new[] { Held("care-area", new(2019, 8, 1)), Held("care-area", new(2019, 9, 1)), Held("care-area", new(2019, 10, 1)) };
            db.AddRange(Attendance.Of(care[0].Id, coordinator, true, AttendanceWay.Typed, now), Attendance.Of(care[1].Id, coordinator, false, AttendanceWay.Typed, now));
            await db.SaveChangesAsync();

            var areas = await Sasaeai.Features.Areas.AreaTree.LoadAsync(db, new DateOnly(2026, 4, 1));
            async Task<Quantity?> Of(string rule, Guid? area = null) => (await CountingRules.Find(rule)!.CountAsync(db, areas, CountSpan.Of(2019, 2026, new DateOnly(2026, 11, 1)), [])).Of(new Cell(2019, IndicatorLayer.Second, area));
            Assert.Equal(new Quantity(5), await Of("meetings"));
            Assert.Equal(new Quantity(1), await Of("council_meetings"));
            Assert.Equal(new Quantity(1, 3), await Of("care_meeting_share"));
            Assert.Equal(new Quantity(5), await Of("meetings", areas.FindByCode("Z1")!.Id));      // held in a block of the zone
            Assert.Equal(new Quantity(0), await Of("meetings", areas.FindByCode("Z2")!.Id));
        });
    }

    [Fact]
    public async Task After_a_change_of_definition_the_last_figures_of_the_older_series_still_come_in()
    {
        var town = await app.CreateTownAsync();
        var indicator = await AddAsync(town, Times with { RuleCode = null, EnteredBy = "担当者" });
        await PlanAsync(town, 7);
        var officer = await app.SignedInAsync(town, Role.Officer);
        await officer.SubmitAsync(await officer.GetPageAsync($"indicators/{indicator}/definitions/new?rule=entered"), ("いつの年度から", "R1"), ("変える理由", "数え方を変えたため"));

        await officer.SubmitAsync(await officer.GetPageAsync($"indicators/{indicator}/values/new?kind=Result&year=2018"), ("数", "41"), ("理由・出典", "前の年度の報告から"));
        await officer.SubmitAsync(await officer.GetPageAsync($"indicators/{indicator}/values/new?kind=Result&year=2019"), ("数", "7"), ("理由・出典", "新しい数え方で"));

        Assert.Equal("1:2018:41.00 2:2019:7.00", await town.ScalarAsync($"select string_agg(version || ':' || fiscal_year || ':' || numerator, ' ' order by version) from app.indicator_value where municipality_id = {town.Id}"));
        var plan = await officer.GetPageAsync($"plans/{await town.ScalarAsync($"select id from app.plan where municipality_id = {town.Id}")}");
        Assert.Equal(["H30年度 41", "R元年度 7", "R2年度 —"], plan.QuerySelectorAll("table.figures tbody tr").Where(row => row.QuerySelector("td[data-label=層]")!.TextContent.Contains("合計")).Select(row => $"{row.QuerySelector("th")!.TextContent} {row.QuerySelector("td[data-label=実績]")!.TextContent.Trim().TrimEnd('※').Trim()}"));
        Assert.Contains("前の決まりで数えた年度", plan.QuerySelectorAll("table.figures caption")[0].TextContent);
    }

    [Fact]
    public async Task A_figure_entered_by_mistake_is_taken_away_and_the_count_holds_again()
    {
        var town = await app.CreateTownAsync();
        var indicator = await AddAsync(town, Times);
        await PlanAsync(town, 7);
        await town.InAsync(async (db, _) =>
        {
            db.Add(Told(new(2019, 6, 1), 1, 10));
            await db.SaveChangesAsync();
        });
        var (officer, coordinator) = (await app.SignedInAsync(town, Role.Officer), await app.SignedInAsync(town, Role.Coordinator));
        await officer.SubmitAsync(await officer.GetPageAsync($"indicators/{indicator}/values/new?kind=Result&year=2019"), ("数", "999"), ("理由・出典", "打ちまちがい"));

        var list = await officer.GetPageAsync($"indicators/{indicator}/values");
        Assert.Contains("打ちまちがい", list.QuerySelector("tbody tr")!.TextContent);
        Assert.Empty((await coordinator.GetPageAsync($"indicators/{indicator}/values")).QuerySelectorAll("main button"));
        Assert.Contains("令和元年度,実績（人が入力）,第1層と第2層の合計,市町村全体,999", await coordinator.GetStringAsync($"indicators/{indicator}/values?handler=Table&format=Csv", TestContext.Current.CancellationToken));
        var after = await officer.PressAsync(list, "取り消す");

        Assert.Contains("まだ入れた数字はありません", after.Body!.TextContent);
        Assert.Equal("1", (await officer.GetPageAsync("dashboard?year=2019")).QuerySelector("main table.data tbody td[data-label=実績]")!.TextContent.Trim());
        Assert.Equal(1L, await town.ScalarAsync($"select count(*) from app.audit_entry where municipality_id = {town.Id} and verb = 'delete' and noun = 'indicator_value'"));
    }

    /// <summary>The example of the textbook: 1/2 and 1/10 are 2 of 12 (17 %), not the mean of 50 % and 10 %.</summary>
    [Fact]
    public async Task Shares_of_the_areas_and_of_the_years_add_by_their_counts()
    {
        var town = await app.CreateTownAsync();
        var indicator = await AddAsync(town, Times with { RuleCode = null, EnteredBy = "担当者", Unit = "%", Layer = IndicatorLayer.Second });
        await PlanAsync(town, 7);
        var officer = await app.SignedInAsync(town, Role.Officer);
        async Task EnterAsync(int year, string zone, string number, string of) => await officer.SubmitAsync(await officer.GetPageAsync($"indicators/{indicator}/values/new?kind=Result&year={year}"), ("圏域", zone), ("数", number), ("分母", of), ("理由・出典", "調査から"));
        async Task<IDocument> PlanPageAsync() => await officer.GetPageAsync($"plans/{await town.ScalarAsync($"select id from app.plan where municipality_id = {town.Id}")}");
        static string[] Results(IDocument page) => [.. page.QuerySelectorAll("table.figures td[data-label=実績]").Select(cell => string.Concat(cell.TextContent.Where(letter => !char.IsWhiteSpace(letter))))];

        await EnterAsync(2018, "第1圏域", "1", "2");
        Assert.Equal(["—", "—", "—"], Results(await PlanPageAsync()));          // one of two 圏域 is not the town
        await EnterAsync(2018, "第2圏域", "1", "10");
        await EnterAsync(2019, "第1圏域", "3", "4");
        await EnterAsync(2019, "第2圏域", "1", "4");
        Assert.Equal(["17%（12のうち2）（入力した数の合計）", "50%（8のうち4）（入力した数の合計）", "—"], Results(await PlanPageAsync()));
        await EnterAsync(2020, "第1圏域", "0", "5");
        await EnterAsync(2020, "第2圏域", "5", "5");

        Assert.Equal("37%（30のうち11）", Results(await PlanPageAsync())[^1]);
        var csv = await officer.GetStringAsync("indicators?handler=Table&plan=7&format=Csv", TestContext.Current.CancellationToken);
        Assert.Contains("第2層,市町村全体,平成30年度,,,,,2,12,人が入力した数の合計", csv);
        Assert.Contains("第2層,第2圏域,平成30年度,,,,,1,10,人が入力", csv);
    }

    [Fact]
    public async Task What_is_there_on_a_day_is_not_added_over_the_years_but_what_happens_is()
    {
        var town = await app.CreateTownAsync();
        await AddAsync(town, Times);
        await AddAsync(town, Times with { Name = "配置", RuleCode = "postings" });
        await PlanAsync(town, 7);
        await town.InAsync(async (db, _) =>
        {
            db.AddRange(Told(new(2018, 6, 1), 1, 10), Told(new(2019, 6, 1), 2, 20), Told(new(2020, 6, 1), 2, 20));
            await db.SaveChangesAsync();
        });
        var officer = await app.SignedInAsync(town, Role.Officer);
        await officer.SubmitAsync(await officer.GetPageAsync($"annual-reports/2019/texts/edit?indicator={await town.ScalarAsync($"select indicator_id from app.indicator_definition where municipality_id = {town.Id} and name = '普及啓発の回数'")}"), ("文章", "頼まれることがふえた。"));

        var plan = await officer.GetPageAsync($"plans/{await town.ScalarAsync($"select id from app.plan where municipality_id = {town.Id}")}");

        Assert.Equal(["第1層と第2層の合計 3", "第1層 1", "第2層 2"], plan.QuerySelectorAll("table.figures tbody tr").Where(row => row.QuerySelector("th")!.TextContent == "ここまでの合計").Select(row => $"{row.QuerySelector("td[data-label=層]")!.TextContent} {row.QuerySelector("td[data-label=実績]")!.TextContent.Trim()}"));
        Assert.Contains("頼まれることがふえた。", plan.QuerySelector("main section.card")!.TextContent);
        var cards = await officer.GetStringAsync("indicators?handler=Cards&format=Csv", TestContext.Current.CancellationToken);
        Assert.Contains("普及啓発の回数,回,第1層と第2層の合計,記録1件を1回と数える。", cards);
    }


    [Fact]
    public async Task An_indicator_that_the_next_plan_does_not_have_ends_and_its_years_stay()
    {
        var town = await app.CreateTownAsync();
        var indicator = await AddAsync(town, Times);
        await PlanAsync(town, 7);
        var officer = await app.SignedInAsync(town, Role.Officer);
        async Task<bool> ShownAsync(int year) => (await officer.GetPageAsync($"dashboard?year={year}")).QuerySelectorAll("main tbody th").Any(cell => cell.TextContent.StartsWith("普及啓発の回数", StringComparison.Ordinal));

        var form = await officer.GetPageAsync($"indicators/{indicator}/endings/new");
        Assert.Contains("使い始めた平成30年度", (await officer.SubmitAsync(form, ("いつの年度まで", "H29"), ("終わりにする理由", "x"))).QuerySelector(".error-summary")!.TextContent);
        var page = await officer.SubmitAsync(form, ("いつの年度まで", "R元"), ("終わりにする理由", "第8期計画にないため"));

        Assert.Contains("令和元年度で終わりました", page.Body!.TextContent);
        var shown = new List<bool>();
        foreach (var year in new[] { 2017, 2018, 2019, 2020 })
        {
            shown.Add(await ShownAsync(year));
        }

        Assert.Equal([false, true, true, false], shown);
        Assert.Contains("令和元年度まで", (await officer.GetPageAsync("indicators")).QuerySelector("tbody th")!.TextContent);
        Assert.Contains("終わりにしてあります", (await officer.SubmitAsync(await officer.GetPageAsync($"indicators/{indicator}/definitions/new?rule=outreach_times"), ("いつの年度から", "R3"), ("変える理由", "x"))).QuerySelector(".error-summary")!.TextContent);
        await officer.PressAsync(page, "もう一度使う");
        Assert.True(await ShownAsync(2020));
        Assert.Equal(HttpStatusCode.Forbidden, (await (await app.SignedInAsync(town, Role.Coordinator)).GetPageAsync($"indicators/{indicator}/endings/new")).StatusCode);
    }

    private static Outreach Told(DateOnly day, int layer, int heads, OutreachKind kind = OutreachKind.Explanation) => new()
    {
        Kind = kind, OnDay = day, Layer = layer, HeadCount = heads, Place = "公民館", Content = "支え合いの話", ByName = "x", CreatedAt = DateTimeOffset.UtcNow,
    };

    internal static Task<Guid> AddAsync(Town town, DefinitionCard card) => town.InAsync(async (db, _) =>
    {
        var indicator = new Indicator(card, 10, "x", DateTimeOffset.UtcNow);
        db.AddRange(indicator, indicator.First!);
        await db.SaveChangesAsync();
        return indicator.Id;
    });

    internal static Task<Guid> PlanAsync(Town town, int number) => town.InAsync(async (db, _) =>
    {
        var plan = new Plan { Number = number, Title = "計画", CreatedAt = DateTimeOffset.UtcNow };
        db.Add(plan);
        await db.SaveChangesAsync();
        return plan.Id;
    });

    private static Task UpdateAsAppAsync(Town town) => town.InAsync((db, _) => db.Database.ExecuteSqlRawAsync("update app.indicator_definition set name = 'y'"));
}
