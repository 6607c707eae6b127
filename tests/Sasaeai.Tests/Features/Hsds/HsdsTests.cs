using System.Net;
using System.Text.Json;
using Deque.AxeCore.Playwright;
using Microsoft.Extensions.DependencyInjection;
using Sasaeai.Data;
using Sasaeai.Features.Organizations;
using Sasaeai.Features.Resources;
using Sasaeai.Features.Resources.Schedules;
using Sasaeai.Tests.Browser;

namespace Sasaeai.Tests.Features.Hsds;

public class HsdsTests(TestApp app, Chromium chromium)
{
    private static readonly string[] Lists = ["services", "organizations", "service_at_locations", "taxonomies", "taxonomy_terms"];
    private static readonly Dictionary<string, string> Definitions = new()
    {
        ["services"] = "service", ["organizations"] = "organization", ["service_at_locations"] = "service_at_location", ["taxonomies"] = "taxonomy", ["taxonomy_terms"] = "taxonomy_term",
    };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Every_answer_is_valid_against_the_specification(bool onlyDeclared)
    {
        var schema = new JsonSchema(SharedHsds.Read("hsds-3.1.1-bundle.json"), onlyDeclared);
        var town = await TownOfAllKindsAsync();
        using var client = app.ClientFor(town);
        foreach (var list in Lists)
        {
            foreach (var query in new[] { "", "?full=true", "?per_page=1&page=2", "?minimal=true", "?modified_after=2020-01-01&full=true", "?search=サロン" })
            {
                var page = await JsonAsync(client, $"api/hsds/{list}{query}");
                Assert.Empty(schema.Problems(page, $"{Definitions[list]}_page"));
            }

            foreach (var line in await LinesAsync(client, $"api/hsds/{list}?format=ndjson&full=true&modified_after=2020-01-01"))
            {
                Assert.Empty(schema.Problems(line, Definitions[list]));
                var one = await JsonAsync(client, $"api/hsds/{list}/{Id(line)}");
                Assert.Empty(schema.Problems(one, Definitions[list]));
                Assert.Equal(Id(line), Id(one));
            }
        }
    }

    [Fact]
    public async Task Every_endpoint_of_the_judge_answers_as_its_description_says()
    {
        var judge = SharedHsds.Read("openapi-judge.json");
        var town = await TownOfAllKindsAsync();
        using var client = app.ClientFor(town);
        foreach (var path in judge.GetProperty("paths").EnumerateObject())
        {
            var url = path.Name;
            if (url.Contains("{id}"))
            {
                url = url.Replace("{id}", Id((await LinesAsync(client, $"api/hsds{url.Replace("/{id}", "")}?format=ndjson"))[0]));
            }

            var answer = await JsonAsync(client, $"api/hsds{url}");
            var schema = path.Value.GetProperty("get").GetProperty("responses").GetProperty("200").GetProperty("content").GetProperty("application/json").GetProperty("schema");
            if (schema.TryGetProperty("properties", out _) && url == "/")
            {
                Assert.Empty(new JsonSchema(judge, onlyDeclared: true).Problems(answer, schema));
            }
        }
    }

