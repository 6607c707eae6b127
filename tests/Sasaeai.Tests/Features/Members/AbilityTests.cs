using System.Net;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.HelpRequests;
using Sasaeai.Features.Members;
using Sasaeai.Features.Visits;
using Sasaeai.Tests.Features.Groups;
using Sasaeai.Tests.Features.Visits;

namespace Sasaeai.Tests.Features.Members;

/// <summary>できること: question 9 of document 004, and what a town adds.</summary>
public class AbilityTests(TestApp app)
{
    private async Task<(GroupTown Group, HttpClient Officer, HttpClient Keeper)> AddedAsync()
    {
        var group = await GroupTown.CreateAsync(app);
        var officer = await app.SignedInAsync(group.Town, Role.Officer);
        await officer.SubmitAsync(await officer.GetPageAsync("settings/codes/edit?list=Ability"), ("コード", "smartphone"), ("名前", "スマートフォンの操作"));
        return (group, officer, await group.KeeperAsync());
    }

    [Fact]
    public async Task What_the_town_adds_is_in_the_form_the_list_and_the_paper()
    {
        var (group, officer, keeper) = await AddedAsync();
        var form = await keeper.GetPageAsync($"groups/{group.GroupId}/members/new");
        form.QuerySelector("input[name='Form.CanDo'][value=smartphone]")!.SetAttribute("checked", "");        // the same words stand under 「手伝ってほしいこと」
        var shown = await keeper.SubmitAsync(form, ("氏名", "山田 花子"), ("協力会員（手伝う）", true));
        Assert.Contains("スマートフォンの操作", shown.QuerySelector(".facts")!.TextContent, StringComparison.Ordinal);

        var found = await keeper.GetPageAsync($"groups/{group.GroupId}/members?can=smartphone");
        Assert.Contains("山田 花子", Assert.Single(found.QuerySelectorAll("tbody tr")).TextContent, StringComparison.Ordinal);
        Assert.Contains("スマートフォンの操作", (await keeper.GetPageAsync($"groups/{group.GroupId}/members/papers")).Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("スマートフォンの操作", await keeper.GetStringAsync($"groups/{group.GroupId}/members?handler=Table&format=csv", TestContext.Current.CancellationToken), StringComparison.Ordinal);

        await officer.SubmitAsync(await officer.GetPageAsync("settings/codes/edit?list=Ability&code=smartphone"), ("年", "2020"), ("月", "3"), ("日", "31"));
        Assert.DoesNotContain("スマートフォンの操作", (await keeper.GetPageAsync($"groups/{group.GroupId}/members/new")).Body!.TextContent, StringComparison.Ordinal);
        var own = found.QuerySelector("tbody a")!.GetAttribute("href")!.Split('/')[^1];
        var edit = await keeper.GetPageAsync($"groups/{group.GroupId}/members/{own}/edit");
        Assert.True(edit.QuerySelector("input[name='Form.CanDo'][value=smartphone]")!.HasAttribute("checked"));       // who has it keeps it
    }

    [Fact]
    public async Task A_group_asks_only_those_who_can_for_a_kind_that_needs_it()
    {
        var (group, _, keeper) = await AddedAsync();
        await keeper.PressAsync(await keeper.GetPageAsync($"groups/{group.GroupId}/help-categories"), "この分類を作る", ("新しい分類の名前", "スマートフォンの使い方"), ("手伝う人に要る「できること」", "スマートフォンの操作"));
        await group.ChangeAsync(group.Helpers[1], content => content with { CanDo = ["smartphone"] });
        var visit = await group.Town.InAsync(async (db, _) =>
        {
            var kind = (await HelpKind.OfGroupAsync(db, group.GroupId)).Single(one => one.Words == "スマートフォンの使い方");
            var request = new HelpRequest(group.GroupId, RequestKind.Help, group.Users[0].Id, new HelpWanted(kind, "", 30, 1), new RequestContent(), "試し", DateTimeOffset.UtcNow);
            var asked = new Visit(request, new VisitTime(HelpDesk.Today.AddDays(1), HelpDesk.Today.AddDays(1), new TimeOnly(10, 0), new TimeOnly(10, 0)), DateTimeOffset.UtcNow);
            db.AddRange(request, asked);
            await db.SaveChangesAsync();
            return asked.Id;
        });

        Assert.NotNull((await group.CandidateAsync(visit, 0)).Against);
        Assert.Null((await group.CandidateAsync(visit, 1)).Against);
    }

    [Fact]
    public async Task An_import_knows_the_words_of_the_town()
    {
        var (group, _, keeper) = await AddedAsync();
        using var form = new MultipartFormDataContent { { new ByteArrayContent(System.Text.Encoding.UTF8.GetBytes("氏名,できること\n鈴木 次郎,スマートフォンの操作；ゴミ出し\n")), "Table", "名簿.csv" } };
        var page = await keeper.GetPageAsync($"groups/{group.GroupId}/members/imports/new");
        form.Add(new StringContent(page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!), "__RequestVerificationToken");
        using var answer = await keeper.PostAsync($"groups/{group.GroupId}/members/imports/new", form, TestContext.Current.CancellationToken);
        await keeper.PressAsync(await answer.ReadPageAsync(), "1人を取り込む");

        Assert.Equal("[\"smartphone\", \"rubbish\"]", await group.Town.ScalarAsync($"select (content -> 'canDo')::text from app.member where municipality_id = {group.Town.Id} and name = '鈴木 次郎'"));
    }

    [Fact]
    public async Task A_code_of_question_9_is_not_taken_twice()
    {
        var town = await app.CreateTownAsync();
        var officer = await app.SignedInAsync(town, Role.Officer);
        var refused = await officer.SubmitAsync(await officer.GetPageAsync("settings/codes/edit?list=Ability"), ("コード", "rubbish"), ("名前", "ゴミ"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("はじめからある", refused.Body!.TextContent, StringComparison.Ordinal);
    }
}
