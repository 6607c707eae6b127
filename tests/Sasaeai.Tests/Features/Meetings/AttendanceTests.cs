using System.Net;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Sasaeai.Features.Accounts;

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
}
