using System.Net;
using Sasaeai.Data;
using Sasaeai.Features.HelperLinks;
using Sasaeai.Features.Visits;
using Sasaeai.Tests.Features.Groups;
using Sasaeai.Tests.Features.Visits;

namespace Sasaeai.Tests.Features.HelperLinks;

public class HelperLinkTests(TestApp app)
{
    private static Task<string> LinkAsync(GroupTown group, int helper = 0) => group.Town.InAsync((db, _) => HelperLink.MakeAsync(db, group.GroupId, group.Helpers[helper].Id, "試し", DateTimeOffset.UtcNow));

    [Fact]
    public async Task A_helper_reports_with_one_press_without_a_password()
    {
        var group = await GroupTown.CreateAsync(app);
        var visit = await group.AskAsync(day: HelpDesk.Today);
        await group.GiveAsync(visit);
        using var phone = app.ClientFor(group.Town);
        var page = await phone.GetPageAsync($"helper/{await LinkAsync(group)}");
        Assert.Contains("本町一丁目4", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);

        var thanks = await phone.PressAsync(page, "予定どおり手伝いました");

        Assert.Contains("報告を受け取りました", thanks.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("page 会員1（本人のページ） 30", await group.Town.ScalarAsync($"select channel || ' ' || by_name || ' ' || minutes from app.visit_report where visit_id = '{visit}'"));
        Assert.Equal(1L, await group.Town.ScalarAsync($"select count(distinct record_id) from app.audit_entry where municipality_id = {group.Town.Id} and verb = 'look' and note = '手伝う人のページ'"));
    }

    [Fact]
    public async Task What_was_different_is_told_on_a_second_page()
    {
        var group = await GroupTown.CreateAsync(app);
        var visit = await group.AskAsync(day: HelpDesk.Today);
        await group.GiveAsync(visit);
        var token = await LinkAsync(group);
        using var phone = app.ClientFor(group.Town);

        await phone.PressAsync(await phone.GetPageAsync($"helper/{token}/reports/new?visit={visit}"), "報告する", ("できなかった", true), ("利用する人が留守だった", true));

        Assert.Equal("failed absent", await group.Town.ScalarAsync($"select result || ' ' || fail_reason from app.visit_report where visit_id = '{visit}'"));
    }

    [Fact]
    public async Task Address_and_notes_are_seen_from_acceptance_until_some_hours_after_the_closing_and_by_the_helper_only()
    {
        var group = await GroupTown.CreateAsync(app);
        var visit = await group.AskAsync(day: HelpDesk.Today);
        using var phone = app.ClientFor(group.Town);
        var (own, others) = (await LinkAsync(group), await LinkAsync(group, 1));
        async Task<bool> SeesAsync(string token) => (await phone.GetPageAsync($"helper/{token}")).Body!.TextContent is var text && (text.Contains("会員 4郎", StringComparison.Ordinal) || text.Contains("本町一丁目4", StringComparison.Ordinal) || text.Contains("耳が遠い", StringComparison.Ordinal));

        Assert.False(await SeesAsync(own));
        await group.GiveAsync(visit);
        Assert.True(await SeesAsync(own));
        Assert.False(await SeesAsync(others));
        await group.ApproveFreeAsync(visit);
        Assert.True(await SeesAsync(own));
        await group.Town.ScalarAsync($"update app.visit set closed_at = now() - interval '25 hours' where id = '{visit}'");
        Assert.False(await SeesAsync(own));
    }

    [Fact]
    public async Task Who_came_alone_although_two_were_asked_for_still_sees_where_and_reports()
    {
        var group = await GroupTown.CreateAsync(app);
        var visit = await group.AskAsync(day: HelpDesk.Today, helpers: 2);
        await group.GiveAsync(visit);
        using var phone = app.ClientFor(group.Town);
        using var keeper = await group.KeeperAsync();
        Assert.Contains("会員 1郎", (await keeper.GetPageAsync($"groups/{group.GroupId}/visit-reports/sheet")).QuerySelector("tbody")!.TextContent, StringComparison.Ordinal);

        var page = await phone.GetPageAsync($"helper/{await LinkAsync(group)}");
        Assert.Contains("本町一丁目4", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        await phone.PressAsync(page, "予定どおり手伝いました");

        Assert.Equal("reported", await group.StateAsync(visit));
    }

    [Fact]
    public async Task A_link_that_was_replaced_ended_or_made_up_opens_nothing()
    {
        var group = await GroupTown.CreateAsync(app);
        var (first, second) = (await LinkAsync(group), await LinkAsync(group));
        using var phone = app.ClientFor(group.Town);
        var other = await app.CreateTownAsync();
        using var elsewhere = app.ClientFor(other);

        foreach (var (client, token, expected) in new[] { (phone, first, HttpStatusCode.NotFound), (phone, second, HttpStatusCode.OK), (phone, "abc", HttpStatusCode.NotFound), (elsewhere, second, HttpStatusCode.NotFound) })
        {
            Assert.Equal(expected, (await client.GetAsync($"helper/{token}", TestContext.Current.CancellationToken)).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync($"helper/{token}/reports/new?visit={Guid.NewGuid()}", TestContext.Current.CancellationToken)).StatusCode);
        }
    }

    [Fact]
    public async Task The_printed_link_works_and_is_stored_nowhere()
    {
        var group = await GroupTown.CreateAsync(app);
        using var client = await group.KeeperAsync();

        var paper = await client.SubmitAsync(await client.GetPageAsync($"groups/{group.GroupId}/helper-links/new?member={group.Helpers[0].Id}"));
        var link = paper.QuerySelector(".letter-link")!.TextContent.Trim();
        using var phone = new HttpClient();
        var page = await (await phone.GetAsync(link, TestContext.Current.CancellationToken)).ReadPageAsync();

        Assert.Contains("会員 1郎 さんの活動", page.QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(0L, await group.Town.ScalarAsync($"select count(*) from app.audit_entry where municipality_id = {group.Town.Id} and changes::text like '%{link.Split('/')[^1]}%'"));
    }
}
