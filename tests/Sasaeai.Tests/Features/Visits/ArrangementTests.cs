using System.Net;
using Sasaeai.Data;
using Sasaeai.Features;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Groups;
using Sasaeai.Features.HelpRequests;
using Sasaeai.Features.Members;
using Sasaeai.Features.Visits;
using Sasaeai.Tests.Features.Groups;

namespace Sasaeai.Tests.Features.Visits;

public class ArrangementTests(TestApp app)
{
    private static readonly WeekSlot[] Mornings = [.. Enum.GetValues<DayOfWeek>().Select(day => new WeekSlot(day, new TimeOnly(9, 0), new TimeOnly(12, 0)))];

    [Fact]
    public async Task Candidates_come_with_reasons_and_everybody_else_with_what_speaks_against()
    {
        var group = await GroupTown.CreateAsync(app, helpers: 6);
        var before = await group.AskAsync(day: HelpDesk.Today);
        await group.GiveAsync(before, 1);
        await group.ApproveFreeAsync(before);
        await group.ChangeAsync(group.Helpers[1], content => content with { Slots = Mornings });
        await group.ChangeAsync(group.Helpers[2], content => content with { CanDo = ["cooking"] });
        await group.ChangeAsync(group.Helpers[3], content => content with { AvoidNumbers = [group.Users[0].Number] });
        await group.ChangeAsync(group.Helpers[4], content => content with { Away = [new AwayTime(HelpDesk.Today, HelpDesk.Today.AddDays(30), "旅行")] });
        await group.Town.InAsync(async (db, _) => { (await db.GetAsync<Member>(group.Helpers[5].Id)).InsuredUntil = HelpDesk.Today; await db.SaveChangesAsync(); });
        var visit = await group.AskAsync();
        using var client = await group.KeeperAsync();

        var page = await client.GetPageAsync($"groups/{group.GroupId}/visits/{visit}");

        var first = page.QuerySelector("ol.cards li")!.TextContent;
        Assert.Contains("会員 2郎", first, StringComparison.Ordinal);
        Assert.Contains("前回も担当（1回）", first, StringComparison.Ordinal);
        Assert.Contains("午前は空き", first, StringComparison.Ordinal);
        Assert.Contains("ゴミ出しができる", first, StringComparison.Ordinal);
        var against = page.QuerySelector("main details")!.TextContent;
        Assert.Contains("会員 3郎 さん：この活動はできません", against, StringComparison.Ordinal);
        Assert.Contains("会員 4郎 さん：この人は避けることになっています", against, StringComparison.Ordinal);
        Assert.Contains("まで休み（旅行）", against, StringComparison.Ordinal);
        Assert.Contains("会員 6郎 さん：保険の期限が切れています", against, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_two_coordinators_exactly_one_wins_and_the_other_is_told()
    {
        var group = await GroupTown.CreateAsync(app);
        var visit = await group.AskAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 2).Select(async helper =>
        {
            try
            {
                await group.GiveAsync(visit, helper);
                return "";
            }
            catch (RuleBrokenException broken)
            {
                return broken.Message;
            }
        }));

        Assert.Single(answers, "");
        Assert.Contains("さんが先に会員", answers.Single(answer => answer != ""), StringComparison.Ordinal);
        Assert.Equal(1L, await group.Town.ScalarAsync($"select count(*) from app.assignment where visit_id = '{visit}'"));
    }

    [Fact]
    public async Task The_database_holds_one_helper_for_a_place_whatever_the_program_says()
    {
        var group = await GroupTown.CreateAsync(app);
        var visit = await group.AskAsync();
        await group.GiveAsync(visit);

        var refused = await Assert.ThrowsAsync<Npgsql.PostgresException>(() => group.Town.ScalarAsync($"insert into app.assignment (municipality_id, group_id, visit_id, place, member_id, accepted_at, by_name, channel) select municipality_id, group_id, id, 0, '{group.Helpers[1].Id}', now(), 'x', 'phone' from app.visit where id = '{visit}'"));

        Assert.Equal("assignment_place", refused.ConstraintName);
    }

