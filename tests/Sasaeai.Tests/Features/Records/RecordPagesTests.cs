using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Organizations;
using Sasaeai.Features.Resources;

namespace Sasaeai.Tests.Features.Records;

public class RecordPagesTests(TestApp app)
{
    [Fact]
    public async Task An_officer_registers_a_record_and_it_is_published_at_once_with_the_check()
    {
        var town = await app.CreateTownAsync();
        var officer = await app.SignedInAsync(town, Role.Officer);
        var page = await officer.GetPageAsync("records/new");

        var shown = await officer.PressAsync(page, "登録する", ("名称", "ひだまりサロン"), ("サロン・お茶会", true), ("住所", "本町1-2-3"), ("日時", "毎週火曜 10:00〜11:30"), ("電話で確かめた", true));

        Assert.Contains("「ひだまりサロン」を登録しました。", shown.Body!.TextContent);
        var (resource, verifications) = await town.InAsync(async (db, _) => (await db.Resources.SingleAsync(), await db.Verifications.CountAsync()));
        Assert.Equal(("R0001", ResourceState.Published, 1), (resource.Number, resource.State, verifications));
        Assert.Equal("本町一丁目", (await town.InAsync((db, _) => db.Areas.SingleAsync(area => area.Id == resource.Content.BlockId))).Name);
        Assert.Equal("毎週火曜 10:00〜11:30", resource.Content.Schedule.InJapanese());
    }

    [Fact]
    public async Task A_query_of_signs_alone_finds_what_bears_them_and_not_everything()
    {
        var town = await app.CreateTownAsync();
        await town.PublishAsync("ひだまりサロン", ["1001"]);
        await town.PublishAsync("100%の会", ["1001"]);
        var officer = await app.SignedInAsync(town, Role.Officer);

        Assert.Equal(["100%の会"], (await officer.GetPageAsync("records?Search.Q=%25")).QuerySelectorAll("tbody th").Select(name => name.TextContent));
        Assert.Empty((await officer.GetPageAsync("records?Search.Q=_!")).QuerySelectorAll("tbody th"));
        Assert.Equal(2, (await officer.GetPageAsync("records?Search.Q=%E3%80%80")).QuerySelectorAll("tbody th").Length);
    }

    [Fact]
    public async Task A_form_sent_twice_makes_one_record()
    {
        var town = await app.CreateTownAsync();
        var officer = await app.SignedInAsync(town, Role.Officer);
        var page = await officer.GetPageAsync("records/new");
        (string, object)[] answers = [("名称", "ひだまりサロン"), ("サロン・お茶会", true)];

        await Task.WhenAll(officer.PressAsync(page, "登録する", answers), officer.PressAsync(page, "登録する", answers));

        Assert.Equal(1, await town.InAsync((db, _) => db.Resources.CountAsync()));
    }

