using Sasaeai.Features.Accounts;
using Sasaeai.Tests.Features.Issues;

namespace Sasaeai.Tests.Features.TownSettings;

public class DepartmentTests(TestApp app)
{
    [Fact]
    public async Task A_department_that_ended_is_kept_but_offered_no_more()
    {
        var town = await ChainTown.CreateAsync(app);
        var id = await town.IssueAsync("課題");
        var client = await app.SignedInAsync(town.Town, Role.Officer);
        Assert.Contains("交通課", (await client.GetPageAsync($"issues/{id}/handovers/new")).QuerySelector("#Form_To")!.TextContent);

        var twice = await client.SubmitAsync(await client.GetPageAsync("settings/departments/edit"), ("課の名前", "交通課"));
        Assert.Contains("すでにあります", twice.QuerySelector(".error-summary")!.TextContent);
        await town.Town.App.Owner.CreateCommand($"update app.department set ends_on = current_date - 1 where id = '{town.Department}'").ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        Assert.Contains("今はありません", (await client.GetPageAsync("settings/departments")).Body!.TextContent);
        Assert.DoesNotContain("交通課", (await client.GetPageAsync($"issues/{id}/handovers/new")).QuerySelector("#Form_To")!.TextContent);
    }
}
