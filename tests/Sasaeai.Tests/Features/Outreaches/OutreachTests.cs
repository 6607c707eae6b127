using System.Net;
using Sasaeai.Features.Accounts;
using Sasaeai.Tests.Features.ActivityRecords;

namespace Sasaeai.Tests.Features.Outreaches;

public class OutreachTests(TestApp app)
{
    private static readonly (string, object)[] Lecture = [("出前講座", true), ("場所", "東公民館"), ("第2層相当", true), ("参加した人数", "23"), ("内容", "支え合いの話")];

    [Fact]
    public async Task An_outreach_is_counted_in_its_layer_and_a_lecture_once_more_among_them()
    {
        var town = await app.CreateTownAsync();
        var coordinator = await app.SignedInAsync(town, Role.Coordinator);

        var page = await coordinator.GetPageAsync("outreaches/new");
        await coordinator.SubmitAsync(page, Lecture);
        await coordinator.SubmitAsync(page);
        await coordinator.SubmitAsync(await coordinator.GetPageAsync("outreaches/new"), [.. Lecture[1..], ("報告会", true), ("参加した人数", "99")]);

        var list = await coordinator.GetPageAsync("outreaches");
        Assert.Equal(["0回（0名）", "1回（23名）", "1回（23名）"], list.QuerySelectorAll("table")[0].QuerySelectorAll("tbody td a").Select(cell => cell.TextContent));
        Assert.Contains("99人", list.QuerySelectorAll("table")[1].TextContent);
        Assert.Equal(2L, await town.ScalarAsync($"select count(*) from app.outreach where municipality_id = {town.Id}"));
        var figure = await coordinator.GetPageAsync(new Uri(new Uri(list.Url), list.QuerySelectorAll("table")[0].QuerySelectorAll("tbody td a")[1].GetAttribute("href")).ToString());
        Assert.Contains("1回　23名", figure.QuerySelectorAll("caption").Last().TextContent);
    }

    [Fact]
    public async Task It_takes_over_what_the_activity_says_and_only_its_writer_or_an_officer_changes_it()
    {
        var town = await app.CreateTownAsync();
        var email = await town.AddAccountAsync(Role.Coordinator);
        var activity = await ActivityRecordTests.RecordAsync(town, email, (await ActivityRecordTests.ContentAsync(town)) with { What = "町会で話をした。", HeadCount = 12 });
        var me = await ActivityRecordTests.SignedInAsync(app, town, email);

        await me.SubmitAsync(await me.GetPageAsync($"outreaches/new?activity={activity}"), ("説明", true), ("場所", "集会所"));

        var id = await town.ScalarAsync($"select id from app.outreach where municipality_id = {town.Id} and head_count = 12 and activity_record_id = '{activity}' and content = '町会で話をした。'");
        Assert.NotNull(id);
        var (colleague, officer) = (await app.SignedInAsync(town, Role.Coordinator), await app.SignedInAsync(town, Role.Officer));
        Assert.Equal(HttpStatusCode.Forbidden, (await colleague.GetPageAsync($"outreaches/{id}/edit")).StatusCode);
        var bad = await officer.SubmitAsync(await officer.GetPageAsync($"outreaches/{id}/edit"), ("年", "2019"), ("月", "2"), ("日", "30"));
        Assert.Contains("行った日は", bad.QuerySelector(".error-summary")!.TextContent);
        await officer.SubmitAsync(bad, ("年", "R元"), ("月", "5"), ("日", "1"));
        Assert.Equal(1L, await town.ScalarAsync($"select count(*) from app.outreach where id = '{id}' and on_day = '2019-05-01'"));
    }

