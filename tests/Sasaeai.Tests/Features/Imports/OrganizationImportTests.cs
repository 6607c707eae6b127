using Microsoft.EntityFrameworkCore;
using Sasaeai.Features.Organizations;

namespace Sasaeai.Tests.Features.Imports;

public class OrganizationImportTests(TestApp app)
{
    [Fact]
    public async Task What_the_town_changed_stays_and_the_report_says_what_to_do()
    {
        var town = await app.CreateTownAsync();
        await town.ImportAsync("organizations", "団体番号,名称,電話番号,説明\nD1,見本社協,0999-1-1,はじめ\n");
        await town.InAsync(async (db, _) =>
        {
            var organization = await db.Organizations.SingleAsync();
            organization.Change(organization.Content with { Phone = new() { Value = "0999-9-9" } }, DateTimeOffset.UtcNow);
            db.Organizations.Add(new Organization("D2", new OrganizationContent { Name = "手で登録した会", Members = 5 }, DateTimeOffset.UtcNow));
            await db.SaveChangesAsync();
        });

        var result = await town.ImportAsync("organizations", "団体番号,名称,電話番号,説明\nD1,見本社協,0999-2-2,あたらしい\nD2,別の名前,,\n");

        Assert.Equal((true, 2), (result.Written, result.Report.Kept));
        Assert.Equal([(2, "電話番号", "0999-2-2"), (3, "名称", "別の名前")], result.Report.Problems.Select(problem => (problem.Row, problem.Column, problem.Value)));
        Assert.Contains("団体番号 D1 を開いて直してください", result.Report.Problems[0].Reason);
        await town.InAsync(async (db, _) =>
        {
            var (one, two) = (await db.Organizations.SingleAsync(o => o.Number == "D1"), await db.Organizations.SingleAsync(o => o.Number == "D2"));
            Assert.Equal(("0999-9-9", "あたらしい"), (one.Content.Phone.Value, one.Content.Description));
            Assert.Equal(("手で登録した会", 5), (two.Content.Name, two.Content.Members));
        });
    }
}
