using System.Net;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Issues;
using Sasaeai.Features.Voices;

namespace Sasaeai.Tests.Features.Issues;

public class IssueTests(TestApp app)
{
    [Fact]
    public async Task Voices_become_an_issue_that_shows_their_summaries_and_nobody()
    {
        var town = await ChainTown.CreateAsync(app);
        await town.VoiceAsync("坂本タケ子です。膝が悪くてゴミが運べません。", "膝が悪く、ゴミを運べない人がいる。");
        await town.VoiceAsync("うちの母の花子が…", "雨の日にゴミ出しができない。", source: VoiceSource.Phone);
        var ids = await town.Town.InAsync((db, _) => db.Voices.Select(voice => voice.Id).ToListAsync());
        var client = await app.SignedInAsync(town.Town, Role.Coordinator);

        var form = await client.GetPageAsync($"issues/new?voice={ids[0]}&voice={ids[1]}");
        Assert.Contains("第1圏域", form.QuerySelector("#Form_Area option[selected]")!.TextContent);
        var page = await client.SubmitAsync(form, ("課題の名前", "坂の上でゴミ出しに困る"), ("急ぐ", true), ("よくある", true), ("持ち主", $"council:{town.Council}"));

        Assert.Equal("坂の上でゴミ出しに困る", page.QuerySelector("h1")!.TextContent);
        Assert.Contains("もとになった声（2件）", page.Body!.TextContent);
        Assert.Contains("訪問 1件", page.Body.TextContent);
        Assert.Contains("雨の日にゴミ出しができない。", page.Body.TextContent);
        Assert.DoesNotContain("タケ子", page.Body.TextContent);
        Assert.Equal("high often 8 heard", await town.Town.ScalarAsync($"select concat_ws(' ', urgency, frequency, weight, state) from app.issue where municipality_id = {town.Town.Id}"));
        Assert.Equal(2L, await town.Town.ScalarAsync($"select count(*) from app.voice where municipality_id = {town.Town.Id} and issue_id is not null and taken_by is not null"));
        Assert.DoesNotContain("タケ子", (string)(await town.Town.ScalarAsync($"select string_agg(changes::text, '') from app.audit_entry where municipality_id = {town.Town.Id}"))!);
    }

    [Fact]
    public async Task A_member_reads_the_issues_of_the_own_council_and_no_original()
    {
        var town = await ChainTown.CreateAsync(app);
        var (own, other) = (await town.IssueAsync("自分の協議体の課題"), await town.IssueAsync("よその課題", issue => issue.OwnerId = town.UpperBody));
        await town.VoiceAsync("本人の言葉", "要旨だけ", own);
        var member = await app.SignedInAsync(town.Town, Role.CouncilMember);
        await town.Town.App.Owner.CreateCommand($"update app.membership set council_id = '{town.Council}' where municipality_id = {town.Town.Id} and role = 'council_member'").ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        var page = await member.GetPageAsync($"issues/{own}");
        Assert.Contains("要旨だけ", page.Body!.TextContent);
        Assert.Empty(page.QuerySelectorAll("main a[href*='/voices'], main a[href$='/edit'], main form"));
        Assert.Equal(HttpStatusCode.Forbidden, (await member.GetPageAsync($"issues/{other}")).StatusCode);
        var list = await member.GetPageAsync("issues");
        Assert.Equal("自分の協議体の課題", list.QuerySelector("tbody th")!.TextContent.Trim());
        Assert.Single(list.QuerySelectorAll("tbody tr"));
        Assert.DoesNotContain("よその課題", (await member.GetPageAsync("issues/board")).Body!.TextContent);
        Assert.Equal(HttpStatusCode.Forbidden, (await member.GetPageAsync($"issues/{own}/edit")).StatusCode);
    }

