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
}
