using System.Net;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Issues;

namespace Sasaeai.Tests.Features.Issues;

public class BoardTests(TestApp app)
{
    [Fact]
    public async Task A_card_moves_by_its_button_in_each_view_and_each_move_is_taken_back()
    {
        var town = await ChainTown.CreateAsync(app);
        var id = await town.IssueAsync("動く課題");
        var client = await app.SignedInAsync(town.Town, Role.Coordinator);

        var moved = await client.PressAsync(await client.GetPageAsync("issues/board"), "整理 →");
        Assert.Contains("「把握」から「整理」に", moved.QuerySelector(".notice.success")!.TextContent);
        Assert.Equal("整理", Column(moved, id));
        await client.PressAsync(await client.GetPageAsync("issues/board?view=Area"), "第2圏域 →");
        await client.PressAsync(await client.GetPageAsync("issues/board?view=Weight"), "↑ 急ぐ・ときどき");
        Assert.Equal("sorted 第2圏域 high sometimes", await town.Town.ScalarAsync($"select concat_ws(' ', state, name, urgency, frequency) from app.issue join app.area on area.id = area_id where issue.id = '{id}'"));

        for (var back = 0; back < 3; back++)
        {
            await client.PressAsync(await client.GetPageAsync("issues/board"), "元にもどす");
        }

        Assert.Equal("heard 第1圏域 middle sometimes", await town.Town.ScalarAsync($"select concat_ws(' ', state, name, urgency, frequency) from app.issue join app.area on area.id = area_id where issue.id = '{id}'"));
        Assert.Equal(3L, await town.Town.ScalarAsync($"select count(*) from app.issue_move where issue_id = '{id}' and undone_by is not null"));
    }

    [Fact]
    public async Task A_move_of_what_somebody_else_moved_is_told_and_not_made()
    {
        var town = await ChainTown.CreateAsync(app);
        var id = await town.IssueAsync("取り合う課題");
        var (first, second) = (await app.SignedInAsync(town.Town, Role.Coordinator), await app.SignedInAsync(town.Town, Role.Officer));
        var stale = await second.GetPageAsync("issues/board");
        await first.PressAsync(await first.GetPageAsync("issues/board"), "整理 →");

        var told = await second.PressAsync(stale, "整理 →");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, told.StatusCode);
        Assert.Contains("さんが状態を「把握」から「整理」に変えました", told.QuerySelector(".error-summary")!.TextContent);
        Assert.Equal("整理", Column(told, id));
        Assert.Equal(1L, await town.Town.ScalarAsync($"select count(*) from app.issue_move where issue_id = '{id}'"));
    }

    [Fact]
    public async Task A_card_goes_to_an_end_only_through_the_page_that_asks_why()
    {
        var town = await ChainTown.CreateAsync(app);
        var id = await town.IssueAsync("終わりへ");
        var client = await app.SignedInAsync(town.Town, Role.Coordinator);
        var page = await client.GetPageAsync("issues/board");
        Task<HttpResponseMessage> Move(string move) => client.PostAsync("issues/board", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["__RequestVerificationToken"] = page.QuerySelector("#move input[name=__RequestVerificationToken]")!.GetAttribute("value")!, ["move"] = move,
        }), TestContext.Current.CancellationToken);

        Assert.EndsWith($"/issues/{id}/closings/new?state=Solved", (await Move($"{id}|1|state|Solved")).RequestMessage!.RequestUri!.ToString());
        foreach (var wrong in new[] { $"{id}|1|state|HandedOver", $"{id}|1|state|99", $"{id}|1|area|{Guid.NewGuid()}", $"{id}|1|weight|High", $"{id}|1|weight|9-9", $"{id}|1|what|where" })
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Move(wrong)).StatusCode);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await Move("nonsense")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await Move($"{Guid.NewGuid()}|1|state|Sorted")).StatusCode);
        var neighbour = await app.SignedInAsync(town.Town, Role.Coordinator, "Z2");
        Assert.Empty((await neighbour.GetPageAsync("issues/board")).QuerySelectorAll(".card-ways button"));
    }

    [Fact]
    public async Task The_board_shows_the_weightiest_of_a_column_and_counts_the_rest()
    {
        var town = await ChainTown.CreateAsync(app);
        for (var number = 0; number < 30; number++)
        {
            await town.IssueAsync($"課題{number}", issue => (issue.Urgency, issue.Frequency) = (number % 2 == 0 ? Urgency.Low : Urgency.Middle, Frequency.Rarely));
        }

        await town.IssueAsync("いちばん急ぐ", issue => issue.Urgency = Urgency.High);
        var page = await (await app.SignedInAsync(town.Town, Role.Officer)).GetPageAsync("issues/board");

        Assert.Contains("31件", page.QuerySelector("#column-0")!.TextContent);
        Assert.Equal("いちばん急ぐ", page.QuerySelector(".issue-card h3")!.TextContent);
        Assert.InRange(page.QuerySelectorAll("section:first-child .issue-card").Length, 10, 30);
        Assert.Contains("件を一覧で見る", page.QuerySelector("section a[href*='state=Heard']")!.TextContent);
    }

    private static string Column(AngleSharp.Dom.IDocument board, Guid id) => board.QuerySelector($"#card-{id}")!.Closest("section")!.QuerySelector("h2")!.FirstChild!.TextContent.Trim();

    [Fact]
    public async Task An_issue_of_a_smaller_area_has_its_column_too()
    {
        var town = await ChainTown.CreateAsync(app);
        await town.Town.InAsync(async (db, _) =>
        {
            db.Add(new Sasaeai.Features.Areas.Area { Code = "S1", Kind = Sasaeai.Features.Areas.AreaKind.SchoolDistrict, Layer = 2, Name = "南小学校区" });
            await db.SaveChangesAsync();
        });
        var district = (Guid)(await town.Town.ScalarAsync($"select id from app.area where municipality_id = {town.Town.Id} and code = 'S1'"))!;
        var id = await town.IssueAsync("校区の課題", issue => issue.AreaId = district);
        var client = await app.SignedInAsync(town.Town, Role.Officer);

        var board = await client.GetPageAsync("issues/board?view=Area");
        Assert.Equal("南小学校区", Column(board, id));
        var moved = await client.PressAsync(board, "← 第2圏域");
        Assert.Equal("第2圏域", Column(moved, id));
    }
}