    [Fact]
    public async Task What_is_there_already_is_found_through_the_directory_and_marked()
    {
        var town = await ChainTown.CreateAsync(app);
        await town.Town.PublishAsync("ゴミ出しお助け隊", ["1301"]);
        await town.Town.PublishAsync("お茶のサロン", ["1001"]);
        var id = await town.IssueAsync("ゴミ出し", issue => issue.CategoryCode = "1301");
        var client = await app.SignedInAsync(town.Town, Role.Coordinator);

        var form = await client.GetPageAsync($"issues/{id}/resources");
        Assert.Contains("ゴミ出しお助け隊", form.Body!.TextContent);
        Assert.DoesNotContain("お茶のサロン", form.Body.TextContent);
        var page = await client.SubmitAsync(form, ("足りない", true), ("メモ", "金曜だけ"));

        Assert.Contains("足りない", page.QuerySelector("td[data-label=この課題に]")!.TextContent);
        Assert.Contains("金曜だけ", page.Body!.TextContent);
        var sure = await client.SubmitAsync(await client.GetPageAsync($"issues/{id}/resources"), ("対応できている", true));
        Assert.Contains("対応できている", sure.QuerySelector("td[data-label=この課題に]")!.TextContent);
    }

    [Fact]
    public async Task Issues_are_merged_with_all_their_voices_and_come_apart_again()
    {
        var town = await ChainTown.CreateAsync(app);
        var (small, big) = (await town.IssueAsync("小さな課題"), await town.IssueAsync("大きな課題"));
        await town.VoiceAsync("a", "小さな声", small);
        await town.VoiceAsync("b", "大きな声", big);
        var client = await app.SignedInAsync(town.Town, Role.Coordinator);

        var merged = await client.PressAsync(await client.GetPageAsync($"issues/{small}/mergings/new"), "まとめる", ("大きな課題", true));
        Assert.Contains("もとになった声（2件）", merged.Body!.TextContent);
        Assert.Contains("小さな声", merged.Body.TextContent);
        Assert.Contains("「大きな課題」にまとめられています", (await client.GetPageAsync($"issues/{small}")).Body!.TextContent);
        var circle = await client.GetPageAsync($"issues/{big}/mergings/new");
        Assert.DoesNotContain("小さな課題", circle.QuerySelector("form[method=post]")!.TextContent);

        var apart = await client.SubmitAsync(await client.GetPageAsync($"issues/{small}/unmergings/new"));
        Assert.Contains("もとになった声（1件）", apart.Body!.TextContent);
        Assert.Equal(2L, await town.Town.ScalarAsync($"select count(*) from app.issue_move where municipality_id = {town.Town.Id} and what = 'merge'"));
    }

    [Fact]
    public void A_circular_merge_is_refused_in_one_sentence_and_those_inside_go_along()
    {
        static Issue Make(string title) => new() { Title = title, OwnerId = Guid.NewGuid(), CreatedAt = DateTimeOffset.UtcNow, CreatedBy = "x" };
        var (a, b, c) = (Make("一"), Make("二"), Make("三"));
        a.MergeInto(b, [], ChainTown.By);

        Assert.Contains("輪になる", Assert.Throws<RuleBrokenException>(() => b.MergeInto(a, [a], ChainTown.By)).Message);
        Assert.Contains("同じ課題", Assert.Throws<RuleBrokenException>(() => b.MergeInto(b, [a], ChainTown.By)).Message);
        Assert.Contains("まとめた先", Assert.Throws<RuleBrokenException>(() => c.MergeInto(a, [], ChainTown.By)).Message);

        var moves = b.MergeInto(c, [a], ChainTown.By);
        Assert.Equal([c.Id, c.Id], new[] { a.MergedIntoId!.Value, b.MergedIntoId!.Value });
        foreach (var move in moves.Reverse())
        {
            (move.IssueId == a.Id ? a : b).TakeBack(move, ChainTown.By);
        }

        Assert.Equal((b.Id, null), (a.MergedIntoId!.Value, b.MergedIntoId));
    }