    [Fact]
    public async Task Required_fields_are_there_and_every_reference_resolves()
    {
        var town = await TownOfAllKindsAsync();
        using var client = app.ClientFor(town);
        var organizations = (await LinesAsync(client, "api/hsds/organizations?format=ndjson")).Select(Id).ToHashSet();
        var terms = (await LinesAsync(client, "api/hsds/taxonomy_terms?format=ndjson")).Select(Id).ToHashSet();
        var places = (await LinesAsync(client, "api/hsds/service_at_locations?format=ndjson")).Select(Id).ToHashSet();
        var services = await LinesAsync(client, "api/hsds/services?format=ndjson&full=true");

        Assert.Equal(9, services.Count);
        foreach (var service in services)
        {
            Assert.All(new[] { "id", "name", "status", "last_modified" }, field => Assert.True(service.TryGetProperty(field, out _), field));
            if (service.TryGetProperty("organization_id", out var operatedBy))
            {
                Assert.Contains(operatedBy.GetString()!, organizations);
                Assert.Equal(operatedBy.GetString(), Id(service.GetProperty("organization")));
            }

            Assert.All(Items(service, "attributes"), attribute => Assert.Contains(attribute.GetProperty("taxonomy_term_id").GetString()!, terms));
            Assert.All(Items(service, "service_at_locations"), place => Assert.Contains(Id(place), places));
        }

        Assert.Equal(2, organizations.Count);
        JsonElement Named(string name) => services.Single(service => service.GetProperty("name").GetString() == name);
        Assert.Equal("temporarily closed", Named("休止中の会").GetProperty("status").GetString());
        Assert.Contains("改修", Named("休止中の会").GetProperty("alert").GetString());
        Assert.Equal("active", Named("未確認の会").GetProperty("status").GetString());
        Assert.False(Named("住所を出さない会").TryGetProperty("service_at_locations", out _));
        Assert.Equal("見本県", Items(Named("サロン本町"), "service_at_locations").Single().GetProperty("location").GetProperty("addresses")[0].GetProperty("state_province").GetString());
        Assert.Equal("本町一丁目1-1", Items(Named("サロン本町"), "service_at_locations").Single().GetProperty("location").GetProperty("addresses")[0].GetProperty("address_1").GetString());
        Assert.Equal(0, Items(Named("サロン本町"), "capacities").Single().GetProperty("available").GetInt32());
        Assert.Equal(200, Items(Named("サロン本町"), "cost_options").Single().GetProperty("amount").GetInt32());
    }

    [Theory]
    [InlineData("毎週火曜 10:00〜11:30", "WEEKLY", "TU", null)]
    [InlineData("第2・第4木曜 13:00〜15:00", "MONTHLY", "2TH,4TH", null)]
    [InlineData("最終金曜", "MONTHLY", "-1FR", null)]
    [InlineData("毎月15日 10:00〜", "MONTHLY", null, "15")]
    [InlineData("毎日 9:00〜17:00", "WEEKLY", "MO,TU,WE,TH,FR,SA,SU", null)]
    [InlineData("4月〜10月 毎週火曜", null, null, null)]
    public void A_schedule_becomes_a_recurrence_that_says_no_more_than_is_true(string written, string? freq, string? byday, string? bymonthday)
    {
        var schedule = ScheduleReader.Read(written).Schedule;
        Assert.Single(schedule.Rules);
        var one = Assert.Single(Sasaeai.Features.Hsds.HsdsSchedule.Of(new() { Id = Guid.NewGuid(), Number = "1", Name = "会", Schedule = schedule })!);

        Assert.Equal((freq, byday, bymonthday), (one.Freq, one.Byday, one.Bymonthday));
        Assert.Equal(schedule.InJapanese(), one.Description);
    }

