using System.Net;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.ActivityRecords;
using Sasaeai.Features.Organizations;
using Sasaeai.Tests.Features.ActivityRecords;

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
}
