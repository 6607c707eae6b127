using DemoCommand = Sasaeai.Commands.Demo;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Meetings;
using Sasaeai.Japanese;

namespace Sasaeai.Tests.Commands;

/// <summary>みほん市 in a database of its own: beside the other tests' towns it would be their neighbour.</summary>
public sealed class DemoTown : IAsyncLifetime
{
    public TestApp App { get; } = new();
    public Town Town { get; private set; } = null!;
    internal Program.Ran Ran { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await App.InitializeAsync();
        Ran = await App.RunAsync("demo");
        Town = new Town(App, DemoCommand.Slug, (int)(await new Town(App, DemoCommand.Slug, 0).ScalarAsync($"select id from app.municipality where slug = '{DemoCommand.Slug}'") ?? 0));
    }

    public ValueTask DisposeAsync() => App.DisposeAsync();
}

/// <summary>Loaded once for all that look at it.</summary>
[CollectionDefinition(nameof(DemoTown))]
public class DemoTownTests : ICollectionFixture<DemoTown>;

[Collection(nameof(DemoTown))]
public class DemoTests(DemoTown demo)
{
    [Fact]
    public async Task The_town_is_full_enough_to_try_everything()
    {
        Assert.True(demo.Ran.Code == 0, demo.Ran.Errors);
        Assert.True(await CountAsync("published.resource", "not withdrawn") >= 150);
        Assert.Equal(5L, await CountAsync("app.area", "kind = 'living_area'"));
        foreach (var queue in new[] { "revision", "mistake_report", "voice", "confirmation_request", "organization", "verification" })
        {
            Assert.True(await CountAsync($"app.{queue}") > 0, queue);
        }
    }

