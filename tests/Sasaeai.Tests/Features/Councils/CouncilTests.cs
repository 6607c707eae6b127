using System.Net;
using Sasaeai.Features.Accounts;
using Sasaeai.Tests.Features.Meetings;

namespace Sasaeai.Tests.Features.Councils;

public class CouncilTests(TestApp app)
{
    [Fact]
    public async Task A_preparation_becomes_the_council_when_its_founding_is_recorded()
    {
        var town = await app.CreateTownAsync();
        using var coordinator = await app.SignedInAsync(town, Role.Coordinator);
        var made = await coordinator.SubmitAsync(await coordinator.GetPageAsync("councils/new"), ("名称", "本町を話す会"), ("愛称", "ほんまち会"), ("第2層（圏域）", true), ("圏域", "第1圏域"), ("準備会", true), ("事務局", "市社協"));
        Assert.Contains("「本町を話す会」を登録しました。", made.Body!.TextContent);
        Assert.Contains("まだ設置していません", made.Body.TextContent);
        var id = new Uri(made.Url).Segments[^1];

        var page = await coordinator.GetPageAsync($"councils/{id}/stages/new");
        var shown = await coordinator.SubmitAsync(page, ("協議体の設置", true), ("年", "R7"), ("月", "4"), ("日", "1"), ("何があったか", "12人で始めた"));

        Assert.Contains("令和7年4月1日　協議体の設置", shown.Body!.TextContent);
        Assert.Equal("council 2025-04-01", await town.ScalarAsync($"select kind || ' ' || founded_on from app.council where id = '{id}'"));
        Assert.Equal(1L, await town.ScalarAsync($"select count(*) from app.council_stage where council_id = '{id}' and by_name <> ''"));
    }

    [Fact]
    public async Task The_member_list_shows_contacts_to_those_only_who_keep_it()
    {
        var town = await app.CreateTownAsync();
        var council = await town.AddCouncilAsync();
        using var coordinator = await app.SignedInAsync(town, Role.Coordinator);
        var list = await coordinator.SubmitAsync(await coordinator.GetPageAsync($"councils/{council}/members/new"),
            ("氏名", "山田 花子"), ("自薦", true), ("所属（名簿に載せる言葉）", "住民"), ("リーダー", true), ("メールアドレス", "hanako@example.jp"), ("電話番号", "000-1111-2222"));
        Assert.Contains("hanako@example.jp", list.Body!.TextContent);
        Assert.Equal(2L, await town.ScalarAsync($"select count(*) from app.audit_entry where municipality_id = {town.Id} and noun = 'council_member' and (verb = 'look' or not changes::text like '%hanako%')"));

        using var neighbour = await app.SignedInAsync(town, Role.Coordinator, "Z2");
        using var member = await app.MemberOfAsync(town, council);
        foreach (var reader in new[] { neighbour, member })
        {
            var read = (await reader.GetPageAsync($"councils/{council}/members")).Body!.TextContent;
            Assert.Contains("山田 花子", read);
            Assert.DoesNotContain("hanako", read);
            Assert.DoesNotContain("000-1111", read);
            Assert.Equal(HttpStatusCode.Forbidden, (await reader.GetPageAsync($"councils/{council}/members/new")).StatusCode);
        }
    }

