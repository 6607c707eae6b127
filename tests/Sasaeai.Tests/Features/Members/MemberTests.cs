using System.Net;
using System.Text;
using Sasaeai.Features;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Members;
using Sasaeai.Tests.Features.Groups;

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
    public async Task Papers_show_no_person_in_the_code_of_the_card()
    {
        var group = await GroupTown.CreateAsync(app);
        var keeper = await group.KeeperAsync();

        Assert.Contains("入会申込書", (await keeper.GetPageAsync($"groups/{group.GroupId}/members/papers")).Body!.TextContent);
        Assert.NotNull((await keeper.GetPageAsync($"groups/{group.GroupId}/members/{group.Users[0].Id}/card")).QuerySelector("svg.qr"));
        Assert.Matches("^[0-9A-F]{20}$", (string)(await group.Town.ScalarAsync($"select card from app.member where id = '{group.Users[0].Id}'"))!);
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
