using System.Net;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Voices;
using Sasaeai.Tests.Features.Issues;

namespace Sasaeai.Tests.Features.Voices;

public class VoiceEntryTests(TestApp app)
{
    [Fact]
    public async Task What_a_coordinator_heard_is_recorded_after_the_traces_of_somebody_are_looked_at()
    {
        var town = await ChainTown.CreateAsync(app);
        var client = await app.SignedInAsync(town.Town, Role.Coordinator);

        var warned = await client.SubmitAsync(await client.GetPageAsync("voices/entries/new"), ("訪問", true), ("困りごと", true), ("匿名化した要旨", "山田花子さん(０９０-1234-5678)がゴミ出しに困っている"), ("お名前と連絡先", "山田花子 090-1234-5678"), ("圏域", "第1圏域"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, warned.StatusCode);
        Assert.Contains("電話番号のような数字「090-1234-5678」", warned.QuerySelector(".error-summary")!.TextContent);
        Assert.Contains("山田花子", warned.QuerySelector(".error-summary")!.TextContent);
        Assert.Equal(0L, await town.Town.ScalarAsync($"select count(*) from app.voice where municipality_id = {town.Town.Id}"));

        var done = await client.SubmitAsync(warned, ("匿名化した要旨", "膝が悪く、ゴミ出しに困っている人がいる"));
        Assert.Contains("受付番号は", done.QuerySelector(".notice.success")!.TextContent);
        Assert.Equal("visit 膝が悪く、ゴミ出しに困っている人がいる", await town.Town.ScalarAsync($"select source || ' ' || summary from app.voice where municipality_id = {town.Town.Id} and read_by is not null"));
    }

    [Fact]
    public async Task A_person_who_has_checked_may_keep_the_words()
    {
        var town = await ChainTown.CreateAsync(app);
        var client = await app.SignedInAsync(town.Town, Role.Officer);

        var warned = await client.SubmitAsync(await client.GetPageAsync("voices/entries/new"), ("匿名化した要旨", "市の窓口 0999-11-2222 につながらない"));
        await client.SubmitAsync(warned, ("確かめました。だれのことか分かる言葉は残っていません", true));

        Assert.Equal(1L, await town.Town.ScalarAsync($"select count(*) from app.voice where municipality_id = {town.Town.Id}"));
    }

    [Fact]
    public async Task A_voice_waits_for_its_summary_before_it_goes_into_an_issue_and_can_be_ended_with_a_reason()
    {
        var town = await ChainTown.CreateAsync(app);
        var issue = await town.IssueAsync("ゴミ出し");
        var number = await town.VoiceAsync("ゴミが重い。隣の佐藤さんも。", "");
        var second = await town.VoiceAsync("道を教えて", "道の案内がほしい");
        var (id, other) = await town.Town.InAsync(async (db, _) => (await db.Voices.Where(voice => voice.Receipt == number).Select(voice => voice.Id).SingleAsync(), await db.Voices.Where(voice => voice.Receipt == second).Select(voice => voice.Id).SingleAsync()));
        var client = await app.SignedInAsync(town.Town, Role.Coordinator);

        Assert.Contains("先に、匿名化した要旨", (await client.PressAsync(await client.GetPageAsync($"voices/{id}/takings/new"), "課題に入れる", ("ゴミ出し", true))).QuerySelector(".error-summary")!.TextContent);
        await client.SubmitAsync(await client.GetPageAsync($"voices/{id}/summaries/new"), ("匿名化した要旨", "ゴミが重くて運べない"));
        var taken = await client.PressAsync(await client.GetPageAsync($"voices/{id}/takings/new"), "課題に入れる", ("ゴミ出し", true));
        Assert.Contains("ゴミが重くて運べない", taken.Body!.TextContent);
        Assert.Contains("もう課題に入っています", (await client.SubmitAsync(await client.GetPageAsync($"voices/{id}/closings/new"), ("理由", "x"))).QuerySelector(".error-summary")!.TextContent);

        await client.SubmitAsync(await client.GetPageAsync($"voices/{other}/closings/new"), ("理由", "地図をお渡ししました"));
        var resident = app.ClientFor(town.Town);
        var follow = await resident.SubmitAsync(await resident.GetPageAsync("receipts"), ("受付番号", second));
        Assert.Contains("対応が終わりました", follow.Body!.TextContent);
        Assert.Contains("地図をお渡ししました", follow.Body.TextContent);
        Assert.Equal(1L, await town.Town.ScalarAsync($"select count(*) from app.voice where issue_id = '{issue}'"));
        var released = await client.PressAsync(await client.GetPageAsync($"issues/{issue}"), "課題から外す");
        Assert.Contains("もとになった声（0件）", released.Body!.TextContent);
    }

    [Fact]
    public async Task Searches_that_found_nothing_become_a_voice_once()
    {
        var town = await ChainTown.CreateAsync(app);
        await app.Owner.CreateCommand($"insert into app.search_count (municipality_id, day, area_code, category_code, searches, zero_hits) values ({town.Town.Id}, current_date - 3, 'Z1', '1301', 9, 7), ({town.Town.Id}, current_date - 3, 'Z2', '1301', 5, 5), ({town.Town.Id}, current_date - 3, '', '1001', 2, 0)").ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        var client = await app.SignedInAsync(town.Town, Role.Coordinator);

        var list = await client.GetPageAsync("voices/unmet");
        Assert.Single(list.QuerySelectorAll("tbody tr"));
        var voice = await client.PressAsync(list, "声にする");
        Assert.Contains("「第1圏域」の「ゴミ出し」をさがした人が、この一年に7回", voice.Body!.TextContent);
        Assert.Contains("声にしてあります", (await client.GetPageAsync("voices/unmet")).Body!.TextContent);
        Assert.Contains("もう声にしてあります", (await client.PressAsync(list, "声にする")).QuerySelector(".error-summary")!.TextContent);
        Assert.Equal("unmet_search", await town.Town.ScalarAsync($"select source from app.voice where municipality_id = {town.Town.Id}"));
    }
}
