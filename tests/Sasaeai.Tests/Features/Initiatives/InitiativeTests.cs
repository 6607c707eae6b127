using System.Net;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Features.Accounts;
using Sasaeai.Japanese;
using Sasaeai.Tests.Features.Issues;

namespace Sasaeai.Tests.Features.Initiatives;

public class InitiativeTests(TestApp app)
{
    [Fact]
    public async Task An_initiative_answers_an_issue_and_moves_along_the_road_map()
    {
        var town = await ChainTown.CreateAsync(app);
        var issue = await town.IssueAsync("ゴミ出し");
        var client = await app.SignedInAsync(town.Town, Role.Coordinator);

        var page = await client.SubmitAsync(await client.GetPageAsync($"initiatives/new?issue={issue}"), ("取組の名前", "朝のゴミ運び"), ("めざすこと", "だれも困らない"));
        Assert.Equal("朝のゴミ運び", page.QuerySelector("h1")!.TextContent);
        Assert.Contains("ゴミ出し", page.Body!.TextContent);
        var path = new Uri(page.Url).AbsolutePath;
        await client.SubmitAsync(await client.GetPageAsync(path + "/steps/new"), ("1-2 住民への働きかけ", true));
        var early = await client.SubmitAsync(await client.GetPageAsync(path + "/steps/new"), ("3-3 新しい取組の開発", true), ("年", "R2"), ("月", "3"), ("日", "31"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, early.StatusCode);
        var february = await client.SubmitAsync(early, ("年", "R8"), ("月", "2"), ("日", "30"));
        Assert.Contains("たどりついた日は、", february.QuerySelector(".error-summary")!.TextContent);

        var map = await client.GetPageAsync("initiatives/road-map");
        Assert.Equal("1-2 住民への働きかけ", map.QuerySelector("tbody td[data-label=いちばん先]")!.TextContent);
        Assert.Contains(Wareki.Short(ChainTown.Today), map.QuerySelector("svg.road-map")!.TextContent);
        Assert.Single(map.QuerySelectorAll("svg .here"));
        Assert.Contains("ゴミ出し", (await client.GetPageAsync($"issues/{issue}")).Body!.TextContent);
    }

    [Fact]
    public async Task Partners_are_organizations_of_the_list_and_another_area_is_not_written()
    {
        var town = await ChainTown.CreateAsync(app);
        var client = await app.SignedInAsync(town.Town, Role.Coordinator);
        var form = await client.GetPageAsync("initiatives/new");
        (string, object)[] answers = [("取組の名前", "会"), ("めざすこと", "こと"), ("圏域", "第1圏域"), ("一緒に取り組む団体", "ない会")];

        Assert.Contains("一つに決まらない", (await client.SubmitAsync(form, answers)).QuerySelector(".error-summary")!.TextContent);
        var elsewhere = await client.SubmitAsync(form, [.. answers[..2], ("圏域", "第2圏域"), ("一緒に取り組む団体", "")]);
        Assert.Equal(HttpStatusCode.Forbidden, elsewhere.StatusCode);
        Assert.Equal(0L, await town.Town.ScalarAsync($"select count(*) from app.initiative where municipality_id = {town.Town.Id}"));
    }

    [Fact]
    public async Task The_whole_town_has_initiatives_and_a_step_written_by_mistake_is_taken_back()
    {
        var town = await ChainTown.CreateAsync(app);
        await town.Town.InAsync(async (db, _) =>
        {
            db.Add(new Sasaeai.Features.Areas.Area { Code = "TOWN", Kind = Sasaeai.Features.Areas.AreaKind.Town, Layer = 1, Name = "試し市" });
            await db.SaveChangesAsync();
        });
        var issue = await town.IssueAsync("担い手がいない", issue => issue.AreaId = null);
        var officer = await app.SignedInAsync(town.Town, Role.Officer);

        var page = await officer.SubmitAsync(await officer.GetPageAsync($"initiatives/new?issue={issue}"), ("取組の名前", "担い手の学校"), ("めざすこと", "手伝う人をふやす"));
        Assert.Contains("試し市", page.QuerySelector("dl.facts")!.TextContent);
        var path = new Uri(page.Url).AbsolutePath;
        await officer.SubmitAsync(await officer.GetPageAsync(path + "/steps/new"), ("1-2 住民への働きかけ", true));
        await officer.SubmitAsync(await officer.GetPageAsync(path + "/steps/new"), ("3-3 新しい取組の開発", true));
        string First(AngleSharp.Dom.IDocument map) => $"{map.QuerySelector("tbody th")!.TextContent} {map.QuerySelector("tbody td[data-label=いちばん先]")!.TextContent}";
        Assert.Equal("試し市 3-3 新しい取組の開発", First(await officer.GetPageAsync("initiatives/road-map")));

        var steps = await officer.GetPageAsync(path);
        var wrong = steps.QuerySelectorAll("button[form=take-back]").Single(button => button.GetAttribute("aria-label")!.Contains("3-3"));
        var token = steps.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        await officer.PostAsync(path, new FormUrlEncodedContent(new Dictionary<string, string> { ["__RequestVerificationToken"] = token, ["step"] = wrong.GetAttribute("value")! }), TestContext.Current.CancellationToken);

        Assert.Equal("試し市 1-2 住民への働きかけ", First(await officer.GetPageAsync("initiatives/road-map")));
        Assert.Equal("step12", await town.Town.ScalarAsync($"select step from app.initiative where municipality_id = {town.Town.Id}"));
        var elsewhere = await app.SignedInAsync(town.Town, Role.Coordinator, "Z2");
        Assert.Empty((await elsewhere.GetPageAsync(path)).QuerySelectorAll("main form"));
    }

    [Fact]
    public async Task Initiatives_are_searched_narrowed_and_sorted()
    {
        var town = await ChainTown.CreateAsync(app);
        await town.Town.InAsync(async (db, _) =>
        {
            var zone = db.Areas.Single(area => area.Code == "Z1").Id;
            foreach (var (title, started, step) in new[] { ("ゴミ運び", -90, Sasaeai.Features.Initiatives.Step.Step31), ("男の料理", -30, Sasaeai.Features.Initiatives.Step.Step12) })
            {
                var initiative = new Sasaeai.Features.Initiatives.Initiative { Title = title, AreaId = zone, Aim = "めざす", StartsOn = ChainTown.Today.AddDays(started), CreatedAt = DateTimeOffset.UtcNow, CreatedBy = "x" };
                db.AddRange(initiative, initiative.Reach(step, ChainTown.Today, "", [], ChainTown.Today, ChainTown.Somebody, DateTimeOffset.UtcNow));
                initiative.EndOn(title == "男の料理" ? ChainTown.Today.AddDays(-1) : null);
            }

            await db.SaveChangesAsync();
        });
        var client = await app.SignedInAsync(town.Town, Role.Coordinator);
        async Task<string> FoundAsync(string query) => string.Join(' ', (await client.GetPageAsync($"initiatives?{query}")).QuerySelectorAll("tbody th").Select(cell => cell.TextContent.Trim()));

        Assert.Equal("ゴミ運び 男の料理", await FoundAsync("sort=Step"));
        Assert.Equal("男の料理 ゴミ運び", await FoundAsync("sort=Started"));
        Assert.Equal("男の料理", await FoundAsync("q=料理"));
        Assert.Equal("ゴミ運び", await FoundAsync("stage=3"));
        Assert.Equal("ゴミ運び", await FoundAsync("open=true"));
        Assert.Contains("男の料理", await client.GetStringAsync("initiatives?handler=Table&format=Csv&stage=1", TestContext.Current.CancellationToken));
    }
}