    [Fact]
    public async Task What_was_typed_stays_when_something_is_missing()
    {
        var town = await app.CreateTownAsync();
        var officer = await app.SignedInAsync(town, Role.Officer);

        var again = await officer.PressAsync(await officer.GetPageAsync("records/new"), "登録する", ("説明", "<script>alert(1)</script>"), ("緯度", "999"), ("ホームページ", "javascript:alert(1)"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, again.StatusCode);
        Assert.Equal("<script>alert(1)</script>", again.QuerySelector<IHtmlTextAreaElement>("[name='Form.Description']")!.Value.Trim());
        var summary = again.QuerySelector(".error-summary")!.TextContent;
        Assert.All(new[] { "名称を入力してください。", "分類を一つ以上選んでください。", "緯度は20から46までの数で入力してください。", "https://" }, sentence => Assert.Contains(sentence, summary));
    }

    [Fact]
    public async Task The_reading_of_a_schedule_is_shown_and_nothing_is_saved()
    {
        var town = await app.CreateTownAsync();
        var officer = await app.SignedInAsync(town, Role.Officer);

        var page = await officer.PressAsync(await officer.GetPageAsync("records/new"), "日時の読み取りを確かめる", ("名称", "会"), ("日時", "第2・第4木曜 午後\nそのとき決めます"));

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Contains("第2・第4木曜 午後", page.QuerySelector(".notice li")!.TextContent);
        Assert.Contains("そのとき決めます", page.QuerySelector(".notice")!.TextContent);
        Assert.Equal("登録する", page.QuerySelectorAll("main button").Last().TextContent);
        Assert.DoesNotContain("handler", page.QuerySelector("main form")!.GetAttribute("action"));
        Assert.Equal("会", page.QuerySelector<IHtmlInputElement>("[name='Form.Name']")!.Value);
        Assert.Equal(0, await town.InAsync((db, _) => db.Resources.CountAsync()));
    }

    [Fact]
    public async Task A_coordinators_change_waits_and_the_record_stays()
    {
        var town = await app.CreateTownAsync();
        var id = await town.PublishAsync("ひだまりサロン", ["1001"]);
        var coordinator = await app.SignedInAsync(town, Role.Coordinator);

        var shown = await coordinator.PressAsync(await coordinator.GetPageAsync($"records/{id}/edit"), "修正案を送る", ("会場", "東公民館"), ("変更の説明", "会場が変わった"));

        Assert.Contains("修正案を出しました", shown.Body!.TextContent);
        Assert.Contains("承認を待っているもの", shown.Body.TextContent);
        var (resource, revision) = await town.InAsync(async (db, _) => (await db.Resources.SingleAsync(), await db.Revisions.SingleAsync()));
        Assert.Equal(("", "東公民館", RevisionState.Pending), (resource.Content.Venue, revision.Content.Venue, revision.State));
    }

    [Fact]
    public async Task The_second_editor_sees_both_versions_and_can_send_them_merged()
    {
        var town = await app.CreateTownAsync();
        var id = await town.PublishAsync("ひだまりサロン", ["1001"]);
        var (one, other) = (await app.SignedInAsync(town, Role.Officer), await app.SignedInAsync(town, Role.Officer));
        var (first, second) = (await one.GetPageAsync($"records/{id}/edit"), await other.GetPageAsync($"records/{id}/edit"));

        await one.PressAsync(first, "保存する", ("会場", "東公民館"), ("対象", "だれでも"));
        var both = await other.PressAsync(second, "保存する", ("対象", "75歳以上"), ("駐車場", "3台"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, both.StatusCode);
        var rows = both.QuerySelectorAll(".differences tbody tr").ToDictionary(row => row.QuerySelector("th")!.TextContent, row => row.QuerySelectorAll("td").Select(cell => cell.TextContent.Trim()).ToArray());
        Assert.Equal(["（空欄）", "だれでも", "75歳以上"], rows["対象"]);
        Assert.Equal(["（空欄）", "東公民館", "（空欄）"], rows["会場"]);

        await other.PressAsync(both, "保存する");
        var content = await town.InAsync((db, _) => db.Resources.Select(resource => resource.Content).SingleAsync());
        Assert.Equal(("東公民館", "75歳以上", "3台"), (content.Venue, content.ForWhom, content.Parking));
    }

    [Fact]
    public async Task A_correction_answers_the_mistake_report_behind_it()
    {
        var town = await app.CreateTownAsync();
        var id = await town.PublishAsync("ひだまりサロン", ["1001"]);
        var report = new MistakeReport { ResourceId = id, Receipt = "A-1", Text = "時間が違います", CreatedAt = DateTimeOffset.UtcNow };
        await town.InAsync(async (db, _) => { db.Add(report); await db.SaveChangesAsync(); });
        var officer = await app.SignedInAsync(town, Role.Officer);

        Assert.Contains("時間が違います", (await officer.GetPageAsync($"records/{id}")).Body!.TextContent);
        await officer.PressAsync(await officer.GetPageAsync($"records/{id}/edit?report={report.Id}"), "保存する", ("日時", "毎週水曜 10:00〜11:30"), ("変更の説明", "時間を直しました"));

        var closed = await town.InAsync((db, _) => db.MistakeReports.SingleAsync());
        Assert.Equal((ReportState.Closed, "時間を直しました"), (closed.State, closed.Answer));
    }

    [Fact]
    public async Task History_says_who_changed_which_field_from_what_to_what()
    {
        var town = await app.CreateTownAsync();
        var id = await town.PublishAsync("ひだまりサロン", ["1001"]);
        var officer = await app.SignedInAsync(town, Role.Officer);
        await officer.PressAsync(await officer.GetPageAsync($"records/{id}/edit"), "保存する", ("会場", "東公民館"), ("ゴミ出し", true));

        var rows = (await officer.GetPageAsync($"records/{id}/history")).QuerySelectorAll(".card tr").Select(row => string.Join('|', row.Children.Select(cell => cell.TextContent.Trim()))).ToList();

        Assert.Contains("会場|（空欄）|東公民館", rows);
        Assert.Contains("分類|サロン・お茶会|サロン・お茶会、ゴミ出し", rows);
    }

    [Fact]
    public async Task An_ended_record_leaves_the_public_and_comes_back()
    {
        var town = await app.CreateTownAsync();
        var id = await town.PublishAsync("ひだまりサロン", ["1001"]);
        var officer = await app.SignedInAsync(town, Role.Officer);
        Task<object?> Withdrawn() => town.ScalarAsync($"select withdrawn from published.resource where resource_id = '{id}'");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await officer.PressAsync(await officer.GetPageAsync($"records/{id}/endings/new"), "掲載を終える")).StatusCode);
        await officer.PressAsync(await officer.GetPageAsync($"records/{id}/endings/new"), "掲載を終える", ("終える理由", "会が解散した"));
        Assert.Equal(true, await Withdrawn());

        var shown = await officer.PressAsync(await officer.GetPageAsync($"records/{id}/republications/new"), "もう一度掲載する", ("もう一度掲載する理由", "再開した"));
        Assert.Contains("もう一度掲載しました", shown.Body!.TextContent);
        Assert.Equal(false, await Withdrawn());
        Assert.Contains("会が解散した", (await officer.GetPageAsync($"records/{id}/history")).Body!.TextContent);
    }

