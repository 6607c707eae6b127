using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Sasaeai.Features;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Postings;
using Sasaeai.Japanese;

namespace Sasaeai.Tests.Features.Postings;

public class PostingTests(TestApp app)
{
    private static readonly DateOnly Today = new(2021, 6, 1);

    private static Posting Of(string name, PostingLayer? layer, string from, string? to = null, Employer employer = Employer.WelfareCouncil, bool entrusted = true, Guid? body = null, string duty = "")
    {
        var posting = new Posting { Kind = layer is null ? PostingKind.Counsellor : PostingKind.Coordinator, PersonName = name, AreaId = Guid.NewGuid(), Layer = layer, Employer = employer, IsEntrusted = entrusted, OrganizationId = body, OtherDuty = duty };
        posting.Last(DateOnly.Parse(from), to is null ? null : DateOnly.Parse(to));
        return posting;
    }

    [Fact]
    public void The_table_of_years_counts_people_and_who_holds_both_layers_once()
    {
        var years = PostingCount.Years(
        [
            Of("相沢", PostingLayer.First, "2016-04-01", "2017-03-31"), Of("相沢", PostingLayer.Both, "2017-04-01"),
            Of("望月", PostingLayer.First, "2018-04-01"), Of("望月", PostingLayer.Second, "2018-04-01"),
        ], Today);

        Assert.Equal(["平成28年度 1 0 0", "平成29年度 0 0 1", "平成30年度 0 0 2", "令和元年度 0 0 2", "令和2年度 0 0 2", "令和3年度 0 0 2"], years.Select(year => $"{year.Year.Label} {year.First} {year.Second} {year.Both}"));
        Assert.Equal(Today, years[^1].Day);
    }

    [Fact]
    public void The_state_of_posting_says_who_works_directly_and_how_many_bodies_are_entrusted()
    {
        var (one, two) = (Guid.NewGuid(), Guid.NewGuid());
        var lines = PostingLine.Of(Today,
        [
            Of("一", PostingLayer.First, "2021-04-01", employer: Employer.City, entrusted: false), Of("二", PostingLayer.Second, "2021-04-01", employer: Employer.City, entrusted: false),
            Of("三", PostingLayer.Second, "2021-04-01", employer: Employer.SupportCenter, body: one), Of("四", PostingLayer.Second, "2021-04-01", employer: Employer.SupportCenter, body: one, duty: "総合相談"), Of("五", PostingLayer.Second, "2021-04-01", employer: Employer.SupportCenter, body: two),
            Of("六", PostingLayer.Second, "2021-04-01", "2021-05-31"), Of("七", null, "2021-04-01"),
        ]);

        Assert.Equal(["市職員 1名", "市職員 1名", "地域包括支援センターへの委託 2か所（3名、うち1名は他の業務と兼務）"], lines.Select(line => line.InWords("見本市")));
    }

    [Theory, InlineData("2019-04-30"), InlineData("2018-12-31")]
    public void A_posting_does_not_end_before_it_begins(string end) =>
        Assert.Equal("配置の終わりの日が、始まりの日より前です。日付を直してください。", Assert.Throws<RuleBrokenException>(() => Of("相沢", PostingLayer.First, "2019-05-01", end)).Message);

    [Fact]
    public async Task An_officer_registers_a_posting_and_a_wrong_period_loses_nothing()
    {
        var town = await app.CreateTownAsync();
        var officer = await app.SignedInAsync(town, Role.Officer);
        var page = await officer.GetPageAsync("postings/new");

        (string, object)[] answers = [("名前", "相沢 恵"), ("担当する地域", "第1圏域"), ("第1層・第2層を兼務", true), ("所属", "社会福祉協議会"), ("常勤換算", "0.5")];
        var refused = await officer.SubmitAsync(DateIn(page, "StartsOn", "R3.4.1", "EndsOn", "R3.3.31"), answers);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("配置の終わりの日が、始まりの日より前です。", refused.QuerySelector(".error-summary")!.TextContent);
        Assert.Equal("相沢 恵", refused.QuerySelector("#Form_PersonName")!.GetAttribute("value"));
        Assert.Equal(0L, await town.ScalarAsync($"select count(*) from app.posting where municipality_id = {town.Id}"));

        var bad = await officer.SubmitAsync(DateIn(refused, "StartsOn", "2021年2月30日", "EndsOn", ""));
        Assert.Contains("配置の始まりの日は", bad.QuerySelector(".error-summary")!.TextContent);

        var list = await officer.SubmitAsync(DateIn(bad, "StartsOn", "R3.4.1", "EndsOn", ""));
        Assert.Contains("名（第1層・第2層を兼務）", list.QuerySelector("main")!.TextContent);
        Assert.Equal("both 0.50 2021-04-01", await town.ScalarAsync($"select layer || ' ' || full_time_share || ' ' || starts_on from app.posting where municipality_id = {town.Id}"));
        Assert.Equal(1L, await town.ScalarAsync($"select count(*) from app.audit_entry where municipality_id = {town.Id} and noun = 'posting' and verb = 'create'"));

        var twice = await officer.SubmitAsync(DateIn(await officer.GetPageAsync("postings/new"), "StartsOn", "R4.4.1", "EndsOn", ""), answers);
        Assert.Contains("同じ人の、同じ地域と層の配置が", twice.QuerySelector(".error-summary")!.TextContent);
    }

