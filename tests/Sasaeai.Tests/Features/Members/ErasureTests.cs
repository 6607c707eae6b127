using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Sasaeai.Data;
using Sasaeai.Features.HelperLinks;
using Sasaeai.Features.HelpRequests;
using Sasaeai.Features.Ledger;
using Sasaeai.Features.Members;
using Sasaeai.Features.Tariffs;
using Sasaeai.Features.VisitReports;
using Sasaeai.Features.Visits;
using Sasaeai.Tests.Features.Groups;
using Sasaeai.Tests.Features.Visits;

namespace Sasaeai.Tests.Features.Members;

/// <summary>Who leaves gets a copy of everything and is forgotten everywhere; what is counted stays.</summary>
public class ErasureTests(TestApp app)
{
    private const string Secret = "ひみつの話";

    /// <summary>A user who asked, was helped and left words in every place.</summary>
    private async Task<GroupTown> LivedAsync()
    {
        var group = await GroupTown.CreateAsync(app);
        await group.PostAsync(HelpDesk.Today, group.Type.Issue(20));
        await group.PostAsync(HelpDesk.Today, group.Type.Sell(group.Users[0].Id, 1, HelpDesk.Today));
        await group.Town.InAsync(async (db, services) =>
        {
            var (now, today) = (DateTimeOffset.UtcNow, HelpDesk.Today);
            var request = new HelpRequest(group.GroupId, RequestKind.Help, group.Users[0].Id, new HelpWanted(HelpKind.Common[^1], $"花の水やり {Secret}", 30, 1), new RequestContent { Caller = $"娘 {Secret}", CallerPhone = "0999-77-1234", Wishes = Secret, Place = Secret }, "試し", now);
            var visit = new Visit(request, new VisitTime(today, today, new TimeOnly(10, 0), new TimeOnly(10, 0)), now);
            var talked = new HelpRequest(group.GroupId, RequestKind.Consultation, group.Users[0].Id, new HelpWanted(HelpKind.Common[0], Secret, 30, 1), new RequestContent { Talk = Secret }, "試し", now);
            db.AddRange(request, visit, talked);
            await db.SaveChangesAsync();
            var (arrangements, desk) = (services.GetRequiredService<Arrangements>(), services.GetRequiredService<ReportDesk>());
            await arrangements.NoteAsync(visit, await db.GetAsync<Member>(group.Helpers[1].Id), ContactChannel.Phone, OfferResult.Refused, RefusalReason.Busy, null, Secret);
            await arrangements.AssignAsync(group.GroupId, visit.Id, group.Helpers[0].Id, ContactChannel.Phone, Secret);
            var report = await desk.TakeAsync(group.GroupId, visit.Id, new WhatHappened(VisitResult.Done, today, new TimeOnly(10, 0), new TimeOnly(10, 30), null, Incident.NearMiss, SignOff.None, new ReportContent { Note = Secret, IncidentText = Secret }), ReportChannel.Phone);
            db.SlipPhotos.Add(new SlipPhoto { GroupId = group.GroupId, ReportId = report.Id, MediaType = "image/png", Bytes = [1, 2, 3], CreatedAt = now, ByName = "試し" });
            await db.SaveChangesAsync();
            await desk.ApproveAsync(group.GroupId, report.Id);
        });
        return group;
    }

    /// <summary>Tables of the town in which the word stands.</summary>
    private static async Task<string> WhereAsync(GroupTown group, string word)
    {
        var found = new List<string>();
        foreach (var table in new[] { "member", "help_request", "visit", "visit_report", "offer", "assignment", "unmet_need", "audit_entry", "ledger_entry", "slip_photo" })
        {
            if ((long)(await group.Town.ScalarAsync($"select count(*) from app.{table} t where municipality_id = {group.Town.Id} and t::text like '%{word}%'"))! > 0)
            {
                found.Add(table);
            }
        }

        return string.Join(' ', found);
    }