    [Theory]
    [InlineData("R7", "2", "30", "任期の始まりは")]
    [InlineData("R8", "4", "2", "任期の終わりは、始まり以後の日にしてください。")]
    public async Task A_term_that_cannot_be_is_told_in_one_sentence_and_kept(string year, string month, string day, string message)
    {
        var town = await app.CreateTownAsync();
        var council = await town.AddCouncilAsync();
        using var officer = await app.SignedInAsync(town, Role.Officer);
        var page = await officer.GetPageAsync($"councils/{council}/members/new");
        foreach (var (box, text) in new[] { ("Form_StartsOn", year), ("Form_StartsOn_Month", month), ("Form_StartsOn_Day", day), ("Form_EndsOn", "R8"), ("Form_EndsOn_Month", "4"), ("Form_EndsOn_Day", "1") })
        {
            page.QuerySelector($"#{box}")!.SetAttribute("value", text);
        }

        var again = await officer.SubmitAsync(page, ("氏名", "佐藤 次郎"), ("個人・公募", true));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, again.StatusCode);
        Assert.Contains(message, again.QuerySelector(".error-summary")!.TextContent);
        Assert.Equal("佐藤 次郎", again.QuerySelector("#Form_Name")!.GetAttribute("value"));
        Assert.Equal(0L, await town.ScalarAsync($"select count(*) from app.council_member where municipality_id = {town.Id}"));
    }

    [Fact]
    public async Task A_member_sees_the_pages_of_the_own_council_only()
    {
        var town = await app.CreateTownAsync();
        var (own, other) = (await town.AddCouncilAsync(), await town.AddCouncilAsync("となりの協議体", "Z2"));
        var (held, foreign) = (await town.AddMeetingAsync(MeetingTown.Today.AddDays(-3), own, agenda: "ゴミ出し"), await town.AddMeetingAsync(MeetingTown.Today.AddDays(-3), other));
        using var member = await app.MemberOfAsync(town, own);

        foreach (var path in new[] { "councils", $"councils/{own}", $"councils/{own}/progress", $"councils/{own}/members", "meetings", $"meetings/{held}" })
        {
            Assert.Equal(HttpStatusCode.OK, (await member.GetPageAsync(path)).StatusCode);
        }

        foreach (var path in new[] { $"councils/{other}", $"councils/{other}/progress", $"councils/{other}/members", $"meetings/{foreign}", $"meetings/{held}/minutes", $"meetings/{held}/minutes/edit", $"meetings/{held}/attendances", $"councils/{own}/edit", "meetings/new", "meetings/counts", "councils/new" })
        {
            Assert.Equal((path, HttpStatusCode.Forbidden), (path, (await member.GetPageAsync(path)).StatusCode));
        }

        Assert.DoesNotContain("となりの協議体", (await member.GetPageAsync("councils")).Body!.TextContent);
        Assert.DoesNotContain("となりの協議体", await member.GetStringAsync("councils?handler=Table&format=Csv", TestContext.Current.CancellationToken));
        Assert.Equal(HttpStatusCode.Forbidden, (await member.GetAsync($"councils/{other}/progress?handler=Table&format=Csv", TestContext.Current.CancellationToken)).StatusCode);
        Assert.Single((await member.GetPageAsync("meetings")).QuerySelectorAll("tbody th a"));
    }

    [Fact]
    public async Task Councils_and_members_are_searched_ordered_and_handed_out_as_files()
    {
        var town = await app.CreateTownAsync();
        var council = await town.AddCouncilAsync("ささえあい協議体");
        await town.AddCouncilAsync("みどり協議体", "Z2");
        await town.AddMemberAsync(council, "山田 花子", "hanako@example.jp");
        await town.AddMemberAsync(council, "鈴木 一郎");
        using var coordinator = await app.SignedInAsync(town, Role.Coordinator);

        Assert.Equal(["ささえあい協議体"], (await coordinator.GetPageAsync("councils?q=ササエアイ")).QuerySelectorAll("tbody th").Select(cell => cell.TextContent));
        Assert.Equal(["みどり協議体", "ささえあい協議体"], (await coordinator.GetPageAsync("councils?sort=-name")).QuerySelectorAll("tbody th").Select(cell => cell.TextContent));
        Assert.Contains("当てはまる協議体はありません", (await coordinator.GetPageAsync("councils?q=ない")).Body!.TextContent);
        var members = await coordinator.GetPageAsync($"councils/{council}/members?q=花子");
        Assert.Single(members.QuerySelectorAll("tbody tr"));
        Assert.Contains("hanako@example.jp", await coordinator.GetStringAsync($"councils/{council}/members?handler=Table&format=Csv", TestContext.Current.CancellationToken));
        using var neighbour = await app.SignedInAsync(town, Role.Coordinator, "Z2");
        var file = await neighbour.GetStringAsync($"councils/{council}/members?handler=Table&format=Csv", TestContext.Current.CancellationToken);
        Assert.Contains("山田 花子", file);
        Assert.DoesNotContain("hanako", file);
        Assert.Equal(1L, await town.ScalarAsync($"select count(*) from app.audit_entry where municipality_id = {town.Id} and verb = 'look' and noun = 'council_member' and note like '%書き出し%'"));
    }

    [Fact]
    public async Task Two_people_who_change_one_council_or_member_are_told_and_see_both()
    {
        var town = await app.CreateTownAsync();
        var council = await town.AddCouncilAsync();
        var member = await town.AddMemberAsync(council, "山田 花子");
        using var officer = await app.SignedInAsync(town, Role.Officer);
        foreach (var (path, field, table) in new[] { ($"councils/{council}/edit", "事務局", "council"), ($"councils/{council}/members/{member}", "所属（名簿に載せる言葉）", "council_member") })
        {
            var (here, there) = (await officer.GetPageAsync(path), await officer.GetPageAsync(path));
            await officer.SubmitAsync(there, (field, "先の人が書いた"));
            var told = await officer.SubmitAsync(here, (field, "あとの人が書いた"));

            Assert.Contains("ほかの人がこの記録を変更しました", told.QuerySelector(".error-summary")!.TextContent);
            Assert.Equal([field, "先の人が書いた", "あとの人が書いた"], told.QuerySelectorAll("table.differences tbody tr > *").Select(cell => cell.TextContent));
            Assert.Equal(1L, await town.ScalarAsync($"select count(*) from app.{table} where municipality_id = {town.Id} and '先の人が書いた' in ({(table == "council" ? "secretariat" : "affiliation")})"));
        }
    }

    [Fact]
    public async Task A_council_is_not_founded_after_it_ended()
    {
        var town = await app.CreateTownAsync();
        var council = await town.AddCouncilAsync();
        await town.ScalarAsync($"update app.council set closed_on = '2020-03-31' where id = '{council}'");
        using var officer = await app.SignedInAsync(town, Role.Officer);

        var refused = await officer.SubmitAsync(await officer.GetPageAsync($"councils/{council}/stages/new"), ("協議体の設置", true), ("年", "R3"), ("月", "4"), ("日", "1"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("終わった日は、設置した日以後にしてください。", refused.QuerySelector(".error-summary")!.TextContent);
    }
}
