using Microsoft.EntityFrameworkCore;
using System.Net;
using AngleSharp.Dom;
using Microsoft.Extensions.DependencyInjection;
using Sasaeai.Data;
using Sasaeai.Features.Areas;
using Sasaeai.Features.Directory;
using Sasaeai.Features.Resources;
using Sasaeai.Features.Resources.Schedules;

namespace Sasaeai.Tests.Features.Resources;

public class SearchPageTests(TestApp app)
{
    [Fact]
    public async Task A_trouble_leads_to_what_meets_it_with_chips_place_fee_and_telephone()
    {
        var town = await app.CreateTownAsync();
        await town.PublishAsync("ふれあい塵出し隊", ["1301"], c => c with { Venue = "本町会館", FeeYen = 0, Phone = new() { Value = "0999-11-2222", Publish = true }, Availability = Availability.Full });
        await town.PublishAsync("東台サロン", ["1001"]);
        var client = app.ClientFor(town);

        var page = await client.GetPageAsync("resources?q=" + Uri.EscapeDataString("ゴミ出しがつらい"));

        var card = Assert.Single(page.QuerySelectorAll(".card.resource"));
        foreach (var words in new[] { "ふれあい塵出し隊", "確認済み", "満員", "ゴミ出し", "本町会館", "無料", "0999-11-2222", "電話で確認" })
        {
            Assert.Contains(words, card.TextContent);
        }
    }

    [Fact]
    public async Task Filters_and_order_travel_in_the_address_and_stay_in_the_form()
    {
        var town = await app.CreateTownAsync();
        Schedule Written(string text) => ScheduleReader.Read(text).Schedule;
        await town.PublishAsync("火曜午前の会", ["1001"], c => c with { Schedule = Written("毎週火曜 10:00〜11:30"), FeeYen = 0, BarrierFree = ["01"] });
        await town.PublishAsync("木曜午後の会", ["1001"], c => c with { Schedule = Written("毎週木曜 13:30〜15:00"), FeeYen = 100, Viewpoint = Viewpoint.Place });
        var client = app.ClientFor(town);

        foreach (var query in new[] { "day=tue", "time=morning", "free=1", "barrier=01", "view=activity", "day=tue&day=wed&area=Z1&category=10" })
        {
            Assert.Equal(["火曜午前の会"], Names(await client.GetPageAsync("resources?" + query)));
        }

        var page = await client.GetPageAsync("resources?day=tue&free=1&sort=verified&category=1001");
        Assert.True(page.QuerySelector("#tue")!.HasAttribute("checked"));
        Assert.Equal("1001", page.QuerySelector("#category option[selected]")!.GetAttribute("value"));
        Assert.Contains("（1）", page.QuerySelector("#category option[selected]")!.TextContent);
        Assert.Empty(Names(await client.GetPageAsync("resources?on=2026-11-23&time=morning&day=tue&area=Z2&q=%E3%81%AA%E3%81%84")));
    }

    [Fact]
    public async Task Near_an_address_the_nearest_comes_first_with_minutes_on_foot_and_visitors_of_that_area_last()
    {
        var town = await app.CreateTownAsync();
        await town.InAsync(async (db, _) =>      // away from the towns of other tests, which would be neighbours
        {
            var block = await db.Areas.SingleAsync(area => area.Code == "Z1B");
            (block.Lat, block.Lng) = (43.1, 141.6);
            await db.SaveChangesAsync();
        });
        await town.PublishAsync("とおいサロン", ["1001"], c => c with { Lat = 43.11, Lng = 141.6 });
        await town.PublishAsync("ちかいサロン", ["1001"], c => c with { Lat = 43.104, Lng = 141.6 });
        await town.PublishAsync("たずねるサロン", ["1001"], c => c with { AddressDetail = AddressDetail.Hidden });
        var client = app.ClientFor(town);

        foreach (var query in new[] { "near=" + Uri.EscapeDataString("本町1丁目2-3"), "lat=43.1&lon=141.6" })
        {
            var page = await client.GetPageAsync("resources?" + query);
            Assert.Equal(["ちかいサロン", "とおいサロン", "たずねるサロン"], page.QuerySelectorAll($".card h3 a[href^='/{town.Slug}/']").Select(link => link.TextContent));
            Assert.Contains("約450m（歩いて約6分）", page.QuerySelector(".card")!.TextContent);
        }

        Assert.Contains("場所がわかりませんでした", (await client.GetPageAsync("resources?near=%E5%A4%A7%E6%89%8B%E7%94%BA")).QuerySelector("main")!.TextContent);
    }

