using System.Net;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Postings;

namespace Sasaeai.Tests.Features.Meetings;

public class AttendanceTests(TestApp app)
{
    /// <summary>As the QR of the printed sheet holds it; the sheet itself draws it only.</summary>
    private string LinkTo(Town town, Guid meeting) =>
        $"check-ins/{app.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("Sasaeai.CheckIn").Protect($"{town.Id}/{meeting:N}")}";

    [Fact]
    public async Task Members_are_ticked_coordinators_named_and_others_added()
    {
        var town = await app.CreateTownAsync();
        var council = await town.AddCouncilAsync();
        await town.AddMemberAsync(council, "山田 花子");
        await town.AddMemberAsync(council, "鈴木 一郎");
        var meeting = await town.AddMeetingAsync(MeetingTown.Today, council);
        using var coordinator = await app.SignedInAsync(town, Role.Coordinator);
        var page = await coordinator.GetPageAsync($"meetings/{meeting}/attendances");
        var sc = page.QuerySelector("label[for^=coordinator]")!.TextContent;

        await coordinator.SubmitAsync(page, ("山田 花子（本町自治会）", true), (sc, true));
        await coordinator.PressAsync(await coordinator.GetPageAsync($"meetings/{meeting}/attendances"), "加える", ("名前", "通りがかりの人"), ("所属", "住民"));
        var twice = await coordinator.PressAsync(await coordinator.GetPageAsync($"meetings/{meeting}/attendances"), "加える", ("名前", "通りがかりの人"), ("所属", "住民"));

        Assert.Contains("もう入っています。", twice.QuerySelector(".error-summary")!.TextContent);
        Assert.Equal("coordinator t, member f, member t, participant t", await town.ScalarAsync($"select string_agg(kind || ' ' || left(present::text, 1), ', ' order by kind, present) from app.attendance where meeting_id = '{meeting}'"));
        Assert.Contains("3人", (await coordinator.GetPageAsync($"meetings/{meeting}")).Body!.TextContent);
        var sheet = await coordinator.GetPageAsync($"meetings/{meeting}/attendances/sheet");
        Assert.Contains("鈴木 一郎", sheet.Body!.TextContent);
        Assert.NotNull(sheet.QuerySelector("svg.qr"));
    }

    [Fact]
    public async Task Anybody_checks_in_by_QR_without_an_account_and_a_member_is_known_by_name()
    {
        var town = await app.CreateTownAsync();
        var council = await town.AddCouncilAsync();
        await town.AddMemberAsync(council, "山田 花子");
        var meeting = await town.AddMeetingAsync(MeetingTown.Today, council);
        using var visitor = app.ClientFor(town);
        var link = LinkTo(town, meeting);

        var thanks = new List<string>();
        foreach (var name in new[] { "山田　花子", "木村 タケ", "木村 タケ" })
        {
            var page = await visitor.SubmitAsync(await visitor.GetPageAsync(link), ("お名前", name), ("所属", "住民"));
            thanks.Add(page.QuerySelector(".notice")!.TextContent.Trim());
            Assert.DoesNotContain("花子", page.Body!.TextContent);
        }

        Assert.Single(thanks.Distinct());
        Assert.Equal("member qr, participant qr", await town.ScalarAsync($"select string_agg(kind || ' ' || how, ', ' order by kind) from app.attendance where meeting_id = '{meeting}' and present"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await visitor.SubmitAsync(await visitor.GetPageAsync(link), ("お名前", " "))).StatusCode);
    }

