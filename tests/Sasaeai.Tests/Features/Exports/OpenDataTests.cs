using System.Text;
using Sasaeai.Features.Exports;
using Sasaeai.Features.Resources;
using Sasaeai.Features.Resources.Schedules;
using Sasaeai.Tables;
using Sasaeai.Tests.Features.Imports;

namespace Sasaeai.Tests.Features.Exports;

public class OpenDataTests(TestApp app)
{
    [Theory]
    [InlineData("公共施設一覧", "suishou-v1_12_*")]
    [InlineData("イベント一覧", "suishou-v1_06_*")]
    [InlineData("介護サービス事業所一覧", "suishou-v1_02_*")]
    public void The_columns_are_those_of_the_definition(string form, string file)
    {
        var defined = File.ReadAllLines(SharedData.Files("dataset-definitions", file).Single()).SkipWhile(line => line.Trim() != "properties:").Skip(1)
            .TakeWhile(line => line.StartsWith("        ", StringComparison.Ordinal)).Where(line => line[8] != ' ').Select(line => line.Trim().TrimEnd(':').Trim('\'')).Where(column => column != "location");
        Assert.Equal(defined, OpenDataForm.Find(form)!.Columns);
    }

    [Fact]
    public async Task Everybody_can_take_what_is_published_and_nothing_else()
    {
        var town = await app.CreateTownAsync();
        ResourceContent Held(ResourceContent content) => content with { Schedule = ScheduleReader.Read("毎週火曜 10:00〜11:30").Schedule, Phone = new() { Value = "0999-00-0000" } };
        await town.PublishAsync("ひだまりサロン", ["1001"], Held);
        await town.PublishAsync("内輪の会", ["1001"], content => Held(content) with { Audience = Audience.Internal });
        var visitor = app.ClientFor(town);

        var page = await visitor.GetPageAsync("open-data");
        Assert.Equal(9, page.QuerySelectorAll("main section a").Length);
        foreach (var link in page.QuerySelectorAll("main section a").Select(link => link.GetAttribute("href")!))
        {
            var bytes = await visitor.GetByteArrayAsync(link, TestContext.Current.CancellationToken);
            using var table = TableReader.Open(new MemoryStream(bytes), link.EndsWith("Xlsx", StringComparison.Ordinal) ? "a.xlsx" : "a.csv");
            Assert.Equal("都道府県コード又は市区町村コード", table.Header[0]);
            var rows = table.Rows.ToList();
            Assert.Equal(link.Contains("events"), rows.Count > 10);
            Assert.All(rows, row => Assert.Equal(("ひだまりサロン", "", "10:00"), (row["イベント名"], row["連絡先電話番号"], row["開始時間"])));
        }
    }

    [Fact]
    public async Task Events_come_back_in_as_one_record_a_day()
    {
        var (town, other) = (await app.CreateTownAsync(), await app.CreateTownAsync());
        await town.PublishAsync("ひだまりサロン", ["1001"], content => content with { Schedule = ScheduleReader.Read("毎週火曜 10:00〜11:30").Schedule });
        var csv = (await app.ClientFor(town).GetStringAsync("open-data?handler=File&form=events&format=Csv", TestContext.Current.CancellationToken)).Replace(town.Code(), other.Code());
        var options = new Sasaeai.Features.Imports.ImportOptions(Defaults: new Dictionary<string, string> { ["分類"] = "1001" });

        var result = await other.ImportAsync("resources", Encoding.UTF8.GetBytes(csv), "events.csv", options);
        var again = await other.ImportAsync("resources", Encoding.UTF8.GetBytes(csv), "events.csv", options);

        Assert.True(result.Written && result.Report.Created > 10, string.Join('\n', result.Missing.Concat(result.Report.Lines())));
        Assert.Equal(result.Report.Created, again.Report.Unchanged);
        Assert.Equal("10:00:00", await other.ScalarAsync($"select content #>> '{{schedule,rules,0,starts}}' from app.resource where municipality_id = {other.Id} limit 1"));
    }

    [Fact]
    public async Task A_form_of_open_data_comes_back_in()
    {
        var (town, other) = (await app.CreateTownAsync(), await app.CreateTownAsync());
        await town.PublishAsync("みんなの家", ["1001"], content => content with { Viewpoint = Viewpoint.Place, Schedule = ScheduleReader.Read("毎週月・水曜 9:00〜17:00").Schedule });
        var csv = await app.ClientFor(town).GetStringAsync("open-data?handler=File&form=places&format=Csv", TestContext.Current.CancellationToken);

        var result = await other.ImportAsync("resources", Encoding.UTF8.GetBytes(csv.Replace(town.Code(), other.Code())), "places.csv", new(Defaults: new Dictionary<string, string> { ["分類"] = "1001" }));

        Assert.True(result.Written, string.Join('\n', result.Missing.Concat(result.Report.Lines())));
        Assert.Equal("place", await other.ScalarAsync($"select content ->> 'viewpoint' from app.resource where municipality_id = {other.Id}"));
    }
}
