using System.Net;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Resources;

namespace Sasaeai.Tests.Features.MistakeReports;

public class MistakeReportTests(TestApp app)
{
    private static async Task<Guid> ReportAsync(Town town)
    {
        var resource = await town.PublishAsync("ふれあいサロン", ["1001"]);
        return await town.InAsync(async (db, _) =>
        {
            var report = new MistakeReport { ResourceId = resource, Receipt = $"M-{Guid.NewGuid():N}", Text = "<script>曜日がちがう</script>", CreatedAt = DateTimeOffset.UtcNow };
            report.AskBackAt("090-0000-1111");
            db.MistakeReports.Add(report);
            await db.SaveChangesAsync();
            return report.Id;
        });
    }

    [Fact]
    public async Task The_contact_is_shown_on_the_report_only_and_the_look_is_recorded()
    {
        var town = await app.CreateTownAsync();
        var id = await ReportAsync(town);
        var client = await app.SignedInAsync(town, Role.Coordinator);

        var list = (await client.GetPageAsync("mistake-reports")).Body!.TextContent;
        Assert.Contains("ふれあいサロン", list);
        Assert.DoesNotContain("090-0000-1111", list);
        var page = await client.GetPageAsync($"mistake-reports/{id}");

        Assert.Contains("090-0000-1111", page.Body!.TextContent);
        Assert.Equal("<script>曜日がちがう</script>", page.QuerySelector(".as-written")!.TextContent);
        Assert.Contains($"edit?report={id}", page.QuerySelector("a.button")!.GetAttribute("href"));
        Assert.Equal(1L, await town.ScalarAsync($"select count(*) from app.audit_entry where municipality_id = {town.Id} and verb = 'look' and noun = 'mistake_report' and record_id = '{id}'"));
    }

    [Fact]
    public async Task Closing_needs_an_answer_and_empties_the_contact()
    {
        var town = await app.CreateTownAsync();
        var id = await ReportAsync(town);
        var client = await app.SignedInAsync(town, Role.Coordinator);
        var page = await client.GetPageAsync($"mistake-reports/{id}");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await client.PressAsync(page, "処理ずみにする")).StatusCode);
        await client.PressAsync(page, "処理ずみにする", ("どうなったか", "今の掲載で合っていた"));

        Assert.Equal("closed|", await town.ScalarAsync($"select state || '|' || contact from app.mistake_report where id = '{id}'"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await client.PressAsync(page, "処理ずみにする", ("どうなったか", "もう一度"))).StatusCode);
    }

    [Fact]
    public async Task Reports_of_other_towns_and_areas_stay_closed()
    {
        var (town, other) = (await app.CreateTownAsync(), await app.CreateTownAsync());
        var (id, foreign) = (await ReportAsync(town), await ReportAsync(other));
        var neighbour = await app.SignedInAsync(town, Role.Coordinator, "Z2");

        Assert.Equal(HttpStatusCode.NotFound, (await neighbour.GetPageAsync($"mistake-reports/{foreign}")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await neighbour.GetPageAsync($"mistake-reports/{id}")).StatusCode);
    }
}