    [Fact]
    public async Task Filters_hold_together_and_pages_add_up()
    {
        var town = await TownOfAllKindsAsync();
        using var client = app.ClientFor(town);
        var terms = await LinesAsync(client, "api/hsds/taxonomy_terms?format=ndjson");
        string Term(string code) => Id(terms.Single(term => term.GetProperty("code").GetString() == code));

        Assert.Equal(["ゴミ出し隊"], await NamesAsync(client, $"services?taxonomy_term_id={Term("13")}"));      // the parent finds its child
        Assert.Empty(await NamesAsync(client, $"services?taxonomy_term_id={Term("13")}&search=サロン"));
        Assert.Equal(["サロン本町"], await NamesAsync(client, $"services?taxonomy_term_id={Term("01")}"));       // barrier-free
        Assert.Equal(["ゴミ出し隊"], await NamesAsync(client, $"services?taxonomy_term_id={Term("601")}"));      // kind of service
        Assert.Empty(await NamesAsync(client, $"services?taxonomy_term_id={Guid.NewGuid()}"));
        Assert.Equal(["サロン本町"], await NamesAsync(client, "services?search=サロン本町"));
        Assert.Equal(["サロン本町"], await NamesAsync(client, "service_at_locations?postcode=123-4567", "description"));
        Assert.Contains("サロン本町", await NamesAsync(client, "service_at_locations?postcode=1234567&proximity=500", "description"));
        Assert.Empty(await NamesAsync(client, "services?modified_after=2099-01-01"));
        Assert.Equal(["集まる・話す", "家のこと"], await NamesAsync(client, $"taxonomy_terms?top_only=true&taxonomy_id={terms.First(term => term.GetProperty("code").GetString() == "10").GetProperty("taxonomy_id").GetString()}"));
        Assert.Equal(["サロン・お茶会"], await NamesAsync(client, $"taxonomy_terms?parent_id={Term("10")}"));

        var organizations = await LinesAsync(client, "api/hsds/organizations?format=ndjson");
        foreach (var (name, run) in new[] { ("本町社協", "サロン本町"), ("有志の会", "ゴミ出し隊") })
        {
            Assert.Equal([run], await NamesAsync(client, $"services?organization_id={Id(organizations.Single(one => one.GetProperty("name").GetString() == name))}"));
        }

        var seen = new List<string>();
        for (var number = 1; number <= 5; number++)
        {
            var page = await JsonAsync(client, $"api/hsds/services?per_page=2&page={number}");
            Assert.Equal((9, 5, number, number == 1, number == 5, false), (page.GetProperty("total_items").GetInt32(), page.GetProperty("total_pages").GetInt32(), page.GetProperty("page_number").GetInt32(),
                page.GetProperty("first_page").GetBoolean(), page.GetProperty("last_page").GetBoolean(), page.GetProperty("empty").GetBoolean()));
            Assert.Equal(page.GetProperty("size").GetInt32(), page.GetProperty("contents").GetArrayLength());
            seen.AddRange(Items(page, "contents").Select(Id));
        }

        Assert.Equal(9, seen.Distinct().Count());
        Assert.Equal(9, (await JsonAsync(client, "api/hsds/services?minimal=true&per_page=2")).GetProperty("contents").GetArrayLength());
    }

