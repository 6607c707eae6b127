using Microsoft.Extensions.DependencyInjection;
using Sasaeai.Commands;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Groups;
using Sasaeai.Tables;

namespace Sasaeai.Tests.Features.Groups;

/// <summary>The districts' outline of document 003.</summary>
public class DistrictTests(TestApp app)
{
    private static readonly string[][] Printed = [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Fixtures", "kitakyushu_districts.csv")).Skip(1).Select(line => line.Split(','))];

    [Fact]
    public async Task What_is_typed_into_the_forms_comes_out_as_printed_cell_by_cell()
    {
        var group = await GroupTown.CreateAsync(app);
        using var officer = await app.SignedInAsync(group.Town, Role.Officer);
        foreach (var row in Printed)
        {
            var made = await officer.SubmitAsync(await officer.GetPageAsync("groups/new"), ("属する団体", "助け合いの会"), ("団体の名前", row[0]), ("活動する範囲", row[0]), ("種類", "校(地)区社協"), ("区（行政区）", row[1]), ("相談員の人数", row[2]), ("有償・無償", row[3]),
                ("主な生活支援（言葉で）", row[4]), ("担い手の人数", row[5]), ("担い手の会の名前", row[6]), ("アンケートで見つかった活動希望者の人数", row[7]));
            Assert.Equal(row[0], made.QuerySelector("h1")!.TextContent);
        }

        using var csv = await officer.GetStreamAsync("groups/districts?handler=Table&format=csv", TestContext.Current.CancellationToken);
        using var copy = new MemoryStream();
        await csv.CopyToAsync(copy, TestContext.Current.CancellationToken);
        copy.Position = 0;
        var rows = TableReader.Open(copy, "districts.csv").Rows.Select(row => new[] { "校(地)区", "区", "相談員", "有償・無償", "主な生活支援", "担い手", "担い手の会", "アンケートによる活動希望者" }.Select(name => row[name]).ToArray()).ToList();
        Assert.Equal(Printed, rows);
        var first = (await officer.GetPageAsync("groups/districts")).QuerySelector("tbody tr")!;
        Assert.Equal("高須地区（若松）", first.QuerySelector("th")!.TextContent);
        Assert.Equal(["2名", "《有償》 ゴミ出し・掃除・買い物・通院同行 他", "◎「たかすちよこっと応援タイ」(32名)"], first.QuerySelectorAll("td").Select(cell => cell.TextContent.Trim()));
    }

    [Fact]
    public void The_districts_of_the_demo_are_the_printed_ones_under_other_names() =>
        Assert.Equal(Printed.Select(row => (row[2], row[3], row[4], row[5], row[7])), DemoGroups.Districts().Select(row => ($"{row.Counsellors}", row.Payment, row.Support, $"{row.Helpers}", $"{row.Survey}")));
}
