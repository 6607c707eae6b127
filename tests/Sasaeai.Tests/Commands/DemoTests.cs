using DemoCommand = Sasaeai.Commands.Demo;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Meetings;

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
        var lines = page.QuerySelectorAll("main tbody tr").Select(row => row.Children.Select(cell => cell.TextContent.Trim()).ToArray()).ToList();
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