    [Fact]
    public async Task The_list_finds_filters_sorts_and_counts()
    {
        var town = await app.CreateTownAsync();
        await town.PublishAsync("ひだまりサロン", ["1001"], content => content with { Kana = "ヒダマリ" });
        await town.PublishAsync("髙橋さんのゴミ出し隊", ["1301"], content => content with { Kana = "タカハシ", Audience = Audience.Internal });
        var officer = await app.SignedInAsync(town, Role.Officer);
        async Task<string> Names(string query) => string.Join('、', (await officer.GetPageAsync("records?" + query)).QuerySelectorAll("tbody th").Select(cell => cell.TextContent));

        Assert.Equal("髙橋さんのゴミ出し隊、ひだまりサロン", await Names(""));
        Assert.Equal("ひだまりサロン、髙橋さんのゴミ出し隊", await Names("Search.Sort=Name&Search.Descending=true"));
        Assert.Equal("髙橋さんのゴミ出し隊", await Names("Search.Q=高橋"));
        Assert.Equal("ひだまりサロン", await Names("Search.Q=ひだまり"));
        Assert.Equal("ひだまりサロン", await Names("Search.Category=10"));
        Assert.Equal("髙橋さんのゴミ出し隊", await Names("Search.Audience=Internal"));
        Assert.Equal("髙橋さんのゴミ出し隊、ひだまりサロン", await Names("Search.Freshness=Fresh"));
        Assert.Equal("", await Names("Search.Freshness=Unverified"));
        Assert.Equal("髙橋さんのゴミ出し隊、ひだまりサロン", await Names("Search.Q=&Search.State=Nonsense&p=-5"));
    }