    [Fact]
    public async Task A_check_in_link_is_good_for_its_meeting_its_day_and_its_town()
    {
        var (town, other) = (await app.CreateTownAsync(), await app.CreateTownAsync());
        var (today, past) = (await town.AddMeetingAsync(MeetingTown.Today), await town.AddMeetingAsync(MeetingTown.Today.AddDays(-1)));
        using var visitor = app.ClientFor(town);
        using var foreigner = app.ClientFor(other);

        Assert.Equal(HttpStatusCode.OK, (await visitor.GetPageAsync(LinkTo(town, today))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetPageAsync(LinkTo(town, past))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await foreigner.GetPageAsync(LinkTo(town, today))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetPageAsync($"check-ins/{today}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetPageAsync(LinkTo(town, today)[..^3] + "AAA")).StatusCode);
    }

    [Fact]
    public async Task Who_checked_in_after_the_page_was_opened_is_not_taken_for_absent()
    {
        var town = await app.CreateTownAsync();
        var council = await town.AddCouncilAsync();
        await town.AddMemberAsync(council, "山田 花子");
        await town.AddMemberAsync(council, "鈴木 一郎");
        var meeting = await town.AddMeetingAsync(MeetingTown.Today, council);
        using var coordinator = await app.SignedInAsync(town, Role.Coordinator);
        using var visitor = app.ClientFor(town);
        Task<object?> PresentAsync() => town.ScalarAsync($"select string_agg(name, ', ' order by name) from app.attendance where meeting_id = '{meeting}' and present");
        var opened = await coordinator.GetPageAsync($"meetings/{meeting}/attendances");

        await visitor.SubmitAsync(await visitor.GetPageAsync(LinkTo(town, meeting)), ("お名前", "山田花子"));
        var saved = await coordinator.SubmitAsync(opened, ("鈴木 一郎（本町自治会）", true));

        Assert.Equal("山田 花子, 鈴木 一郎", await PresentAsync());
        await coordinator.SubmitAsync(saved, ("山田 花子（本町自治会）　QRで受付", false));      // shown as present, and unticked on purpose
        Assert.Equal("鈴木 一郎", await PresentAsync());
    }

    [Fact]
    public async Task A_number_that_is_none_loses_no_tick()
    {
        var town = await app.CreateTownAsync();
        var council = await town.AddCouncilAsync();
        await town.AddMemberAsync(council, "山田 花子");
        var meeting = await town.AddMeetingAsync(MeetingTown.Today, council);
        using var coordinator = await app.SignedInAsync(town, Role.Coordinator);

        var refused = await coordinator.SubmitAsync(await coordinator.GetPageAsync($"meetings/{meeting}/attendances"), ("山田 花子（本町自治会）", true), ("全部で何人来たか", "たくさん"));

        Assert.Contains("人数は数字で入力してください。", refused.QuerySelector(".error-summary")!.TextContent);
        Assert.True(refused.QuerySelector("#member-0")!.HasAttribute("checked"));
    }

    [Fact]
    public async Task A_coordinator_who_checks_in_by_QR_counts_as_coordinator_and_once()
    {
        var town = await app.CreateTownAsync();
        var email = await town.AddAccountAsync(Role.Coordinator);
        await town.ScalarAsync($"update app.account set name = '相沢 恵' where municipality_id = {town.Id} and email = '{email}'");
        var meeting = await town.AddMeetingAsync(MeetingTown.Today, kind: "care-area");
        using var visitor = app.ClientFor(town);

        await visitor.SubmitAsync(await visitor.GetPageAsync(LinkTo(town, meeting)), ("お名前", "相沢　恵"), ("所属", "社協"));

        using var officer = await app.SignedInAsync(town, Role.Officer);
        var page = await officer.GetPageAsync($"meetings/{meeting}/attendances");
        Assert.Contains("QRで受付", page.QuerySelector("label[for=coordinator-0]")!.TextContent);
        await officer.SubmitAsync(page);
        Assert.Equal("coordinator qr", await town.ScalarAsync($"select string_agg(kind || ' ' || how, ', ') from app.attendance where meeting_id = '{meeting}' and present"));
        Assert.Contains("参加割合 100%", string.Join(' ', (await officer.GetPageAsync("meetings/counts")).QuerySelectorAll("table")[2].QuerySelectorAll("tbody tr").Last().Children.Skip(1).Select(cell => cell.TextContent.Trim()).Where(text => text != "－" && text != "0回")));
        var csv = await officer.GetStringAsync($"meetings/{meeting}/attendances?handler=Table&format=Csv", TestContext.Current.CancellationToken);
        Assert.Contains("相沢 恵,", csv);
        Assert.Contains("SC,出席,QR", csv);
    }

    [Fact]
    public async Task A_coordinator_who_was_posted_before_there_were_accounts_is_named_at_a_meeting_of_that_time()
    {
        var town = await app.CreateTownAsync();
        var email = await town.AddAccountAsync(Role.Coordinator);
        await town.ScalarAsync($"update app.membership set starts_on = current_date where municipality_id = {town.Id}");
        await town.InAsync(async (db, _) =>
        {
            var account = db.Accounts.Single(one => one.Email == email);
            var posting = new Posting { Kind = PostingKind.Coordinator, AccountId = account.Id, PersonName = account.Name, AreaId = db.Areas.First().Id, Layer = PostingLayer.Both, Employer = Employer.WelfareCouncil, IsEntrusted = true };
            posting.Last(new(2019, 4, 1), new(2020, 3, 31));
            db.Add(posting);
            await db.SaveChangesAsync();
        });
        using var officer = await app.SignedInAsync(town, Role.Officer);

        Assert.Single((await officer.GetPageAsync($"meetings/{await town.AddMeetingAsync(new(2020, 3, 31))}/attendances")).QuerySelectorAll("label[for^=coordinator]"));
        Assert.Empty((await officer.GetPageAsync($"meetings/{await town.AddMeetingAsync(new(2020, 4, 1))}/attendances")).QuerySelectorAll("label[for^=coordinator]"));
    }
}
