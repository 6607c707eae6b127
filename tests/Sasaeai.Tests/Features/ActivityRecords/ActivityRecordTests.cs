using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.ActivityRecords;
using Sasaeai.Features.Organizations;
using Sasaeai.Features.Postings;
using Sasaeai.Tests.Features.Meetings;

namespace Sasaeai.Tests.Features.ActivityRecords;

public class ActivityRecordTests(TestApp app)
{
    private static readonly (string, object)[] Quick = [("第2層相当", true), ("ニーズ把握", true), ("訪問", true), ("したこと", "サロンで困りごとを聞いた。")];

    private static Task<object?> CountAsync(Town town, string where = "true") => town.ScalarAsync($"select count(*) from app.activity_record where municipality_id = {town.Id} and {where}");

    /// <summary>A completed record of somebody, past the form.</summary>
    internal static async Task<Guid> RecordAsync(Town town, string email, ActivityContent content) => await town.InAsync(async (db, _) =>
    {
        var account = db.Accounts.Single(one => one.Email == email);
        var now = DateTimeOffset.UtcNow;
        var record = new ActivityRecord { AccountId = account.Id, ByName = account.Name, CreatedAt = now };
        record.Write(content, Guid.NewGuid(), 1, now);
        record.Complete(PostingLayer.Both, now);
        db.Add(record);
        await db.SaveChangesAsync();
        return record.Id;
    });

    internal static async Task<ActivityContent> ContentAsync(Town town, DateOnly? day = null, string zone = "Z1", int layer = 2, params string[] kinds) => new()
    {
        OnDay = day ?? MeetingTown.Today, AreaId = (Guid)(await town.ScalarAsync($"select id from app.area where municipality_id = {town.Id} and code = '{zone}'"))!, Layer = layer,
        Kinds = kinds.Length == 0 ? ["01"] : kinds, Way = "01", What = "サロンで困りごとを聞いた。", Minutes = 60,
    };

    internal static async Task<HttpClient> SignedInAsync(TestApp app, Town town, string email)
    {
        var client = app.ClientFor(town);
        await client.SubmitAsync(await client.GetPageAsync("sign-ins/new"), ("メールアドレス", email), ("パスワード", Town.Password));
        return client;
    }

    private static IDocument OnDay(IDocument page, params string[] parts)
    {
        foreach (var (box, text) in page.QuerySelectorAll("input[name^='Form.OnDay.']").Cast<IHtmlInputElement>().Zip(parts))
        {
            box.Value = text;
        }

        return page;
    }

    [Fact]
    public async Task Four_answers_make_a_record_of_today_in_the_last_place()
    {
        var town = await app.CreateTownAsync();
        var coordinator = await app.SignedInAsync(town, Role.Coordinator);

        var shown = await coordinator.PressAsync(await coordinator.GetPageAsync("activities/new"), "記録する", Quick);

        Assert.Equal(HttpStatusCode.OK, shown.StatusCode);
        Assert.Contains("サロンで困りごとを聞いた。", shown.QuerySelector("main")!.TextContent);
        Assert.Equal("第1圏域 2 {01} 01", await town.ScalarAsync($"select a.name || ' ' || r.layer || ' ' || r.kinds::text || ' ' || r.way from app.activity_record r join app.area a on a.municipality_id = r.municipality_id and a.id = r.area_id where r.municipality_id = {town.Id} and r.completed_at is not null and r.on_day = (now() at time zone 'Asia/Tokyo')::date"));
        Assert.Equal(1L, await town.ScalarAsync($"select count(*) from app.audit_entry where municipality_id = {town.Id} and noun = 'activity_record' and verb = 'create' and changes::text not like '%困りごと%'"));
    }

    [Fact]
    public async Task The_same_form_sent_twice_is_one_record()
    {
        var town = await app.CreateTownAsync();
        var coordinator = await app.SignedInAsync(town, Role.Coordinator);
        var page = await coordinator.GetPageAsync("activities/new");

        await coordinator.PressAsync(page, "記録する", Quick);
        await coordinator.PressAsync(page, "記録する");

        Assert.Equal(1L, await CountAsync(town));
        Assert.Equal(1, await town.ScalarAsync($"select version from app.activity_record where municipality_id = {town.Id}"));
    }

