using System.Net;
using FsCheck;
using FsCheck.Fluent;
using Npgsql;
using Sasaeai.Features;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Fundings;

namespace Sasaeai.Tests.Features.Fundings;

public class FundingTests(TestApp app)
{
    /// <summary>Document 001: 地域支援事業の財源構成 and 平成30年度予算 (億円).</summary>
    [Fact]
    public void The_nations_shares_add_to_a_hundred_and_its_budget_to_its_total()
    {
        Assert.Equal([38.5m, 19.25m, 19.25m, 23m, 0m], Shares.Usual(Project.Comprehensive).All);
        Assert.Equal([25m, 12.5m, 12.5m, 23m, 27m], Shares.Usual(Project.General).All);
        Assert.All(Enum.GetValues<Project>(), project => Assert.Equal(100, Shares.Usual(project).Sum));
        Assert.Equal(3975, 2392 + 1583);
        Assert.Equal(3975, Shares.Usual(Project.General).Of(2392).Sum() + Shares.Usual(Project.Comprehensive).Of(1583).Sum());
    }

    [Fact]
    public void The_parts_of_an_amount_add_to_it_and_none_is_a_yen_off() => Check.QuickThrowOnFailure(Prop.ForAll(
        Arb.From(from yen in Gen.Choose(0, int.MaxValue) from cuts in Gen.ArrayOf(Gen.Choose(0, 10_000), 4) select (Yen: (long)yen * 997, Shares: Cut(cuts))), funding =>
        {
            var parts = funding.Shares.Of(funding.Yen);
            return parts.Sum() == funding.Yen && parts.Zip(funding.Shares.All).All(pair => Math.Abs(pair.First - funding.Yen * pair.Second / 100) < 1);
        }));

    [Fact]
    public async Task Shares_that_do_not_add_to_exactly_a_hundred_are_refused_by_page_entity_and_database()
    {
        var town = await app.CreateTownAsync();
        var officer = await app.SignedInAsync(town, Role.Officer);
        var form = await officer.GetPageAsync("fundings/edit?year=2018&project=Comprehensive");
        Assert.Equal("38.5", form.QuerySelector("input[name='Form.Nation']")!.GetAttribute("value"));

        var refused = await officer.SubmitAsync(form, ("事業費（円）", "158300000"), ("市町村（%）", "19.24"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("割合の合計が99.99%", refused.QuerySelector(".error-summary")!.TextContent);
        Assert.Throws<RuleBrokenException>(() => new Funding { FiscalYear = 2018, Project = Project.General }.Set(1, new Shares(25, 12.5m, 12.5m, 23, 27.01m), ""));
        await Assert.ThrowsAsync<PostgresException>(() => town.ScalarAsync($"insert into app.funding (municipality_id, fiscal_year, project, yen, nation, prefecture, town, first_insured, second_insured) values ({town.Id}, 2018, 'general', 1, 25, 12.5, 12.5, 23, 27.01)"));

        var saved = await officer.SubmitAsync(refused, ("市町村（%）", "19.25"));
        Assert.Equal(HttpStatusCode.OK, saved.StatusCode);
        Assert.Contains("158,300,000円", saved.QuerySelector("table.data")!.TextContent);
        Assert.Contains("60,945,500円", saved.QuerySelector("table.data")!.TextContent);
    }

    [Fact]
    public async Task Fees_above_the_cost_of_their_project_are_pointed_out()
    {
        var town = await app.CreateTownAsync();
        var officer = await app.SignedInAsync(town, Role.Officer);
        await officer.SubmitAsync(await officer.GetPageAsync("fundings/edit?year=2019&project=Comprehensive"), ("事業費（円）", "10000000"));

        var page = await officer.SubmitAsync(await officer.GetPageAsync("fundings/entrusted-fees/edit?year=2019"), ("委託先", "みほん市社会福祉協議会"), ("委託する仕事", "生活支援コーディネーターの配置"), ("委託料（円）", "10000001"));

        Assert.Contains("委託料の合計10,000,001円が、事業費10,000,000円をこえています", page.QuerySelector(".notice.warning")!.TextContent);
        Assert.Contains("令和元年度,みほん市社会福祉協議会,生活支援コーディネーターの配置,包括的支援事業,10000001", await officer.GetStringAsync("fundings?handler=Fees&year=2019&format=Csv", TestContext.Current.CancellationToken));
        Assert.Contains((await officer.GetPageAsync("fundings")).QuerySelectorAll("#year option"), option => option.TextContent == "令和元年度");
        var edit = await officer.GetPageAsync(page.QuerySelectorAll("table.data th a").Single(link => link.TextContent.Contains("社会福祉協議会")).GetAttribute("href")!);
        var after = await officer.PressAsync(edit, "この委託料を消す");
        Assert.Empty(after.QuerySelectorAll(".notice.warning"));
        Assert.Equal(1L, await town.ScalarAsync($"select count(*) from app.audit_entry where municipality_id = {town.Id} and verb = 'delete' and noun = 'entrusted_fee'"));
    }

    internal static Task<Guid> AddFeeAsync(Town town, string entrustedTo = "社会福祉協議会") => town.InAsync(async (db, _) =>
    {
        var fee = new EntrustedFee { FiscalYear = 2019, Project = Project.Comprehensive };
        fee.Set(entrustedTo, "SCの配置", 1);
        db.Add(fee);
        await db.SaveChangesAsync();
        return fee.Id;
    });

    /// <summary>Five shares of hundredths of a percent that add to 100.</summary>
    private static Shares Cut(int[] cuts)
    {
        int[] at = [0, .. cuts.Order(), 10_000];
        var parts = Enumerable.Range(0, 5).Select(i => (at[i + 1] - at[i]) / 100m).ToList();
        return new(parts[0], parts[1], parts[2], parts[3], parts[4]);
    }
}
