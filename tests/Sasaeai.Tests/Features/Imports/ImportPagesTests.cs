using System.Net;
using System.Text;
using AngleSharp.Html.Dom;
using Sasaeai.Features.Accounts;

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