    [Fact]
    public async Task A_draft_needs_nothing_counts_nowhere_and_waits_to_be_completed()
    {
        var town = await app.CreateTownAsync();
        var coordinator = await app.SignedInAsync(town, Role.Coordinator);

        var drafts = await coordinator.PressAsync(await coordinator.GetPageAsync("activities/new"), "下書きに保存", ("したこと", "あとで書く"));
        Assert.Contains("書きかけ（1件）", drafts.QuerySelector("h1")!.TextContent);
        Assert.Contains("記録はありません", (await coordinator.GetPageAsync("activities")).QuerySelector("main")!.TextContent);

        var edit = await coordinator.GetPageAsync(new Uri(new Uri(drafts.Url), drafts.QuerySelector(".card a")!.GetAttribute("href")).ToString());
        var incomplete = await coordinator.PressAsync(edit, "記録する");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, incomplete.StatusCode);
        Assert.Contains("活動の種類を一つ以上選んでください。", incomplete.QuerySelector(".error-summary")!.TextContent);
        Assert.Equal("あとで書く", incomplete.QuerySelector<IHtmlTextAreaElement>("#Form_What")!.Value.Trim());

        await coordinator.PressAsync(incomplete, "記録する", Quick);
        Assert.Equal(1L, await CountAsync(town, "completed_at is not null"));
    }

    [Fact]
    public async Task A_coordinator_of_both_layers_says_which_and_one_of_a_single_layer_need_not()
    {
        var town = await app.CreateTownAsync();
        var emails = new[] { await town.AddAccountAsync(Role.Coordinator), await town.AddAccountAsync(Role.Coordinator) };
        await town.InAsync(async (db, _) =>
        {
            foreach (var (email, layer) in emails.Zip([PostingLayer.Both, PostingLayer.First]))
            {
                var account = db.Accounts.Single(one => one.Email == email);
                var posting = new Posting { Kind = PostingKind.Coordinator, AccountId = account.Id, PersonName = account.Name, AreaId = db.Areas.First().Id, Layer = layer, Employer = Employer.WelfareCouncil, IsEntrusted = true };
                posting.Last(new(2020, 4, 1), null);
                db.Add(posting);
            }

            await db.SaveChangesAsync();
        });
        (string, object)[] withoutLayer = [("ニーズ把握", true), ("訪問", true), ("したこと", "話を聞いた。"), ("圏域", "第1圏域")];

        var both = await SignedInAsync(app, town, emails[0]);
        var refused = await both.PressAsync(await both.GetPageAsync("activities/new"), "記録する", withoutLayer);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("第1層相当か第2層相当かを選んでください。", refused.QuerySelector(".error-summary")!.TextContent);

        var single = await SignedInAsync(app, town, emails[1]);
        await single.PressAsync(await single.GetPageAsync("activities/new"), "記録する", withoutLayer);
        Assert.Equal(1L, await CountAsync(town, "layer = 1"));
        Assert.Equal(1L, await CountAsync(town));
    }

    [Theory, InlineData("2026", "2", "30"), InlineData("R元", "4", "30"), InlineData("<script>", "x", "1"), InlineData("H31", "5", "1")]
    public async Task A_day_that_does_not_exist_is_one_sentence_and_nothing_is_lost(string year, string month, string day)
    {
        var town = await app.CreateTownAsync();
        var coordinator = await app.SignedInAsync(town, Role.Coordinator);

        var refused = await coordinator.PressAsync(OnDay(await coordinator.GetPageAsync("activities/new"), year, month, day), "記録する", Quick);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("活動した日は", Assert.Single(refused.QuerySelectorAll(".error-summary li")).TextContent);
        Assert.Contains("サロンで困りごとを聞いた。", refused.QuerySelector<IHtmlTextAreaElement>("#Form_What")!.Value);
        Assert.Equal(0L, await CountAsync(town));
    }

    [Theory, InlineData("R1", "5", "1", "2019-05-01"), InlineData("H31", "4", "30", "2019-04-30"), InlineData("令和2年3月31日", "", "", "2020-03-31")]
    public async Task Days_are_written_in_eras(string year, string month, string day, string kept)
    {
        var town = await app.CreateTownAsync();
        var coordinator = await app.SignedInAsync(town, Role.Coordinator);
        await coordinator.PressAsync(OnDay(await coordinator.GetPageAsync("activities/new"), year, month, day), "記録する", Quick);
        Assert.Equal(1L, await CountAsync(town, $"on_day = '{kept}'"));
    }

    [Fact]
    public async Task The_partner_is_a_registered_group_and_its_page_shows_the_way_together()
    {
        var town = await app.CreateTownAsync();
        var group = new Organization("D1", new OrganizationContent { Name = "ひだまり会" }, DateTimeOffset.UtcNow);
        await town.InAsync(async (db, _) =>
        {
            db.Add(group);
            await db.SaveChangesAsync();
        });
        var coordinator = await app.SignedInAsync(town, Role.Coordinator);

        var unknown = await coordinator.PressAsync(await coordinator.GetPageAsync("activities/new"), "記録する", [.. Quick, ("相手の団体", "知らない会")]);
        Assert.Contains("「知らない会」という団体は登録されていません。", unknown.QuerySelector(".error-summary")!.TextContent);
        await coordinator.PressAsync(await coordinator.GetPageAsync($"activities/new?organization={group.Id}"), "記録する", Quick);

        Assert.Contains("サロンで困りごとを聞いた。", (await coordinator.GetPageAsync($"organizations/{group.Id}")).QuerySelector("main")!.TextContent);
    }

    [Fact]
    public async Task Words_are_for_those_whom_the_recorder_names_but_all_staff_see_that_it_was_done()
    {
        var town = await app.CreateTownAsync();
        var email = await town.AddAccountAsync(Role.Coordinator);
        var content = await ContentAsync(town);
        var own = await RecordAsync(town, email, content with { Audience = ActivityAudience.Own, What = "ひみつの話", PersonName = "見本 花子" });
        var near = await RecordAsync(town, email, content with { Audience = ActivityAudience.Area, What = "圏域の話" });
        var (me, colleague, neighbour, officer) = (await SignedInAsync(app, town, email), await app.SignedInAsync(town, Role.Coordinator), await app.SignedInAsync(town, Role.Coordinator, "Z2"), await app.SignedInAsync(town, Role.Officer));

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden], await AnswersAsync(own));
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden], await AnswersAsync(near));
        foreach (var path in new[] { "activities", "activities/diary", $"activities?handler=Table&format=Csv" })
        {
            var list = await (await officer.GetAsync(path, TestContext.Current.CancellationToken)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.DoesNotContain("ひみつの話", list);
            Assert.DoesNotContain("見本 花子", list);
            Assert.Contains("見られる人が限られて", list);
        }

        Assert.Contains("2件", (await officer.GetPageAsync("activities")).QuerySelector("caption")!.TextContent);
        Assert.Equal(1L, await town.ScalarAsync($"select count(*) from app.audit_entry where municipality_id = {town.Id} and verb = 'look' and noun = 'activity_record' and record_id = '{own}'"));

        async Task<IReadOnlyList<HttpStatusCode>> AnswersAsync(Guid id)
        {
            var answers = new List<HttpStatusCode>();
            foreach (var person in new[] { me, colleague, neighbour, officer })
            {
                answers.Add((await person.GetPageAsync($"activities/{id}")).StatusCode);
            }

            return answers;
        }
    }

    [Fact]
    public async Task Only_the_recorder_changes_a_record_and_its_history_names_the_fields()
    {
        var town = await app.CreateTownAsync();
        var email = await town.AddAccountAsync(Role.Coordinator);
        var id = await RecordAsync(town, email, await ContentAsync(town));
        var (me, officer) = (await SignedInAsync(app, town, email), await app.SignedInAsync(town, Role.Administrator));

        Assert.Equal(HttpStatusCode.Forbidden, (await officer.GetPageAsync($"activities/{id}/edit")).StatusCode);
        var shown = await me.PressAsync(await me.GetPageAsync($"activities/{id}/edit"), "記録する", ("気づき", "男性が少ない。"), ("次の一歩", "会長に電話する"));

        Assert.Contains("直しました：気づき、次の一歩", shown.QuerySelector("main")!.TextContent);
        shown = await me.PressAsync(shown, "次の一歩は済みました");
        Assert.Contains("に済みました。", shown.QuerySelector("main")!.TextContent);
    }

    [Fact]
    public async Task A_field_changed_in_two_places_is_shown_with_both_and_overwritten_only_by_choice()
    {
        var town = await app.CreateTownAsync();
        var email = await town.AddAccountAsync(Role.Coordinator);
        var id = await RecordAsync(town, email, await ContentAsync(town));
        var me = await SignedInAsync(app, town, email);
        var (here, there) = (await me.GetPageAsync($"activities/{id}/edit"), await me.GetPageAsync($"activities/{id}/edit"));

        await me.PressAsync(there, "記録する", ("したこと", "事務所で書いた。"), ("気づき", "事務所の気づき。"));
        var asked = await me.PressAsync(here, "記録する", ("したこと", "電車で書いた。"), ("人数", "7"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, asked.StatusCode);
        Assert.Contains("事務所で書いた。", asked.QuerySelector("label[for=theirs-what]")!.TextContent);
        Assert.Contains("電車で書いた。", asked.QuerySelector("label[for=mine-what]")!.TextContent);
        Assert.Equal("事務所で書いた。", await town.ScalarAsync($"select what from app.activity_record where id = '{id}'"));

        var again = await me.PressAsync(asked, "記録する");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, again.StatusCode);
        again.QuerySelector<IHtmlInputElement>("#mine-what")!.IsChecked = true;
        await me.PressAsync(again, "記録する");
        Assert.Equal("電車で書いた。 事務所の気づき。 7", await town.ScalarAsync($"select what || ' ' || noticed || ' ' || head_count from app.activity_record where id = '{id}'"));
    }

    [Fact]
    public async Task A_photo_comes_with_the_form_once_and_only_those_who_may_read_the_record_see_it()
    {
        var png = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==");
        var town = await app.CreateTownAsync();
        var coordinator = await app.SignedInAsync(town, Role.Coordinator);
        var form = (await coordinator.GetPageAsync("activities/new")).QuerySelector("form[data-activity]")!;

        async Task<IDocument> SendAsync(byte[] photo)
        {
            using var body = new MultipartFormDataContent();
            foreach (var hidden in form.QuerySelectorAll("input[type=hidden]").Cast<IHtmlInputElement>())
            {
                body.Add(new StringContent(hidden.Value), hidden.Name!);
            }

            var zone = form.QuerySelectorAll("#Form_Area option").Cast<IHtmlOptionElement>().Last().Value;
            foreach (var (name, value) in new[] { ("Form.OnDay.Year", "R8.4.1"), ("Form.Area", zone), ("Form.Layer", "2"), ("Form.Kinds", "01"), ("Form.Way", "01"), ("Form.What", "集まりの写真"), ("Form.Audience", "Area"), ("complete", "true") })
            {
                body.Add(new StringContent(value), name);
            }

            body.Add(new ByteArrayContent(photo), "Form.Photo", "../写真.exe");
            return await (await coordinator.PostAsync("activities/new", body, TestContext.Current.CancellationToken)).ReadPageAsync();
        }

        Assert.Contains("読み取れるのはJPEG、PNG、WebPの写真だけです。", (await SendAsync("GIF89a not accepted"u8.ToArray())).QuerySelector(".error-summary")!.TextContent);
        await SendAsync(png);
        var shown = await SendAsync(png);

        Assert.Equal("photo.png image/png", await town.ScalarAsync($"select string_agg(file_name || ' ' || media_type, ',') from app.activity_photo where municipality_id = {town.Id}"));
        var photo = new Uri(new Uri(shown.Url), shown.QuerySelector("img.photo")!.GetAttribute("src"));
        Assert.Equal(HttpStatusCode.OK, (await coordinator.GetAsync(photo, TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await app.SignedInAsync(town, Role.Officer)).GetAsync(photo, TestContext.Current.CancellationToken)).StatusCode);
        await coordinator.PressAsync(shown, "この写真を外す");
        Assert.Equal(HttpStatusCode.NotFound, (await coordinator.GetAsync(photo, TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task What_arrives_late_from_a_phone_overwrites_nothing()
    {
        var town = await app.CreateTownAsync();
        var coordinator = await app.SignedInAsync(town, Role.Coordinator);
        var page = await coordinator.GetPageAsync("activities/new");
        void Number(int no) => page.QuerySelector<IHtmlInputElement>("input[name='Form.No']")!.Value = $"{no}";

        Number(3);
        await coordinator.PressAsync(page, "記録する", [.. Quick, ("気づき", "三回目")]);
        Number(2);
        await coordinator.PressAsync(page, "記録する", ("気づき", "二回目"));

        Assert.Equal("三回目", await town.ScalarAsync($"select noticed from app.activity_record where municipality_id = {town.Id}"));
    }

    [Fact]
    public async Task Hostile_input_is_text_or_refused()
    {
        var town = await app.CreateTownAsync();
        var coordinator = await app.SignedInAsync(town, Role.Coordinator);
        var shown = await coordinator.PressAsync(await coordinator.GetPageAsync("activities/new"), "記録する", [.. Quick, ("したこと", "<script>alert(1)</script>")]);
        Assert.Empty(shown.QuerySelectorAll("main script"));
        Assert.Contains("<script>alert(1)</script>", shown.QuerySelector("main")!.TextContent);

        foreach (var (field, value) in new[] { ("Form.Base", "{\"what\":1"), ("Form.Base", "null"), ("Form.Area", $"{Guid.NewGuid()}"), ("Form.Way", "99"), ("Form.Id", $"{Guid.Empty}"), ("Form.What", new string('あ', 4001)), ("Form.Layer", "3") })
        {
            var page = await coordinator.GetPageAsync(field == "Form.Base" ? $"activities/{shown.Url.Split('/')[^1]}/edit" : "activities/new");
            var element = page.QuerySelectorAll("main form [name]").First(one => one.GetAttribute("name") == field);
            switch (element)
            {
                case IHtmlInputElement { Type: "radio" } radio:
                    radio.Value = value;
                    radio.IsChecked = true;
                    break;
                case IHtmlInputElement input:
                    input.Value = value;
                    break;
                case IHtmlTextAreaElement area:
                    area.Value = value;
                    break;
                case IHtmlSelectElement select:
                    select.Options[1].Value = value;
                    select.Options[1].IsSelected = true;
                    break;
            }

            var refused = await coordinator.PressAsync(page, "記録する");
            Assert.True(refused.StatusCode == HttpStatusCode.UnprocessableEntity, $"{field} {value[..Math.Min(20, value.Length)]}: {refused.StatusCode}");
        }

        Assert.Equal(1L, await CountAsync(town));
    }

    [Fact]
    public async Task Another_photo_chosen_in_the_same_form_takes_the_place_of_the_first()
    {
        var (one, two) = (Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="), Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="));
        var town = await app.CreateTownAsync();
        var coordinator = await app.SignedInAsync(town, Role.Coordinator);
        var form = (await coordinator.GetPageAsync("activities/new")).QuerySelector("form[data-activity]")!;

        async Task SendAsync(int no, byte[] photo)
        {
            using var body = new MultipartFormDataContent();
            foreach (var hidden in form.QuerySelectorAll("input[type=hidden]").Cast<IHtmlInputElement>().Where(hidden => hidden.Name != "Form.No"))
            {
                body.Add(new StringContent(hidden.Value), hidden.Name!);
            }

            body.Add(new StringContent($"{no}"), "Form.No");
            body.Add(new StringContent("下書きの写真"), "Form.What");
            body.Add(new StringContent("false"), "complete");
            body.Add(new ByteArrayContent(photo), "Form.Photo", "photo.png");
            Assert.Equal(HttpStatusCode.OK, (await coordinator.PostAsync("activities/offline", body, TestContext.Current.CancellationToken)).StatusCode);
        }

        await SendAsync(2, one);
        await SendAsync(3, two);
        await SendAsync(2, one);        // late

        Assert.Equal(1L, await town.ScalarAsync($"select count(*) from app.activity_photo where municipality_id = {town.Id}"));
        Assert.Equal(two, (byte[])(await town.ScalarAsync($"select bytes from app.activity_photo where municipality_id = {town.Id}"))!);
    }

    [Fact]
    public async Task The_list_finds_words_only_in_what_the_person_may_read_and_is_ordered_by_its_columns()
    {
        var town = await app.CreateTownAsync();
        var email = await town.AddAccountAsync(Role.Coordinator);
        var content = await ContentAsync(town, new(2019, 6, 1));
        await RecordAsync(town, email, content with { What = "ﾍﾞﾝﾁの話をした。", Minutes = 30 });
        await RecordAsync(town, email, content with { OnDay = new(2019, 7, 1), What = "ベンチを寄付する人", Audience = ActivityAudience.Own, Minutes = 90 });
        var (me, officer) = (await SignedInAsync(app, town, email), await app.SignedInAsync(town, Role.Officer));
        static IReadOnlyList<string> Days(IDocument page) => [.. page.QuerySelectorAll("tbody tr td:nth-child(2)").Select(cell => cell.TextContent.Trim())];

        Assert.Equal(["R元.7.1", "R元.6.1"], Days(await me.GetPageAsync("activities?q=べんち")));
        Assert.Equal(["R元.6.1"], Days(await officer.GetPageAsync("activities?q=べんち")));
        Assert.Empty(Days(await officer.GetPageAsync("activities?q=寄付")));
        Assert.DoesNotContain("2019-07", await officer.GetStringAsync("activities?handler=Table&format=Csv&q=ベンチ", TestContext.Current.CancellationToken));
        Assert.Equal(["R元.6.1", "R元.7.1"], Days(await officer.GetPageAsync("activities?from=2019-04-01&sort=minutes")));
        foreach (var column in new[] { "layer", "area", "person", "-area", "day" })
        {
            Assert.Equal(2, Days(await officer.GetPageAsync($"activities?from=2019-04-01&sort={column}")).Count);
        }
    }

    [Fact]
    public async Task A_meeting_says_what_its_record_would_repeat_and_shows_the_record()
    {
        var town = await app.CreateTownAsync();
        var meeting = await town.AddMeetingAsync(MeetingTown.Today.AddDays(-3));
        await town.ScalarAsync($"update app.meeting set starts_at = '10:00', ends_at = '11:30', head_count = 14 where id = '{meeting}'");
        var coordinator = await app.SignedInAsync(town, Role.Coordinator);

        var shown = await coordinator.PressAsync(await coordinator.GetPageAsync($"activities/new?meeting={meeting}"), "記録する", ("関係者間の情報共有", true));

        Assert.Contains("話し合い", shown.QuerySelector($"main dd a[href$='/meetings/{meeting}']")!.TextContent);
        Assert.Equal($"{MeetingTown.Today.AddDays(-3):yyyy-MM-dd} 10:00:00 90 14 2 06", await town.ScalarAsync($"select on_day || ' ' || starts_at || ' ' || minutes || ' ' || head_count || ' ' || layer || ' ' || way from app.activity_record where meeting_id = '{meeting}' and completed_at is not null"));
        Assert.Contains("話し合いに出席した。", (await coordinator.GetPageAsync($"meetings/{meeting}")).QuerySelector("main")!.TextContent);
        var form = await coordinator.GetPageAsync("activities/new");
        Assert.Contains(form.QuerySelectorAll<IHtmlOptionElement>("#Form_Meeting option"), option => option.Value == $"{meeting}");
    }
}