    /// <summary>富士見市's printed figures of activities, outreach and postings, cell by cell, from the demo town's records.</summary>
    [Theory]
    [InlineData("活動回数", "select count(*) from app.activity_record where completed_at is not null and {0}")]
    [InlineData("活動回数（第1層相当）", "select count(*) from app.activity_record where completed_at is not null and layer = 1 and {0}")]
    [InlineData("活動回数（第2層相当）", "select count(*) from app.activity_record where completed_at is not null and layer = 2 and {0}")]
    [InlineData("普及啓発 回数（第1層相当）", "select count(*) from app.outreach where kind <> 'report' and layer = 1 and {0}")]
    [InlineData("普及啓発 人数（第1層相当）", "select sum(head_count) from app.outreach where kind <> 'report' and layer = 1 and {0}")]
    [InlineData("普及啓発 回数（第2層相当）", "select count(*) from app.outreach where kind <> 'report' and layer = 2 and {0}")]
    [InlineData("普及啓発 人数（第2層相当）", "select sum(head_count) from app.outreach where kind <> 'report' and layer = 2 and {0}")]
    [InlineData("うち出前講座 回数", "select count(*) from app.outreach where kind = 'lecture' and {0}")]
    [InlineData("うち出前講座 人数", "select sum(head_count) from app.outreach where kind = 'lecture' and {0}")]
    [InlineData("活動報告イベント 参加人数", "select sum(head_count) from app.outreach where kind = 'report' and {0}")]
    public async Task The_records_give_the_printed_figures(string series, string sql)
    {
        var printed = (await File.ReadAllLinesAsync(Path.Combine(AppContext.BaseDirectory, "Fixtures", "fujimi_meetings.csv"), TestContext.Current.CancellationToken))
            .Select(line => line.Split(',')).Where(cells => cells[0] == series && cells[2] == "実績").ToList();
        Assert.Equal(2, printed.Count);
        foreach (var cells in printed)
        {
            Assert.True(FiscalYear.TryRead(cells[1], out var year));
            var counted = await demo.Town.ScalarAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, sql, $"municipality_id = {demo.Town.Id} and on_day between '{year.Starts:yyyy-MM-dd}' and '{year.Ends:yyyy-MM-dd}'"));
            Assert.Equal(cells[3], $"{counted}");
        }
    }

    [Fact]
    public async Task The_pages_print_the_figures_as_the_document_does()
    {
        using var client = demo.App.ClientFor(demo.Town);
        await client.SubmitAsync(await client.GetPageAsync("sign-ins/new"), ("メールアドレス", "sc1@mihon.example.jp"), ("パスワード", DemoCommand.Password));

        var outreach = (await client.GetPageAsync("outreaches")).QuerySelectorAll("table")[0];
        var year = outreach.QuerySelectorAll("thead th").Select(cell => cell.TextContent).ToList();
        string Cell(int row, string label) => outreach.QuerySelectorAll("tbody tr")[row].Children[year.IndexOf(label)].TextContent;
        Assert.Equal(["19回（580名）", "32回（648名）", "9回（204名）", "63回（1,106名）", "43回（751名）", "11回（210名）"], [Cell(0, "平成30年度"), Cell(1, "平成30年度"), Cell(2, "平成30年度"), Cell(0, "令和元年度"), Cell(1, "令和元年度"), Cell(2, "令和元年度")]);

        var postings = (await client.GetPageAsync("postings")).QuerySelectorAll("table")[0].QuerySelectorAll("tbody tr").Take(5).Select(row => string.Join(' ', row.Children.Select(cell => cell.TextContent.Trim())));
        Assert.Equal(["平成28年度 1名 －", "平成29年度 1名（第1層・第2層を兼務）", "平成30年度 2名（第1層・第2層を兼務）", "令和元年度 2名（第1層・第2層を兼務）", "令和2年度 2名（第1層・第2層を兼務）"], postings);

        var report = (await client.GetPageAsync("activity-reports/2019")).QuerySelectorAll("table")[0].QuerySelector("tbody tr")!.Children.Select(cell => cell.TextContent.Trim()).ToList();
        Assert.Equal(["全体", "462", "353", "815"], report.Take(4));
        Assert.Equal(["410", "+405"], report.Skip(5));
    }

    /// <summary>水谷東地域支え愛隊, under the name of the demo town's group: from its register, visits and books, by command and on the page.</summary>
    [Fact]
    public async Task The_mutual_help_group_gives_every_printed_figure()
    {
        var printed = (await File.ReadAllLinesAsync(Path.Combine(AppContext.BaseDirectory, "Fixtures", "fujimi_meetings.csv"), TestContext.Current.CancellationToken))
            .Select(line => line.Split(',')).Where(cells => cells[0].StartsWith("水谷東", StringComparison.Ordinal) && cells[1] == "R2-06-15").ToDictionary(cells => cells[0].Split(' ')[1], cells => cells[3]);
        var file = Path.Combine(Path.GetTempPath(), $"mutual-help-{Guid.NewGuid():N}.json");
        var today = Features.Visits.HelpDesk.Today;
        var ran = await demo.App.RunAsync("report", "mutual-help", "--town", DemoCommand.Slug, "--from", $"{today.AddYears(-9):yyyy-MM-dd}", "--to", $"{today:yyyy-MM-dd}", "--format", "json", "--out", file);
        Assert.True(ran.Code == 0, ran.Errors);
        using var report = System.Text.Json.JsonDocument.Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        File.Delete(file);
        var group = report.RootElement.GetProperty("groups").EnumerateArray().Single(one => one.GetProperty("counts").GetProperty("name").GetString() == Sasaeai.Commands.DemoGroups.Main);

        var counted = new Dictionary<string, string>
        {
            ["協力会員"] = $"{group.GetProperty("helpers")}", ["利用会員"] = $"{group.GetProperty("users")}", ["コーディネーター"] = $"{group.GetProperty("keepers")}",
            ["ありがとう券発行枚数"] = $"{group.GetProperty("ticketsIssued")}", ["ありがとう券利用枚数"] = $"{group.GetProperty("ticketsUsed")}",
            ["活動件数"] = $"{group.GetProperty("counts").GetProperty("visits")}", ["活動時間（分）"] = $"{group.GetProperty("counts").GetProperty("minutes")}",
        };
        Assert.Equal(printed.OrderBy(one => one.Key, StringComparer.Ordinal), counted.OrderBy(one => one.Key, StringComparer.Ordinal));
        using var keeper = demo.App.ClientFor(demo.Town);
        await keeper.SubmitAsync(await keeper.GetPageAsync("sign-ins/new"), ("メールアドレス", "sewa-sasaetai@mihon.example.jp"), ("パスワード", DemoCommand.Password));
        var id = await demo.Town.ScalarAsync($"select id from app.help_group where municipality_id = {demo.Town.Id} and name = '{Sasaeai.Commands.DemoGroups.Main}'");
        var tickets = (await keeper.GetPageAsync($"groups/{id}/tickets")).QuerySelector(".facts")!.TextContent;
        Assert.Contains("1,524枚", tickets, StringComparison.Ordinal);
        Assert.Contains("1,433枚（358時間15分）", tickets, StringComparison.Ordinal);
        Assert.Contains("91枚", tickets, StringComparison.Ordinal);
        Assert.Equal(0, (await demo.App.RunAsync("ledger", "verify")).Code);
    }

    [Fact]
    public async Task A_second_run_changes_nothing()
    {
        var version = await demo.Town.ScalarAsync($"select version from published.town where municipality_id = {demo.Town.Id}");
        var resources = await CountAsync("app.resource");

        var again = await demo.App.RunAsync("demo");

        Assert.True(again.Code == 0, again.Errors);
        Assert.Equal(version, await demo.Town.ScalarAsync($"select version from published.town where municipality_id = {demo.Town.Id}"));
        Assert.Equal(resources, await CountAsync("app.resource"));
        Assert.Equal(demo.Ran.Text, again.Text);
    }

    [Fact]
    public async Task Somebody_of_each_role_can_sign_in()
    {
        var lines = demo.Ran.Text.Split('\n').Where(line => line.Contains('@')).Select(line => line.Split('\t')).ToList();
        Assert.Equal(Enum.GetValues<Role>().Length, lines.Count);
        foreach (var line in lines)
        {
            using var client = demo.App.ClientFor(demo.Town);
            var page = await client.SubmitAsync(await client.GetPageAsync("sign-ins/new"), ("メールアドレス", line[1]), ("パスワード", DemoCommand.Password));
            Assert.True(page.QuerySelector(".site-header + .account") is not null, line[1] + page.Body!.TextContent);
        }
    }

    /// <summary>The meeting tables of a printed yearly paper (H30, R1), under the demo town's own names.</summary>
    [Fact]
    public async Task The_meetings_give_every_printed_figure()
    {
        using var officer = demo.App.ClientFor(demo.Town);
        await officer.SubmitAsync(await officer.GetPageAsync("sign-ins/new"), ("メールアドレス", "shokuin@mihon.example.jp"), ("パスワード", DemoCommand.Password));
        var page = await officer.GetPageAsync("meetings/counts?from=H30&to=R1");
        string[] tables = ["協議体（推進会議等）の開催回数", "圏域ごとの会議"];
        var lines = page.QuerySelectorAll("main table").Where(table => tables.Contains(table.QuerySelector("caption")!.TextContent)).SelectMany(table => table.QuerySelectorAll("tbody tr")).Select(row => row.Children.Select(cell => cell.TextContent.Trim()).ToArray()).ToList();
        var areas = new Dictionary<string, string> { ["K1"] = "第1圏域（中央）", ["K2"] = "第2圏域（東台）", ["K3"] = "第3圏域（水辺）", ["K4"] = "第4圏域（緑ヶ丘）", ["K5"] = "第5圏域（北畑）" };
        var printed = (await System.IO.File.ReadAllLinesAsync(Path.Combine(AppContext.BaseDirectory, "Fixtures", "printed-meetings.csv"), TestContext.Current.CancellationToken)).Skip(1).Select(line => line.Split(',')).ToList();

        foreach (var figure in printed)
        {
            var line = lines.Single(line => figure[3] == "" ? line[0] == figure[4] : line[0] == areas[figure[3]] && line[1] == figure[4]);
            Assert.Equal((figure[0], figure[1], figure[2] + "回"), (figure[0], figure[1], line[^(figure[1] == "H30" ? 2 : 1)]));
        }

        var shown = lines.Where(line => areas.ContainsValue(line[0])).SelectMany(line => line[2..]).Sum(cell => int.Parse(cell.TrimEnd('回')));
        Assert.Equal(printed.Where(figure => figure[3] != "").Sum(figure => int.Parse(figure[2])), shown);      // and nothing besides
        Assert.Equal((39, 12), await demo.Town.InAsync(async (db, _) => (
            (await Participation.OfAsync(db, db.Meetings.Where(meeting => meeting.Series == "気楽に話そう会（座談会等）" && meeting.FiscalYear == 2019))).Distinct,
            db.CouncilMembers.Count(member => db.Councils.Any(council => council.Id == member.CouncilId && council.Nickname == "気楽に話そう会") && member.EndsOn == null))));
    }

    private async Task<long> CountAsync(string table, string where = "true") => (long)(await demo.Town.ScalarAsync($"select count(*) from {table} where municipality_id = {demo.Town.Id} and {where}"))!;
}
