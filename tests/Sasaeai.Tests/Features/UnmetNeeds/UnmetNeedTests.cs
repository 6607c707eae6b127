using System.Net;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Groups;
using Sasaeai.Features.HelpRequests;
using Sasaeai.Features.Organizations;
using Sasaeai.Features.UnmetNeeds;
using Sasaeai.Tests.Features.Groups;
using Sasaeai.Tests.Features.Visits;

namespace Sasaeai.Tests.Features.UnmetNeeds;

public class UnmetNeedTests(TestApp app)
{
    private static Task<Guid> RequestOfAsync(GroupTown group, Guid visit) => group.Town.InAsync(async (db, _) => (await db.GetAsync<Sasaeai.Features.Visits.Visit>(visit)).RequestId);

    private static Task<HelpGroup> NeighbourAsync(GroupTown group) => group.Town.InAsync(async (db, _) =>
    {
        var organization = new Organization("G-2", new OrganizationContent { Name = "となりの会" }, DateTimeOffset.UtcNow);
        var neighbour = new HelpGroup(organization.Id, "となりの会", GroupKind.Residents, GroupStage.Active, HelpDesk.Today, "試し", new GroupContent(), DateTimeOffset.UtcNow);
        db.AddRange(organization, neighbour);
        await db.SaveChangesAsync();
        return neighbour;
    });

