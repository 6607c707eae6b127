using Sasaeai.Features.Accounts;

namespace Sasaeai.Tests.Features.Meetings;

public class TaskTests(TestApp app)
{
    [Fact]
    public async Task Tasks_of_all_meetings_stand_on_one_list_until_they_are_done()
    {
        var town = await app.CreateTownAsync();
        var council = await town.AddCouncilAsync();
        var meeting = await town.AddMeetingAsync(MeetingTown.Today, council, agenda: "議題");
        await town.AddOutcomesAsync(meeting, "候補地を<b>三つ</b>さがす");
        using var coordinator = await app.SignedInAsync(town, Role.Coordinator);
        using var neighbour = await app.SignedInAsync(town, Role.Coordinator, "Z2");
        using var member = await app.MemberOfAsync(town, council);

        var list = await coordinator.GetPageAsync("meeting-tasks");
        Assert.Equal("候補地を<b>三つ</b>さがす", Assert.Single(list.QuerySelectorAll("tbody th")).TextContent);
        Assert.Empty((await coordinator.GetPageAsync("meeting-tasks?list=due")).QuerySelectorAll("tbody tr"));     // it has no day
        Assert.Empty((await neighbour.GetPageAsync("meeting-tasks")).QuerySelectorAll("tbody tr"));
        var elsewhere = await neighbour.GetPageAsync("meeting-tasks?everywhere=true");
        Assert.Single(elsewhere.QuerySelectorAll("tbody tr"));
        Assert.Empty(elsewhere.QuerySelectorAll("tbody a[href*='endings']"));
        Assert.Empty((await member.GetPageAsync("meeting-tasks")).QuerySelectorAll("tbody tr"));      // the minutes are a draft
        await town.App.Owner.CreateCommand($"update app.meeting set minutes = 'checked', checked_at = now(), checked_by = 'x' where id = '{meeting}'").ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        Assert.Single((await member.GetPageAsync("meeting-tasks")).QuerySelectorAll("tbody tr"));

        var ending = await coordinator.GetPageAsync(list.QuerySelector("tbody a[href*='endings']")!.GetAttribute("href")!);
        var back = await coordinator.SubmitAsync(ending, ("済み", true), ("結果", "二つ見つかった"));

        Assert.EndsWith("/meeting-tasks?list=Open&everywhere=False", back.Url);
        Assert.Empty(back.QuerySelectorAll("tbody tr"));
        var csv = await coordinator.GetStringAsync("meeting-tasks?handler=Table&format=Csv&list=all", TestContext.Current.CancellationToken);
        Assert.Contains("候補地を<b>三つ</b>さがす", csv);
        Assert.Contains("二つ見つかった", csv);
    }

    [Fact]
    public async Task Tasks_are_searched_and_ordered()
    {
        var town = await app.CreateTownAsync();
        var meeting = await town.AddMeetingAsync(MeetingTown.Today, agenda: "買い物");
        await town.AddOutcomesAsync(meeting, "ベンチを置く");
        await town.AddOutcomesAsync(meeting, "名簿をつくる");
        using var officer = await app.SignedInAsync(town, Role.Officer);

        Assert.Equal(["ベンチを置く"], (await officer.GetPageAsync("meeting-tasks?q=べんち")).QuerySelectorAll("tbody th").Select(cell => cell.TextContent));
        Assert.Equal(["名簿をつくる", "ベンチを置く"], (await officer.GetPageAsync("meeting-tasks?sort=-text")).QuerySelectorAll("tbody th").Select(cell => cell.TextContent));
        Assert.DoesNotContain("名簿", await officer.GetStringAsync("meeting-tasks?handler=Table&format=Csv&q=べんち", TestContext.Current.CancellationToken));
        foreach (var column in new[] { "owner", "due", "-due", "state", "meeting" })
        {
            Assert.Equal(2, (await officer.GetPageAsync($"meeting-tasks?sort={column}")).QuerySelectorAll("tbody th").Length);
        }
    }
}