    [Fact]
    public async Task The_records_are_searched_sorted_and_taken_away_and_one_written_twice_goes()
    {
        var town = await app.CreateTownAsync();
        var (coordinator, colleague) = (await app.SignedInAsync(town, Role.Coordinator), await app.SignedInAsync(town, Role.Coordinator));
        var today = Issues.ChainTown.Today;
        var meeting = await town.InAsync(async (db, _) =>
        {
            var held = new Sasaeai.Features.Meetings.Meeting(new(null, "related", "", "町会の集まり", today, null, null, "西集会所", db.Areas.Single(area => area.Code == "Z1").Id, 2, false, false), null, new Sasaeai.Data.Actor(null, "x"), DateTimeOffset.UtcNow);
            db.Add(held);
            await db.SaveChangesAsync();
            return held.Id;
        });
        await coordinator.SubmitAsync(await coordinator.GetPageAsync("outreaches/new"), Lecture);
        var prepared = await coordinator.GetPageAsync($"outreaches/new?meeting={meeting}");
        Assert.Equal("西集会所", prepared.QuerySelector("input[name='Form.Place']")!.GetAttribute("value"));
        await coordinator.SubmitAsync(prepared, ("説明", true), ("参加した人数", "４０人"), ("内容", "見守りの話"));
        var year = Sasaeai.Japanese.FiscalYear.Of(today).Year;

        var list = await coordinator.GetPageAsync($"outreaches?year={year}&sort=-heads");
        Assert.Equal(["見守りの話", "支え合いの話"], list.QuerySelectorAll("table").Last().QuerySelectorAll("tbody th").Select(cell => cell.TextContent.Trim()));
        Assert.Contains("町会の集まり", list.QuerySelector($"a[href$='/meetings/{meeting}']")!.TextContent);
        Assert.Single((await coordinator.GetPageAsync($"outreaches?year={year}&q=見守り")).QuerySelectorAll("table").Last().QuerySelectorAll("tbody tr"));
        var csv = await coordinator.GetStringAsync($"outreaches?handler=List&format=Csv&year={year}&kind=Explanation", TestContext.Current.CancellationToken);
        Assert.Contains($"{today:yyyy-MM-dd},説明,第2層相当,第1圏域,西集会所,,40,,見守りの話,町会の集まり", csv);
        Assert.DoesNotContain("支え合いの話", csv);

        var id = await town.ScalarAsync($"select id from app.outreach where municipality_id = {town.Id} and kind = 'explanation'");
        Assert.Equal(HttpStatusCode.Forbidden, (await colleague.GetPageAsync($"outreaches/{id}/edit")).StatusCode);
        var after = await coordinator.PressAsync(await coordinator.GetPageAsync($"outreaches/{id}/edit"), "この記録を消す");
        Assert.Contains("回数と人数からも外れます", after.QuerySelector(".notice.success")!.TextContent);
        Assert.Equal(1L, await town.ScalarAsync($"select count(*) from app.outreach where municipality_id = {town.Id}"));
        Assert.Equal(1L, await town.ScalarAsync($"select count(*) from app.audit_entry where municipality_id = {town.Id} and verb = 'delete' and noun = 'outreach'"));
    }

    [Fact]
    public async Task The_list_is_searched_ordered_and_handed_out()
    {
        var town = await app.CreateTownAsync();
        var officer = await app.SignedInAsync(town, Role.Officer);
        await officer.SubmitAsync(await officer.GetPageAsync("outreaches/new"), Lecture);
        await officer.SubmitAsync(await officer.GetPageAsync("outreaches/new"), [.. Lecture[..^2], ("参加した人数", "5"), ("内容", "見守りの話"), ("依頼元", "さくら町会")]);

        Assert.Equal(["見守りの話", "支え合いの話"], (await officer.GetPageAsync("outreaches?sort=heads")).QuerySelectorAll("table:last-of-type tbody th a").Select(cell => cell.TextContent));
        Assert.Equal(["見守りの話"], (await officer.GetPageAsync("outreaches?q=サクラ")).QuerySelectorAll("table:last-of-type tbody th a").Select(cell => cell.TextContent));
        var csv = await officer.GetStringAsync("outreaches?handler=List&format=Csv&q=さくら", TestContext.Current.CancellationToken);
        Assert.Contains("さくら町会,5", csv);
        Assert.DoesNotContain("支え合いの話", csv);
    }

    [Fact]
    public async Task Two_people_who_change_one_outreach_are_told()
    {
        var town = await app.CreateTownAsync();
        var officer = await app.SignedInAsync(town, Role.Officer);
        await officer.SubmitAsync(await officer.GetPageAsync("outreaches/new"), Lecture);
        var path = $"outreaches/{await town.ScalarAsync($"select id from app.outreach where municipality_id = {town.Id}")}/edit";
        var (here, there) = (await officer.GetPageAsync(path), await officer.GetPageAsync(path));
        await officer.SubmitAsync(there, ("場所", "西公民館"));
        var told = await officer.SubmitAsync(here, ("場所", "北公民館"));
        Assert.Equal(["場所", "西公民館", "北公民館"], told.QuerySelectorAll("table.differences tbody tr > *").Select(cell => cell.TextContent));
    }
}