    private static IDocument DateIn(IDocument page, params string[] days)
    {
        foreach (var pair in days.Chunk(2))
        {
            foreach (var box in page.QuerySelectorAll<IHtmlInputElement>($"input[name^='Form.{pair[0]}.']"))
            {
                box.Value = box.Name!.EndsWith("Year", StringComparison.Ordinal) ? pair[1] : "";
            }
        }

        return page;
    }

    [Fact]
    public async Task The_database_too_refuses_a_period_that_is_none()
    {
        var town = await app.CreateTownAsync();
        var error = await Assert.ThrowsAsync<Npgsql.PostgresException>(() => town.ScalarAsync($"""
            insert into app.posting (municipality_id, kind, person_name, area_id, layer, employer, is_entrusted, starts_on, ends_on)
            select {town.Id}, 'coordinator', 'x', id, 'first', 'city', false, '2021-04-01', '2021-03-31' from app.area where municipality_id = {town.Id} limit 1
            """));
        Assert.Equal("23514", error.SqlState);
    }

    [Fact]
    public async Task A_figure_opens_its_postings_and_the_list_is_searched_ordered_and_handed_out()
    {
        var town = await app.CreateTownAsync();
        await town.InAsync(async (db, _) =>
        {
            foreach (var (name, layer, from, to) in new (string, PostingLayer?, string, string?)[] { ("相沢 恵", PostingLayer.Both, "2018-04-01", null), ("望月 沙織", PostingLayer.Second, "2019-04-01", "2020-03-31"), ("小沢 千代", null, "2019-04-01", null) })
            {
                var posting = Of(name, layer, from, to);
                posting.AreaId = db.Areas.First(area => area.Code == "Z1").Id;
                db.Add(posting);
            }

            await db.SaveChangesAsync();
        });
        var officer = await app.SignedInAsync(town, Role.Officer);
        static IReadOnlyList<string> Names(IDocument page) => [.. page.QuerySelectorAll("table").Last().QuerySelectorAll("tbody th a").Select(cell => cell.TextContent)];

        var page = await officer.GetPageAsync("postings");
        var figure = page.QuerySelectorAll("table")[0].QuerySelectorAll("tbody tr").Single(row => row.TextContent.Contains("令和元年度")).QuerySelectorAll("td a").First();
        Assert.Equal("1名", figure.TextContent);
        Assert.Equal(["望月 沙織"], Names(await officer.GetPageAsync(new Uri(new Uri(page.Url), figure.GetAttribute("href")).ToString())));
        Assert.Equal(["小沢 千代"], Names(await officer.GetPageAsync("postings?q=千代")));
        Assert.Equal(["相沢 恵", "望月 沙織", "小沢 千代"], Names(await officer.GetPageAsync("postings?sort=-name")));
        var csv = await officer.GetStringAsync("postings?handler=List&format=Csv&q=望月", TestContext.Current.CancellationToken);
        Assert.Contains("望月 沙織,第1圏域,第2層,社会福祉協議会,,委託", csv);
        Assert.DoesNotContain("相沢", csv);
    }

    [Fact]
    public async Task Two_officers_who_change_one_posting_are_told_and_see_both()
    {
        var town = await app.CreateTownAsync();
        var officer = await app.SignedInAsync(town, Role.Officer);
        await officer.SubmitAsync(DateIn(await officer.GetPageAsync("postings/new"), "StartsOn", "R3.4.1", "EndsOn", ""), ("名前", "相沢 恵"), ("担当する地域", "第1圏域"), ("第1層", true), ("所属", "社会福祉協議会"));
        var path = $"postings/{await town.ScalarAsync($"select id from app.posting where municipality_id = {town.Id}")}/edit";
        var (here, there) = (await officer.GetPageAsync(path), await officer.GetPageAsync(path));

        await officer.SubmitAsync(there, ("所属", "市町村"), ("担当する地域", "第2圏域"));
        var told = await officer.SubmitAsync(here, ("所属", "NPOなど"));

        Assert.Equal(["担当する地域 第2圏域 第1圏域", "所属 市町村 NPOなど"], told.QuerySelectorAll("table.differences tbody tr").Select(row => string.Join(' ', row.Children.Select(cell => cell.TextContent))));
        Assert.Equal("city", await town.ScalarAsync($"select employer from app.posting where municipality_id = {town.Id}"));
    }
}
