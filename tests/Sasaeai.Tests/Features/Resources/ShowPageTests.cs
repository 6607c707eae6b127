using System.Net;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Features.Resources;
using Sasaeai.Features.Resources.Schedules;

namespace Sasaeai.Tests.Features.Resources;

public class ShowPageTests(TestApp app)
{
    private static readonly Func<ResourceContent, ResourceContent> Weekly = c => c with
    {
        Schedule = ScheduleReader.Read("毎週火曜 10:00〜11:30").Schedule, Venue = "本町会館", BarrierFree = ["01"], Lat = 36.1, Lng = 139.6,
        Phone = new() { Value = "0999-11-2222", Publish = true }, Person = new() { Value = "非公開花子" }, Url = "javascript:alert(1)", Note = "内緒",
    };

    [Fact]
    public async Task The_page_says_when_it_was_verified_when_where_and_whom_to_ask_but_nothing_without_consent()
    {
        var town = await app.CreateTownAsync();
        var id = await town.PublishAsync("ふれあいサロン", ["1001"], Weekly);
        await town.PublishAsync("となりのサロン", ["1001"]);

        var main = (await app.ClientFor(town).GetPageAsync($"resources/{id}")).QuerySelector("main")!;

        foreach (var words in new[] { "に電話で確認", "毎週火曜", "これからの日", "本町会館", "車いすで入れる", "0999-11-2222", "となりのサロン", "情報が違います" })
        {
            Assert.Contains(words, main.TextContent);
        }

        Assert.Equal(5, main.QuerySelectorAll(".facts .plain li").Length);
        Assert.NotNull(main.QuerySelector("a[href='tel:0999112222']"));
        foreach (var secret in new[] { "非公開花子", "内緒", "javascript:" })
        {
            Assert.DoesNotContain(secret, main.InnerHtml);
        }
    }

    [Fact]
    public async Task Only_what_visits_people_is_said_to_come_to_them()
    {
        var town = await app.CreateTownAsync();
        var zone = await town.InAsync(async (db, _) => (await db.Areas.SingleAsync(area => area.Code == "Z1")).Id);
        var hall = await town.PublishAsync("会館", ["1001"], c => c with { Viewpoint = Viewpoint.Place, Venue = "東会館", VisitAreas = [zone] });
        var help = await town.PublishAsync("お手伝い", ["1301"], c => c with { Viewpoint = Viewpoint.Service, VisitAreas = [zone] });
        var client = app.ClientFor(town);

        Assert.DoesNotContain("来てくれる", (await client.GetPageAsync($"resources/{hall}")).QuerySelector("main")!.TextContent);
        Assert.Contains("来てくれる地域第1圏域", (await client.GetPageAsync($"resources/{help}")).QuerySelector(".facts")!.TextContent);
    }

    [Fact]
    public async Task A_rest_is_told_first()
    {
        var town = await app.CreateTownAsync();
        var id = await town.PublishAsync("ふれあいサロン", ["1001"], c => Weekly(c) with { Schedule = Weekly(c).Schedule with { Closures = [new(new(2020, 1, 1), null, "会場の工事")] } });

        var page = await app.ClientFor(town).GetPageAsync($"resources/{id}");

        Assert.Contains("会場の工事", page.QuerySelector(".notice.warning")!.TextContent);
        Assert.Contains("休止中", page.QuerySelector(".chips")!.TextContent);
    }