    [Fact]
    public async Task An_issue_ends_with_a_reason_and_begins_again()
    {
        var town = await ChainTown.CreateAsync(app);
        var id = await town.IssueAsync("終わる課題");
        var client = await app.SignedInAsync(town.Town, Role.Coordinator);
        var form = await client.GetPageAsync($"issues/{id}/closings/new?state=Declined");

        var refused = await client.SubmitAsync(form, ("声を寄せた人への文", "ありがとうございました"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("見送る理由を入力してください。", refused.QuerySelector(".error-summary")!.TextContent);
        Assert.Equal("ありがとうございました", refused.QuerySelector("#Form_PublicNote")!.TextContent.Trim());

        var ended = await client.SubmitAsync(refused, ("理由・結果", "ほかの制度を紹介した"));
        Assert.Contains("「見送り」として終わりました", ended.Body!.TextContent);
        Assert.Contains("協議体で検討", (await client.SubmitAsync(await client.GetPageAsync($"issues/{id}/reopenings/new"))).QuerySelector(".facts")!.TextContent);
    }

    [Fact]
    public async Task Hostile_and_missing_fields_are_refused_and_shown_as_text()
    {
        var town = await ChainTown.CreateAsync(app);
        var client = await app.SignedInAsync(town.Town, Role.Officer);
        var form = await client.GetPageAsync("issues/new");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await client.SubmitAsync(form, ("課題の名前", new string('長', 101)))).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await client.SubmitAsync(form, ("課題の名前", "名前だけ"))).StatusCode);
        var shown = await client.SubmitAsync(form, ("課題の名前", "<script>alert(1)</script>"), ("持ち主", $"department:{town.Department}"));
        Assert.Equal("<script>alert(1)</script>", shown.QuerySelector("h1")!.TextContent);
        Assert.Equal(1L, await town.Town.ScalarAsync($"select count(*) from app.issue where municipality_id = {town.Town.Id}"));
    }

    [Fact]
    public async Task A_member_is_not_told_how_and_on_which_day_one_of_few_voices_came()
    {
        var town = await ChainTown.CreateAsync(app);
        var own = await town.IssueAsync("自分の協議体の課題");
        await town.VoiceAsync("本人の言葉", "要旨だけ", own, VoiceSource.CareConference);
        var (member, coordinator) = (await app.SignedInAsync(town.Town, Role.CouncilMember), await app.SignedInAsync(town.Town, Role.Coordinator));
        await town.Town.App.Owner.CreateCommand($"update app.membership set council_id = '{town.Council}' where municipality_id = {town.Town.Id} and role = 'council_member'").ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        var told = (await member.GetPageAsync($"issues/{own}")).QuerySelector("main")!.TextContent;
        Assert.Contains("地域ケア会議", told);
        Assert.DoesNotContain("地域ケア会議 1件", told);
        Assert.DoesNotContain($"{Sasaeai.Japanese.Wareki.Short(ChainTown.Today)}　地域ケア会議", told);
        Assert.Contains(Sasaeai.Japanese.Wareki.Month(ChainTown.Today), told);
        Assert.Contains("地域ケア会議 1件", (await coordinator.GetPageAsync($"issues/{own}")).QuerySelector("main")!.TextContent);
    }

    [Fact]
    public async Task Evidence_and_marks_put_there_by_mistake_are_taken_off()
    {
        var town = await ChainTown.CreateAsync(app);
        await town.Town.PublishAsync("ゴミ出しお助け隊", ["1301"]);
        var id = await town.IssueAsync("ゴミ出し", issue => issue.CategoryCode = "1301");
        await town.Town.InAsync(async (db, _) =>
        {
            db.Add(new IssueResource { IssueId = id, ResourceId = await db.Resources.Select(resource => resource.Id).SingleAsync(), Fit = ResourceFit.Short, MarkedAt = DateTimeOffset.UtcNow, MarkedBy = "x" });
            db.Add(new IssueEvidence { IssueId = id, OnDay = ChainTown.Today, Text = "よその課題の根拠", CreatedAt = DateTimeOffset.UtcNow, CreatedBy = "x" });
            await db.SaveChangesAsync();
        });
        var (client, neighbour) = (await app.SignedInAsync(town.Town, Role.Coordinator), await app.SignedInAsync(town.Town, Role.Coordinator, "Z2"));
        Assert.Empty((await neighbour.GetPageAsync($"issues/{id}")).QuerySelectorAll("button[form=remove]"));

        await client.PressAsync(await client.GetPageAsync($"issues/{id}"), "外す");
        var page = await client.PressAsync(await client.GetPageAsync($"issues/{id}"), "印を外す");

        Assert.DoesNotContain("よその課題の根拠", page.Body!.TextContent);
        Assert.Contains("まだ確かめていません", page.Body.TextContent);
        Assert.Equal(2L, await town.Town.ScalarAsync($"select count(*) from app.audit_entry where municipality_id = {town.Town.Id} and verb = 'delete'"));
    }
}
