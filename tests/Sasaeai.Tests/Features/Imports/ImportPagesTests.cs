using System.Net;
using System.Text;
using AngleSharp.Html.Dom;
using Sasaeai.Features.Accounts;
using Sasaeai.Tests.Tables;

namespace Sasaeai.Tests.Features.Imports;

public class ImportPagesTests(TestApp app)
{
    const string Table = "よび番号,名称,分類\nX1,青空の会,1001\nX2,,1001\n";

    [Fact]
    public async Task An_officer_chooses_columns_looks_and_takes_the_good_rows()
    {
        var town = await app.CreateTownAsync();
        var officer = await app.SignedInAsync(town, Role.Officer);

        var preview = await officer.UploadAsync("resources", Table);
        Assert.Contains("「管理番号」か「事業所番号」の列が見つかりません", preview.Body!.TextContent);
        preview = await officer.PressAsync(preview, "この対応で確かめる", ("「よび番号」の列", "管理番号"));
        Assert.Contains("名称がありません", preview.Body!.TextContent);
        Assert.Contains("取り込めません", preview.Body.TextContent);

        var refused = await officer.SendAsync(preview, "取り込む");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Equal(0L, await CountAsync(town));

        var done = await officer.PressAsync(preview, "取り込む", ("取り込めない行を除いて、残りを取り込む", true));
        Assert.Contains("新しく登録 1件", done.Body!.TextContent);
        Assert.Equal(1L, await CountAsync(town));
        Assert.Contains("名称がありません", await officer.GetStringAsync(new Uri(done.Url).AbsolutePath + "?handler=Report", TestContext.Current.CancellationToken));
        Assert.Equal(1L, await town.ScalarAsync($"select count(*) from app.audit_entry where municipality_id = {town.Id} and verb = 'import'"));

        var next = await officer.UploadAsync("resources", "よび番号,名称,分類\nX3,夕焼けの会,1001\n");
        Assert.Empty(next.QuerySelectorAll(".notice.warning"));

        var undone = await officer.PressAsync(next, "保存した対応を取り消す");
        Assert.Contains("「管理番号」か「事業所番号」の列が見つかりません", undone.Body!.TextContent);
        Assert.Equal(0L, await town.ScalarAsync($"select count(*) from app.import_mapping where municipality_id = {town.Id}"));
    }

    [Fact]
    public async Task A_zip_bomb_and_formulas_in_a_workbook_do_no_harm()
    {
        var town = await app.CreateTownAsync();
        var officer = await app.SignedInAsync(town, Role.Officer);
        string Row(int number, params string[] cells) => $"<row r=\"{number}\">{string.Concat(cells.Select((cell, index) => $"<c r=\"{(char)('A' + index)}{number}\" t=\"inlineStr\"><is><t>{cell}</t></is></c>"))}</row>";
        var bomb = new Workbook { Rows = Row(1, "管理番号", "名称", "分類"), OtherFiles = [("xl/media/image1.png", new byte[30_000_000])] };
        var formulas = new Workbook { Rows = Row(1, "管理番号", "名称", "分類") + Row(2, "F1", "=HYPERLINK(&quot;https://example.jp/&quot;)", "1001") + "<row r=\"3\"><c r=\"A3\" t=\"str\"><f>\"F\"&amp;2</f><v>F2</v></c><c r=\"B3\" t=\"str\"><f>A1</f><v>計算した名前</v></c><c r=\"C3\"><v>1001</v></c></row>" };

        var refused = await (await officer.UploadAsync("resources", bomb.File().ToArray(), "bomb.xlsx")).ReadPageAsync();
        Assert.Contains("何も取り込んでいません", refused.QuerySelector(".notice.error")!.TextContent);
        var preview = await (await officer.UploadAsync("resources", formulas.File().ToArray(), "formulas.xlsx")).ReadPageAsync();
        await officer.PressAsync(preview, "取り込む");

        Assert.Equal(2L, await CountAsync(town));
        Assert.Equal("計算した名前", await town.ScalarAsync($"select name from app.resource where municipality_id = {town.Id} and number = 'F2'"));
        var csv = await officer.GetStringAsync("exports?handler=File&noun=resources&format=Csv", TestContext.Current.CancellationToken);
        Assert.DoesNotContain(",=HYPERLINK", csv);
        Assert.DoesNotContain(",\"=HYPERLINK", csv);
    }

    [Theory]
    [InlineData(Role.Coordinator)]
    [InlineData(Role.Counsellor)]
    [InlineData(Role.CouncilMember)]
    public async Task Only_officers_bring_in_files(Role role)
    {
        var town = await app.CreateTownAsync();
        var person = await app.SignedInAsync(town, role);
        Assert.Equal(HttpStatusCode.Forbidden, (await person.GetAsync("imports/new", TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task A_file_is_seen_by_the_one_who_sent_it_in_its_own_town_only()
    {
        var (town, other) = (await app.CreateTownAsync(), await app.CreateTownAsync());
        var page = await (await app.SignedInAsync(town, Role.Officer)).UploadAsync("resources", Table);
        var path = "imports/" + new Uri(page.Url).Segments[^1];
        Assert.Equal(HttpStatusCode.NotFound, (await (await app.SignedInAsync(town, Role.Officer)).GetAsync(path, TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await (await app.SignedInAsync(other, Role.Officer)).GetAsync(path, TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task A_file_larger_than_an_ordinary_form_is_taken_and_a_huge_one_refused()
    {
        var town = await app.CreateTownAsync();
        var officer = await app.SignedInAsync(town, Role.Officer);
        var large = "管理番号,名称,分類,説明\n" + string.Concat(Enumerable.Range(1, 1_500).Select(n => $"L{n},会{n},1001,{new string('あ', 500)}\n"));

        var page = await officer.UploadAsync("resources", large);
        Assert.Contains("1,500件", page.Body!.TextContent);

        // The server may stop listening in the middle of the upload: either way nothing is kept.
        HttpStatusCode? status = null;
        try
        {
            status = (await officer.UploadAsync("resources", new byte[100 * 1024 * 1024], "huge.csv")).StatusCode;
        }
        catch (HttpRequestException)
        {
        }

        Assert.True(status is null or HttpStatusCode.RequestEntityTooLarge, $"{status}");
        Assert.Equal(1L, await town.ScalarAsync($"select count(*) from app.import_upload where municipality_id = {town.Id}"));
    }

    [Fact]
    public async Task A_form_without_a_file_says_so()
    {
        var town = await app.CreateTownAsync();
        var officer = await app.SignedInAsync(town, Role.Officer);
        var answer = await officer.SendAsync(await officer.GetPageAsync("imports/new"), "確かめる", ("取り込むもの", "地域資源"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("ファイルを選んでください", (await answer.ReadPageAsync()).Body!.TextContent);
    }

    static Task<object?> CountAsync(Town town) => town.ScalarAsync($"select count(*) from app.resource where municipality_id = {town.Id}");
}
