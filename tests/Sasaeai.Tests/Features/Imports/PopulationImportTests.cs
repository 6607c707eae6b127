using Sasaeai.Features.Exports;
using Sasaeai.Features.Imports;

namespace Sasaeai.Tests.Features.Imports;

public class PopulationImportTests(TestApp app)
{
    static string Table(params (string Area, string Day, int People)[] rows) =>
        "地域名,調査年月日," + string.Join(',', PopulationImport.Bands.Select(band => band.Field)) + "\n"
        + string.Concat(rows.Select(row => $"{row.Area},{row.Day},{string.Join(',', Enumerable.Repeat(row.People, PopulationImport.Bands.Count))}\n"));

    [Fact]
    public async Task Each_band_of_age_and_sex_is_a_record_that_a_later_file_corrects()
    {
        var town = await app.CreateTownAsync();

        var first = await town.ImportAsync("population", Table(("本町1丁目", "2026-04-01", 12)));
        Assert.Equal((true, 1, 0), (first.Written, first.Report.Created, first.Report.Refused));
        Assert.Equal(36L, await town.ScalarAsync($"select count(*) from app.population where municipality_id = {town.Id}"));
        Assert.Equal(1, (await town.ImportAsync("population", Table(("本町一丁目", "令和8年4月1日", 12)))).Report.Unchanged);
        Assert.Equal(1, (await town.ImportAsync("population", Table(("本町一丁目", "2026-04-01", 13)))).Report.Updated);
        Assert.Equal(36L * 13, await town.ScalarAsync($"select sum(people) from app.population where municipality_id = {town.Id}"));
    }

    [Fact]
    public async Task An_area_that_is_not_known_or_a_day_that_cannot_be_read_is_refused()
    {
        var town = await app.CreateTownAsync();

        var result = await town.ImportAsync("population", Table(("どこにもない町", "2026-04-01", 1), ("本町一丁目", "そのうち", 1)));

        Assert.Equal((false, 2), (result.Written, result.Report.Refused));
        Assert.Equal(0L, await town.ScalarAsync($"select count(*) from app.population where municipality_id = {town.Id}"));
    }

    [Theory]
    [InlineData(ExportFormat.Csv)]
    [InlineData(ExportFormat.Xlsx)]
    public async Task What_is_exported_comes_back_unchanged_and_into_another_town(ExportFormat format)
    {
        var (town, other) = (await app.CreateTownAsync(), await app.CreateTownAsync());
        await town.ImportAsync("population", Table(("本町一丁目", "2026-04-01", 12), ("東台二丁目", "2026-04-01", 7)));
        using var file = new MemoryStream();
        await town.InAsync(async (db, _) => { await (await new TownExports(db).OfAsync("population")).WriteAsync(file, format); });

        var back = await town.ImportAsync("population", file.ToArray(), ExportTable.FileName("a", format));
        var elsewhere = await other.ImportAsync("population", file.ToArray(), ExportTable.FileName("a", format));

        Assert.Equal((2, 0), (back.Report.Unchanged, back.Match.Unmatched.Count));
        Assert.Equal((true, 2), (elsewhere.Written, elsewhere.Report.Created));
    }
}