    [Fact]
    public async Task The_file_holds_the_list_with_the_same_conditions_and_no_formulas()
    {
        var town = await app.CreateTownAsync();
        await town.PublishAsync("=HYPERLINK(1)", ["1001"]);
        await town.PublishAsync("ゴミ出し隊", ["1301"]);
        var officer = await app.SignedInAsync(town, Role.Officer);

        var csv = await officer.GetStringAsync("records/file?format=csv&Search.Category=10", TestContext.Current.CancellationToken);
        Assert.Contains("'=HYPERLINK(1)", csv);
        Assert.DoesNotContain("ゴミ出し隊", csv);
        var excel = await officer.GetAsync("records/file?format=xlsx", TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.OK, true), (excel.StatusCode, (await excel.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).Length > 1000));
        Assert.Equal(2L, await town.ScalarAsync($"select count(*) from app.audit_entry where municipality_id = {town.Id} and verb = 'look' and note like '一覧%'"));
    }

    [Fact]
    public async Task A_group_keeper_sees_and_proposes_for_the_own_group_only()
    {
        var town = await app.CreateTownAsync();
        var organization = new Organization("D1", new() { Name = "本町自治会" }, DateTimeOffset.UtcNow);
        await town.InAsync(async (db, _) => { db.Add(organization); await db.SaveChangesAsync(); });
        var own = await town.PublishAsync("自治会サロン", ["1001"], content => content with { OrganizationId = organization.Id, Note = "職員だけのメモ" });
        var others = await town.PublishAsync("よその会", ["1001"]);
        var keeper = await app.SignedInAsync(town, Role.GroupKeeper, organization: "D1");

        var list = (await keeper.GetPageAsync("records")).Body!.TextContent;
        Assert.Contains("自治会サロン", list);
        Assert.DoesNotContain("よその会", list);
        Assert.Equal(HttpStatusCode.Forbidden, (await keeper.GetPageAsync($"records/{others}")).StatusCode);
        await keeper.PressAsync(await keeper.GetPageAsync($"records/{own}/edit"), "修正案を送る", ("会場", "公民館"));
        var revision = await town.InAsync((db, _) => db.Revisions.SingleAsync());
        Assert.Equal((RevisionSource.Group, RevisionState.Pending, "職員だけのメモ"), (revision.Source, revision.State, revision.Content.Note));
        foreach (var path in new[] { $"records/{own}", $"records/{own}/edit", $"records/{own}/history", $"revisions/{revision.Id}", "records/file?format=csv" })
        {
            Assert.DoesNotContain("職員だけのメモ", await keeper.GetStringAsync(path, TestContext.Current.CancellationToken));
        }
    }

    [Theory]
    [InlineData("records/{0}"), InlineData("records/{0}/edit"), InlineData("records/{0}/history"), InlineData("records/{0}/endings/new"), InlineData("records/{0}/republications/new")]
    public async Task Another_towns_record_is_not_found_and_others_are_kept_out(string path)
    {
        var (town, other) = (await app.CreateTownAsync(), await app.CreateTownAsync());
        var (own, foreign) = (await town.PublishAsync("会", ["1001"]), await other.PublishAsync("会", ["1001"]));
        var officer = await app.SignedInAsync(town, Role.Officer);
        var member = await app.SignedInAsync(town, Role.CouncilMember);

        Assert.Equal(HttpStatusCode.NotFound, (await officer.GetPageAsync(string.Format(path, foreign))).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await member.GetPageAsync(string.Format(path, own))).StatusCode);
        Assert.Contains("/sign-ins/new", (await app.ClientFor(town).GetPageAsync(string.Format(path, own))).Url);
    }

    [Theory, InlineData("records"), InlineData("records/new"), InlineData("records/file"), InlineData("revisions")]
    public async Task A_council_member_has_no_lists(string path)
    {
        var town = await app.CreateTownAsync();

        Assert.Equal(HttpStatusCode.Forbidden, (await (await app.SignedInAsync(town, Role.CouncilMember)).GetPageAsync(path)).StatusCode);
    }

    [Fact]
    public async Task A_coordinator_of_another_area_may_look_but_not_change()
    {
        var town = await app.CreateTownAsync();
        var id = await town.PublishAsync("会", ["1001"]);
        var coordinator = await app.SignedInAsync(town, Role.Coordinator, "Z2");

        Assert.Null((await coordinator.GetPageAsync($"records/{id}")).QuerySelector($"a[href$='/records/{id}/edit']"));
        Assert.Equal(HttpStatusCode.Forbidden, (await coordinator.GetPageAsync($"records/{id}/edit")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await coordinator.GetPageAsync($"records/{id}/endings/new")).StatusCode);
    }
}
