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
    public async Task Who_said_it_is_too_far_or_cannot_do_it_is_not_proposed_for_the_same_again_and_who_was_busy_may_come_on_another_day()
    {
        var group = await GroupTown.CreateAsync(app, helpers: 5);
        var visit = await group.AskAsync(0);
        using var client = await group.KeeperAsync();
        foreach (var (helper, why) in new[] { (0, "遠い"), (1, "その内容はできない"), (2, "体調がよくない"), (3, "その日は予定がある") })
        {
            await client.PressAsync(await client.GetPageAsync($"groups/{group.GroupId}/visits/{visit}/offers/new?member={group.Helpers[helper].Id}"), "断られた", (why, true));
        }

        var (sameUser, sameKind, otherDay) = (await group.AskAsync(0, kind: "garden", day: HelpDesk.Today.AddDays(3)), await group.AskAsync(1, start: new TimeOnly(15, 0)), await group.AskAsync(1, kind: "garden", day: HelpDesk.Today.AddDays(3)));
        Assert.StartsWith("前に断られています（遠い", (await group.CandidateAsync(sameUser, 0)).Against, StringComparison.Ordinal);
        Assert.StartsWith("前に断られています（その内容はできない", (await group.CandidateAsync(sameKind, 1)).Against, StringComparison.Ordinal);
        Assert.StartsWith("断られています（体調がよくない", (await group.CandidateAsync(sameKind, 2)).Against, StringComparison.Ordinal);
        foreach (var (other, helper) in new[] { (sameKind, 0), (sameUser, 1), (otherDay, 2), (otherDay, 3), (sameKind, 4) })
        {
            Assert.Null((await group.CandidateAsync(other, helper)).Against);
        }

        await client.SubmitAsync(await client.GetPageAsync($"groups/{group.GroupId}/visits/{visit}/edit"), ("日にち", HelpDesk.Today.AddDays(4).ToString("M/d")));
        Assert.Null((await group.CandidateAsync(visit, 3)).Against);
        Assert.StartsWith("断られています（遠い", (await group.CandidateAsync(visit, 0)).Against, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_visit_of_any_day_is_never_settled_on_a_day_that_is_over()
    {
        var group = await GroupTown.CreateAsync(app);
        var (free, forced) = (await group.AskAsync(0, day: HelpDesk.Today.AddDays(-3), days: 6), await group.AskAsync(1, day: HelpDesk.Today.AddDays(-3), days: 6));
        await group.ChangeAsync(group.Helpers[1], content => content with { CanDo = ["cooking"] });

        await group.GiveAsync(free, 0);
        await group.GiveAsync(forced, 1, "きょうだけなら手伝えるとのこと");

        Assert.Equal(HelpDesk.Today, await group.Town.ScalarAsync($"select day from app.visit where id = '{free}'"));
        Assert.Equal(HelpDesk.Today, await group.Town.ScalarAsync($"select day from app.visit where id = '{forced}'"));
    }

    [Fact]
    public async Task The_day_that_the_helper_names_on_the_telephone_is_the_day_of_the_visit()
    {
        var group = await GroupTown.CreateAsync(app);
        var visit = await group.AskAsync(day: HelpDesk.Today, days: 6);
        using var client = await group.KeeperAsync();
        var form = await client.GetPageAsync($"groups/{group.GroupId}/visits/{visit}/offers/new?member={group.Helpers[0].Id}");
        var refused = await client.PressAsync(form, "受けてくれた", ("行く日", HelpDesk.Today.AddDays(9).ToString("M/d")));
        Assert.Contains("頼まれた日の中から", refused.QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
        refused = await client.PressAsync(refused, "受けてくれた", ("行く日", HelpDesk.Today.AddDays(4).ToString("M/d")), ("行く時刻", "25:00"));
        Assert.Contains("25:00", refused.QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);

        await client.PressAsync(refused, "受けてくれた", ("行く時刻", "10時"));

        Assert.Equal($"{HelpDesk.Today.AddDays(4):yyyy-MM-dd} 10:00:00", await group.Town.ScalarAsync($"select day || ' ' || starts from app.visit where id = '{visit}'"));
    }

    [Fact]
    public async Task Whom_a_member_avoids_is_entered_on_the_form_by_number_and_holds_for_both()
    {
        var group = await GroupTown.CreateAsync(app);
        using var client = await group.KeeperAsync();
        var form = await client.GetPageAsync($"groups/{group.GroupId}/members/{group.Users[0].Id}/edit");
        Assert.Contains("会員番号99の人はいません", (await client.SubmitAsync(form, ("避ける相手（会員番号）", "99"))).QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("会員自身の番号", (await client.SubmitAsync(form, ("避ける相手（会員番号）", $"{group.Users[0].Number}"))).QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);

        var shown = await client.SubmitAsync(form, ("避ける相手（会員番号）", "１、2"));

        Assert.Contains("避ける相手：会員1 会員 1郎、会員2 会員 2郎", shown.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("避ける相手：会員4 会員 4郎", (await client.GetPageAsync($"groups/{group.GroupId}/members/{group.Helpers[0].Id}")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        var visit = await group.AskAsync();
        foreach (var helper in new[] { 0, 1 })
        {
            Assert.True(await group.CandidateAsync(visit, helper) is { Firm: true, Against: "この人は避けることになっています" });
        }

        Assert.Null((await group.CandidateAsync(visit, 2)).Against);
    }

    [Fact]
    public async Task Nobody_is_asked_beyond_the_hours_a_month_that_the_person_set()
    {
        var group = await GroupTown.CreateAsync(app);
        using var client = await group.KeeperAsync();
        await client.SubmitAsync(await client.GetPageAsync($"groups/{group.GroupId}/members/{group.Helpers[0].Id}/edit"), ("ひと月に手伝う上限（時間）", "1"));
        var day = HelpDesk.Today.AddDays(40);
        await group.GiveAsync(await group.AskAsync(0, day: day, minutes: 40));

        Assert.StartsWith("ひと月の上限（1時間）をこえます", (await group.CandidateAsync(await group.AskAsync(1, day: day, start: new TimeOnly(14, 0)), 0)).Against, StringComparison.Ordinal);
        Assert.Null((await group.CandidateAsync(await group.AskAsync(1, day: day, start: new TimeOnly(15, 0), minutes: 20), 0)).Against);
    }

    [Fact]
    public async Task A_course_may_be_asked_for_one_kind_of_help_only_and_a_renewed_one_counts()
    {
        var group = await GroupTown.CreateAsync(app);
        using var client = await group.KeeperAsync();
        var form = await client.GetPageAsync($"groups/{group.GroupId}/help-rule");
        Assert.Contains("「ゴミだし講習」は、この会の内容の分類にありません", (await client.SubmitAsync(form, ("受けていることが必要な講座・面談", "ゴミだし講習：初回"))).QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
        await client.SubmitAsync(form, ("受けていることが必要な講座・面談", "掃除・洗濯：衛生の講習"));
        await group.ChangeAsync(group.Helpers[0], content => content with { CanDo = ["rubbish", "cleaning"] });
        await group.ChangeAsync(group.Helpers[1], content => content with { CanDo = ["cleaning"], Courses = [new CourseTaken("衛生の講習", HelpDesk.Today.AddYears(-4), HelpDesk.Today.AddYears(-1)), new CourseTaken("衛生の講習", HelpDesk.Today.AddYears(-1), HelpDesk.Today.AddYears(2))] });
        var (rubbish, cleaning) = (await group.AskAsync(), await group.AskAsync(kind: "cleaning"));

        Assert.Null((await group.CandidateAsync(rubbish, 0)).Against);
        Assert.Equal("「衛生の講習」を受けていません", (await group.CandidateAsync(cleaning, 0)).Against);
        Assert.Null((await group.CandidateAsync(cleaning, 1)).Against);
        Assert.Equal("掃除・洗濯：衛生の講習", (await client.GetPageAsync($"groups/{group.GroupId}/help-rule")).QuerySelector("textarea")!.TextContent.Trim());
    }

    [Fact]
    public async Task A_category_of_the_group_that_counts_as_driving_asks_for_the_check_list_too()
    {
        var group = await GroupTown.CreateAsync(app);
        await group.Town.InAsync(async (db, _) =>
        {
            db.HelpCategories.Add(new HelpCategory { GroupId = group.GroupId, Code = "own-clinic", Name = "病院への送り迎え", CountedAs = HelpKind.Driving, CreatedAt = DateTimeOffset.UtcNow, ByName = "試し" });
            await db.SaveChangesAsync();
        });
        using var client = await group.KeeperAsync();
        var visit = await client.PressAsync(await client.GetPageAsync($"groups/{group.GroupId}/requests/new?q=0004"), "受け付けて、担い手をさがす", ("内容", "病院への送り迎え"), ("日にち", "あした"), ("始める時刻", "9:00"));

        Assert.Contains("会員 1郎 さん：送迎の前の確認（道路運送法）", visit.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(visit.QuerySelectorAll("ol.cards li"));
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
