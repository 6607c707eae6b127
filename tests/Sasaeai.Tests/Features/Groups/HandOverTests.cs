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
}