    [Fact]
    public async Task A_place_is_known_by_the_town_name_alone_by_an_area_and_by_what_stands_there()
    {
        var town = await app.CreateTownAsync();
        await town.InAsync(async (db, _) =>      // away from the towns of other tests
        {
            foreach (var area in await db.Areas.ToListAsync())
            {
                (area.Lat, area.Lng) = (43.5, 142.5);
            }

            db.Areas.Add(new Area { Code = "Z1C", Kind = AreaKind.Block, Name = "本町二丁目", Lat = 43.52, Lng = 142.5 });
            await db.SaveChangesAsync();
        });
        await town.PublishAsync("北の体操", ["1001"], c => c with { Lat = 43.515, Lng = 142.5, Venue = "北公民館" });
        await town.PublishAsync("南の体操", ["1001"], c => c with { Lat = 43.48, Lng = 142.5, Venue = "南集会所" });
        var client = app.ClientFor(town);
        async Task<string> SayAsync(string near) => (await client.GetPageAsync("resources?near=" + Uri.EscapeDataString(near))).QuerySelector("#results")!.TextContent;

        Assert.Contains("本町から近い順です", await SayAsync("本町"));       // between 一丁目 and 二丁目
        Assert.Contains("本町から近い順です", await SayAsync("本町のあたり"));
        Assert.Contains("第1圏域から近い順です", await SayAsync("第１圏域"));
        foreach (var (near, nearest) in new[] { ("北公民館", "北の体操"), ("南集会所の近く", "南の体操"), ("南の体操", "南の体操") })
        {
            var page = await client.GetPageAsync("resources?near=" + Uri.EscapeDataString(near));
            Assert.Equal(nearest, page.QuerySelector(".card h3 a")!.TextContent);
        }

        Assert.Contains("場所がわかりませんでした", await SayAsync("東京タワー"));
    }

    [Theory]
    [InlineData("火曜日", "火曜の体操"), InlineData("体操　火曜", "火曜の体操"), InlineData("火曜日の体操", "火曜の体操"), InlineData("水曜日にやっているところ", "水曜の茶会"), InlineData("水曜と木曜", "水曜の茶会"), InlineData("水曜や木曜の茶会", "水曜の茶会")]
    [InlineData("無料 体操", "火曜の体操"), InlineData("午後", "水曜の茶会"), InlineData("平日の午後", "水曜の茶会"), InlineData("土曜の会", "土曜の会")]
    public async Task Days_and_times_may_be_written_into_the_one_box(string typed, string found)
    {
        var town = await app.CreateTownAsync();
        await town.PublishAsync("火曜の体操", ["1001"], c => c with { Schedule = ScheduleReader.Read("毎週火曜 10:00〜11:30").Schedule, FeeYen = 0 });
        await town.PublishAsync("水曜の茶会", ["1001"], c => c with { Schedule = ScheduleReader.Read("毎週水曜 13:30〜15:00").Schedule, FeeYen = 300 });
        await town.PublishAsync("土曜の会", ["1001"], c => c with { Schedule = ScheduleReader.Read("毎週日曜 10:00〜11:30").Schedule, FeeYen = 300 });
        var page = await app.ClientFor(town).GetPageAsync("resources?q=" + Uri.EscapeDataString(typed));

        Assert.Equal([found], Names(page));
        if (typed == "火曜日の体操")
        {
            Assert.Contains("「火曜日」は、しぼりこみの条件としてさがしました。", page.QuerySelector("#results")!.TextContent);
            Assert.Equal("体操", page.QuerySelector("#q")!.GetAttribute("value"));
            Assert.True(page.QuerySelector("#tue")!.HasAttribute("checked"));
        }
    }

