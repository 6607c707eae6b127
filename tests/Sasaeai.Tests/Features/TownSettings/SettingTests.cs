using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Directory;
using Sasaeai.Web;

namespace Sasaeai.Tests.Features.TownSettings;

public class SettingTests(TestApp app)
{
    [Fact]
    public async Task A_changed_interval_places_all_records_again()
    {
        var town = await app.CreateTownAsync();
        var id = await town.PublishAsync("ふれあいサロン", ["1001"]);
        var client = await app.SignedInAsync(town, Role.Officer);
        var category = await town.ScalarAsync($"select id from app.category where municipality_id = {town.Id} and code = '1001'");
        var form = await client.GetPageAsync($"settings/categories/edit/{category}");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await client.PressAsync(form, "保存する", ("非公開までの日数", "3"))).StatusCode);
        await client.PressAsync(form, "保存する", ("確認の間隔（日）", "10"), ("非公開までの日数", "20"));

        Assert.Equal("10|20", await town.ScalarAsync($"select (due_on - verified_on) || '|' || (hide_on - verified_on) from app.resource where id = '{id}'"));
    }

    [Fact]
    public async Task A_new_synonym_finds_at_once_and_a_deleted_one_no_more()
    {
        var town = await app.CreateTownAsync();
        await town.PublishAsync("電球の交換", ["13"]);
        var client = await app.SignedInAsync(town, Role.Officer);

        await client.PressAsync(await client.GetPageAsync("settings/synonyms/edit"), "保存する", ("代表する言葉", "電球"), ("同じ意味の言葉", "でんきゅう\nあかり取替え"));

        Assert.Equal(1, await HitsAsync("あかり取替え"));
        var list = await client.GetPageAsync("settings/synonyms?q=電球");
        Assert.Contains("電球,でんきゅう;あかり取替え", await client.GetStringAsync("settings/synonyms?handler=Table&format=csv", TestContext.Current.CancellationToken));
        var removed = await client.PressAsync(list, "「電球」を消す");
        Assert.Equal(0, await HitsAsync("あかり取替え"));
        Assert.DoesNotContain("あかり取替え", await client.GetStringAsync("settings/synonyms?handler=Table&format=csv", TestContext.Current.CancellationToken));
        Assert.Contains("消したもの", (await client.PressAsync(await client.GetPageAsync("settings/synonyms/edit"), "保存する", ("代表する言葉", "電球"), ("同じ意味の言葉", "ランプ"))).QuerySelector(".error-summary")!.TextContent);
        await client.PressAsync(removed, "「電球」をもどす");
        Assert.Equal(1, await HitsAsync("あかり取替え"));

        var troubles = await client.PressAsync(await client.GetPageAsync("settings/troubles"), "「ゴミ出しがつらい」を消す");
        Assert.DoesNotContain("ゴミ出しがつらい", (await app.ClientFor(town).GetPageAsync("troubles")).QuerySelector("main")!.TextContent);
        await client.PressAsync(troubles, "「ゴミ出しがつらい」をもどす");
        Assert.Contains("ゴミ出しがつらい", (await app.ClientFor(town).GetPageAsync("troubles")).QuerySelector("main")!.TextContent);

        async Task<int> HitsAsync(string text)
        {
            var directories = app.Services.GetRequiredService<TownDirectories>();
            var directory = await directories.GetAsync((await app.Services.GetRequiredService<Towns>().FindAsync(town.Slug))!);
            return directory.Search(new DirectoryQuery { Text = text }, TimeProvider.System.Today(), await app.Services.GetRequiredService<HolidayCalendar>().GetAsync()).Total;
        }
    }

    [Fact]
    public async Task Troubles_codes_and_the_rule_are_kept()
    {
        var town = await app.CreateTownAsync();
        var client = await app.SignedInAsync(town, Role.Officer);

        await client.PressAsync(await client.GetPageAsync("settings/troubles/edit"), "保存する", ("困りごと", "電球が切れた"), ("1301 ゴミ出し", true), ("並び順", "5"));
        await client.PressAsync(await client.GetPageAsync("settings/codes/edit?list=FeeKind"), "保存する", ("コード", "9"), ("名前", "そのほか"), ("並び順", "9"));
        var rule = await client.PressAsync(await client.GetPageAsync("settings/rule"), "保存する", ("期限の何日前から知らせるか", "45"), ("問い合わせ先の名前", "高齢福祉課"));

        Assert.Contains("きまりを保存しました", rule.Body!.TextContent);
        Assert.Equal(1L, await town.ScalarAsync($"select count(*) from app.trouble where municipality_id = {town.Id} and words = '電球が切れた' and category_codes = '{{1301}}'"));
        Assert.Equal("そのほか", await town.ScalarAsync($"select name from app.code_item where municipality_id = {town.Id} and list = 'fee_kind' and code = '9'"));
        Assert.Equal(45, await town.ScalarAsync($"select due_soon_days from app.town_rule where municipality_id = {town.Id}"));
        Assert.Contains("二段階認証のきまりは", (await client.PressAsync(rule, "保存する", ("職員とSCに二段階認証を求める", true))).Body!.TextContent);
    }

    [Fact]
    public async Task The_second_of_two_officers_sees_what_the_first_decided()
    {
        var town = await app.CreateTownAsync();
        var (one, two) = (await app.SignedInAsync(town, Role.Officer), await app.SignedInAsync(town, Role.Officer));
        var (first, second) = (await one.GetPageAsync("settings/rule"), await two.GetPageAsync("settings/rule"));
        await one.PressAsync(first, "保存する", ("この人数より少ない数は伏せる", "10"));

        var both = await two.PressAsync(second, "保存する", ("期限の何日前から知らせるか", "45"));
        Assert.Equal(System.Net.HttpStatusCode.UnprocessableEntity, both.StatusCode);
        Assert.Contains("この人数より少ない数は伏せる105", string.Concat(both.QuerySelectorAll(".differences tbody tr > *").Select(cell => cell.TextContent)));
        Assert.Equal(10, await town.ScalarAsync($"select small_count from app.town_rule where municipality_id = {town.Id}"));

        Assert.Contains("きまりを保存しました", (await two.PressAsync(both, "保存する", ("この人数より少ない数は伏せる", "10"))).Body!.TextContent);
        Assert.Equal((10, 45), (await town.ScalarAsync($"select small_count from app.town_rule where municipality_id = {town.Id}"), await town.ScalarAsync($"select due_soon_days from app.town_rule where municipality_id = {town.Id}")));
    }

    /// <summary>Every list can be taken along, with the conditions of the page.</summary>
    [Theory]
    [InlineData("settings/categories", 4)]
    [InlineData("settings/codes", null)]
    [InlineData("settings/areas?kind=Block", 2)]
    [InlineData("settings/areas?kind=Block&q=" + "本町" + "&sort=-name", 1)]
    [InlineData("settings/search-counts?sort=area", null)]
    [InlineData("figures", null)]
    public async Task A_list_is_handed_out_as_csv_and_excel(string path, int? rows)
    {
        var town = await app.CreateTownAsync();
        await town.PublishAsync("ひだまりサロン", ["1001"]);
        await town.ScalarAsync($"insert into app.search_count (municipality_id, day, area_code, category_code, searches, zero_hits) values ({town.Id}, current_date, 'Z1', '1001', 3, 1), ({town.Id}, current_date, 'Z2', '', 2, 0)");
        var officer = await app.SignedInAsync(town, Role.Officer);

        var links = (await officer.GetPageAsync(path)).QuerySelectorAll("main .actions a[href*=format]").Select(link => link.GetAttribute("href")!).ToList();
        Assert.Equal(2, links.Count);
        var counts = new List<int>();
        foreach (var link in links)
        {
            using var table = Sasaeai.Tables.TableReader.Open(new MemoryStream(await officer.GetByteArrayAsync(path.Split('?')[0] + link, TestContext.Current.CancellationToken)), link.Contains("xlsx") ? "a.xlsx" : "a.csv");
            counts.Add(table.Rows.Count());
        }

        Assert.Equal(counts[0], counts[1]);
        Assert.True(counts[0] > 0);
        Assert.Equal(rows ?? counts[0], counts[0]);
    }

    [Fact]
    public async Task Searches_are_shown_by_area_and_category()
    {
        var town = await app.CreateTownAsync();
        await town.ScalarAsync($"insert into app.search_count values ({town.Id}, current_date, 'Z1', '1301', 12, 3) returning 1");
        var client = await app.SignedInAsync(town, Role.Officer);

        var row = (await client.GetPageAsync("settings/search-counts?from=R1.5.1")).QuerySelector("tbody tr")!.TextContent;

        Assert.Contains("第1圏域", row);
        Assert.Contains("3回", row);
    }

    [Theory]
    [InlineData("settings"), InlineData("settings/categories"), InlineData("settings/categories/edit"), InlineData("settings/synonyms"), InlineData("settings/synonyms/edit"), InlineData("settings/troubles")]
    [InlineData("settings/troubles/edit"), InlineData("settings/codes"), InlineData("settings/codes/edit"), InlineData("settings/rule"), InlineData("settings/areas"), InlineData("settings/search-counts")]
    public async Task Settings_open_for_officers_and_for_nobody_else(string path)
    {
        var town = await app.CreateTownAsync();

        Assert.Equal(HttpStatusCode.OK, (await (await app.SignedInAsync(town, Role.Administrator)).GetPageAsync(path)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await app.SignedInAsync(town, Role.Coordinator)).GetPageAsync(path)).StatusCode);
    }

    [Fact]
    public async Task A_foreign_towns_category_is_not_found()
    {
        var (town, other) = (await app.CreateTownAsync(), await app.CreateTownAsync());
        var foreign = await other.ScalarAsync($"select id from app.category where municipality_id = {other.Id} and code = '1001'");
        var synonym = await other.ScalarAsync($"select id from app.synonym where municipality_id = {other.Id} limit 1");
        var client = await app.SignedInAsync(town, Role.Officer);

        Assert.Equal(HttpStatusCode.NotFound, (await client.GetPageAsync($"settings/categories/edit/{foreign}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetPageAsync($"settings/synonyms/edit/{synonym}")).StatusCode);
    }
}