    [Fact]
    public async Task A_mirror_hears_of_what_left_but_never_of_what_was_not_public()
    {
        var town = await app.CreateTownAsync();
        using var client = app.ClientFor(town);
        var ended = await town.PublishAsync("終わる会", ["1001"]);
        var inside = await town.PublishAsync("内部の記録", ["1001"], c => c with { Audience = Audience.Internal });
        await town.PublishAsync("続く会", ["1001"]);
        var before = DateTimeOffset.UtcNow;
        await town.InAsync(async (db, _) =>
        {
            (await db.GetAsync<Resource>(ended)).End(DateTimeOffset.UtcNow);
            await db.SaveChangesAsync();
        });

        var changed = Items(await JsonAsync(client, $"api/hsds/services?modified_after={Uri.EscapeDataString(before.ToString("O"))}"), "contents").ToList();
        Assert.Equal((ended.ToString(), "defunct"), (Id(Assert.Single(changed)), changed[0].GetProperty("status").GetString()));
        Assert.DoesNotContain("終わる会", changed[0].GetRawText());
        Assert.Equal(["続く会"], await NamesAsync(client, "services"));
        Assert.DoesNotContain(inside.ToString(), await client.GetStringAsync("api/hsds/services?modified_after=2020-01-01", TestContext.Current.CancellationToken));
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync($"api/hsds/services/{inside}", TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task A_new_verification_is_a_change_for_mirrors_and_pages_are_not_stale()
    {
        var town = await app.CreateTownAsync();
        using var client = app.ClientFor(town);
        var id = await town.PublishAsync("体操の会", ["1001"]);
        var first = (await JsonAsync(client, $"api/hsds/services/{id}")).GetProperty("last_modified").GetDateTimeOffset();
        await town.InAsync(async (db, services) =>
        {
            var today = services.GetRequiredService<TimeProvider>().Today();
            db.Verifications.Add((await db.GetAsync<Resource>(id)).Verify(today, VerificationWay.Visit, Actor.Command, await ResourceSetting.LoadAsync(db, today), DateTimeOffset.UtcNow));
            await db.SaveChangesAsync();
        });

        Assert.True((await JsonAsync(client, $"api/hsds/services/{id}")).GetProperty("last_modified").GetDateTimeOffset() > first);
    }

    [Fact]
    public async Task Nothing_without_consent_leaves_by_any_endpoint()
    {
        var town = await app.CreateTownAsync();
        using var client = app.ClientFor(town);
        var secret = new ContactField { Value = "ひみつ0999" };
        var organization = await AddOrganizationAsync(town, new OrganizationContent { Name = "会", Representative = secret, Address = secret, Phone = secret, Email = secret, PostalCode = "ひみつ0999", Note = "ひみつ0999", Lat = 35.987654, Lng = 139.123456 });
        ResourceContent Hide(ResourceContent content, AddressDetail detail) => content with
        {
            OrganizationId = organization, AddressDetail = detail, Venue = "ひみつ0999", PostalCode = "9870999", Address = "ひみつ0999", Building = "ひみつ0999", Access = "ひみつ0999", Lat = 35.987654, Lng = 139.123456,
            Phone = secret, Fax = secret, Email = secret, Person = secret, Source = "ひみつ0999", Note = "ひみつ0999",
        };
        await town.PublishAsync("自宅の会", ["1001"], content => Hide(content, AddressDetail.Block));
        await town.PublishAsync("隠す会", ["1001"], content => Hide(content, AddressDetail.Hidden));
        await town.PublishAsync("同意のないひみつ0999", ["1001"], content => content with { ConsentedOn = null });
        await town.PublishAsync("専門職のひみつ0999", ["1001"], content => content with { Audience = Audience.Professionals });

        foreach (var list in Lists)
        {
            foreach (var url in (await LinesAsync(client, $"api/hsds/{list}?format=ndjson")).Select(line => $"{list}/{Id(line)}").Append($"{list}?full=true&modified_after=2020-01-01").Append($"{list}?minimal=true"))
            {
                var text = await client.GetStringAsync("api/hsds/" + url, TestContext.Current.CancellationToken);
                Assert.All(new[] { "ひみつ", "0999", "35.987654", "139.123456" }, hidden => Assert.DoesNotContain(hidden, text));
            }
        }

        Assert.Equal(["自宅の会"], await NamesAsync(client, "service_at_locations", "description"));
        Assert.Empty(await NamesAsync(client, "service_at_locations?postcode=9870999"));
    }

    [Theory]
    [InlineData("services?per_page=-1", 400)]
    [InlineData("services?per_page=0", 400)]
    [InlineData("services?per_page=501", 400)]
    [InlineData("services?page=0", 400)]
    [InlineData("services?page=1.5", 400)]
    [InlineData("services?page=999999999", 404)]
    [InlineData("services?page=99999999999999999999", 400)]
    [InlineData("services?modified_after=abc", 400)]
    [InlineData("services?modified_after=0001-01-01", 400)]
    [InlineData("services?modified_after=0001-01-01T00:00:00%2B09:00", 400)]
    [InlineData("services?full=maybe", 400)]
    [InlineData("services?format=xml", 400)]
    [InlineData("services?taxonomy_id=%27%20or%201=1", 400)]
    [InlineData("services?taxonomy_term_id=1&taxonomy_term_id=2", 400)]
    [InlineData("services?organization_id=%00", 400)]
    [InlineData("service_at_locations?proximity=5", 400)]
    [InlineData("service_at_locations?postcode=12", 400)]
    [InlineData("services/abc", 400)]
    [InlineData("organizations/1", 400)]
    [InlineData("services/11111111-1111-1111-1111-111111111111", 404)]
    [InlineData("organizations/11111111-1111-1111-1111-111111111111", 404)]
    [InlineData("service_at_locations/11111111-1111-1111-1111-111111111111", 404)]
    [InlineData("taxonomies/11111111-1111-1111-1111-111111111111", 404)]
    [InlineData("taxonomy_terms/11111111-1111-1111-1111-111111111111", 404)]
    [InlineData("nothing", 404)]
    public async Task What_cannot_be_answered_is_refused_as_a_problem_that_any_page_may_read(string path, int status)
    {
        var town = await app.CreateTownAsync();
        using var client = app.ClientFor(town);
        using var answer = await client.GetAsync("api/hsds/" + path, TestContext.Current.CancellationToken);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("*", Assert.Single(answer.Headers.GetValues("Access-Control-Allow-Origin")));
        Assert.StartsWith("application/problem+json", answer.Content.Headers.ContentType!.ToString());
        Assert.Equal(status, JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).GetProperty("status").GetInt32());
    }

    [Fact]
    public async Task Hostile_words_find_nothing_and_break_nothing()
    {
        var town = await app.CreateTownAsync();
        using var client = app.ClientFor(town);
        Assert.Equal(HttpStatusCode.BadRequest, (await client.GetAsync("api/hsds/services?search=" + new string('a', 1000), TestContext.Current.CancellationToken)).StatusCode);
        foreach (var words in new[] { "%", "'", "\"", "\\", "<script>", "\0", "\ud83d", "😀", "葛\U000E0100" })
        {
            Assert.True((await client.GetAsync("api/hsds/services?search=" + Uri.EscapeDataString(words), TestContext.Current.CancellationToken)).StatusCode is HttpStatusCode.OK or HttpStatusCode.NotFound, words);
        }
    }

    [Fact]
    public async Task Another_towns_record_is_not_found()
    {
        var (one, other) = (await app.CreateTownAsync(), await app.CreateTownAsync());
        await one.PublishAsync("よその会", ["1001"], c => c with { OperatorName = "よその団体" });
        using var client = app.ClientFor(other);
        using var mine = app.ClientFor(one);
        foreach (var list in Lists)
        {
            foreach (var line in await LinesAsync(mine, $"api/hsds/{list}?format=ndjson"))
            {
                Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync($"api/hsds/{list}/{Id(line)}", TestContext.Current.CancellationToken)).StatusCode);
            }
        }
    }

    [Fact]
    public async Task Any_page_may_ask_and_HEAD_and_OPTIONS_are_answered_but_nothing_can_be_written()
    {
        var town = await TownOfAllKindsAsync();
        using var client = app.ClientFor(town);
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head, HttpMethod.Options, HttpMethod.Post, HttpMethod.Delete })
        {
            foreach (var path in new[] { "", "/", "/services", "/services?format=ndjson", "/openapi.json" })
            {
                using var answer = await client.SendAsync(new HttpRequestMessage(method, "api/hsds" + path), TestContext.Current.CancellationToken);
                Assert.Equal("*", Assert.Single(answer.Headers.GetValues("Access-Control-Allow-Origin")));
                Assert.False(answer.Headers.Contains("Set-Cookie"));
                Assert.Equal(method == HttpMethod.Options ? 204 : method == HttpMethod.Get || method == HttpMethod.Head ? 200 : 405, (int)answer.StatusCode);
            }
        }
    }

    [Fact]
    public async Task Kanji_are_written_as_they_are()
    {
        var town = await TownOfAllKindsAsync();
        using var client = app.ClientFor(town);
        Assert.Contains("サロン本町", await client.GetStringAsync("api/hsds/services?full=true", TestContext.Current.CancellationToken));
        Assert.Contains("サロン本町", await client.GetStringAsync("api/hsds/services?format=ndjson", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_OpenAPI_document_describes_exactly_what_is_answered()
    {
        var town = await TownOfAllKindsAsync();
        using var client = app.ClientFor(town);
        var about = await JsonAsync(client, "api/hsds/");
        var document = await JsonAsync(client, new Uri(about.GetProperty("openapi_url").GetString()!).PathAndQuery);
        var schema = new JsonSchema(document, onlyDeclared: true);

        Assert.Equal("3.1.0", document.GetProperty("openapi").GetString());
        foreach (var path in document.GetProperty("paths").EnumerateObject())
        {
            var content = path.Value.GetProperty("get").GetProperty("responses").GetProperty("200").GetProperty("content");
            var url = "api/hsds" + (path.Name.Contains("{id}") ? path.Name.Replace("{id}", Id((await LinesAsync(client, $"api/hsds{path.Name.Replace("/{id}", "")}?format=ndjson"))[0])) : path.Name);
            foreach (var query in path.Value.GetProperty("get").TryGetProperty("parameters", out _) && !path.Name.Contains("{id}") ? new[] { "", "?full=true" } : [""])
            {
                Assert.Empty(schema.Problems(await JsonAsync(client, url + query), content.GetProperty("application/json").GetProperty("schema")));
            }
        }
    }

    [Fact]
    public async Task The_page_for_developers_names_every_endpoint()
    {
        var town = await app.CreateTownAsync();
        using var client = app.ClientFor(town);
        var page = await client.GetPageAsync("api");
        Assert.All(Lists, list => Assert.Contains($"/{list}/{{id}}", page.Body!.TextContent));
        Assert.Contains($"/{town.Slug}/api/hsds", page.Body!.TextContent);
    }

    [Theory, InlineData(360), InlineData(1280)]
    public async Task The_page_for_developers_is_accessible_and_fits(int width)
    {
        var town = await app.CreateTownAsync();
        var page = await chromium.OpenAsync(app.UrlOf(town, "api"), width: width);
        if (Environment.GetEnvironmentVariable("SASAEAI_PICTURES") is { Length: > 0 } folder)
        {
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"api-{width}.png"), FullPage = true });
        }

        Assert.Empty((await page.RunAxe()).Violations.Select(violation => violation.Id));
        Assert.Equal(width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    }

    private static async Task<Guid> AddOrganizationAsync(Town town, OrganizationContent content) => await town.InAsync(async (db, _) =>
    {
        var organization = new Organization($"O-{Guid.NewGuid():N}", content, DateTimeOffset.UtcNow);
        db.Organizations.Add(organization);
        await db.SaveChangesAsync();
        return organization.Id;
    });

    /// <summary>Nine public records of every kind, one that ended and one that grew too old.</summary>
    private async Task<Town> TownOfAllKindsAsync()
    {
        var town = await app.CreateTownAsync();
        var name = (string)(await town.ScalarAsync($"select name from app.municipality where id = {town.Id}"))!;
        var shown = new ContactField { Value = "0999-11-2222", Publish = true };
        var organization = await AddOrganizationAsync(town, new OrganizationContent
        {
            Name = "本町社協", CommonName = "社協", Kind = "02", Description = "社会福祉協議会です。", EstablishedOn = new(1985, 4, 1), CorporateNumber = "1234567890123", Url = "https://例え.jp/社協",
            Representative = new() { Value = "髙橋 𠮷男", Publish = true }, Address = new() { Value = $"{name}本町1", Publish = true }, Phone = shown, Email = new() { Value = "a@example.jp", Publish = true },
        });
        Schedule Written(string text) => ScheduleReader.Read(text).Schedule;
        var area = await town.InAsync(async (db, services) => (await ResourceSetting.LoadAsync(db, services.GetRequiredService<TimeProvider>().Today())).Areas.FindByCode("Z1")!.Id);
        var today = app.Services.GetRequiredService<TimeProvider>().Today();

        await town.PublishAsync("サロン本町", ["1001"], c => c with
        {
            Kana = "サロンホンチョウ", CommonName = "お茶会", OrganizationId = organization, Description = "どなたでも。", Venue = "本町会館", PostalCode = "〒123-4567", Address = $"見本県{name}本町一丁目1-1", Building = "2階",
            Lat = 36.1, Lng = 139.6, Access = "駅から5分", Parking = "3台", BarrierFree = ["01", "99"], ForWhom = "65歳以上", Capacity = 20, Availability = Availability.Full, FeeKind = "2", FeeYen = 200, FeeNote = "お茶代", HowToJoin = "電話で",
            Phone = shown, Fax = shown, Email = new() { Value = "b@example.jp", Publish = true }, Person = new() { Value = "担当者", Publish = true }, Url = "https://example.jp/サロン?a=1 2", Schedule = Written("毎週火曜 10:00〜11:30(祝日は休み)"),
        });
        await town.PublishAsync("ゴミ出し隊", ["1301"], c => c with { BlockId = null, OperatorName = "有志の会", ServiceKind = "601", VisitAreas = [area], Availability = Availability.Open, Url = "javascript:alert(1)", Schedule = Written("第2・第4木曜 午前") });
        await town.PublishAsync("住所を出さない会", ["1001"], c => c with { AddressDetail = AddressDetail.Hidden, Schedule = Written("隔週水曜 10:00〜12:00"), Availability = Availability.Ask });
        await town.PublishAsync("町丁目だけの会", ["1001"], c => c with { AddressDetail = AddressDetail.Block, Address = "本町一丁目9-9", Schedule = Written("毎月15日 10:00〜") });
        await town.PublishAsync("休止中の会", ["1001"], c => c with { Schedule = Written("毎日 9:00〜17:00") with { Closures = [new(today.AddDays(-1), null, "改修")] } });
        await town.PublishAsync("絵文字の会😀", ["1001"], c => c with { Description = "葛\U000E0100飾、𠮷野家、👨‍👩‍👧 \"引用\" \\ </script>\t\u0001", Email = new() { Value = "メール@例え", Publish = true }, Schedule = Written("4月〜10月 毎週火曜") });
        await town.PublishAsync("長い会", ["1001"], c => c with { Description = new string('長', 20_000), Schedule = Written("令和9年1月5日 10:00〜12:00") });
        await town.PublishAsync("メモだけの会", ["10"], c => c with { Schedule = new Schedule { Note = "日時はお問い合わせください" }, FeeNote = "実費" });
        var stale = await town.PublishAsync("未確認の会", ["1001"]);
        var ended = await town.PublishAsync("終わった会", ["1001"]);
        var old = await town.PublishAsync("古すぎる会", ["1001"]);
        await AgeAsync(town, stale, today.AddDays(-200));
        await AgeAsync(town, old, today.AddDays(-600));
        await town.InAsync(async (db, _) =>
        {
            (await db.GetAsync<Resource>(ended)).End(DateTimeOffset.UtcNow);
            await db.SaveChangesAsync();
        });
        return town;
    }

    /// <summary>As if it had last been verified on that day.</summary>
    private static Task AgeAsync(Town town, Guid id, DateOnly day) => town.InAsync(async (db, services) =>
    {
        var resource = await db.GetAsync<Resource>(id);
        db.Entry(resource).Property(nameof(Resource.VerifiedOn)).CurrentValue = (DateOnly?)day;
        resource.PlaceIn(await ResourceSetting.LoadAsync(db, services.GetRequiredService<TimeProvider>().Today()), DateTimeOffset.UtcNow);
        await db.SaveChangesAsync();
    });

    private static string Id(JsonElement item) => item.GetProperty("id").GetString()!;

    private static IEnumerable<JsonElement> Items(JsonElement item, string list) => item.TryGetProperty(list, out var items) ? items.EnumerateArray() : [];

    private static async Task<string[]> NamesAsync(HttpClient client, string path, string field = "name") =>
        [.. Items(await JsonAsync(client, "api/hsds/" + path), "contents").Select(item => item.GetProperty(field).GetString()!)];

    private static async Task<List<JsonElement>> LinesAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {text}");
        Assert.Equal("application/x-ndjson", answer.Content.Headers.ContentType!.MediaType);
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<JsonElement>(line))];
    }

    private static async Task<JsonElement> JsonAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {text}");
        Assert.Equal("application/json", answer.Content.Headers.ContentType!.MediaType);
        return JsonSerializer.Deserialize<JsonElement>(text);
    }
}
