using Microsoft.Extensions.DependencyInjection;
using Sasaeai.Data;
using Sasaeai.Features.Directory;
using Sasaeai.Features.Organizations;
using Sasaeai.Features.Resources;
using Sasaeai.Features.Resources.Schedules;
using Sasaeai.Japanese;

namespace Sasaeai.Tests.Features.Directory;

public class DirectorySearchTests(TestApp app)
{
    private static readonly DateOnly Today = new(2026, 11, 21);

    [Fact]
    public async Task A_published_resource_is_found_by_name_synonym_trouble_and_one_character()
    {
        var town = await app.CreateTownAsync();
        await town.PublishAsync("ふれあい塵出し隊", ["1301"], c => c with { Description = "玄関先まで取りにうかがいます。" });
        await town.PublishAsync("東台サロン", ["1001"]);

        foreach (var words in new[] { "ふれあい", "ごみ捨て", "ゴミ出しに困っています", "塵", "玄関 ごみ", "ＧＯＭＩ出し" })
        {
            var expected = words == "ＧＯＭＩ出し" ? [] : new[] { "ふれあい塵出し隊" };
            Assert.Equal(expected, await NamesAsync(town, new DirectoryQuery { Text = words }));
        }
    }

    [Fact]
    public async Task A_trouble_finds_what_is_called_by_its_words_before_what_only_shares_the_category()
    {
        var town = await app.CreateTownAsync();
        await town.PublishAsync("何でも屋", ["1301"]);
        await town.PublishAsync("朝のごみ捨て当番", ["1301"]);

        Assert.Equal(["朝のごみ捨て当番", "何でも屋"], await NamesAsync(town, new DirectoryQuery { Text = "ゴミ出しがつらい" }));
    }

    [Theory]
    [InlineData("見守り", "見守り活動"), InlineData("見守り活動", "見守り活動"), InlineData("見守", "見守りの会"), InlineData("買物", "買い物のお供"), InlineData("手伝い", "手伝い隊")]
    public async Task A_word_with_okurigana_is_found_inside_longer_ones(string typed, string name)
    {
        var town = await app.CreateTownAsync();
        await town.PublishAsync(name, ["1001"]);

        Assert.Equal([name], await NamesAsync(town, new DirectoryQuery { Text = typed }));
    }

    [Fact]
    public async Task What_is_published_later_is_found_at_once_and_what_ends_is_not()
    {
        var town = await app.CreateTownAsync();
        Assert.Empty(await NamesAsync(town, new DirectoryQuery()));

        var id = await town.PublishAsync("朝の体操", ["1001"]);
        Assert.Equal(["朝の体操"], await NamesAsync(town, new DirectoryQuery()));

        await town.InAsync(async (db, _) =>
        {
            (await db.GetAsync<Resource>(id)).End(DateTimeOffset.UtcNow);
            await db.SaveChangesAsync();
        });
        Assert.Empty(await NamesAsync(town, new DirectoryQuery()));
    }

    [Fact]
    public async Task Fields_without_consent_never_reach_the_published_row()
    {
        var town = await app.CreateTownAsync();
        await town.PublishAsync("個人宅のサロン", ["1001"], c => c with
        {
            Address = "本町一丁目9-9", AddressDetail = AddressDetail.Block, Lat = 36.123456, Lng = 139.654321,
            Phone = new() { Value = "0999-11-2222" }, Person = new() { Value = "髙橋" }, Email = new() { Value = "a@example.jp", Publish = true }, Note = "内緒のメモ",
        });
        await town.PublishAsync("内部の記録", ["1001"], c => c with { Audience = Audience.Internal });

        var published = (string)(await town.ScalarAsync($"select string_agg(r::text, ' ') from published.resource r where municipality_id = {town.Id}"))!;

        Assert.Contains("a@example.jp", published);
        foreach (var secret in new[] { "丁目9-9", "0999-11-2222", "髙橋", "内緒のメモ", "36.123456", "内部の記録" })
        {
            Assert.DoesNotContain(secret, published);
        }
    }

    [Fact]
    public async Task An_organization_is_public_while_a_public_resource_names_it()
    {
        var town = await app.CreateTownAsync();
        var id = await town.InAsync(async (db, _) =>
        {
            var organization = new Organization("D1", new OrganizationContent { Name = "準備中の会" }, DateTimeOffset.UtcNow);
            db.Organizations.Add(organization);
            await db.SaveChangesAsync();
            return organization.Id;
        });
        Task<object?> PublishedAsync() => town.ScalarAsync($"select name || view from published.organization where municipality_id = {town.Id}");
        Assert.Equal("{}", await PublishedAsync());

        var resource = await town.PublishAsync("朝の会", ["1001"], c => c with { OrganizationId = id });
        Assert.Contains("準備中の会", (string)(await PublishedAsync())!);

        await town.InAsync(async (db, _) =>
        {
            (await db.GetAsync<Resource>(resource)).End(DateTimeOffset.UtcNow);
            await db.SaveChangesAsync();
        });
        Assert.Equal("{}", await PublishedAsync());
    }