    [Fact]
    public async Task Withdrawn_foreign_internal_and_unknown_ids_are_not_found_on_any_address()
    {
        var (town, other) = (await app.CreateTownAsync(), await app.CreateTownAsync());
        var ended = await town.PublishAsync("終わった会", ["1001"]);
        await town.InAsync(async (db, _) =>
        {
            (await db.GetAsync<Resource>(ended)).End(DateTimeOffset.UtcNow);
            await db.SaveChangesAsync();
        });
        var foreign = await other.PublishAsync("よその会", ["1001"]);
        var inside = await town.PublishAsync("内部の会", ["1001"], c => c with { Audience = Audience.Internal });
        var client = app.ClientFor(town);

        foreach (var id in new[] { ended, foreign, inside, Guid.NewGuid() })
        {
            foreach (var page in new[] { "", "/card", "/qr.svg", "/calendar.ics", "/mistake-reports/new" })
            {
                Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync($"resources/{id}{page}", TestContext.Current.CancellationToken)).StatusCode);
            }

            Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync($"photos/{id}", TestContext.Current.CancellationToken)).StatusCode);
        }

        foreach (var path in new[] { "areas/nowhere", "areas/nowhere/calendar.ics" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(path, TestContext.Current.CancellationToken)).StatusCode);
        }
    }

    [Fact]
    public async Task Too_long_unverified_is_not_shown_and_due_is_labelled()
    {
        var town = await app.CreateTownAsync();
        var (stale, hidden) = (await town.PublishAsync("古い会", ["1001"]), await town.PublishAsync("とても古い会", ["1001"]));
        await using (var command = app.Owner.CreateCommand($$"""
            update published.resource set hide_on = case resource_id when '{{hidden}}' then '2020-01-01'::date else hide_on end, due_on = '2020-01-01',
              view = jsonb_set(view, '{dueOn}', '"2020-01-01"') where municipality_id = {{town.Id}}
            """))
        {
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        var client = app.ClientFor(town);
        var page = await client.GetPageAsync($"resources/{stale}");
        Assert.Contains("未確認", page.QuerySelector(".chips")!.TextContent);
        Assert.NotNull(page.QuerySelector(".checked-on.stale"));
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync($"resources/{hidden}", TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task Card_code_calendars_map_and_month_hold_the_same_place()
    {
        var town = await app.CreateTownAsync();
        var id = await town.PublishAsync("ふれあいサロン", ["1001"], Weekly);
        var client = app.ClientFor(town);
        async Task<(string Type, string Text)> GetAsync(string path)
        {
            using var answer = await client.GetAsync(path, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.False(answer.Headers.Contains("Set-Cookie"));
            return (answer.Content.Headers.ContentType!.MediaType!, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }

        Assert.Contains($"/{town.Slug}/resources/{id}", (await client.GetPageAsync($"resources/{id}/card")).QuerySelector(".with-code")!.TextContent);
        var (codeType, code) = await GetAsync($"resources/{id}/qr.svg");
        Assert.Equal("image/svg+xml", codeType);
        Assert.StartsWith("<svg", code);
        foreach (var path in new[] { $"resources/{id}/calendar.ics", "areas/Z1/calendar.ics" })
        {
            var (type, text) = await GetAsync(path);
            Assert.Equal("text/calendar", type);
            Assert.Contains("SUMMARY:ふれあいサロン", text);
            Assert.Contains("RRULE:FREQ=WEEKLY;BYDAY=TU", text);
        }

        Assert.Contains(id.ToString(), (await GetAsync("map/points.json?category=1001")).Text);
        Assert.DoesNotContain(id.ToString(), (await GetAsync("map/points.json?category=1301")).Text);
        Assert.Contains("FeatureCollection", (await GetAsync("map/boundaries.json")).Text);
        Assert.NotNull((await client.GetPageAsync("map")).QuerySelector($"[data-place='{id}']"));
        Assert.Contains("ふれあいサロン", (await client.GetPageAsync("areas/Z1")).QuerySelector(".booklet")!.TextContent);
        var month = await client.GetPageAsync("calendar?month=2026-12");
        Assert.Equal(5, month.QuerySelectorAll($".calendar a[href$='{id}']").Length);
        Assert.Empty((await client.GetPageAsync("calendar?month=2026-12&area=Z2")).QuerySelectorAll(".calendar a"));
        await GetAsync("calendar?month=0000-99");
    }

    [Fact]
    public async Task A_service_comes_to_an_area_and_a_gathering_is_for_it()
    {
        var town = await app.CreateTownAsync();
        var zone = await town.InAsync((db, _) => Task.FromResult(db.Areas.First(area => area.Code == "Z1").Id));
        var service = await town.PublishAsync("ゴミ出し隊", ["1301"], c => c with { Viewpoint = Viewpoint.Service, VisitAreas = [zone] });
        var gathering = await town.PublishAsync("ふれあいサロン", ["1001"], c => c with { Viewpoint = Viewpoint.Activity, VisitAreas = [zone] });
        var client = app.ClientFor(town);

        Assert.Contains("来てくれる地域", (await client.GetPageAsync($"resources/{service}")).QuerySelector("main")!.TextContent);
        var page = (await client.GetPageAsync($"resources/{gathering}")).QuerySelector("main")!.TextContent;
        Assert.Contains("対象の地域", page);
        Assert.DoesNotContain("来てくれる地域", page);
    }

    [Fact]
    public async Task What_is_open_almost_daily_does_not_hide_what_is_held_on_one_day()
    {
        var town = await app.CreateTownAsync();
        await town.PublishAsync("いつもの会館", ["1001"], c => c with { Viewpoint = Viewpoint.Place, Schedule = ScheduleReader.Read("毎日 9:00〜17:00（月曜休み）").Schedule });
        await town.PublishAsync("たまの会", ["1001"], c => c with { Schedule = ScheduleReader.Read("第2火曜 10:00〜").Schedule });

        var page = await app.ClientFor(town).GetPageAsync("calendar");

        Assert.Equal("10:00 たまの会", Assert.Single(page.QuerySelectorAll("table.calendar li")).TextContent);
        Assert.Equal("いつもの会館　毎日 9:00〜17:00（月曜は休み）", Assert.Single(page.QuerySelectorAll("main details li")).TextContent);
    }

    [Fact]
    public async Task A_photo_is_seen_only_while_its_owner_consents()
    {
        var town = await app.CreateTownAsync();
        var id = await town.PublishAsync("ふれあいサロン", ["1001"]);
        var photo = await town.InAsync(async (db, _) =>
        {
            var attachment = new Attachment { ResourceId = id, Kind = AttachmentKind.Photo, MediaType = "image/png", FileName = "a.png", Bytes = [1, 2, 3], CreatedAt = DateTimeOffset.UtcNow, CreatedBy = "職員", ConsentedOn = new(2026, 1, 1) };
            db.Add(attachment);
            await db.SaveChangesAsync();
            return attachment.Id;
        });
        var client = app.ClientFor(town);
        Assert.Equal([1, 2, 3], await client.GetByteArrayAsync($"photos/{photo}", TestContext.Current.CancellationToken));

        await town.InAsync(async (db, _) =>
        {
            (await db.GetAsync<Attachment>(photo)).ConsentedOn = null;
            await db.SaveChangesAsync();
        });
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync($"photos/{photo}", TestContext.Current.CancellationToken)).StatusCode);
    }
}
