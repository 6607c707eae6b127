using System.Net;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Plans;
using Sasaeai.Tests.Features.Indicators;

namespace Sasaeai.Tests.Features.Plans;

public class PlanTests(TestApp app)
{
    [Theory]
    [InlineData(7, 2018, 2020)]
    [InlineData(8, 2021, 2023)]
    [InlineData(9, 2024, 2026)]
    [InlineData(10, 2027, 2029)]
    public void The_number_of_a_plan_tells_its_three_years(int number, int first, int last)
    {
        var plan = new Plan { Number = number, Title = "x", CreatedAt = default };
        Assert.Equal((first, last), (plan.FirstYear, plan.LastYear));
        Assert.All(plan.FiscalYears, year => Assert.Equal(number, Plan.NumberOf(year)));
    }

    [Fact]
    public async Task A_plan_is_registered_once_and_described_by_officers()
    {
        var town = await app.CreateTownAsync();
        var officer = await app.SignedInAsync(town, Role.Officer);
        var form = await officer.GetPageAsync("plans/new");

        var page = await officer.SubmitAsync(form, ("期", "7"), ("計画の名前", "第7期介護保険事業計画"), ("この事業が載っているところ", "基本方針２（３）"));
        Assert.Contains("H30年度からR2年度まで", page.QuerySelector("p.lead")!.TextContent);
        Assert.Equal(page.Url, (await officer.SubmitAsync(form, ("期", "7"), ("計画の名前", "二度目"))).Url);     // the same form sent twice
        var again = await officer.SubmitAsync(await officer.GetPageAsync("plans/new"), ("期", "7"), ("計画の名前", "二つ目"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, again.StatusCode);
        Assert.Contains("第7期の計画は、もう登録されています", again.QuerySelector(".error-summary")!.TextContent);
        Assert.Equal(1L, await town.ScalarAsync($"select count(*) from app.plan where municipality_id = {town.Id}"));
    }

    [Fact]
    public async Task A_text_is_written_in_versions_and_nobody_overwrites_another()
    {
        var town = await app.CreateTownAsync();
        var (one, other) = (await app.SignedInAsync(town, Role.Officer), await app.SignedInAsync(town, Role.Administrator));
        const string Path = "annual-reports/2019/texts/edit?section=Meetings&kind=Situation";
        var (early, late) = (await one.GetPageAsync(Path), await other.GetPageAsync(Path));

        var paper = await one.SubmitAsync(early, ("文章", "・話し合いの場がふえた。\n<b>・人手が足りない。</b>"));
        Assert.Contains("・話し合いの場がふえた。", paper.QuerySelector(".situation")!.TextContent);
        Assert.Empty(paper.QuerySelectorAll(".situation b"));
        var refused = await other.SubmitAsync(late, ("文章", "・別の見方"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Equal("・別の見方", refused.QuerySelector("textarea")!.TextContent.Trim());
        Assert.Contains("話し合いの場がふえた", refused.QuerySelector("details .as-written")!.TextContent);
        var second = await other.SubmitAsync(refused);

        Assert.Equal("・別の見方", second.QuerySelector(".situation p")!.TextContent);
        Assert.Equal(2L, await town.ScalarAsync($"select count(*) from app.plan_text where municipality_id = {town.Id}"));
        Assert.Empty((await one.GetPageAsync("annual-reports/2018")).QuerySelectorAll(".situation"));     // of its year only
    }

    [Fact]
    public async Task A_text_stands_beside_one_thing_only_and_in_its_own_town()
    {
        var (town, foreign) = (await app.CreateTownAsync(), await app.CreateTownAsync());
        var indicator = await IndicatorTests.AddAsync(foreign, new() { Name = "x", Unit = "回", Layer = Sasaeai.Features.Indicators.IndicatorLayer.First, RuleCode = "meetings", Counting = "x", FromYear = 2018 });
        var officer = await app.SignedInAsync(town, Role.Officer);
        foreach (var query in new[] { $"indicator={indicator}", $"section=Meetings&indicator={indicator}", $"section=Meetings&area={Guid.NewGuid()}", $"section=Efforts&area={Guid.NewGuid()}" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await officer.GetAsync($"annual-reports/2019/texts/edit?{query}", TestContext.Current.CancellationToken)).StatusCode);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await officer.GetAsync("annual-reports/99999/texts/edit?section=Meetings", TestContext.Current.CancellationToken)).StatusCode);
    }
}