    [Fact]
    public async Task The_waiting_list_shows_the_longest_wait_first()
    {
        var group = await GroupTown.CreateAsync(app);
        await group.Town.InAsync(async (db, _) =>
        {
            foreach (var (user, days) in new[] { (0, 3), (1, 20) })
            {
                db.HelpRequests.Add(new HelpRequest(group.GroupId, RequestKind.Help, group.Users[user].Id, new HelpWanted(HelpKind.Common[0], "", 30, 1), new RequestContent(), "試し", DateTimeOffset.UtcNow.AddDays(-days)));
            }

            await db.SaveChangesAsync();
        });
        var given = await group.AskAsync(user: 2);
        await group.GiveAsync(given);
        using var client = await group.KeeperAsync();
        var rows = (await client.GetPageAsync($"groups/{group.GroupId}/waiting")).QuerySelectorAll("tbody tr").Select(row => row.TextContent).ToList();
        Assert.Equal(2, rows.Count);
        Assert.Contains("20日", rows[0], StringComparison.Ordinal);
        Assert.Contains("長い", rows[0], StringComparison.Ordinal);
        Assert.Contains("3日", rows[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_consent_another_group_takes_the_person_over_and_the_note_of_who_it_was_is_gone()
    {
        var group = await GroupTown.CreateAsync(app);
        var neighbour = await NeighbourAsync(group);
        var request = await RequestOfAsync(group, await group.AskAsync());
        using var client = await group.KeeperAsync();
        var form = await client.GetPageAsync($"groups/{group.GroupId}/waiting/{request}/unmet-needs/new");
        var refused = await client.SubmitAsync(form, ("担い手が足りない", true), ("ほかの助け合い団体につなぐ", true), ("つなぐ団体", "となりの会"));
        Assert.Contains("同意", refused.QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
        var list = await client.SubmitAsync(refused, ("本人は、氏名・連絡先・頼みたいことをその団体に伝えることに同意しています", true));
        Assert.Contains("返事を待っています", list.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal("unmet", await group.Town.ScalarAsync($"select state from app.help_request where id = '{request}'"));

        using var other = await app.SignedInAsync(group.Town, Role.GroupKeeper, organization: "G-2");
        var incoming = await other.GetPageAsync($"groups/{neighbour.Id}/waiting");
        Assert.Contains("会員 4郎さん", incoming.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await other.GetAsync($"groups/{group.GroupId}/requests/{request}", TestContext.Current.CancellationToken)).StatusCode);
        var taken = await other.PressAsync(incoming, "引き受ける");
        Assert.Contains("引き受けて", taken.QuerySelector(".notice")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(DBNull.Value, await group.Town.ScalarAsync($"select person from app.unmet_need where municipality_id = {group.Town.Id}"));
        Assert.Equal(1L, await group.Town.ScalarAsync($"select count(*) from app.member where group_id = '{neighbour.Id}' and name = '会員 4郎'"));
        Assert.Contains("引き受けた", (await client.GetPageAsync($"groups/{group.GroupId}/waiting")).Body!.TextContent, StringComparison.Ordinal);
        var audit = (string?)await group.Town.ScalarAsync($"select string_agg(changes::text, ' ') from app.audit_entry where municipality_id = {group.Town.Id} and noun = 'unmet_need'");
        Assert.DoesNotContain("会員 4郎", audit, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_was_taken_over_gets_a_day_and_a_helper_under_the_same_request()
    {
        var group = await GroupTown.CreateAsync(app);
        var neighbour = await NeighbourAsync(group);
        var request = await RequestOfAsync(group, await group.AskAsync());
        using var client = await group.KeeperAsync();
        await client.SubmitAsync(await client.GetPageAsync($"groups/{group.GroupId}/waiting/{request}/unmet-needs/new"), ("担い手が足りない", true), ("ほかの助け合い団体につなぐ", true), ("つなぐ団体", "となりの会"), ("本人は、氏名・連絡先・頼みたいことをその団体に伝えることに同意しています", true));
        using var other = await app.SignedInAsync(group.Town, Role.GroupKeeper, organization: "G-2");
        Assert.Contains("ほかの団体からの紹介 1件", (await other.GetPageAsync("today")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        var taken = await other.PressAsync(await other.GetPageAsync($"groups/{neighbour.Id}/waiting"), "引き受ける");

        var form = await other.GetPageAsync(taken.QuerySelectorAll("a").Single(link => link.TextContent == "いつ行くかを決める").GetAttribute("href")![(group.Town.Slug.Length + 2)..]);
        Assert.Contains("「日にち」の「2/30」を読めません", (await other.SubmitAsync(form, ("日にち", "2/30"), ("始める時刻", "10:00"))).QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
        var visit = await other.SubmitAsync(form, ("日にち", "あした"), ("始める時刻", "10:00"), ("手伝う人の数", "2"));

        Assert.Contains("会員 4郎 さん", visit.QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("1 2", await group.Town.ScalarAsync($"select count(distinct r.id) || ' ' || max(v.helpers) from app.help_request r join app.visit v on v.request_id = r.id where r.group_id = '{neighbour.Id}'"));
    }

    [Fact]
    public async Task What_another_group_declined_or_never_answered_is_taken_up_again_and_counts_once()
    {
        var group = await GroupTown.CreateAsync(app);
        var neighbour = await NeighbourAsync(group);
        var visit = await group.AskAsync();
        var request = await RequestOfAsync(group, visit);
        using var client = await group.KeeperAsync();
        async Task SendAsync() => await client.SubmitAsync(await client.GetPageAsync($"groups/{group.GroupId}/waiting/{request}/unmet-needs/new"), ("担い手が足りない", true), ("ほかの助け合い団体につなぐ", true), ("つなぐ団体", "となりの会"), ("本人は、氏名・連絡先・頼みたいことをその団体に伝えることに同意しています", true));
        async Task<int> UnmetAsync() => (await group.Town.InAsync((db, _) => db.Database.SqlQuery<int>($"select times as \"Value\" from app.unmet_counts({HelpDesk.Today}, {HelpDesk.Today})").ToListAsync(TestContext.Current.CancellationToken))).Sum();
        await SendAsync();
        Assert.Contains("ほかの団体に頼んであります", (await client.PressAsync(await client.GetPageAsync($"groups/{group.GroupId}/requests/{request}"), "この依頼をもう一度受け付ける")).QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
        using var other = await app.SignedInAsync(group.Town, Role.GroupKeeper, organization: "G-2");
        await other.PressAsync(await other.GetPageAsync($"groups/{neighbour.Id}/waiting"), "引き受けられない");
        Assert.Equal(1, await UnmetAsync());

        var list = await client.GetPageAsync($"groups/{group.GroupId}/waiting");
        Assert.Contains("もう一度受け付けて、ほかをさがす", list.Body!.TextContent, StringComparison.Ordinal);
        await client.PressAsync(await client.GetPageAsync($"groups/{group.GroupId}/requests/{request}"), "この依頼をもう一度受け付ける");
        Assert.Equal("open", await group.Town.ScalarAsync($"select state from app.help_request where id = '{request}'"));
        Assert.Equal(0, await UnmetAsync());
        Assert.Contains("会員 4郎", (await client.GetPageAsync($"groups/{group.GroupId}/waiting")).QuerySelector("tbody")!.TextContent, StringComparison.Ordinal);

        await SendAsync();
        await client.PressAsync(await client.GetPageAsync($"groups/{group.GroupId}/waiting"), "取り下げる");
        Assert.Equal(DBNull.Value, await group.Town.ScalarAsync($"select max(person::text) from app.unmet_need where municipality_id = {group.Town.Id}"));
        Assert.DoesNotContain("会員 4郎", (await other.GetPageAsync($"groups/{neighbour.Id}/waiting")).Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(1, await UnmetAsync());
    }

    [Fact]
    public async Task A_request_with_a_helper_is_not_given_up_by_mistake()
    {
        var group = await GroupTown.CreateAsync(app);
        var visit = await group.AskAsync();
        await group.GiveAsync(visit);
        using var client = await group.KeeperAsync();
        var refused = await client.SubmitAsync(await client.GetPageAsync($"groups/{group.GroupId}/waiting/{await RequestOfAsync(group, visit)}/unmet-needs/new"), ("遠くて行けない", true));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("担い手が決まっている活動", refused.QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("assigned", await group.StateAsync(visit));
    }

    [Fact]
    public async Task Unmet_demand_becomes_a_voice_without_a_person_when_the_group_allows_it()
    {
        var group = await GroupTown.CreateAsync(app, users: 7);
        using var client = await group.KeeperAsync();
        for (var user = 0; user < 6; user++)
        {
            var request = await RequestOfAsync(group, await group.AskAsync(user));
            await client.SubmitAsync(await client.GetPageAsync($"groups/{group.GroupId}/waiting/{request}/unmet-needs/new"), ("担い手が足りない", true));
        }

        using var officer = await app.SignedInAsync(group.Town, Role.Officer);
        var unmet = await officer.GetPageAsync("mutual-help-reports/unmet");
        Assert.Contains("担い手が足りない 6件", unmet.QuerySelector("tbody")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(unmet.QuerySelectorAll("tbody button"));
        await client.SubmitAsync(await client.GetPageAsync($"groups/{group.GroupId}/help-rule"), ("応えられなかった依頼の件数と理由を、市の「声」にしてよい", true));
        var voiced = await officer.PressAsync(await officer.GetPageAsync("mutual-help-reports/unmet"), "声にする");
        Assert.Contains("声にしました", voiced.QuerySelector(".notice")!.TextContent, StringComparison.Ordinal);
        var text = (string)(await group.Town.ScalarAsync($"select summary from app.voice where municipality_id = {group.Town.Id}"))!;
        Assert.Contains("「ゴミ出し」", text, StringComparison.Ordinal);
        Assert.Contains("6件", text, StringComparison.Ordinal);
        Assert.DoesNotContain("会員", text, StringComparison.Ordinal);
    }
}
