using System.Globalization;
using System.Net;
using AngleSharp.Dom;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.ActivityRecords;
using Sasaeai.Features.ActivityReports;
using Sasaeai.Tests.Features.ActivityRecords;

namespace Sasaeai.Tests.Features.ActivityReports;

public class ActivityReportTests(TestApp app)
{
    private static int Number(string text) => int.Parse(text.Trim(), NumberStyles.AllowThousands | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    /// <summary>「12時間30分」 of a caption.</summary>
    private static int MinutesOf(string caption) =>
        System.Text.RegularExpressions.Regex.Match(caption.Replace(",", "", StringComparison.Ordinal), "(?:([0-9]+)時間)?(?:([0-9]+)分)?$") is { } found ? Part(found.Groups[1].Value) * 60 + Part(found.Groups[2].Value) : 0;

    private static int Part(string text) => text == "" ? 0 : int.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>Records of two years on the days where fiscal years and eras change, and between.</summary>
    private static async Task<string> FillAsync(Town town)
    {
        var email = await town.AddAccountAsync(Role.Coordinator);
        var random = new Random(7);
        DateOnly[] edges = [new(2019, 3, 31), new(2019, 4, 1), new(2019, 4, 30), new(2019, 5, 1), new(2020, 2, 29), new(2020, 3, 31), new(2020, 4, 1), new(2021, 2, 28)];
        foreach (var day in edges.Concat(Enumerable.Range(0, 30).Select(_ => new DateOnly(2018, 4, 1).AddDays(random.Next(3 * 365)))))
        {
            var content = await ActivityRecordTests.ContentAsync(town, day, random.Next(2) == 0 ? "Z1" : "Z2", random.Next(1, 3), random.Next(2) == 0 ? ["01"] : ["01", "09"]);
            await ActivityRecordTests.RecordAsync(town, email, content with { Minutes = random.Next(3) == 0 ? null : random.Next(300) });
        }

        return email;
    }

    [Theory, InlineData("2019"), InlineData("2020"), InlineData("2019-04"), InlineData("2020-02"), InlineData("2021-02")]
    public async Task Every_figure_opens_exactly_as_many_records(string code)
    {
        var town = await app.CreateTownAsync();
        await FillAsync(town);
        var officer = await app.SignedInAsync(town, Role.Officer);

        var report = await officer.GetPageAsync($"activity-reports/{code}");

        Assert.Equal(HttpStatusCode.OK, report.StatusCode);
        var hours = report.QuerySelector("table.data td[data-label=時間] a")!;
        var all = (await officer.GetPageAsync(new Uri(new Uri(report.Url), hours.GetAttribute("href")).ToString())).QuerySelector("main table caption")?.TextContent ?? "";
        var (h, m) = (int.Parse(hours.TextContent.Split(':')[0].Replace(",", "", StringComparison.Ordinal)), int.Parse(hours.TextContent.Split(':')[1]));
        Assert.Equal(h * 60 + m, MinutesOf(all));
        var figures = report.QuerySelectorAll("table.data td:not([data-label=時間]) a").ToList();
        Assert.True(figures.Count >= 30);
        foreach (var figure in figures.Where((_, number) => number % 5 == 0 || number < 6))
        {
            var list = await officer.GetPageAsync(new Uri(new Uri(report.Url), figure.GetAttribute("href")).ToString());
            var caption = list.QuerySelector("main table caption")?.TextContent.Split('件')[0] ?? "0";
            Assert.True(Number(figure.TextContent) == Number(caption), $"{figure.ParentElement!.ParentElement!.TextContent}: {figure.TextContent} but {caption}");
        }
    }

    [Fact]
    public async Task A_fiscal_year_begins_on_the_first_of_April_and_compares_with_the_one_before()
    {
        var town = await app.CreateTownAsync();
        var email = await town.AddAccountAsync(Role.Coordinator);
        foreach (var day in new[] { new DateOnly(2019, 3, 31), new(2019, 4, 1), new(2019, 4, 30), new(2019, 5, 1), new(2020, 3, 31), new(2020, 4, 1) })
        {
            await ActivityRecordTests.RecordAsync(town, email, await ActivityRecordTests.ContentAsync(town, day));
        }

        var officer = await app.SignedInAsync(town, Role.Officer);
        var year = await officer.GetPageAsync("activity-reports/2019");

        Assert.Contains("令和元年度 活動年報", year.QuerySelector("h1")!.TextContent);
        Assert.Equal(["0", "4", "4", "4:00", "1", "+3"], year.QuerySelectorAll("table.data tbody tr")[0].QuerySelectorAll("td").Select(cell => cell.TextContent.Trim()));
        var april = await officer.GetPageAsync("activity-reports/2019-04");
        Assert.Equal("2", april.QuerySelectorAll("table.data tbody tr")[0].QuerySelectorAll("td")[2].TextContent.Trim());
    }

    [Fact]
    public async Task February_of_a_leap_year_compares_with_the_whole_February_before()
    {
        var town = await app.CreateTownAsync();
        var email = await town.AddAccountAsync(Role.Coordinator);
        foreach (var day in new[] { new DateOnly(2020, 2, 29), new(2021, 2, 28), new(2020, 3, 1) })
        {
            await ActivityRecordTests.RecordAsync(town, email, await ActivityRecordTests.ContentAsync(town, day));
        }

        var officer = await app.SignedInAsync(town, Role.Officer);
        Assert.Equal(["0", "1", "1", "1:00", "1", "0"], (await officer.GetPageAsync("activity-reports/2021-02")).QuerySelectorAll("table.data tbody tr")[0].QuerySelectorAll("td").Select(cell => cell.TextContent.Trim()));
    }

    [Fact]
    public async Task The_words_are_picked_from_the_records_and_edited_and_a_second_writer_is_told()
    {
        var town = await app.CreateTownAsync();
        var email = await town.AddAccountAsync(Role.Coordinator);
        var content = await ActivityRecordTests.ContentAsync(town, new DateOnly(2019, 4, 10));
        var id = await ActivityRecordTests.RecordAsync(town, email, content with { What = "座談会を開いた。", Noticed = "男性の参加が少ない。" });
        await ActivityRecordTests.RecordAsync(town, email, content with { What = "ひみつ", Audience = ActivityAudience.Own });
        var officer = await app.SignedInAsync(town, Role.Officer);

        var page = await officer.GetPageAsync("activity-reports/2019-04/edit");
        Assert.DoesNotContain("ひみつ", page.QuerySelector("main")!.TextContent);
        var picked = await officer.PressAsync(page, "上の欄に入れる", ("できごと：座談会を開いた。", true), ("課題・提案：男性の参加が少ない。", true));
        Assert.Equal(0L, await town.ScalarAsync($"select count(*) from app.activity_report where municipality_id = {town.Id}"));
        var second = await officer.GetPageAsync("activity-reports/2019-04/edit");
        var shown = await officer.PressAsync(picked, "保存する", ("主なできごと", "座談会を初めて開いた。"));
        Assert.Contains("座談会を初めて開いた。", shown.QuerySelector("main")!.TextContent);
        Assert.Equal(1L, await town.ScalarAsync($"select count(*) from app.activity_report where municipality_id = {town.Id} and version = 1"));
        Assert.Contains("・男性の参加が少ない。（H31.4.10）", shown.QuerySelector("main")!.TextContent);

        var late = await officer.PressAsync(second, "保存する", ("主なできごと", "あとから。"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, late.StatusCode);
        Assert.Contains("ほかの人が先に書きました。", late.QuerySelector(".error-summary")!.TextContent);
        Assert.NotEqual(Guid.Empty, id);
    }

    [Theory, InlineData("19999"), InlineData("2019-13"), InlineData("abcd"), InlineData("0001")]
    public async Task A_month_that_does_not_exist_has_no_report(string code)
    {
        var town = await app.CreateTownAsync();
        var officer = await app.SignedInAsync(town, Role.Officer);
        Assert.Equal(HttpStatusCode.NotFound, (await officer.GetPageAsync($"activity-reports/{code}")).StatusCode);
    }

    [Fact]
    public async Task The_roles_of_a_coordinator_are_counted_by_layer()
    {
        var town = await app.CreateTownAsync();
        var email = await town.AddAccountAsync(Role.Coordinator);
        var day = new DateOnly(2020, 6, 1);
        await ActivityRecordTests.RecordAsync(town, email, (await ActivityRecordTests.ContentAsync(town, day, layer: 1)) with { Functions = ["01", "06"] });
        await ActivityRecordTests.RecordAsync(town, email, (await ActivityRecordTests.ContentAsync(town, day, layer: 2)) with { Functions = ["06"] });
        await ActivityRecordTests.RecordAsync(town, email, await ActivityRecordTests.ContentAsync(town, day));

        var report = await (await app.SignedInAsync(town, Role.Officer)).GetPageAsync("activity-reports/2020-06");

        var roles = report.QuerySelectorAll("table.data").Single(table => table.QuerySelector("caption")!.TextContent == "SCの役割ごと");
        Assert.Equal(["集める 1 0 1", "応援する 1 1 2"], roles.QuerySelectorAll("tbody tr").Select(row => string.Join(' ', row.Children.Take(4).Select(cell => cell.TextContent.Trim()))));
    }
}