    [Fact]
    public async Task One_helper_is_not_given_two_visits_at_the_same_hour()
    {
        var group = await GroupTown.CreateAsync(app);
        var (one, other) = (await group.AskAsync(0), await group.AskAsync(1));

        var answers = await Task.WhenAll(new[] { one, other }.Select(async visit => await Record.ExceptionAsync(() => group.GiveAsync(visit))));

        Assert.Single(answers, answer => answer is null);
        Assert.Contains("それでも頼むときは、理由を書いてください", answers.Single(answer => answer is not null)!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_limit_is_set_aside_only_with_a_reason_which_is_kept_and_never_for_who_is_to_be_avoided()
    {
        var group = await GroupTown.CreateAsync(app);
        await group.Town.InAsync(async (db, _) =>
        {
            var rule = new HelpRule { GroupId = group.GroupId };
            rule.Change(false, new HelpRuleContent { Courses = [new CourseRule("担い手養成講座")] }, DateTimeOffset.UtcNow);
            db.HelpRules.Add(rule);
            await db.SaveChangesAsync();
        });
        await group.ChangeAsync(group.Helpers[1], content => content with { AvoidNumbers = [group.Users[0].Number] });
        await group.ChangeAsync(group.Helpers[2], content => content with { Courses = [new CourseTaken("担い手養成講座", HelpDesk.Today.AddYears(-3), HelpDesk.Today.AddDays(-1))] });
        var visit = await group.AskAsync();
        using var client = await group.KeeperAsync();

        Assert.Equal("講習の期限が切れています", (await group.CandidateAsync(visit, 2)).Against);
        var refused = await client.PressAsync(await client.GetPageAsync($"groups/{group.GroupId}/visits/{visit}/offers/new?member={group.Helpers[0].Id}"), "受けてくれた");
        Assert.Contains("「担い手養成講座」を受けていません。それでも頼むときは、理由を書いてください", refused.QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
        await client.PressAsync(refused, "受けてくれた", ("それでも頼む理由", "来週受ける予定で、世話人が同行する"));
        Assert.Equal("「担い手養成講座」を受けていません|来週受ける予定で、世話人が同行する", await group.Town.ScalarAsync($"select overridden || '|' || override_reason from app.assignment where visit_id = '{visit}'"));

        var firm = await client.GetPageAsync($"groups/{group.GroupId}/visits/{await group.AskAsync()}/offers/new?member={group.Helpers[1].Id}");
        Assert.DoesNotContain("受けてくれた", firm.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        await Assert.ThrowsAsync<RuleBrokenException>(async () => await group.GiveAsync(await group.AskAsync(), 1, "どうしても"));
    }

    [Fact]
    public async Task A_refusal_is_shared_and_feeds_availability()
    {
        var group = await GroupTown.CreateAsync(app);
        var (visit, same) = (await group.AskAsync(0, start: new TimeOnly(9, 0)), await group.AskAsync(1, start: new TimeOnly(14, 0)));
        using var client = await group.KeeperAsync();
        await client.PressAsync(await client.GetPageAsync($"groups/{group.GroupId}/visits/{visit}/offers/new?member={group.Helpers[0].Id}"), "断られた", ("その日は予定がある", true));
        await client.PressAsync(await client.GetPageAsync($"groups/{group.GroupId}/visits/{visit}/offers/new?member={group.Helpers[1].Id}"), "電話に出なかった", ("メモ", "夕方にもう一度"));
        var page = await client.GetPageAsync($"groups/{group.GroupId}/visits/{visit}/offers/new?member={group.Helpers[2].Id}");
        page.QuerySelector("input[name='AwayUntil.Year']")!.SetAttribute("value", $"{HelpDesk.Today.AddDays(20):yyyy-MM-dd}");
        await client.PressAsync(page, "断られた", ("しばらく休む", true));

        using var colleague = await group.KeeperAsync();
        var log = await colleague.GetPageAsync($"groups/{group.GroupId}/visits/{visit}?handler=Log");
        Assert.Contains("出なかった", log.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("夕方にもう一度", log.Body.TextContent, StringComparison.Ordinal);
        Assert.StartsWith("断られています（その日は予定がある", (await group.CandidateAsync(same, 0)).Against, StringComparison.Ordinal);
        Assert.Null((await group.CandidateAsync(same, 1)).Against);
        Assert.Contains("まで休み", (await group.CandidateAsync(same, 2)).Against, StringComparison.Ordinal);
        Assert.Equal(3L, await group.Town.ScalarAsync($"select count(*) from app.offer where visit_id = '{visit}'"));
    }

    [Fact]
    public async Task A_visit_of_any_day_settles_on_the_helpers_first_free_one_and_opens_again_when_the_helper_steps_back()
    {
        var group = await GroupTown.CreateAsync(app);
        var free = HelpDesk.Today.AddDays(3);
        await group.ChangeAsync(group.Helpers[0], content => content with { Slots = [new WeekSlot(free.DayOfWeek, new TimeOnly(9, 0), new TimeOnly(12, 0))] });
        var visit = await group.AskAsync(days: 6);
        await group.GiveAsync(visit);
        Assert.Equal(free, await group.Town.ScalarAsync($"select day from app.visit where id = '{visit}'"));
        var assignment = await group.Town.ScalarAsync($"select id from app.assignment where visit_id = '{visit}'");
        using var client = await group.KeeperAsync();

        await client.SubmitAsync(await client.GetPageAsync($"groups/{group.GroupId}/assignments/{assignment}/endings/new"), ("理由", "かぜ"));

        Assert.Equal("open", await group.StateAsync(visit));
        Assert.Equal(DBNull.Value, await group.Town.ScalarAsync($"select day from app.visit where id = '{visit}'"));
    }

    [Fact]
    public async Task A_visit_of_two_takes_two_different_helpers()
    {
        var group = await GroupTown.CreateAsync(app);
        var visit = await group.AskAsync(helpers: 2);
        await group.GiveAsync(visit, 0);
        Assert.Equal("open", await group.StateAsync(visit));
        await Assert.ThrowsAsync<RuleBrokenException>(() => group.GiveAsync(visit, 0));
        await group.GiveAsync(visit, 1);
        Assert.Equal("assigned", await group.StateAsync(visit));
    }

    [Fact]
    public async Task A_helper_with_open_visits_does_not_simply_leave()
    {
        var group = await GroupTown.CreateAsync(app);
        await group.GiveAsync(await group.AskAsync());
        using var client = await group.KeeperAsync();

        var page = await client.PressAsync(await client.GetPageAsync($"groups/{group.GroupId}/members/{group.Helpers[0].Id}"), "退会を記録する");

        Assert.Contains("この会員が受けている活動が1件あります", page.QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(1L, await group.Town.ScalarAsync($"select count(*) from app.member where id = '{group.Helpers[0].Id}' and left_on is null"));
    }

    [Fact]
    public async Task Nobody_drives_before_the_check_list()
    {
        var group = await GroupTown.CreateAsync(app);
        await group.ChangeAsync(group.Helpers[0], content => content with { CanDo = ["driving"], HasCar = true });
        var visit = await group.AskAsync(kind: HelpKind.Driving);
        var candidate = await group.CandidateAsync(visit, 0);
        Assert.True(candidate.Firm);
        using var client = await group.KeeperAsync();
        var page = await client.GetPageAsync($"groups/{group.GroupId}/ride-checks/new?member={group.Helpers[0].Id}");
        page.QuerySelector("input[name='Form.LicenceUntil.Year']")!.SetAttribute("value", "2099-12-31");
        page.QuerySelector("input[name='Form.InsuredUntil.Year']")!.SetAttribute("value", "2099-12-31");

        var refused = await client.SubmitAsync(page);
        Assert.Contains("すべての項目を確かめてから", refused.QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
        await client.SubmitAsync(refused, [.. Sasaeai.Features.RideChecks.RideCheck.All.Select(item => (item.Words, (object)true))]);

        Assert.Null((await group.CandidateAsync(visit, 0)).Against);
    }

    [Fact]
    public async Task Staff_and_others_see_no_visit_and_a_counsellor_only_where_the_rule_says_so()
    {
        var group = await GroupTown.CreateAsync(app);
        var visit = await group.AskAsync();
        await group.Town.InAsync(async (db, _) =>
        {
            var one = await db.GetAsync<HelpGroup>(group.GroupId);
            one.Change(one.Name, "", db.Areas.Single(area => area.Code == "Z1").Id, one.Kind, one.Content, DateTimeOffset.UtcNow);
            await db.SaveChangesAsync();
        });
        foreach (var role in new[] { Role.Administrator, Role.Officer, Role.Coordinator, Role.Counsellor, Role.CouncilMember, Role.Prefecture })
        {
            using var other = await app.SignedInAsync(group.Town, role);
            Assert.Equal(HttpStatusCode.Forbidden, (await other.GetAsync($"groups/{group.GroupId}/visits", TestContext.Current.CancellationToken)).StatusCode);
            Assert.NotEqual(HttpStatusCode.OK, (await other.GetAsync($"groups/{group.GroupId}/visits/{visit}", TestContext.Current.CancellationToken)).StatusCode);
        }

        using var keeper = await group.KeeperAsync();
        await keeper.SubmitAsync(await keeper.GetPageAsync($"groups/{group.GroupId}/help-rule"), ("地区の相談員も、依頼と活動を調整してよい", true));
        using var counsellor = await app.SignedInAsync(group.Town, Role.Counsellor);
        using var elsewhere = await app.SignedInAsync(group.Town, Role.Counsellor, "Z2");
        Assert.Equal(HttpStatusCode.OK, (await counsellor.GetAsync($"groups/{group.GroupId}/visits/{visit}", TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await counsellor.GetAsync($"groups/{group.GroupId}/ledger", TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await elsewhere.GetAsync($"groups/{group.GroupId}/visits", TestContext.Current.CancellationToken)).StatusCode);
    }
}

internal static class Done
{
    /// <summary>Marks the visit as done without the books (the user has no tickets here).</summary>
    public static Task ApproveFreeAsync(this GroupTown group, Guid visit) => group.Town.InAsync(async (db, _) =>
    {
        var done = await db.GetAsync<Visit>(visit);
        done.Close(VisitState.Done, "", "試し", DateTimeOffset.UtcNow);
        await db.SaveChangesAsync();
    });
}