    [Fact]
    public async Task Today_in_the_box_is_today_and_tomorrow_is_a_day()
    {
        var town = await app.CreateTownAsync();
        var today = app.Services.GetRequiredService<TimeProvider>().Today();
        ResourceContent On(ResourceContent content, DateOnly day) => content with { Schedule = new Schedule { Rules = [new() { Repeats = Repeats.Daily, From = day, Until = day }] } };
        await town.PublishAsync("今の会", ["1001"], c => On(c, today));
        await town.PublishAsync("次の会", ["1001"], c => On(c, today.AddDays(1)));
        var client = app.ClientFor(town);

        Assert.Equal(["今の会"], Names(await client.GetPageAsync("resources?q=" + Uri.EscapeDataString("今日やっている会"))));
        Assert.Equal(["次の会"], Names(await client.GetPageAsync("resources?q=" + Uri.EscapeDataString("明日"))));
        Assert.Contains("今の会", await client.GetStringAsync("map?q=" + Uri.EscapeDataString("今日"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_long_word_that_nobody_knows_is_looked_for_in_its_parts()
    {
        var town = await app.CreateTownAsync();
        await town.PublishAsync("ピアノを弾く会", ["1001"]);

        var page = await app.ClientFor(town).GetPageAsync("resources?q=" + Uri.EscapeDataString("ピアノ調律"));

        Assert.Equal(["ピアノを弾く会"], Names(page));
        Assert.Contains("「ピアノ調律」に合うものは見つかりませんでした。ことばの一部を外してさがしたものを出しています。", page.QuerySelector(".notice.info")!.TextContent);
    }

    [Fact]
    public async Task The_hits_can_be_taken_along_as_a_table_of_what_is_public()
    {
        var town = await app.CreateTownAsync();
        var id = await town.PublishAsync("=歌の会", ["1001"], c => c with { FeeYen = 0, Phone = new() { Value = "0999-11-2222" }, Url = "", Schedule = ScheduleReader.Read("毎週火曜 10:00〜11:30").Schedule });
        await town.PublishAsync("別の会", ["1301"]);
        var client = app.ClientFor(town);

        var page = await client.GetPageAsync("resources?category=1001");
        var link = page.QuerySelectorAll("#results a").Single(link => link.TextContent == "CSV").GetAttribute("href")!;
        var table = await client.GetStringAsync(link, TestContext.Current.CancellationToken);

        Assert.Contains("'=歌の会", table);
        Assert.Contains($"/{town.Slug}/resources/{id}", table);
        Assert.DoesNotContain("別の会", table);
        Assert.DoesNotContain("0999-11-2222", table);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(link.Replace("csv", "xlsx"), TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task Without_a_hit_conditions_are_let_go_plainly_and_the_trouble_can_be_told_without_its_words()
    {
        var town = await app.CreateTownAsync();
        await town.PublishAsync("ゴミ出し隊", ["1301"]);
        var client = app.ClientFor(town);

        var page = await client.GetPageAsync("resources?q=" + Uri.EscapeDataString("ゴミ出し") + "&area=Z2&category=1301&today=1&free=1");

        Assert.Equal(["ゴミ出し隊"], Names(page));
        Assert.Contains("日や時間の条件・費用や設備などの条件・圏域の条件を外してさがしたもの", page.QuerySelector(".notice.info")!.TextContent);
        var voice = page.QuerySelector(".notice.info a")!.GetAttribute("href")!;
        Assert.Equal($"/{town.Slug}/voices/new?from=search&area=Z2&category=1301", voice);

        var nothing = await client.GetPageAsync("resources?q=" + Uri.EscapeDataString("宇宙旅行"));
        Assert.Contains("「宇宙旅行」に合うものは見つかりませんでした", nothing.QuerySelector(".empty")!.TextContent);
        Assert.NotNull(nothing.QuerySelector(".empty a[href*='voices/new']"));
    }

    [Fact]
    public async Task A_neighbours_resources_stand_in_their_own_section_and_lead_to_the_neighbours_site()
    {
        var (town, neighbour) = (await app.CreateTownAsync(), await app.CreateTownAsync());
        await town.PublishAsync("歌の会みなみ", ["1001"], c => c with { Lat = 33.301, Lng = 131.501 });
        var id = await neighbour.PublishAsync("歌の会きた", ["1001"], c => c with { Lat = 33.302, Lng = 131.502 });

        var page = await app.ClientFor(town).GetPageAsync("resources?q=" + Uri.EscapeDataString("歌の会"));

        Assert.Contains(page.QuerySelectorAll("h2"), heading => heading.TextContent == "となりの市町村");
        Assert.NotNull(page.QuerySelector($"a[href='/{neighbour.Slug}/resources/{id}']"));
        Assert.Equal(HttpStatusCode.NotFound, (await app.ClientFor(town).GetAsync($"resources/{id}", TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task Pages_of_twenty_and_hostile_addresses_are_answered()
    {
        var town = await app.CreateTownAsync();
        for (var number = 0; number < 21; number++)
        {
            await town.PublishAsync($"サロン{number}", ["1001"]);
        }

        var client = app.ClientFor(town);
        Assert.Equal(20, Names(await client.GetPageAsync("resources")).Length);
        Assert.Single(Names(await client.GetPageAsync("resources?p=2")));

        foreach (var query in new[]
        {
            "q=" + new string('あ', 1000), "q=%25%27%22%00%01", "q=" + Uri.EscapeDataString("<script>alert(1)</script>"), "p=-1", "p=99999999999", "p=999", "lat=NaN&lon=1e999", "km=-3&near=x",
            "area=%27--&category=%22&day=xxx&time=9&view=5&barrier=%00&sort=7&on=2026-99-99", "q=a&q=b", "day=" + new string('1', 3000),
        })
        {
            using var answer = await client.GetAsync("resources?" + query, TestContext.Current.CancellationToken);
            Assert.Equal(query.Contains("%00") ? HttpStatusCode.BadRequest : HttpStatusCode.OK, answer.StatusCode);
            Assert.DoesNotContain("<script>alert", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            Assert.False(answer.Headers.Contains("Set-Cookie"));
        }
    }

    [Fact]
    public async Task Searches_are_counted_by_area_and_category_without_their_words()
    {
        var town = await app.CreateTownAsync();
        await town.PublishAsync("ゴミ出し隊", ["1301"]);
        var client = app.ClientFor(town);

        await client.GetPageAsync("resources");
        await client.GetPageAsync("resources?category=1001&area=Z2");
        await client.GetPageAsync("resources?category=1001&area=Z2");
        await client.GetPageAsync("resources?q=" + Uri.EscapeDataString("ゴミ出しがつらい"));
        await app.Services.GetRequiredService<SearchCounts>().WriteAsync(TestContext.Current.CancellationToken);

        Assert.Equal("/1301: 1, 0; Z2/1001: 2, 2", await town.ScalarAsync($"select string_agg(area_code || '/' || category_code || ': ' || searches || ', ' || zero_hits, '; ' order by area_code) from app.search_count where municipality_id = {town.Id}"));
    }

    [Fact]
    public async Task The_list_is_kept_in_memory_until_the_town_publishes_and_searches_are_not()
    {
        var town = await app.CreateTownAsync();
        await town.PublishAsync("はじめの会", ["1001"]);
        var client = app.ClientFor(town);
        await client.GetPageAsync("resources");
        await client.GetPageAsync("resources");
        using var kept = await client.GetAsync("resources", TestContext.Current.CancellationToken);
        Assert.NotNull(kept.Headers.Age);
        await client.GetPageAsync("resources?q=a");
        using var search = await client.GetAsync("resources?q=a", TestContext.Current.CancellationToken);
        Assert.Null(search.Headers.Age);

        await town.PublishAsync("つぎの会", ["1001"]);
        Assert.Equal(2, Names(await client.GetPageAsync("resources")).Length);
    }

    [Fact]
    public async Task Suggestions_hold_troubles_words_and_names_at_most_eight()
    {
        var town = await app.CreateTownAsync();
        await town.PublishAsync("ゴミ出し隊", ["1301"]);

        var answer = await app.ClientFor(town).GetStringAsync("suggestions?q=" + Uri.EscapeDataString("ゴミ"), TestContext.Current.CancellationToken);

        foreach (var words in new[] { "ゴミ出しがつらい", "困りごと", "ゴミ出し隊", "名前", "分類" })
        {
            Assert.Contains(words, answer);
        }

        Assert.Equal("[]", await app.ClientFor(town).GetStringAsync("suggestions", TestContext.Current.CancellationToken));
        using var townless = new HttpClient();
        Assert.Equal(HttpStatusCode.NotFound, (await townless.GetAsync(app.UrlOf("suggestions?q=a"), TestContext.Current.CancellationToken)).StatusCode);
    }

    private static string[] Names(IDocument page) => [.. page.QuerySelectorAll(".card.resource h3 a").Select(link => link.TextContent)];
}
