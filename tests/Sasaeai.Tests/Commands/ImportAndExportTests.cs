using System.Text;
using Sasaeai.Tables;

namespace Sasaeai.Tests.Commands;

public class ImportAndExportTests(TestApp app)
{
    const string Table = "よび番号,名称,分類\nX1,青空の会,1001\nX2,,1001\n";

    [Fact]
    public async Task A_map_a_dry_run_skipped_rows_and_a_report_do_what_they_say()
    {
        var town = await app.CreateTownAsync();
        using var folder = new Folder();
        var (table, map, report) = (folder.Write("table.csv", Table), folder.Write("map.csv", "ファイルの列名,項目\nよび番号,管理番号\n"), folder.PathOf("report.csv"));

        var unmapped = await app.RunAsync("import", "resources", table, "--town", town.Slug);
        Assert.Equal((1, true), (unmapped.Code, unmapped.Text.Contains("「管理番号」か「事業所番号」の列が見つかりません")));

        var looked = await app.RunAsync("import", "resources", table, "--town", town.Slug, "--map", map, "--dry-run", "--report", report);
        Assert.Equal((1, true), (looked.Code, looked.Text.Contains("何も変わっていません")));
        Assert.Contains("名称がありません", await File.ReadAllTextAsync(report, TestContext.Current.CancellationToken));

        var refused = await app.RunAsync("import", "resources", table, "--town", town.Slug, "--map", map);
        Assert.Equal((1, 0L), (refused.Code, await CountAsync(town)));

        var clean = folder.Write("clean.csv", "よび番号,名称,分類\nX1,青空の会,1001\n");
        Assert.Equal((0, 0L), ((await app.RunAsync("import", "resources", clean, "--town", town.Slug, "--map", map, "--dry-run")).Code, await CountAsync(town)));

        var skipped = await app.RunAsync("import", "resources", table, "--town", town.Slug, "--map", map, "--skip-refused");
        Assert.Equal((0, 1L), (skipped.Code, await CountAsync(town)));
        Assert.Contains("取り込みました", skipped.Text);
    }

    [Fact]
    public async Task What_is_wrong_is_told_in_one_sentence_with_its_exit_code()
    {
        var town = await app.CreateTownAsync();
        var missing = await app.RunAsync("import", "resources", "no-such-file.csv", "--town", town.Slug);
        Assert.Equal((1, "ファイル no-such-file.csv が見つかりません。場所と名前を確かめてください。"), (missing.Code, missing.Errors.Trim()));
        Assert.Equal(1, (await app.RunAsync("export", "resources", "-", "--town", "no-such-town")).Code);
        Assert.Equal(1, (await app.RunAsync("export", "no-such-list", "-", "--town", town.Slug)).Code);
        Assert.Equal(2, (await app.RunAsync("export", "resources")).Code);
        Assert.Equal(2, (await app.RunAsync("export", "resources", "-", "--town", town.Slug, "--format", "pdf")).Code);
        Assert.Equal(2, (await app.RunAsync("no-such-command")).Code);
    }

    [Fact]
    public async Task A_list_is_written_to_a_file_and_to_standard_output()
    {
        var town = await app.CreateTownAsync();
        await town.PublishAsync("髙橋さんの𠮷サロン", ["1001"]);
        using var folder = new Folder();
        var (csv, xlsx) = (folder.PathOf("list.csv"), folder.PathOf("list.xlsx"));

        Assert.Equal(0, (await app.RunAsync("export", "resources", csv, "--town", town.Slug)).Code);
        Assert.Equal(0, (await app.RunAsync("export", "resources", xlsx, "--town", town.Slug, "--format", "xlsx")).Code);
        var output = await app.RunAsync("export", "resources", "-", "--town", town.Slug);
        var sjis = await app.RunAsync("export", "resources", "-", "--town", town.Slug, "--format", "csv-cp932");

        Assert.Equal(await File.ReadAllBytesAsync(csv, TestContext.Current.CancellationToken), output.Bytes);
        Assert.Contains("2行目「名称」の「𠮷」", sjis.Errors);
        foreach (var file in new[] { csv, xlsx })
        {
            using var stream = File.OpenRead(file);
            using var table = TableReader.Open(stream, file);
            Assert.Equal("髙橋さんの𠮷サロン", Assert.Single(table.Rows.ToList())["名称"]);
        }

        Assert.Equal(4L, await town.ScalarAsync($"select count(*) from app.audit_entry where municipality_id = {town.Id} and verb = 'export'"));
    }

    [Fact]
    public async Task Holidays_come_in_from_the_official_list()
    {
        using var folder = new Folder();
        var file = folder.Write("syukujitsu.csv", "国民の祝日・休日月日,国民の祝日・休日名称\n2199/3/3,ためしの日\n");

        var looked = await app.RunAsync("import", "holidays", file, "--dry-run");
        Assert.Equal(0, looked.Code);
        Assert.Null(await NameAsync());
        Assert.Equal(0, (await app.RunAsync("import", "holidays", file)).Code);
        Assert.Equal("ためしの日", await NameAsync());
        Assert.Equal(1, (await app.RunAsync("import", "holidays", folder.Write("bad.csv", "日,名\nきのう,なにか\n"))).Code);
    }

    private async Task<object?> NameAsync() => await app.Owner.CreateCommand("select name from app.holiday where day = '2199-03-03'").ExecuteScalarAsync(TestContext.Current.CancellationToken);

    static Task<object?> CountAsync(Town town) => town.ScalarAsync($"select count(*) from app.resource where municipality_id = {town.Id}");

    private sealed class Folder : IDisposable
    {
        private readonly DirectoryInfo folder = System.IO.Directory.CreateTempSubdirectory("sasaeai-command-");

        public string PathOf(string name) => Path.Combine(folder.FullName, name);

        public string Write(string name, string text)
        {
            File.WriteAllText(PathOf(name), text, new UTF8Encoding(false));
            return PathOf(name);
        }

        public void Dispose() => folder.Delete(recursive: true);
    }
}
