using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Sasaeai.Commands;
using Sasaeai.Data;
using Sasaeai.Features.Areas;
using Sasaeai.Features.Categories;
using Sasaeai.Features.Directory;
using Sasaeai.Features.Imports;

namespace Sasaeai.Tests.Features.Imports;

/// <summary>Two real towns from open data beside the repository, with a table of made-up resources at their addresses.</summary>
public class RealTownsTests(TestApp app)
{
    const int Rows = 200, Planted = 3;

    [Theory]
    [InlineData("112356", "fujimi", "富士見市", "埼玉県", "埼玉県_富士見市.json", "N03-21_11_210101.geojson")]
    [InlineData("142018", "yokosuka", "横須賀市", "神奈川県", "神奈川県_横須賀市.json", "N03-21_14_210101.geojson")]
    public async Task A_real_town_comes_in_from_open_data(string code, string slug, string name, string prefecture, string blocks, string boundary)
    {
        var list = SharedData.Files("geolonia", "towns*.csv").Single();
        var json = SharedData.Files("geolonia", "*.json").Single(file => Path.GetFileName(file) == blocks);
        var shape = SharedData.Files("boundaries", "*.geojson").Single(file => Path.GetFileName(file) == boundary);
        var town = new Town(app, slug, await TownAdd.InsertAsync(app.Owner, new(code, slug, name, "", prefecture, MunicipalityKind.Municipality), TestContext.Current.CancellationToken));
        await town.InAsync((db, _) => Masters.AddDefaultsAsync(db, demo: false));

        var byCsv = await town.ImportAsync("areas", await BytesAsync(list), "towns.csv");
        var byJson = await town.ImportAsync("areas", await BytesAsync(json), blocks);
        var byShape = await town.ImportAsync("areas", await BytesAsync(shape), boundary);

        Assert.True(byCsv.Written && byCsv.Report.Refused == 0 && byCsv.Report.Created > 50, string.Join('\n', byCsv.Report.Lines()));
        Assert.Equal((0, byCsv.Report.Created), (byJson.Report.Created, byJson.Report.Unchanged));
        Assert.Equal(1, byShape.Report.Created + byShape.Report.Updated);
        var names = await town.InAsync(async (db, _) =>
        {
            var whole = await db.Areas.SingleAsync(area => area.Kind == AreaKind.Town);
            Assert.Equal((code, true), (whole.Code, whole.Boundary!.Contains("MultiPolygon")));
            return await db.Areas.Where(area => area.Kind == AreaKind.Block).Select(area => area.Name).OrderBy(block => block).ToListAsync();
        });

        var result = await town.ImportAsync("resources", Encoding.UTF8.GetBytes(Table(name, prefecture, names)), "resources.csv", new ImportOptions(SkipRefused: true));

        Assert.Equal((Rows, Planted), (result.Report.Created, result.Report.Refused));
        var found = (long)(await town.ScalarAsync($"select count(*) from app.resource where municipality_id = {town.Id} and content ? 'blockId'"))!;
        Assert.True(found >= Rows * 0.99, $"{found} blocks found:\n{string.Join('\n', result.Report.Lines().Take(30))}");
        Assert.Equal((long)Rows, await town.ScalarAsync($"select count(*) from published.resource where municipality_id = {town.Id} and not withdrawn"));
        var today = app.Services.GetRequiredService<TimeProvider>().Today();
        var cancellation = TestContext.Current.CancellationToken;
        var municipality = await app.Services.GetRequiredService<Towns>().FindAsync(slug, cancellation);
        var directory = await app.Services.GetRequiredService<TownDirectories>().GetAsync(municipality!, cancellation);
        Assert.Equal(Rows, directory.Search(new DirectoryQuery { Text = "ふれあい" }, today, Sasaeai.Japanese.Holidays.None).Total);
    }

    /// <summary>Addresses as towns write them: with and without prefecture, full width, 丁目 in digits, with a building.</summary>
    static string Table(string name, string prefecture, List<string> blocks)
    {
        var text = new StringBuilder("NO,活動名,フリガナ,カテゴリ,所在地,曜日時間,費用,掲載同意日,緯度,経度\n");
        string[] schedules = ["毎週火曜 10:00〜11:30", "第２,第４木曜日　13:30-15:00", "月〜金 9:00-17:00(祝日除く)", "応相談"];
        for (var row = 1; row <= Rows; row++)
        {
            var block = blocks[row * 7 % blocks.Count];
            var address = (row % 4) switch
            {
                0 => $"{prefecture}{name}{block}{row}-{row % 9 + 1}",
                1 => $"{name}{block}{row}番地",
                2 => $"{block} {row}−{row % 5 + 1}　集会所",
                _ => $"{prefecture} {name} {block.Replace("一丁目", "１丁目").Replace("二丁目", "2丁目").Replace("三丁目", "３丁目")}{row}-1",
            };
            text.AppendLine($"T{row:000},ふれあいの会{row},フレアイノカイ,{(row % 2 == 0 ? "サロン・お茶会" : "1101")},{address},\"{schedules[row % 4]}\",{row % 5 * 100}円,R8.4.1,,");
        }

        return text.Append("T001,二度目,,1101,,,,,,\nX1,,,1101,,,,,,\nX2,分類ちがい,,ありえない分類,,,,,,\n").ToString();
    }

    static Task<byte[]> BytesAsync(string file) => File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
}
