using System.Net;
using System.Text;
using Sasaeai.Features;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Members;
using Sasaeai.Tests.Features.Groups;
using Sasaeai.Tests.Features.Visits;

namespace Sasaeai.Tests.Features.Members;

public class MemberTests(TestApp app)
{
    [Theory, InlineData(Role.Officer), InlineData(Role.Administrator), InlineData(Role.Coordinator)]
    public async Task The_towns_staff_see_counts_and_no_member_without_consent(Role role)
    {
        var group = await GroupTown.CreateAsync(app);
        var staff = await app.SignedInAsync(group.Town, role);
        var member = group.Users[0].Id;

        Assert.Contains("5人未満", (await staff.GetPageAsync("groups")).Body!.TextContent);
        Assert.Contains("5人未満", (await staff.GetPageAsync($"groups/{group.GroupId}")).Body!.TextContent);
        Assert.Equal(HttpStatusCode.Forbidden, (await staff.GetPageAsync($"groups/{group.GroupId}/members")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await staff.GetPageAsync($"groups/{group.GroupId}/members/{member}")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await staff.GetPageAsync($"groups/{group.GroupId}/ledger")).StatusCode);

        await group.Town.InAsync(async (db, _) =>
        {
            (await db.GetAsync<Member>(member)).SharedOn = new DateOnly(2026, 1, 1);
            await db.SaveChangesAsync();
        });
        var shown = await staff.GetPageAsync($"groups/{group.GroupId}/members/{member}");
        Assert.Contains("0999-10-", shown.Body!.TextContent);
        Assert.DoesNotContain("耳が遠い", shown.Body.TextContent);
        Assert.Equal(HttpStatusCode.Forbidden, (await staff.GetPageAsync($"groups/{group.GroupId}/members/{member}/edit")).StatusCode);
    }

