using Microsoft.Extensions.DependencyInjection;
using Sasaeai.Features.Groups;
using Sasaeai.Features.Members;
using Sasaeai.Features.Visits;
using Sasaeai.Tests.Features.Visits;

namespace Sasaeai.Tests.Features.Groups;

public class HandOverTests(TestApp app)
{
    [Fact]
    public async Task Who_takes_over_sees_who_stands_in_who_was_asked_and_what_is_open()
    {
        var group = await GroupTown.CreateAsync(app);
        await group.Town.InAsync(async (db, _) =>
        {
            db.Keepers.AddRange(new Keeper { GroupId = group.GroupId, Name = "当番 花子", Phone = "0999-1", DutyDays = ["Monday", "Tuesday"], StartsOn = HelpDesk.Today.AddDays(-9) }, new Keeper { GroupId = group.GroupId, Name = "控え 次郎", DutyDays = ["Monday"], StartsOn = HelpDesk.Today });
            await db.SaveChangesAsync();
        });
        var (open, given) = (await group.AskAsync(day: HelpDesk.Today.AddDays(2)), await group.AskAsync(1, day: HelpDesk.Today.AddDays(1)));
        await group.GiveAsync(given, 1);
        await group.Town.InAsync(async (db, services) => await services.GetRequiredService<Arrangements>().NoteAsync(await db.GetAsync<Visit>(open), await db.GetAsync<Member>(group.Helpers[0].Id), ContactChannel.Phone, OfferResult.Asked, null, null, ""));
        using var keeper = await group.KeeperAsync();

        var page = await keeper.GetPageAsync($"groups/{group.GroupId}/hand-over");

        var duties = page.QuerySelectorAll("tbody tr").Select(row => string.Join('|', row.QuerySelectorAll("td").Select(cell => cell.TextContent.Trim()))).ToList();
        Assert.Equal(["当番 花子 0999-1|控え 次郎", "当番 花子 0999-1|まだ決まっていません", "いません|"], duties.Take(3));
        var text = page.QuerySelector("main")!.TextContent;
        Assert.Contains("返事を待っている人（1人）", text, StringComparison.Ordinal);
        Assert.Contains("0999-10-0001", text, StringComparison.Ordinal);
        Assert.Contains("担い手をさがす活動（1件）", text, StringComparison.Ordinal);
        Assert.Contains("順番待ちが1件", text, StringComparison.Ordinal);
        Assert.True((long)(await group.Town.ScalarAsync($"select count(*) from app.audit_entry where municipality_id = {group.Town.Id} and verb = 'look' and note = '交代の紙'"))! == 1);
    }

    [Fact]
    public async Task Duty_days_are_changed_without_registering_the_keeper_anew()
    {
        var group = await GroupTown.CreateAsync(app);
        using var keeper = await group.KeeperAsync();
        var page = await keeper.PressAsync(await keeper.GetPageAsync($"groups/{group.GroupId}/keepers"), "加える", ("名前", "当番 花子"), ("月曜", true));

        var form = await keeper.GetPageAsync(page.QuerySelectorAll("tbody a").Single().GetAttribute("href")![(group.Town.Slug.Length + 2)..]);
        Assert.Equal(System.Net.HttpStatusCode.UnprocessableEntity, (await keeper.SubmitAsync(form, ("名前", ""))).StatusCode);
        page = await keeper.SubmitAsync(form, ("名前", "当番 花子"), ("電話番号", "0999-55-0000"), ("月曜", false), ("水曜", true));

        Assert.Contains("水曜", page.QuerySelector("tbody")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("月曜", page.QuerySelector("tbody")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(1L, await group.Town.ScalarAsync($"select count(*) from app.keeper where municipality_id = {group.Town.Id} and phone = '0999-55-0000'"));
    }

    [Fact]
    public async Task What_to_note_is_on_the_slip_only_when_it_was_asked_for_and_somebody_makes_the_visit()
    {
        var group = await GroupTown.CreateAsync(app);
        var visit = await group.AskAsync();
        using var keeper = await group.KeeperAsync();
        Assert.Empty((await keeper.GetPageAsync($"groups/{group.GroupId}/visits/{visit}/slip")).QuerySelectorAll("main button"));
        await group.GiveAsync(visit);
        var slip = await keeper.GetPageAsync($"groups/{group.GroupId}/visits/{visit}/slip");
        Assert.DoesNotContain("耳が遠い", slip.Body!.TextContent, StringComparison.Ordinal);

        slip = await keeper.PressAsync(slip, "気をつけることも紙に入れる（記録に残ります）");

        Assert.Contains("耳が遠い", slip.QuerySelector(".slip")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(1L, await group.Town.ScalarAsync($"select count(*) from app.audit_entry where municipality_id = {group.Town.Id} and note = '活動の紙に気をつけることを印字'"));
    }
}
