using AngleSharp.Dom;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Bodies;
using Sasaeai.Features.Departments;
using Sasaeai.Features.Handovers;
using Sasaeai.Features.Indicators;
using Sasaeai.Features.Issues;
using Sasaeai.Features.Outreaches;
using Sasaeai.Features.Plans;
using Sasaeai.Tests.Browser;
using Sasaeai.Tests.Features.Indicators;
using DemoCommand = Sasaeai.Commands.Demo;

namespace Sasaeai.Tests.Features.Dashboard;

public class DashboardTests(TestApp app)
{
    [Fact]
    public async Task Targets_and_results_stand_side_by_side_and_each_chart_has_its_table()
    {
        var town = await FilledAsync();
        var page = await (await app.SignedInAsync(town, Role.Officer)).GetPageAsync("dashboard?year=2019");

        Assert.Equal(["普及啓発の回数（回）", "第1層と第2層の合計", "3", "2", "未達"], page.QuerySelectorAll("main table.data tbody tr")[0].Children.Select(cell => cell.TextContent.Trim()));
        var chart = page.QuerySelector(".with-chart")!;
        Assert.Contains("R元年度 2（目標 3）", chart.QuerySelector("svg")!.GetAttribute("aria-label"));
        Assert.Equal(["令和元年度", "3", "2", "未達"], chart.QuerySelectorAll("table tbody tr")[1].Children.Select(cell => cell.TextContent.Trim()));
        Assert.All(page.QuerySelectorAll("main svg"), svg => Assert.False(svg.OuterHtml.Contains("style=", StringComparison.Ordinal)));
        var zones = page.QuerySelectorAll("table").Single(table => table.QuerySelector("caption")?.TextContent.StartsWith("圏域ごとの数", StringComparison.Ordinal) == true);
        Assert.Equal(["第1圏域", "第2圏域", "市町村全体"], zones.QuerySelectorAll("tbody th").Select(cell => cell.TextContent));
        var csv = await (await app.SignedInAsync(town, Role.Officer)).GetStringAsync("dashboard?handler=Table&format=Csv&year=2019", TestContext.Current.CancellationToken);
        Assert.Contains("令和元年度,市町村全体,,,,2,", csv);
        Assert.Equal(System.Net.HttpStatusCode.Forbidden, (await (await app.SignedInAsync(town, Role.Prefecture)).GetAsync("dashboard?handler=Table&format=Csv&year=2019", TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task Council_members_read_the_figures_and_the_paper_and_the_prefecture_the_figures_only()
    {
        var town = await FilledAsync();
        var member = await (await app.SignedInAsync(town, Role.CouncilMember)).GetPageAsync("dashboard?year=2019");
        var prefecture = await (await app.SignedInAsync(town, Role.Prefecture)).GetPageAsync("dashboard?year=2019");

        Assert.NotEmpty(member.QuerySelectorAll("main a[href$='/annual-reports/2019']"));
        Assert.Empty(prefecture.QuerySelectorAll("main a"));
        Assert.Equal(["3", "2"], prefecture.QuerySelectorAll("main table.data tbody tr")[0].QuerySelectorAll("td.number").Select(cell => cell.TextContent.Trim()));
        Assert.Empty(member.QuerySelectorAll("main a[href*='/counts'], main a[href*='/indicators']"));
    }

    [Fact]
    public async Task Who_has_not_answered_in_time_is_named_with_the_oldest_day()
    {
        var town = await app.CreateTownAsync();
        await town.InAsync(async (db, _) =>
        {
            var (now, actor) = (DateTimeOffset.UtcNow, new Actor(null, "x"));
            var departments = new[] { "高齢福祉課", "道路課" }.Select(name => new Department { Name = name }).ToList();
            var bodies = departments.Select(department => new Body { DepartmentId = department.Id }).ToList();
            db.AddRange(departments.Concat<object>(bodies));
            foreach (var days in new[] { 40, 20, -5 })
            {
                var issue = new Issue { Title = "坂道の手すり", OwnerId = bodies[0].Id, CreatedAt = now, CreatedBy = "x" };
                var handed = now.Day().AddDays(-60);
                db.Add(issue);
                var (handover, move) = Handover.Hand(issue, bodies[1].Id, new Asking("課長", null, "", "市道のため", "手すりを付ける", handed, now.Day().AddDays(-days)), [], now.Day(), new Mover(Guid.NewGuid(), actor, now));
                db.AddRange(handover, move!);
            }

            await db.SaveChangesAsync();
        });

        var page = await (await app.SignedInAsync(town, Role.Officer)).GetPageAsync("dashboard");

        var table = page.QuerySelectorAll("table").Single(table => table.QuerySelector("caption")?.TextContent.StartsWith("答えを待っている先ごと", StringComparison.Ordinal) == true);
        Assert.Contains("list=Overdue&body=", table.QuerySelector("tbody th a")!.GetAttribute("href"));
        Assert.Equal(["道路課", "2件", Sasaeai.Japanese.Wareki.Date(DateTimeOffset.UtcNow.Day().AddDays(-40))], table.QuerySelectorAll("tbody tr").Single().Children.Select(cell => cell.TextContent));

        await Indicators.IndicatorTests.AddAsync(town, new() { Name = "お返し", Unit = "%", Layer = IndicatorLayer.Both, RuleCode = "returned_handovers", Counting = "x", FromYear = 2018 });
        static string Share(IDocument page) => page.QuerySelectorAll("main tbody tr").First(row => row.TextContent.Contains("お返し")).QuerySelector("td[data-label=実績]")!.TextContent.Trim();
        var prefecture = await (await app.SignedInAsync(town, Role.Prefecture)).GetPageAsync("dashboard");
        Assert.Equal("0%", Share(await (await app.SignedInAsync(town, Role.Officer)).GetPageAsync("dashboard")));
        Assert.Equal("—", Share(prefecture));       // three handovers are few
        Assert.Equal("5未満", prefecture.QuerySelectorAll("table").Single(one => one.QuerySelector("caption")?.TextContent.StartsWith("答えを待っている先ごと", StringComparison.Ordinal) == true).QuerySelector("td[data-label=件数]")!.TextContent);
    }

    [Fact]
    public async Task A_town_without_any_record_is_told_what_to_do()
    {
        var town = await app.CreateTownAsync();
        var officer = await app.SignedInAsync(town, Role.Officer);
        Assert.Contains("まだ指標がありません", (await officer.GetPageAsync("dashboard")).Body!.TextContent);
        Assert.Contains("まだ計画がありません", (await officer.GetPageAsync("plans")).Body!.TextContent);
        Assert.NotNull((await officer.GetPageAsync("annual-reports/R1")).QuerySelector("article.paper"));
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await officer.GetAsync("annual-reports/R99x", TestContext.Current.CancellationToken)).StatusCode);
    }

    private async Task<Town> FilledAsync()
    {
        var town = await app.CreateTownAsync();
        await IndicatorTests.PlanAsync(town, 7);
        await IndicatorTests.AddAsync(town, new DefinitionCard { Name = "普及啓発の回数", Unit = "回", Layer = IndicatorLayer.Both, RuleCode = "outreach_times", Counting = "記録1件を1回と数える。", FromYear = 2018 });
        await town.InAsync(async (db, _) =>
        {
            var target = IndicatorValue.For(db.IndicatorDefinitions.Single(), ValueKind.Target, new Cell(2019, IndicatorLayer.Both));
            target.Set(new Quantity(3), "", "x", DateTimeOffset.UtcNow);
            db.Add(target);
            foreach (var layer in new[] { 1, 2 })
            {
                db.Add(new Outreach { Kind = OutreachKind.Lecture, OnDay = new(2019, 6, 1), Layer = layer, HeadCount = 20, Place = "公民館", Content = "支え合いの話", ByName = "x", CreatedAt = DateTimeOffset.UtcNow });
            }

            await db.SaveChangesAsync();
        });
        return town;
    }
}

/// <summary>The pages of the demo town in a real browser.</summary>
public class PlanBrowserTests(Commands.DemoTown demo, Chromium chromium) : IClassFixture<Commands.DemoTown>
{
    [Theory, InlineData(360)]
    public async Task The_pages_have_no_accessibility_violations_and_fit(int width)
    {
        var page = await chromium.OpenAsync(demo.App.UrlOf(demo.Town, "sign-ins/new"), width: width);
        await page.GetByLabel("メールアドレス").FillAsync("shokuin@mihon.example.jp");
        await page.GetByLabel("パスワード").FillAsync(DemoCommand.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "サインインする" }).ClickAsync();
        await page.WaitForURLAsync("**/today");
        var indicator = await demo.Town.ScalarAsync($"select indicator_id from app.indicator_definition where municipality_id = {demo.Town.Id} and rule_code = 'activity_records'");
        var voice = await demo.Town.ScalarAsync($"select id from app.voice where municipality_id = {demo.Town.Id} order by created_at desc limit 1");
        var plan = await demo.Town.ScalarAsync($"select id from app.plan where municipality_id = {demo.Town.Id} and number = 7");
        foreach (var (name, path) in new[]
        {
            ("dashboard", "dashboard"), ("dashboard-r1", "dashboard?year=2019"), ("plans", "plans"), ("plan", $"plans/{plan}"), ("plan-new", "plans/new"), ("indicators", "indicators"), ("rules", "indicators/new"),
            ("indicator-new", "indicators/new?rule=meetings"), ("indicator", $"indicators/{indicator}"), ("value", $"indicators/{indicator}/values/new"), ("definition", $"indicators/{indicator}/definitions/new?rule=activity_records"),
            ("values", $"indicators/{indicator}/values"), ("ending", $"indicators/{indicator}/endings/new"), ("voices", "voices?sort=Area"), ("voice-edit", $"voices/{voice}/edit"), ("measures", "measures"), ("outreaches", "outreaches?year=2019"), ("initiatives", "initiatives"), ("handovers", "handovers"),
            ("fundings", "fundings?year=2019"), ("funding", "fundings/edit?year=2019&project=General"), ("fee", "fundings/entrusted-fees/edit?year=2019"), ("counts", "counts?rule=meeting_series&year=2019"),
            ("papers", "annual-reports"), ("paper", "annual-reports/2019"), ("text", "annual-reports/2019/texts/edit?section=Meetings&kind=Situation"),
        })
        {
            await page.GotoAsync(demo.App.UrlOf(demo.Town, path).ToString());
            if (Environment.GetEnvironmentVariable("SASAEAI_PICTURES") is { Length: > 0 } folder)
            {
                await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"plan-{name}-{width}.png"), FullPage = true });
            }

            Assert.Empty((await page.RunAxe()).Violations.Select(violation => $"{name}: {violation.Id} {string.Join(' ', violation.Nodes.Select(node => node.Html))}"));
            Assert.True(width == await page.EvaluateAsync<int>("document.documentElement.scrollWidth"), $"{name} is wider than {width}");
        }
    }
}