    [Fact]
    public async Task Today_respects_nth_weeks_holidays_and_closures()
    {
        var town = await app.CreateTownAsync();
        Schedule Written(string text) => ScheduleReader.Read(text).Schedule;
        await town.PublishAsync("第3土曜の会", ["1001"], c => c with { Schedule = Written("第3土曜 10:00〜12:00") });
        await town.PublishAsync("第2土曜の会", ["1001"], c => c with { Schedule = Written("第2土曜 10:00〜12:00") });
        await town.PublishAsync("休止中の会", ["1001"], c => c with { Schedule = Written("毎週土曜 10:00〜12:00") with { Closures = [new(Today.AddDays(-3), Today.AddDays(3), "改修")] } });

        Assert.Equal(["第3土曜の会"], await NamesAsync(town, new DirectoryQuery { Day = Today }));
    }

    [Fact]
    public async Task Weekday_day_and_time_must_hold_for_one_and_the_same_rule()
    {
        var town = await app.CreateTownAsync();
        Schedule Written(string text) => ScheduleReader.Read(text).Schedule;
        await town.PublishAsync("火曜の夜と木曜の朝", ["1001"], c => c with { Schedule = Written("火曜 18:00〜20:00、木曜 10:00〜12:00") });
        await town.PublishAsync("火曜の朝と晩", ["1001"], c => c with { Schedule = Written("火曜 10:00〜12:00、18:00〜20:00") });
        await town.PublishAsync("終わった火曜", ["1001"], c => c with { Schedule = Written("毎週火曜 10:00〜12:00(令和8年3月31日まで)") });
        await town.PublishAsync("いつでも", ["1001"], c => c with { Schedule = Written("毎日 終日") });

        Assert.Equal(["いつでも", "火曜の朝と晩"], (await NamesAsync(town, new() { Weekdays = Weekdays.Tuesday, TimeOfDay = TimeOfDay.Morning })).Order(StringComparer.Ordinal));
        Assert.Equal(["いつでも"], await NamesAsync(town, new() { TimeOfDay = TimeOfDay.Afternoon }));
        Assert.Equal(["いつでも", "火曜の夜と木曜の朝", "火曜の朝と晩"], (await NamesAsync(town, new() { Weekdays = Weekdays.Tuesday })).Order(StringComparer.Ordinal));
        Assert.Equal(["いつでも", "火曜の夜と木曜の朝"], (await NamesAsync(town, new() { Day = new(2026, 11, 26), TimeOfDay = TimeOfDay.Morning })).Order(StringComparer.Ordinal));
        Assert.Equal(["いつでも"], await NamesAsync(town, new() { Day = new(2026, 11, 26), TimeOfDay = TimeOfDay.Evening }));
    }

    [Theory]
    [InlineData("塵", "ごみ拾いの会"), InlineData("ゴミ", "塵芥の会"), InlineData("塵拾い", "ごみ拾いの会")]
    public async Task Rubbish_is_found_however_it_is_written(string typed, string name)
    {
        var town = await app.CreateTownAsync();
        await town.PublishAsync(name, ["1001"]);

        Assert.Equal([name], await NamesAsync(town, new DirectoryQuery { Text = typed }));
    }

    [Fact]
    public async Task A_word_of_the_list_of_barrier_free_items_finds_the_places_that_have_it()
    {
        var town = await app.CreateTownAsync();
        await town.PublishAsync("段のない会館", ["1001"], c => c with { BarrierFree = ["01"] });
        await town.PublishAsync("段のある会館", ["1001"]);

        Assert.Equal(["段のない会館"], await NamesAsync(town, new DirectoryQuery { Text = "車いす" }));
        Assert.Equal(["段のない会館"], await NamesAsync(town, new DirectoryQuery { Text = "会館 車いすで入れる" }));
    }

    private async Task<string[]> NamesAsync(Town town, DirectoryQuery query)
    {
        var municipality = (await app.Services.GetRequiredService<Towns>().FindAsync(town.Slug))!;
        var directory = await app.Services.GetRequiredService<TownDirectories>().GetAsync(municipality);
        var result = directory.Search(query, Today, Holidays.None);
        return [.. result.Hits.Select(hit => directory.Entries.Single(entry => entry.Id == hit.Id).Name)];
    }
}
