using System.Net;
using Sasaeai.Features.Accounts;
using Sasaeai.Commands;
using Sasaeai.Data;
using Sasaeai.Features.Figures;

namespace Sasaeai.Tests.Features.Figures;

public class FigureTests(TestApp app)
{
    [Fact]
    public async Task A_prefecture_sees_counts_of_its_towns_with_small_ones_masked_and_nothing_else()
    {
        var number = Random.Shared.Next(10, 99);
        async Task<Town> AddAsync(string code, MunicipalityKind kind)
        {
            var slug = $"fig-{Guid.NewGuid():N}"[..20];
            var id = await TownAdd.InsertAsync(app.Owner, new(code, slug, $"{code}の町", "", "見本県", kind, Demo: true));
            var town = new Town(app, slug, id);
            await town.InAsync(async (db, _) =>
            {
                db.TownRules.Add(new TownRule());
                db.Categories.AddRange(new Sasaeai.Features.Categories.Category { Code = "10", Name = "集まる・話す" }, new Sasaeai.Features.Categories.Category { Code = "1001", Name = "サロン", ParentCode = "10" });
                db.Areas.Add(new Sasaeai.Features.Areas.Area { Code = "Z1B", Kind = Sasaeai.Features.Areas.AreaKind.Block, Name = "本町" });
                await db.SaveChangesAsync();
            });
            return town;
        }

        var prefecture = await AddAsync($"{number}0001", MunicipalityKind.Prefecture);
        var (large, small, elsewhere) = (await AddAsync($"{number}1001", MunicipalityKind.Municipality), await AddAsync($"{number}1002", MunicipalityKind.Municipality), await AddAsync($"{(number == 99 ? 98 : number + 1)}1001", MunicipalityKind.Municipality));
        for (var i = 0; i < 12; i++)
        {
            await large.PublishAsync($"大きな町のサロン{i}", ["1001"]);
        }

        await small.PublishAsync("小さな町のサロン", ["1001"]);
        var client = await app.SignedInAsync(prefecture, Role.Prefecture);

        var page = await client.GetPageAsync("figures");
        var text = page.QuerySelector("main")!.TextContent;
        Assert.Contains("集まる・話す", text);
        Assert.Contains("12", page.QuerySelectorAll("tbody tr").First(row => row.TextContent.Contains($"{number}1001の町")).TextContent);
        Assert.Contains("5未満", page.QuerySelectorAll("tbody tr").First(row => row.TextContent.Contains($"{number}1002の町")).TextContent);
        Assert.DoesNotContain(await elsewhere.ScalarAsync($"select name from app.municipality where id = {elsewhere.Id}") as string ?? "?", text);
        Assert.DoesNotContain("サロン0", text);
        foreach (var path in new[] { "today", "accounts", "audit" })
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await client.GetPageAsync(path)).StatusCode);
        }

        Assert.Equal(HttpStatusCode.OK, (await client.GetPageAsync("account")).StatusCode);
    }

    [Fact]
    public async Task Coordinators_have_no_figures()
    {
        var client = await app.SignedInAsync(await app.CreateTownAsync(), Role.Coordinator);

        Assert.Equal(HttpStatusCode.Forbidden, (await client.GetPageAsync("figures")).StatusCode);
    }

    [Fact]
    public void What_would_tell_a_masked_number_is_left_out_too()
    {
        Figure[] figures = [new(1, null, 30, 30), new(1, "10", 3, 3), new(1, "11", 12, 12), new(1, "12", 15, 15), new(2, null, 40, 40), new(2, "10", 20, 20), new(2, "11", 20, 20)];

        var shown = Figure.WithComplement(figures, 5).Select(figure => figure.ResourcesShown(5));

        Assert.Equal(["30", "5未満", "—", "15", "40", "20", "20"], shown);
        Assert.Equal(("12", "—", "—"), Cells(new Figure(1, null, 12, 2)));      // 12 less 10 would be 2
        Assert.Equal(("12", "5未満", "—"), Cells(new Figure(1, null, 12, 10)));
        Assert.Equal(("12", "12", "0%"), Cells(new Figure(1, null, 12, 0)));
        Assert.Equal(["5未満", "5未満", "10"], Figure.WithComplement([new(1, "10", 2, 2), new(1, "11", 3, 3), new(1, "12", 10, 10)], 5).Select(figure => figure.ResourcesShown(5)));
    }

    private static (string, string, string) Cells(Figure figure) => (figure.ResourcesShown(5), figure.UnverifiedShown(5), figure.ShareShown(5));
}
