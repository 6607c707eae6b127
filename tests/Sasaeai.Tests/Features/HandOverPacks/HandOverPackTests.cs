using System.Net;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.ActivityRecords;
using Sasaeai.Features.Organizations;
using Sasaeai.Tests.Features.ActivityRecords;
using Sasaeai.Tests.Features.Meetings;

namespace Sasaeai.Tests.Features.HandOverPacks;

public class HandOverPackTests(TestApp app)
{
    [Fact]
    public async Task Promises_contacts_and_due_checks_are_on_one_paper_for_those_who_need_them()
    {
        var town = await app.CreateTownAsync();
        var email = await town.AddAccountAsync(Role.Coordinator);
        var group = new Organization("D1", new OrganizationContent { Name = "ひだまり会", Phone = new() { Value = "000-1111-2222" } }, DateTimeOffset.UtcNow);
        await town.InAsync(async (db, _) =>
        {
            db.Add(group);
            await db.SaveChangesAsync();
        });
        var content = await ActivityRecordTests.ContentAsync(town);
        await ActivityRecordTests.RecordAsync(town, email, content with { OrganizationId = group.Id, NextStep = "会場のかぎを借りる", NextDue = content.OnDay.AddDays(-1) });
        await ActivityRecordTests.RecordAsync(town, email, content with { NextStep = "自分だけの約束", Audience = ActivityAudience.Own });
        var account = await town.ScalarAsync($"select id from app.account where municipality_id = {town.Id}");
        var (me, colleague, officer) = (await ActivityRecordTests.SignedInAsync(app, town, email), await app.SignedInAsync(town, Role.Coordinator), await app.SignedInAsync(town, Role.Officer));

        var paper = (await officer.GetPageAsync($"hand-over-packs/{account}")).QuerySelector("main")!.TextContent;
        Assert.Contains("会場のかぎを借りる", paper);
        Assert.Contains("（過ぎています）", paper);
        Assert.Contains("000-1111-2222", paper);
        Assert.DoesNotContain("自分だけの約束", paper);
        Assert.Contains("本人だけが見られる約束が1件", paper);
        Assert.Contains("自分だけの約束", (await me.GetPageAsync($"hand-over-packs/{account}")).QuerySelector("main")!.TextContent);
        Assert.Equal(HttpStatusCode.Forbidden, (await colleague.GetPageAsync($"hand-over-packs/{account}")).StatusCode);
        Assert.Equal(2L, await town.ScalarAsync($"select count(*) from app.audit_entry where municipality_id = {town.Id} and verb = 'look' and noun = 'account' and record_id = '{account}'"));
    }

    [Fact]
    public async Task It_tells_what_the_councils_wait_for_and_whom_the_person_met()
    {
        var town = await app.CreateTownAsync();
        var email = await town.AddAccountAsync(Role.Coordinator);
        await town.ScalarAsync($"update app.account set name = '相沢 恵' where municipality_id = {town.Id} and email = '{email}'");
        var content = await ActivityRecordTests.ContentAsync(town);
        await ActivityRecordTests.RecordAsync(town, email, content with { PersonName = "木村会長" });
        var council = await town.AddCouncilAsync();
        var leader = await town.AddMemberAsync(council, "山田 花子");
        await town.ScalarAsync($"update app.council_member set post = 'leader', phone = '000-3333-4444' where id = '{leader}'");
        var meeting = await town.AddMeetingAsync(MeetingTown.Today, council, agenda: "買い物");
        await town.AddMeetingAsync(MeetingTown.Today.AddDays(20), council);
        var (_, task, _) = await town.AddOutcomesAsync(meeting, "名簿をつくる");
        await town.ScalarAsync($"update app.meeting_task set owner = '相沢SC' where id = '{task}'");
        var account = await town.ScalarAsync($"select id from app.account where municipality_id = {town.Id}");

        var paper = await (await app.SignedInAsync(town, Role.Officer)).GetPageAsync($"hand-over-packs/{account}");

        foreach (var said in new[] { "会議の宿題（1件）", "相沢SC（本人）", "山田 花子（本町自治会）", "000-3333-4444", "木村会長", Sasaeai.Japanese.Wareki.WithWeekday(MeetingTown.Today.AddDays(20)) })
        {
            Assert.Contains(said, paper.QuerySelector("main")!.TextContent);
        }
    }

    [Fact]
    public async Task A_promise_of_somebody_who_left_is_kept_by_those_who_work_there()
    {
        var town = await app.CreateTownAsync();
        var email = await town.AddAccountAsync(Role.Coordinator);
        var id = await ActivityRecordTests.RecordAsync(town, email, (await ActivityRecordTests.ContentAsync(town)) with { NextStep = "会場のかぎを返す" });
        var (successor, neighbour) = (await app.SignedInAsync(town, Role.Coordinator), await app.SignedInAsync(town, Role.Coordinator, "Z2"));

        Assert.DoesNotContain("次の一歩は済みました", (await neighbour.GetPageAsync($"activities/{id}")).QuerySelector("main")!.TextContent);
        Assert.Equal(HttpStatusCode.Forbidden, (await successor.GetPageAsync($"activities/{id}/edit")).StatusCode);
        var shown = await successor.PressAsync(await successor.GetPageAsync($"activities/{id}"), "次の一歩は済みました");

        Assert.Contains("に済みました。", shown.QuerySelector("main")!.TextContent);
        Assert.Equal(1L, await town.ScalarAsync($"select count(*) from app.activity_record where id = '{id}' and next_done_at is not null"));
    }
}
