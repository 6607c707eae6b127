using System.Net;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.ActivityRecords;
using Sasaeai.Tests.Features.Issues;

namespace Sasaeai.Tests.Features.ActivityRecords;

public class ActivityEvidenceTests(TestApp app)
{
    [Fact]
    public async Task A_record_becomes_evidence_of_an_issue_and_a_voice_without_being_typed_again()
    {
        var chain = await ChainTown.CreateAsync(app);
        var (town, foreign) = (chain.Town, await ChainTown.CreateAsync(app));
        var issue = await chain.IssueAsync("坂の上のゴミ出し");
        await foreign.IssueAsync("よその町の課題");
        var email = await town.AddAccountAsync(Role.Coordinator);
        var record = await ActivityRecordTests.RecordAsync(town, email, await ActivityRecordTests.ContentAsync(town, new DateOnly(2026, 10, 1)) with { Audience = ActivityAudience.Own, Noticed = "<b>坂</b>の上では集積所まで運べない。" });
        var me = await ActivityRecordTests.SignedInAsync(app, town, email);
        var page = await me.GetPageAsync($"activities/{record}");
        var form = await me.GetPageAsync(page.QuerySelector("a[href$='/evidence/new']")!.GetAttribute("href")!);

        Assert.Equal("<b>坂</b>の上では集積所まで運べない。", form.QuerySelector("textarea")!.TextContent.Trim());
        Assert.DoesNotContain("よその町の課題", form.Body!.TextContent);
        var refused = await me.SubmitAsync(form);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("課題を選んでください。", refused.QuerySelector(".error-summary")!.TextContent);
        var shown = await me.SubmitAsync(refused, ("どの課題の根拠ですか", "坂の上のゴミ出し"));

        Assert.EndsWith($"/issues/{issue}", shown.Url);
        Assert.NotEmpty(shown.QuerySelectorAll($"a[href$='/activities/{record}']"));
        Assert.Equal("2026-10-01", await town.ScalarAsync($"select on_day::text from app.issue_evidence where issue_id = '{issue}' and activity_record_id = '{record}'"));
        Assert.Equal(HttpStatusCode.Forbidden, (await (await app.SignedInAsync(town, Role.Officer)).GetPageAsync($"activities/{record}/evidence/new")).StatusCode);      // the record is the recorder's own

        var entry = await me.GetPageAsync($"voices/entries/new?activityRecord={record}");
        await me.SubmitAsync(entry, ("匿名化した要旨", "坂の上で、ゴミを運べない人がいる"));
        Assert.Equal(1L, await town.ScalarAsync($"select count(*) from app.voice where activity_record_id = '{record}' and heard_on = '2026-10-01' and area_id is not null"));
        var stranger = await app.SignedInAsync(town, Role.Coordinator);
        Assert.Equal(HttpStatusCode.Forbidden, (await stranger.GetPageAsync($"voices/entries/new?activityRecord={record}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetPageAsync($"voices/entries/new?activityRecord={Guid.NewGuid()}")).StatusCode);
    }
}
