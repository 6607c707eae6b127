using Sasaeai.Features.Accounts;
using Sasaeai.Features.Handovers;
using Sasaeai.Features.Issues;
using Sasaeai.Features.Measures;
using Sasaeai.Tests.Features.Issues;

namespace Sasaeai.Tests.Features.Measures;

public class MeasureTests(TestApp app)
{
    [Fact]
    public async Task Rates_are_counted_and_each_figure_opens_its_records()
    {
        var town = await ChainTown.CreateAsync(app);
        var local = await town.IssueAsync("地域で解決");
        await town.Town.InAsync(async (db, _) => { db.Add((await db.GetAsync<Issue>(local)).Close(IssueState.Solved, "", "", ChainTown.By)); await db.SaveChangesAsync(); });
        await town.VoiceAsync("x", "声", await town.IssueAsync("声のある課題"));
        var answered = await town.HandAsync(await town.IssueAsync("答えのある引継ぎ"), town.DepartmentBody);
        await town.HandAsync(await town.IssueAsync("待っている引継ぎ"), town.DepartmentBody);
        await town.WithAsync(answered, (handover, issue, db) =>
        {
            handover.Receive(issue, ChainTown.Today, "x", ChainTown.Today, ChainTown.By);
            handover.Answer(AnswerKind.Done, "x", "", "", ChainTown.Today, false, ChainTown.Today, ChainTown.Somebody);
            db.Add(handover.Return(issue, ChainTown.Today, null, "x", ChainTown.Today, ChainTown.By)!);
            return Task.CompletedTask;
        });
        var client = await app.SignedInAsync(town.Town, Role.Coordinator);

        var page = await client.GetPageAsync("measures");
        string Value(string name) => page.QuerySelectorAll("tbody th").First(row => row.TextContent == name).NextElementSibling!.TextContent.Trim();
        Assert.Equal(["2件", "0.0日", "50.0%", "50.0%", "50.0%", "1件", "100.0%", "0件"], new[] { "引継ぎ", "受領までの日数（平均）", "回答率", "期限までの回答", "お返し率", "解決した課題", "地域で解決した割合", "見送った課題" }.Select(Value));
        foreach (var link in page.QuerySelectorAll("td[data-label=値] a").Select(link => link.GetAttribute("href")!))
        {
            Assert.Equal(System.Net.HttpStatusCode.OK, (await client.GetPageAsync(link)).StatusCode);
        }

        Assert.Equal("答えのある引継ぎ", (await client.GetPageAsync(page.QuerySelectorAll("td[data-label=値] a")[2].GetAttribute("href")!)).QuerySelector("table:last-of-type tbody th")!.TextContent.Trim());
        Assert.Equal("地域で解決", (await client.GetPageAsync(page.QuerySelectorAll("td[data-label=値] a")[6].GetAttribute("href")!)).QuerySelector("tbody th")!.TextContent.Trim());
        Assert.Single((await client.GetPageAsync(page.QuerySelector("a[href*='category=1301']")!.GetAttribute("href")!)).QuerySelectorAll("table:first-of-type tbody tr"));
    }

    [Fact]
    public async Task A_prefecture_sees_no_small_figure_no_area_and_no_record()
    {
        var town = await ChainTown.CreateAsync(app);
        await town.HandAsync(await town.IssueAsync("ひみつの課題"), town.DepartmentBody);
        var prefecture = await app.SignedInAsync(town.Town, Role.Prefecture);

        var page = await prefecture.GetPageAsync("measures");
        Assert.Equal("5未満", page.QuerySelector("td[data-label=値]")!.TextContent.Trim());
        Assert.Empty(page.QuerySelectorAll("main table a, main p a"));
        Assert.DoesNotContain("第1圏域", page.Body!.TextContent);
        Assert.Equal(System.Net.HttpStatusCode.Forbidden, (await prefecture.GetAsync("measures?handler=Voices&format=Csv", TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(System.Net.HttpStatusCode.Forbidden, (await prefecture.GetAsync("issues", TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public void Shares_are_rounded_half_up() => Assert.Equal(["—", "0.1%", "33.3%", "66.7%", "12.5%", "100.0%"], new[] { (0, 0), (1, 2000), (1, 3), (2, 3), (1, 8), (5, 5) }.Select(pair => ChainMeasures.Share(pair.Item1, pair.Item2)));

    [Fact]
    public async Task No_voice_is_left_out_of_the_sums_and_each_number_opens_its_voices()
    {
        var town = await ChainTown.CreateAsync(app);
        await town.VoiceAsync("x", "圏域のある声");
        await town.Town.InAsync(async (db, _) =>
        {
            db.AddRange(
                new Sasaeai.Features.Voices.Voice { Receipt = "V-1", Source = Sasaeai.Features.Voices.VoiceSource.PublicForm, Text = "どこでもない声", CreatedAt = DateTimeOffset.UtcNow },
                new Sasaeai.Features.Voices.Voice { Receipt = "V-2", Source = Sasaeai.Features.Voices.VoiceSource.PublicForm, Text = "町の中の声", AreaId = db.Areas.Single(area => area.Code == "Z1B").Id, CategoryCode = "1001", CreatedAt = DateTimeOffset.UtcNow });
            await db.SaveChangesAsync();
        });
        var client = await app.SignedInAsync(town.Town, Role.Officer);

        var page = await client.GetPageAsync("measures");
        var tables = page.QuerySelectorAll("main table").ToDictionary(table => table.QuerySelector("caption")!.TextContent.Split('（')[0]);
        string[] Newest(string table) => [.. tables[table].QuerySelectorAll("tbody tr").Select(row => $"{row.QuerySelector("th")!.TextContent} {row.QuerySelectorAll("td").Last().TextContent}")];
        Assert.Equal(["第1圏域 2", "第2圏域 0", "圏域の指定なし 1", "合計 3"], Newest("圏域ごとの声"));
        Assert.Equal(["サロン・お茶会 1", "ゴミ出し 1", "分類の指定なし 1"], Newest("分類ごとの声"));
        foreach (var link in page.QuerySelectorAll("main table a[href*='/voices']"))
        {
            Assert.Equal(int.Parse(link.TextContent), (await client.GetPageAsync(link.GetAttribute("href")!)).QuerySelectorAll("main table")[0].QuerySelectorAll("tbody tr").Length);
        }

        Assert.NotEmpty(page.QuerySelectorAll("a[href*='handler=Voices'][href*='Xlsx']"));
        Assert.Contains("圏域の指定なし,分類の指定なし,1", await client.GetStringAsync("measures?handler=Voices&format=Csv", TestContext.Current.CancellationToken));
    }
}