    [Fact]
    public async Task A_copy_holds_all_that_is_known_and_erasing_leaves_no_word_and_all_counts()
    {
        var group = await LivedAsync();
        var user = group.Users[0];
        using var keeper = await group.KeeperAsync();
        var path = $"groups/{group.GroupId}/members/{user.Id}";
        var counts = $"select (select count(*) from app.help_request where municipality_id = {group.Town.Id}) || ' ' || (select sum(minutes) from app.visit_report where municipality_id = {group.Town.Id}) || ' ' || (select count(*) from app.visit_report where municipality_id = {group.Town.Id} and incident = 'near_miss') || ' ' || (select count(*) from app.settlement where municipality_id = {group.Town.Id})";
        var before = await group.Town.ScalarAsync(counts);

        var copy = (await keeper.GetPageAsync(path + "/copy")).QuerySelector("article")!.TextContent;
        foreach (var part in new[] { "本町一丁目4", "耳が遠い", $"花の水やり {Secret}", "0999-77-1234", "手伝ってもらった", "ありがとう券 2枚", "相談だけ" })
        {
            Assert.Contains(part, copy, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("会員 1郎", copy, StringComparison.Ordinal);
        var json = await keeper.GetStringAsync(path + "?handler=Export", TestContext.Current.CancellationToken);
        Assert.Contains("\"talk\": \"" + Secret, json, StringComparison.Ordinal);
        Assert.Contains("\"incident\": \"" + Secret, json, StringComparison.Ordinal);

        await group.PostAsync(HelpDesk.Today, group.Type.Refund(user.Id, 8));
        Assert.Contains("help_request", await WhereAsync(group, Secret), StringComparison.Ordinal);
        await keeper.PressAsync(await keeper.PressAsync(await keeper.GetPageAsync(path), "退会を記録する"), "消す");

        Assert.Equal("", await WhereAsync(group, Secret));
        Assert.Equal("", await WhereAsync(group, "会員 4郎"));
        Assert.Equal("", await WhereAsync(group, "0999-77-1234"));
        Assert.Equal(0L, await group.Town.ScalarAsync($"select count(*) from app.slip_photo where municipality_id = {group.Town.Id}"));
        Assert.Equal(before, await group.Town.ScalarAsync(counts));
        Assert.Equal(1L, await group.Town.ScalarAsync($"select count(*) from app.audit_entry where municipality_id = {group.Town.Id} and verb = 'erase' and noun = 'member'"));
        Assert.Empty(await group.FaultsAsync());
        Assert.Equal(System.Net.HttpStatusCode.OK, (await keeper.GetPageAsync($"groups/{group.GroupId}/requests/{await group.Town.ScalarAsync($"select id from app.help_request where municipality_id = {group.Town.Id} and kind = 'help'")}")).StatusCode);
    }

    [Fact]
    public async Task A_helper_who_is_erased_is_named_by_no_report_and_the_link_opens_nothing()
    {
        var group = await LivedAsync();
        var helper = group.Helpers[0];
        var visit = await group.AskAsync(day: HelpDesk.Today, start: new TimeOnly(14, 0));
        await group.GiveAsync(visit);
        var token = await group.Town.InAsync((db, _) => HelperLink.MakeAsync(db, group.GroupId, helper.Id, "試し", DateTimeOffset.UtcNow));
        using var phone = app.ClientFor(group.Town);
        await phone.PressAsync(await phone.GetPageAsync($"helper/{token}"), "予定どおり手伝いました");
        Assert.Equal("member", await WhereAsync(group, "会員 1郎"));       // reports and the audit trail know the number
        await group.ApproveAsync((Guid)(await group.Town.ScalarAsync($"select id from app.visit_report where visit_id = '{visit}'"))!);
        await group.PostAsync(HelpDesk.Today, Move.Of(EntryKind.Redeem, 2, 4, new(AccountRole.Earned, helper.Id), new(AccountRole.Redeemed)), Move.Of(EntryKind.Redeem, 0, 600, new(AccountRole.Earned, helper.Id), new(AccountRole.World)));
        using var keeper = await group.KeeperAsync();

        var left = await keeper.PressAsync(await keeper.GetPageAsync($"groups/{group.GroupId}/members/{helper.Id}"), "退会を記録する");
        Assert.Equal(0L, await group.Town.ScalarAsync($"select count(*) from app.helper_link where municipality_id = {group.Town.Id} and ended_at is null"));
        await keeper.PressAsync(left, "消す");

        Assert.Equal("", await WhereAsync(group, "会員 1郎"));
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await phone.GetPageAsync($"helper/{token}")).StatusCode);
    }

    [Fact]
    public async Task What_is_older_than_the_groups_rule_is_erased_in_one_press_and_the_rest_stays()
    {
        var group = await GroupTown.CreateAsync(app);
        await group.Town.InAsync(async (db, _) =>
        {
            foreach (var (years, talk) in new[] { (6, "古い話"), (4, "新しい話") })
            {
                db.HelpRequests.Add(new HelpRequest(group.GroupId, RequestKind.Consultation, null, new HelpWanted(HelpKind.Common[0], "", 30, 1), new RequestContent { Caller = "通りすがりの人", Talk = talk }, "試し", DateTimeOffset.UtcNow.AddYears(-years)));
            }

            await db.SaveChangesAsync();
        });
        foreach (var (member, years) in new[] { (group.Users[0], 6), (group.Users[1], 4) })
        {
            await group.Town.ScalarAsync($"update app.member set joined_on = '2001-01-01', user_since = '2001-01-01', left_on = '{HelpDesk.Today.AddYears(-years):yyyy-MM-dd}' where id = '{member.Id}' returning number");
        }

        using var keeper = await group.KeeperAsync();
        Assert.Contains("5年を過ぎた記録が2件", (await keeper.GetPageAsync($"groups/{group.GroupId}/members")).QuerySelector(".notice.warning")!.TextContent, StringComparison.Ordinal);
        var page = await keeper.GetPageAsync($"groups/{group.GroupId}/members/erasures/new");
        Assert.Equal(["会員 4郎"], page.QuerySelectorAll("td[data-label=氏名]").Select(cell => cell.TextContent));

        var done = await keeper.PressAsync(page, "まとめて消す");

        Assert.Contains("会員1人と、会員でない人の相談1件", done.QuerySelector(".notice")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("消す記録はありません", done.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(("", "help_request", "", "member"), (await WhereAsync(group, "古い話"), await WhereAsync(group, "新しい話"), await WhereAsync(group, "会員 4郎"), await WhereAsync(group, "会員 5郎")));
        Assert.Equal(2L, await group.Town.ScalarAsync($"select count(*) from app.help_request where municipality_id = {group.Town.Id}"));
    }

    [Fact]
    public async Task The_database_forgets_nobody_who_is_still_there_and_nobody_of_another_group()
    {
        var (group, other) = (await GroupTown.CreateAsync(app), await GroupTown.CreateAsync(app));
        foreach (var (of, member) in new[] { (group.GroupId, group.Users[0].Id), (other.GroupId, other.Users[0].Id) })
        {
            var refused = await Assert.ThrowsAsync<Npgsql.PostgresException>(() => group.Town.InAsync((db, _) => db.Database.ExecuteSqlAsync($"select app.forget_member({of}, {member})")));
            Assert.Equal("SA404", refused.SqlState);
        }
    }
}