    [Fact]
    public async Task A_keeper_registers_finds_and_changes_a_member_and_each_look_is_noted()
    {
        var group = await GroupTown.CreateAsync(app);
        var keeper = await group.KeeperAsync();
        var form = await keeper.GetPageAsync($"groups/{group.GroupId}/members/new");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await keeper.PressAsync(form, "登録する")).StatusCode);
        var shown = await keeper.PressAsync(form, "登録する", ("氏名", "髙橋 はな"), ("ふりがな", "たかはし はな"), ("協力会員（手伝う）", true), ("電話番号", "0999-77-1234"), ("手伝える曜日と時間", "月水 9:00-12:00\n平日午後"), ("気をつけること", "坂の上"));

        Assert.Contains("髙橋 はな", shown.QuerySelector("h1")!.TextContent);
        Assert.Contains("月水 9:00-12:00", shown.Body!.TextContent);
        Assert.DoesNotContain("坂の上", shown.Body.TextContent);
        Assert.Contains("坂の上", (await keeper.PressAsync(shown, "気をつけること・緊急の連絡先を見る")).Body!.TextContent);
        var found = await keeper.PressAsync(await keeper.GetPageAsync($"groups/{group.GroupId}/members"), "さがす", ("名前・ふりがな・電話", "たかは"));
        Assert.Contains("髙橋 はな", found.Body!.TextContent);
        Assert.Contains("髙橋 はな", (await keeper.PressAsync(found, "さがす", ("名前・ふりがな・電話", "1234"))).Body!.TextContent);
        Assert.DoesNotContain("0999-77", await keeper.GetStringAsync($"groups/{group.GroupId}/members?handler=Table&format=csv", TestContext.Current.CancellationToken));
        Assert.True((long)(await group.Town.ScalarAsync($"select count(*) from app.audit_entry where municipality_id = {group.Town.Id} and verb = 'look' and noun = 'member'"))! >= 4);
        Assert.Equal(0L, await group.Town.ScalarAsync($"select count(*) from app.audit_entry where municipality_id = {group.Town.Id} and (changes::text like '%髙橋%' or note like '%髙橋%')"));
    }

    [Fact]
    public async Task The_same_person_written_in_another_way_is_noticed()
    {
        var group = await GroupTown.CreateAsync(app);
        var keeper = await group.KeeperAsync();
        (string, object)[] person = [("氏名", "会員４郎"), ("協力会員（手伝う）", true), ("電話番号", "０９９９－１０－０００４")];

        var told = await keeper.PressAsync(await keeper.GetPageAsync($"groups/{group.GroupId}/members/new"), "登録する", person);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, told.StatusCode);
        Assert.Contains("名前と電話番号が同じ", told.Body!.TextContent);

        Assert.Equal(HttpStatusCode.OK, (await keeper.PressAsync(told, "登録する", ("別の人として登録する", true))).StatusCode);
    }

    [Fact]
    public async Task A_questionnaire_of_322_is_imported_without_those_who_are_there()
    {
        var group = await GroupTown.CreateAsync(app);
        var keeper = await group.KeeperAsync();
        var rows = Enumerable.Range(1, 322).Select(number => $"志願 {number}太,しがん {number}た,0999-50-{number:0000},本町{number},ゴミ出し；見守り、声かけ；囲碁の相手,月水 9:00-12:00");
        var csv = string.Join("\r\n", ["氏名,フリガナ,電話番号,住所,できる支援,手伝える時間", .. rows, "会員 1郎,カイイン 1ロウ,0999-10-0001,,,", "志願 7太,シガン 7タ,(0999)50-0007,,,", ",名なし,,,,"]);
        var page = await keeper.GetPageAsync($"groups/{group.GroupId}/members/imports/new");
        using var form = new MultipartFormDataContent
        {
            { new StringContent(page.QuerySelector("main form input[name=__RequestVerificationToken]")!.GetAttribute("value")!), "__RequestVerificationToken" },
            { new ByteArrayContent(Encoding.UTF8.GetBytes(csv)), "Table", "volunteers.csv" },
        };
        var preview = await (await keeper.PostAsync($"groups/{group.GroupId}/members/imports/new", form, TestContext.Current.CancellationToken)).ReadPageAsync();

        Assert.Contains("会員1と名前と電話番号が同じ", preview.Body!.TextContent);
        Assert.Contains("「囲碁の相手」は選択肢にない", preview.Body.TextContent);
        Assert.Equal(6L, await group.Town.ScalarAsync($"select count(*) from app.member where municipality_id = {group.Town.Id}"));
        await keeper.PressAsync(preview, "322人を取り込む");

        Assert.Equal(328L, await group.Town.ScalarAsync($"select count(*) from app.member where municipality_id = {group.Town.Id}"));
        Assert.Equal(322L, await group.Town.ScalarAsync($"select count(*) from app.member where municipality_id = {group.Town.Id} and content -> 'canDo' @> '[\"rubbish\", \"watch\"]' and content ->> 'canDoOther' = '囲碁の相手'"));
    }

    [Fact]
    public async Task A_leaving_member_is_exported_and_erased_and_the_figures_stay()
    {
        var group = await GroupTown.CreateAsync(app);
        var keeper = await group.KeeperAsync();
        var today = DateOnly.FromDateTime(DateTime.UtcNow.AddHours(9));
        await group.SellAsync(today);
        await group.SettleAsync(group.Report(today, 30));
        var path = $"groups/{group.GroupId}/members/{group.Users[0].Id}";

        Assert.Contains("精算か返金", (await keeper.PressAsync(await keeper.GetPageAsync(path), "退会を記録する")).Body!.TextContent);
        await group.PostAsync(today, group.Type.Refund(group.Users[0].Id, 8));
        Assert.Contains("0999-10-0004", await keeper.GetStringAsync(path + "?handler=Export", TestContext.Current.CancellationToken));
        await keeper.PressAsync(await keeper.PressAsync(await keeper.GetPageAsync(path), "退会を記録する"), "消す");

        Assert.Equal(0L, await group.Town.ScalarAsync($"select count(*) from app.member where id = '{group.Users[0].Id}' and (name like '%4郎%' or phone like '%0004' or content::text like '%耳%')"));
        Assert.Equal(1L, await group.Town.ScalarAsync($"select count(*) from app.settlement where municipality_id = {group.Town.Id}"));
        Assert.Empty(await group.FaultsAsync());
    }

    [Fact]
    public async Task What_was_said_and_written_of_a_person_is_erased_too_and_what_counts_stays()
    {
        var group = await GroupTown.CreateAsync(app);
        var keeper = await group.KeeperAsync();
        await keeper.PressAsync(await keeper.GetPageAsync($"groups/{group.GroupId}/requests/new?q=0004"), "受け付けて、担い手をさがす", ("内容", "その他"), ("くわしく", "ひみつの手紙を書く"), ("日にち", "今日"), ("始める時刻", "9:00"), ("希望", "ひみつの希望"), ("電話してきた人（本人でないとき）", "ひみつの長女"));
        var visit = (Guid)(await group.Town.ScalarAsync($"select id from app.visit where municipality_id = {group.Town.Id}"))!;
        await keeper.PressAsync(await keeper.GetPageAsync($"groups/{group.GroupId}/visits/{visit}/offers/new?member={group.Helpers[1].Id}"), "電話に出なかった", ("メモ", "ひみつのメモ"));
        await group.GiveAsync(visit);
        await keeper.SubmitAsync(await keeper.GetPageAsync($"groups/{group.GroupId}/visits/{visit}/reports/new"), ("できなかった", true), ("天候", true), ("気づいたこと", "ひみつの気づき"), ("ひやりとした", true), ("何がありましたか", "ひみつの出来事"));
        var report = await group.Town.ScalarAsync($"select id from app.visit_report where visit_id = '{visit}'");
        await group.Town.ScalarAsync($"insert into app.slip_photo (municipality_id, group_id, report_id, media_type, bytes, created_at, by_name) values ({group.Town.Id}, '{group.GroupId}', '{report}', 'image/png', '\\x01', now(), 'x')");
        await keeper.PressAsync(await keeper.GetPageAsync($"groups/{group.GroupId}/visit-reports/{report}"), "確かめて、帳簿に記録する");
        var path = $"groups/{group.GroupId}/members/{group.Users[0].Id}";
        Assert.Contains("受付中です", (await keeper.PressAsync(await keeper.GetPageAsync(path), "退会を記録する")).QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
        var request = await group.Town.ScalarAsync($"select request_id from app.visit where id = '{visit}'");
        await keeper.PressAsync(await keeper.GetPageAsync($"groups/{group.GroupId}/requests/{request}"), "この依頼を終える", ("取り下げ", true), ("理由", "ひみつの理由"));
        var export = await keeper.GetStringAsync(path + "?handler=Export", TestContext.Current.CancellationToken);
        Assert.All(new[] { "ひみつの手紙", "ひみつの希望", "ひみつの長女", "ひみつの気づき", "ひみつの出来事" }, said => Assert.Contains(said, export, StringComparison.Ordinal));

        await keeper.PressAsync(await keeper.PressAsync(await keeper.GetPageAsync(path), "退会を記録する"), "消す");

        foreach (var table in new[] { "member", "help_request", "visit", "offer", "assignment", "visit_report", "slip_photo", "unmet_need" })
        {
            Assert.Equal(0L, await group.Town.ScalarAsync($"select count(*) from app.{table} t where municipality_id = {group.Town.Id} and t::text like '%ひみつ%'"));
        }

        Assert.Equal(0L, await group.Town.ScalarAsync($"select count(*) from app.slip_photo where municipality_id = {group.Town.Id}"));
        Assert.Equal("other failed near_miss 2", await group.Town.ScalarAsync($"select r.counted_as || ' ' || p.result || ' ' || p.incident || ' ' || (select count(*) from app.offer where visit_id = v.id) from app.help_request r join app.visit v on v.request_id = r.id join app.visit_report p on p.visit_id = v.id where v.id = '{visit}'"));
        Assert.Equal(0L, await group.Town.ScalarAsync($"select count(*) from app.audit_entry where municipality_id = {group.Town.Id} and (changes::text like '%ひみつ%' or note like '%ひみつ%')"));
        Assert.Contains("消した会員 4", (await keeper.GetPageAsync($"groups/{group.GroupId}/requests/{request}")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Those_whose_years_are_over_are_erased_together_and_who_left_may_come_again()
    {
        var group = await GroupTown.CreateAsync(app);
        var keeper = await group.KeeperAsync();
        await group.Town.ScalarAsync($"update app.member set joined_on = '2010-01-01', left_on = case number when 1 then date '2015-01-01' when 2 then date '2016-01-01' else current_date end where municipality_id = {group.Town.Id} and number <= 3");

        var page = await keeper.GetPageAsync($"groups/{group.GroupId}/members");
        Assert.Contains("5年を過ぎた記録が2件", page.Body!.TextContent, StringComparison.Ordinal);
        await keeper.PressAsync(await keeper.GetPageAsync($"groups/{group.GroupId}/members/erasures/new"), "まとめて消す");
        await keeper.PressAsync(await keeper.GetPageAsync($"groups/{group.GroupId}/requests/new?q=0999-88-7777"), "この内容で受け付ける", ("氏名", "相談 花子"), ("内容", "見守り・話し相手"), ("相談だけ", true), ("相談の内容", "隣の人が心配"));
        Assert.DoesNotContain("年を過ぎた記録", (await keeper.GetPageAsync($"groups/{group.GroupId}/members")).Body!.TextContent, StringComparison.Ordinal);
        await group.Town.ScalarAsync($"update app.help_request set received_on = '2015-01-01' where municipality_id = {group.Town.Id}");
        await keeper.PressAsync(await keeper.GetPageAsync($"groups/{group.GroupId}/members/erasures/new"), "まとめて消す");
        Assert.Equal("consultation watch 0", await group.Town.ScalarAsync($"select kind || ' ' || counted_as || ' ' || (r::text like '%花子%' or r::text like '%7777%' or r::text like '%隣の人%')::int from app.help_request r where municipality_id = {group.Town.Id}"));
        var again = await keeper.PressAsync(await keeper.GetPageAsync($"groups/{group.GroupId}/members/{group.Helpers[2].Id}"), "もう一度入会したと記録する");

        Assert.Contains("もう一度入会した", again.QuerySelector(".notice")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("2 4", await group.Town.ScalarAsync($"select count(*) filter (where erased_at is not null) || ' ' || count(*) filter (where left_on is null) from app.member where municipality_id = {group.Town.Id}"));
        Assert.DoesNotContain("もう一度入会", (await keeper.GetPageAsync($"groups/{group.GroupId}/members/{group.Helpers[0].Id}")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_real_address_gives_a_place_so_that_ways_are_told_and_limits_hold()
    {
        var group = await GroupTown.CreateAsync(app);
        await group.Town.ScalarAsync($"update app.area set lng = 139.62 where municipality_id = {group.Town.Id} and name = '東台二丁目'");     // 1.8 km
        var keeper = await group.KeeperAsync();
        foreach (var (member, address, reach) in new[] { (group.Users[0], "見本県本町１－５－２", ""), (group.Helpers[0], "東台2-7", ""), (group.Helpers[1], "本町一丁目9番", ""), (group.Helpers[2], "東台二丁目1", "0.5") })
        {
            await keeper.SubmitAsync(await keeper.GetPageAsync($"groups/{group.GroupId}/members/{member.Id}/edit"), ("住所", address), ("どこまで行けますか（km）", reach));
        }

        var visit = await group.AskAsync();
        Assert.Contains((await group.CandidateAsync(visit, 0)).Reasons, reason => reason.StartsWith("徒歩", StringComparison.Ordinal));
        Assert.Contains("同じ町内", (await group.CandidateAsync(visit, 1)).Reasons);
        Assert.Contains("手伝える範囲（0.5km）より遠い", (await group.CandidateAsync(visit, 2)).Against, StringComparison.Ordinal);
        var unknown = await keeper.SubmitAsync(await keeper.GetPageAsync($"groups/{group.GroupId}/members/{group.Helpers[0].Id}/edit"), ("住所", "どこか遠い町3"));
        Assert.Contains("町名から場所が分かりません", unknown.Body!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain((await group.CandidateAsync(visit, 0)).Reasons, reason => reason.StartsWith("徒歩", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_record_leads_to_what_the_person_still_has_to_do_and_the_register_to_whose_insurance_ends()
    {
        var group = await GroupTown.CreateAsync(app);
        await group.Town.ScalarAsync($"update app.member set insured_until = current_date + 20 where id = '{group.Helpers[1].Id}'");
        await group.Town.ScalarAsync($"update app.member set insured_until = current_date + 200 where id = '{group.Helpers[0].Id}'");
        var visit = await group.AskAsync();
        await group.GiveAsync(visit);
        var keeper = await group.KeeperAsync();

        foreach (var member in new[] { group.Helpers[0], group.Users[0] })
        {
            Assert.Contains((await keeper.GetPageAsync($"groups/{group.GroupId}/members/{member.Id}")).QuerySelectorAll("main .rows a"), link => link.GetAttribute("href")!.EndsWith($"/visits/{visit}", StringComparison.Ordinal));
        }

        Assert.Contains((await keeper.GetPageAsync($"groups/{group.GroupId}/members/{group.Users[0].Id}")).QuerySelectorAll("main .rows a"), link => link.GetAttribute("href")!.Contains("/requests/", StringComparison.Ordinal));
        var register = await keeper.GetPageAsync($"groups/{group.GroupId}/members");
        Assert.Contains("30日のうちに切れる協力会員が1人", register.Body!.TextContent, StringComparison.Ordinal);
        var ending = await keeper.GetPageAsync($"groups/{group.GroupId}/members?kind=insurance");
        Assert.Contains("会員 2郎", Assert.Single(ending.QuerySelectorAll("tbody tr")).TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_printed_register_has_no_telephone_no_address_and_no_note_and_keeps_to_the_choice()
    {
        var group = await GroupTown.CreateAsync(app);
        var keeper = await group.KeeperAsync();

        var sheet = await keeper.GetPageAsync((await keeper.GetPageAsync($"groups/{group.GroupId}/members?kind=user")).QuerySelectorAll("a").Single(link => link.TextContent == "名簿を印刷する").GetAttribute("href")![(group.Town.Slug.Length + 2)..]);

        Assert.Equal(3, sheet.QuerySelectorAll("tbody tr").Length);
        Assert.Contains("会員 4郎", sheet.Body!.TextContent, StringComparison.Ordinal);
        Assert.All(new[] { "0999-10", "本町", "耳が遠い", "会員 1郎" }, secret => Assert.DoesNotContain(secret, sheet.QuerySelector("main")!.TextContent, StringComparison.Ordinal));
        Assert.DoesNotContain("会員 1郎", await keeper.GetStringAsync($"groups/{group.GroupId}/members?handler=Table&kind=user&format=csv", TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private static async Task<AngleSharp.Dom.IDocument> UploadAsync(HttpClient keeper, GroupTown group, string csv)
    {
        var page = await keeper.GetPageAsync($"groups/{group.GroupId}/members/imports/new");
        using var form = new MultipartFormDataContent
        {
            { new StringContent(page.QuerySelector("main form input[name=__RequestVerificationToken]")!.GetAttribute("value")!), "__RequestVerificationToken" },
            { new ByteArrayContent(Encoding.UTF8.GetBytes(csv)), "Table", "volunteers.csv" },
        };
        using var sent = await keeper.PostAsync($"groups/{group.GroupId}/members/imports/new", form, TestContext.Current.CancellationToken);
        return await sent.ReadPageAsync();
    }

    [Theory]
    [InlineData("できること", "\"ゴミ出し, 買い物代行, 見守り、声かけ\"", "rubbish shopping watch", "")]
    [InlineData("できること", "ゴミ出し、外出同行(通院、散歩など)", "rubbish outing", "")]
    [InlineData("できること", "\"1,6,7\"", "meals rubbish watch", "")]
    [InlineData("できること", "①　⑥", "meals rubbish", "")]
    [InlineData("できること", "ゴミ出しと買い物代行", "", "ゴミ出しと買い物代行")]
    [InlineData("ゴミ出し,6．ゴミ出しの量,買い物代行,その他", "○,1,×,囲碁の相手", "rubbish", "囲碁の相手")]
    [InlineData("問9-6 ゴミ出し,問9-4 買い物代行", "1,0", "rubbish", "")]
    public async Task Choices_are_read_however_the_questionnaire_writes_them_and_none_is_lost(string headers, string cells, string codes, string other)
    {
        var group = await GroupTown.CreateAsync(app);
        var keeper = await group.KeeperAsync();

        await keeper.PressAsync(await UploadAsync(keeper, group, $"氏名,{headers}\n志願 太郎,{cells}\n"), "1人を取り込む");

        Assert.Equal($"{codes}|{other}", await group.Town.ScalarAsync($"select coalesce((select string_agg(code, ' ') from jsonb_array_elements_text(content -> 'canDo') code), '') || '|' || (content ->> 'canDoOther') from app.member where municipality_id = {group.Town.Id} and name = '志願 太郎'"));
    }

    [Fact]
    public async Task A_register_kept_elsewhere_comes_with_insurance_courses_and_contacts_and_what_is_unreadable_is_told()
    {
        var group = await GroupTown.CreateAsync(app);
        var keeper = await group.KeeperAsync();

        var preview = await UploadAsync(keeper, group, "氏名,会員の種類,住所,保険の終わる日,受けた講座,行ける距離,メール,緊急連絡先,緊急連絡先電話,手伝ってほしいこと\n協力 はな,協力会員,本町一丁目3,R9.3.31,2026-06-01 養成講座,2km,hana@example.jp,,,\n利用 たけ,利用会員,本町一丁目4,,いつか受けた,遠くても,なし,長男 一郎,0999-40-1,ゴミ出し\n");
        Assert.Contains("「受けた講座」の「いつか受けた」を読めません", preview.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("メールアドレスとして読めない", preview.Body.TextContent, StringComparison.Ordinal);
        await keeper.PressAsync(preview, "2人を取り込む");

        Assert.Equal("2027-03-31 養成講座 2 hana@example.jp 36.1", await group.Town.ScalarAsync($"select insured_until || ' ' || (content -> 'courses' -> 0 ->> 'name') || ' ' || (content ->> 'reachKm') || ' ' || (content ->> 'email') || ' ' || lat from app.member where municipality_id = {group.Town.Id} and name = '協力 はな'"));
        Assert.Equal("長男 一郎 0999-40-1 rubbish いつか受けた", await group.Town.ScalarAsync($"select (content ->> 'emergencyName') || ' ' || (content ->> 'emergencyPhone') || ' ' || (content -> 'needs' ->> 0) || ' ' || (content ->> 'note') from app.member where municipality_id = {group.Town.Id} and name = '利用 たけ'"));
    }

    [Fact]
    public async Task Papers_show_no_person_in_the_code_of_the_card()
    {
        var group = await GroupTown.CreateAsync(app);
        var keeper = await group.KeeperAsync();

        Assert.Contains("入会申込書", (await keeper.GetPageAsync($"groups/{group.GroupId}/members/papers")).Body!.TextContent);
        Assert.NotNull((await keeper.GetPageAsync($"groups/{group.GroupId}/members/{group.Users[0].Id}/card")).QuerySelector("svg.qr"));
        var card = (string)(await group.Town.ScalarAsync($"select card from app.member where id = '{group.Users[0].Id}'"))!;
        Assert.Matches("^[0-9A-F]{20}$", card);
        Assert.Contains("会員 4郎 さん", (await keeper.PressAsync(await keeper.GetPageAsync($"groups/{group.GroupId}/requests/new"), "さがす", ("電話番号、またはお名前の一部（ひらがな）", card))).QuerySelector("main h2")!.TextContent, StringComparison.Ordinal);
        foreach (var said in new[] { card, "4" })
        {
            Assert.Contains("会員 4郎", (await keeper.PressAsync(await keeper.GetPageAsync($"groups/{group.GroupId}/members"), "さがす", ("名前・ふりがな・電話", said))).QuerySelector("tbody")!.TextContent, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("月水 9:00-12:00", 2), InlineData("平日午前、土 13:00～17:00", 6), InlineData("毎日 8:30-9:00", 7)]
    public void Weekly_times_are_read_as_people_write_them(string written, int slots)
    {
        Assert.Equal(slots, WeekSlots.Read(written).Count);
        Assert.Equal(WeekSlots.Read(written), WeekSlots.Read(WeekSlots.Write(WeekSlots.Read(written))));
    }

    [Theory, InlineData("いつでも"), InlineData("月 25:00-26:00"), InlineData("月 9-12")]
    public void Times_that_cannot_be_are_told(string written) => Assert.Contains("読めません", Assert.Throws<RuleBrokenException>(() => WeekSlots.Read(written)).Message);
}
