using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Visits;
using Sasaeai.Japanese;
using Sasaeai.Tests.Features.Groups;
using Sasaeai.Tests.Features.Visits;

namespace Sasaeai.Tests.Features.HelpRequests;

public class IntakeTests(TestApp app)
{
    [Theory, InlineData("0999-10-0004"), InlineData("0004"), InlineData("かいいん 4"), InlineData("会員4郎")]
    public async Task A_caller_is_found_by_number_or_a_part_of_the_name_and_the_look_is_noted(string said)
    {
        var group = await GroupTown.CreateAsync(app);
        using var client = await group.KeeperAsync();

        var page = await client.GetPageAsync($"groups/{group.GroupId}/requests/new?q={Uri.EscapeDataString(said)}");

        Assert.Contains("会員 4郎", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(1L, await group.Town.ScalarAsync($"select count(*) from app.audit_entry where verb = 'look' and noun = 'member' and record_id = '{group.Users[0].Id}'"));
    }

    [Fact]
    public async Task The_same_again_is_one_search_and_one_press()
    {
        var group = await GroupTown.CreateAsync(app);
        await group.AskAsync(start: new TimeOnly(9, 30), minutes: 20);
        using var client = await group.KeeperAsync();

        var page = await client.GetPageAsync($"groups/{group.GroupId}/requests/new?q=0004");
        var visit = await client.PressAsync(page, "受け付けて、担い手をさがす");

        Assert.Contains("9:30から20分", visit.QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(2L, await group.Town.ScalarAsync($"select count(*) from app.visit where user_id = '{group.Users[0].Id}' and category_code = 'rubbish'"));
    }

    [Fact]
    public async Task A_new_person_is_registered_with_the_request()
    {
        var group = await GroupTown.CreateAsync(app);
        using var client = await group.KeeperAsync();

        var page = await client.GetPageAsync($"groups/{group.GroupId}/requests/new?q=0999-77-1234");
        await client.PressAsync(page, "受け付けて、担い手をさがす", ("氏名", "新川 とめ"), ("ふりがな", "しんかわ とめ"), ("内容", "ゴミ出し"), ("日にち", "あした"), ("始める時刻", "8時半"));

        Assert.Equal("0999-77-1234 True", await group.Town.ScalarAsync($"select phone || ' ' || case when user_since is not null then 'True' else 'False' end from app.member where name = '新川 とめ'"));
        Assert.Equal(HelpDesk.Today.AddDays(1).ToString("yyyy-MM-dd") + " 08:30:00", await group.Town.ScalarAsync($"select day || ' ' || earliest from app.visit where municipality_id = {group.Town.Id}"));
    }

    [Theory]
    [InlineData("日にち", "2/30", "「日にち」の「2/30」を読めません")]
    [InlineData("始める時刻", "25:00", "「始める時刻」の「25:00」は時刻として読めません")]
    [InlineData("かかる時間（分）", "0", "5から480まで")]
    [InlineData("始める時刻", "23:50", "日をまたぐ活動は、二つに分けて")]
    [InlineData("内容", "その他", "「その他」のときは、何の手伝いかを書いてください")]
    public async Task What_cannot_be_is_refused_in_one_sentence_and_nothing_is_lost(string label, string value, string sentence)
    {
        var group = await GroupTown.CreateAsync(app);
        await group.AskAsync();
        using var client = await group.KeeperAsync();
        var page = await client.GetPageAsync($"groups/{group.GroupId}/requests/new?q=0004");

        var again = await client.PressAsync(page, "受け付けて、担い手をさがす", ("希望", "静かに来てほしい"), (label, value));

        Assert.Contains(sentence, again.QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("静かに来てほしい", again.QuerySelector("#Form_Wishes")!.GetAttribute("value"));
        Assert.Equal(1L, await group.Town.ScalarAsync($"select count(*) from app.visit where municipality_id = {group.Town.Id}"));
    }

    [Fact]
    public async Task A_double_click_makes_one_request()
    {
        var group = await GroupTown.CreateAsync(app);
        await group.AskAsync();
        using var client = await group.KeeperAsync();
        var page = await client.GetPageAsync($"groups/{group.GroupId}/requests/new?q=0004");

        await Task.WhenAll(client.PressAsync(page, "受け付けて、担い手をさがす"), client.PressAsync(page, "受け付けて、担い手をさがす"));

        Assert.Equal(2L, await group.Town.ScalarAsync($"select count(*) from app.help_request where municipality_id = {group.Town.Id}"));
    }

    [Fact]
    public async Task A_consultation_is_counted_apart()
    {
        var group = await GroupTown.CreateAsync(app);
        await group.AskAsync();
        using var client = await group.KeeperAsync();

        var list = await client.PressAsync(await client.GetPageAsync($"groups/{group.GroupId}/requests/new?q=0004"), "この内容で受け付ける", ("相談だけ", true), ("相談の内容", "退院後の暮らしが心配"));

        Assert.Contains("相談だけ 1件、手伝いの依頼（需給調整） 1件", list.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("1 1", await group.Town.InAsync(async (db, _) =>
        {
            var counts = await db.Database.SqlQuery<Count>($"select consultations as \"Consultations\", adjustments as \"Adjustments\" from app.help_figures({HelpDesk.Today}, {HelpDesk.Today})").ToListAsync(TestContext.Current.CancellationToken);
            return $"{counts.Sum(count => count.Consultations)} {counts.Sum(count => count.Adjustments)}";
        }));
    }

    [Fact]
    public async Task The_search_of_the_page_puts_no_number_and_no_name_into_an_address_and_finds_a_long_member_number()
    {
        var group = await GroupTown.CreateAsync(app);
        await group.Town.ScalarAsync($"update app.member set number = 1234 where id = '{group.Users[1].Id}'");
        using var client = await group.KeeperAsync();

        var page = await client.PressAsync(await client.GetPageAsync($"groups/{group.GroupId}/requests/new"), "さがす", ("電話番号、またはお名前の一部（ひらがな）", "1234"));

        Assert.Contains("会員 5郎 さん", page.QuerySelector("main h2")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("1234", page.Url, StringComparison.Ordinal);
        await client.PressAsync(page, "受け付けて、担い手をさがす", ("内容", "ゴミ出し"), ("日にち", "あした"), ("始める時刻", "9:00"));
        Assert.Equal(1L, await group.Town.ScalarAsync($"select count(*) from app.visit where user_id = '{group.Users[1].Id}'"));
    }

    [Fact]
    public async Task Who_only_talked_and_is_no_member_stays_known_with_the_number_to_call_back()
    {
        var group = await GroupTown.CreateAsync(app);
        using var client = await group.KeeperAsync();

        await client.PressAsync(await client.GetPageAsync($"groups/{group.GroupId}/requests/new?q=0999-88-7777"), "この内容で受け付ける", ("氏名", "相談 花子"), ("内容", "見守り・話し相手"), ("相談だけ", true), ("相談の内容", "隣の人が心配"));

        Assert.Equal(0L, await group.Town.ScalarAsync($"select count(*) from app.member where municipality_id = {group.Town.Id} and name = '相談 花子'"));
        var shown = await client.GetPageAsync($"groups/{group.GroupId}/requests/{await group.Town.ScalarAsync($"select id from app.help_request where municipality_id = {group.Town.Id}")}");
        Assert.Contains("電話：相談 花子", shown.QuerySelector(".facts")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("0999-88-7777", shown.QuerySelector(".facts")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_who_call_for_the_first_time_at_the_same_moment_get_two_numbers()
    {
        var group = await GroupTown.CreateAsync(app);
        using var client = await group.KeeperAsync();
        var pages = await Task.WhenAll(Enumerable.Range(0, 4).Select(caller => client.GetPageAsync($"groups/{group.GroupId}/requests/new?q=0999-77-{caller:0000}")));

        var answers = await Task.WhenAll(pages.Select((page, caller) => client.PressAsync(page, "受け付けて、担い手をさがす", ("氏名", $"新川 {caller}子"), ("内容", "ゴミ出し"), ("日にち", "あした"), ("始める時刻", "8:00"))));

        Assert.All(answers, answer => Assert.Contains("8:00から30分", answer.QuerySelector("h1")!.TextContent, StringComparison.Ordinal));
        Assert.Equal("4 4", await group.Town.ScalarAsync($"select count(*) || ' ' || count(distinct number) from app.member where municipality_id = {group.Town.Id} and name like '新川%'"));
    }

    [Fact]
    public async Task What_was_taken_down_wrongly_is_corrected_and_open_visits_follow()
    {
        var group = await GroupTown.CreateAsync(app);
        var (open, done) = (await group.AskAsync(), await group.AskAsync(1, day: HelpDesk.Today));
        await group.ApproveFreeAsync(done);
        using var client = await group.KeeperAsync();
        var request = await group.Town.ScalarAsync($"select request_id from app.visit where id = '{open}'");

        var form = await client.GetPageAsync($"groups/{group.GroupId}/requests/{request}/edit");
        Assert.Contains("「その他」のときは", (await client.SubmitAsync(form, ("内容", "その他"))).QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
        var shown = await client.SubmitAsync(form, ("内容", "掃除・洗濯"), ("希望", "静かに"), ("電話してきた人（本人でないとき）", "長女"), ("その人の電話番号", "0999-66-0000"));

        Assert.Contains("0999-66-0000", shown.QuerySelector(".facts")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("cleaning cleaning", await group.Town.ScalarAsync($"select v.category_code || ' ' || r.counted_as from app.visit v join app.help_request r on r.id = v.request_id where v.id = '{open}'"));
        Assert.Contains("変更しました", (await client.SubmitAsync(form, ("内容", "ゴミ出し"))).QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_known_person_is_not_registered_a_second_time_while_on_the_telephone()
    {
        var group = await GroupTown.CreateAsync(app);
        using var client = await group.KeeperAsync();
        var told = await client.PressAsync(await client.GetPageAsync($"groups/{group.GroupId}/requests/new"), "受け付けて、担い手をさがす", ("氏名", "会員４郎"), ("電話番号", "０９９９(10)0004"), ("内容", "ゴミ出し"), ("日にち", "あした"), ("始める時刻", "8:00"));
        Assert.Contains("会員4 会員 4郎さんと名前と電話番号が同じです", told.QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(6L, await group.Town.ScalarAsync($"select count(*) from app.member where municipality_id = {group.Town.Id}"));

        await client.PressAsync(told, "受け付けて、担い手をさがす", ("別の人として登録する", true));

        Assert.Equal(7L, await group.Town.ScalarAsync($"select count(*) from app.member where municipality_id = {group.Town.Id}"));
    }

    [Fact]
    public async Task A_category_is_renamed_or_ended_and_what_the_group_does_not_do_is_seen_on_the_telephone()
    {
        var group = await GroupTown.CreateAsync(app);
        using var client = await group.KeeperAsync();
        var list = await client.PressAsync(await client.GetPageAsync($"groups/{group.GroupId}/help-categories"), "この分類を作る", ("新しい分類の名前", "花の水やリ"), ("手伝う人に要る「できること」", "見守り、声かけ"));
        await client.PressAsync(await client.GetPageAsync($"groups/{group.GroupId}/requests/new?q=0004"), "受け付けて、担い手をさがす", ("内容", "花の水やリ"), ("日にち", "あした"), ("始める時刻", "8:00"));
        var edit = list.QuerySelectorAll("main ul:last-of-type a").Single().GetAttribute("href")![(group.Town.Slug.Length + 2)..];
        Assert.Contains("同じ名前の分類", (await client.SubmitAsync(await client.GetPageAsync(edit), ("分類の名前", "ゴミ出し"))).QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
        await client.SubmitAsync(await client.GetPageAsync(edit), ("分類の名前", "花の水やり"), ("手伝う人に要る「できること」", ""), ("この分類を使う", false));
        await group.Town.InAsync(async (db, _) =>
        {
            var one = await db.GetAsync<Sasaeai.Features.Groups.HelpGroup>(group.GroupId);
            one.Change(one.Name, "", null, one.Kind, one.Content with { DoesNot = ["1301"] }, DateTimeOffset.UtcNow);
            await db.SaveChangesAsync();
        });

        var page = await client.GetPageAsync($"groups/{group.GroupId}/requests/new?q=0005");

        Assert.DoesNotContain("花の水やり", page.QuerySelector("#Form_Category")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("この会では受けていないこと：ゴミ出し", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("花の水やり", (await client.GetPageAsync($"groups/{group.GroupId}/visits")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_group_that_was_ended_takes_no_requests()
    {
        var group = await GroupTown.CreateAsync(app);
        await group.Town.ScalarAsync($"update app.help_group set stage = 'ended' where id = '{group.GroupId}'");
        using var client = await group.KeeperAsync();

        var told = await client.PressAsync(await client.GetPageAsync($"groups/{group.GroupId}/requests/new?q=0004"), "受け付けて、担い手をさがす", ("内容", "ゴミ出し"), ("日にち", "あした"), ("始める時刻", "8:00"));

        Assert.Contains("この会は解散しています", told.QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_the_rules_always_send_two_the_form_says_two()
    {
        var group = await GroupTown.CreateAsync(app, rules: rules => rules with { Helpers = 2 });
        using var client = await group.KeeperAsync();

        Assert.Equal("2", (await client.GetPageAsync($"groups/{group.GroupId}/requests/new?q=0004")).QuerySelector("#Form_Helpers")!.GetAttribute("value"));
    }

    [Fact]
    public async Task What_other_says_again_and_again_becomes_a_category()
    {
        var group = await GroupTown.CreateAsync(app);
        for (var time = 0; time < 3; time++)
        {
            await group.AskAsync(kind: "other");
        }

        using var client = await group.KeeperAsync();
        Assert.Contains("「花の水やり」が3回頼まれています", (await client.GetPageAsync($"groups/{group.GroupId}/visits")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        var page = await client.PressAsync(await client.GetPageAsync($"groups/{group.GroupId}/help-categories"), "分類に加える", ("新しい分類の名前", "花の水やり"));

        Assert.Contains("花の水やり", page.QuerySelector("main ul:last-of-type")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(3L, await group.Town.ScalarAsync($"select count(*) from app.help_request where municipality_id = {group.Town.Id} and category_code like 'own-%' and counted_as = 'other'"));
    }

    [Theory]
    [InlineData("25", 2026, 11, 25), InlineData("20", 2026, 12, 20), InlineData("11/30", 2026, 11, 30), InlineData("1/5", 2027, 1, 5), InlineData("火曜", 2026, 11, 24), InlineData("土", 2026, 11, 21)]
    [InlineData("来週の月", 2026, 11, 23), InlineData("あさって", 2026, 11, 23), InlineData("R8.12.1", 2026, 12, 1), InlineData("２５日", 2026, 11, 25)]
    public void A_day_is_read_as_it_is_said(string said, int year, int month, int day)
    {
        Assert.True(DayText.TryRead(said, new DateOnly(2026, 11, 21), out var read));
        Assert.Equal(new DateOnly(year, month, day), read);
    }

    [Theory]
    [InlineData("10:30", 10, 30), InlineData("1030", 10, 30), InlineData("9", 9, 0), InlineData("9時", 9, 0), InlineData("10時半", 10, 30), InlineData("午後2時15分", 14, 15), InlineData("午後12時", 12, 0), InlineData("午前12:05", 0, 5), InlineData("１４：００", 14, 0)]
    public void A_time_is_read_as_it_is_typed(string typed, int hour, int minute)
    {
        Assert.True(ClockText.TryRead(typed, out var time));
        Assert.Equal(new TimeOnly(hour, minute), time);
    }

    [Theory, InlineData("25:00"), InlineData("10:60"), InlineData("午後13時"), InlineData(""), InlineData("あさ"), InlineData("-1"), InlineData("10:5x")]
    public void What_is_no_time_is_not_read(string typed) => Assert.False(ClockText.TryRead(typed, out _));

    [Fact]
    public void Every_minute_of_the_day_is_read_back()
    {
        for (var minute = 0; minute < 1440; minute++)
        {
            var time = new TimeOnly(minute / 60, minute % 60);
            Assert.True(ClockText.TryRead($"{time:H:mm}", out var read) && read == time);
            Assert.True(ClockText.TryRead($"{(time.Hour < 12 ? "午前" : "午後")}{time.Hour % 12}時{time.Minute}分", out read) && read == time);
        }
    }

    private sealed record Count(int Consultations, int Adjustments);
}
