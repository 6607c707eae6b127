using System.Net;
using Sasaeai.Data;
using Sasaeai.Features.Resources;

namespace Sasaeai.Tests.Features.Voices;

public class PublicFormTests(TestApp app)
{
    [Fact]
    public async Task A_voice_is_taken_with_area_category_and_kind_and_its_number_tells_what_became_of_it()
    {
        var town = await app.CreateTownAsync();
        var client = app.ClientFor(town);

        var thanks = await client.SubmitAsync(await client.GetPageAsync("voices/new?kind=offer&from=search&area=Z2&category=1301"), ("内容", "雨の日の送り迎えならできます。"), ("お名前と連絡先", "電話 0999"));

        var number = thanks.QuerySelector(".figure")!.TextContent;
        Assert.DoesNotContain(number, thanks.Url);
        Assert.Equal($"offer unmet_search 1301 第2圏域 {number}", await town.ScalarAsync(
            $"select concat_ws(' ', voice.kind, source, category_code, name, receipt) from app.voice join app.area on area.municipality_id = voice.municipality_id and area.id = area_id where voice.municipality_id = {town.Id}"));
        Assert.DoesNotContain("雨の日", (string)(await town.ScalarAsync($"select string_agg(changes::text, '') from app.audit_entry where municipality_id = {town.Id}"))!);

        var state = await client.SubmitAsync(await client.GetPageAsync("receipts"), ("受付番号", number.Replace('-', '－')));
        Assert.Contains("受け付けています", state.QuerySelector("main")!.TextContent);
        Assert.EndsWith("/receipts", state.Url);
        var other = app.ClientFor(await app.CreateTownAsync());
        var foreign = await other.SubmitAsync(await other.GetPageAsync("receipts"), ("受付番号", number));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, foreign.StatusCode);
        Assert.Contains("見つかりません", foreign.QuerySelector(".error-summary")!.TextContent);
    }

    [Fact]
    public async Task A_mistake_is_reported_once_however_often_it_is_sent_and_its_answer_is_shown()
    {
        var town = await app.CreateTownAsync();
        var id = await town.PublishAsync("ふれあいサロン", ["1001"]);
        var client = app.ClientFor(town);
        var form = await client.GetPageAsync($"resources/{id}/mistake-reports/new");

        var first = await client.SubmitAsync(form, ("電話番号", true), ("正しい内容、気づいたこと", "番号が変わりました\a<script>"));
        var second = await client.SubmitAsync(form);

        Assert.Equal(first.Url, second.Url);
        var number = first.QuerySelector(".figure")!.TextContent;
        Assert.Equal("【電話番号】番号が変わりました<script>", await town.ScalarAsync($"select string_agg(text, '|') from app.mistake_report where municipality_id = {town.Id}"));

        await town.InAsync(async (db, _) =>
        {
            db.MistakeReports.Single().Close(Actor.Command, DateTimeOffset.UtcNow, "新しい番号に直しました。");
            await db.SaveChangesAsync();
        });
        Assert.Contains("新しい番号に直しました。", (await client.SubmitAsync(await client.GetPageAsync("receipts"), ("受付番号", number))).QuerySelector("main .card")!.TextContent);
    }

    [Fact]
    public async Task What_breaks_a_rule_is_shown_again_with_what_was_typed()
    {
        var town = await app.CreateTownAsync();
        var id = await town.PublishAsync("ふれあいサロン", ["1001"]);
        var client = app.ClientFor(town);
        var report = await client.GetPageAsync($"resources/{id}/mistake-reports/new");
        var voice = await client.GetPageAsync("voices/new");

        foreach (var (form, answers) in new[]
        {
            (report, new (string, object)[] { ("お名前と連絡先", "山田") }),
            (report, [("正しい内容、気づいたこと", new string('あ', 2001)), ("お名前と連絡先", "山田")]),
            (report, [("正しい内容、気づいたこと", "x"), ("ここには何も入れないでください", "http://spam.example"), ("お名前と連絡先", "山田")]),
            (voice, [("お名前と連絡先", "山田")]),
            (voice, [("内容", "x"), ("ここには何も入れないでください", "spam"), ("お名前と連絡先", "山田")]),
        })
        {
            var page = await client.SubmitAsync(form, answers);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, page.StatusCode);
            Assert.Equal("山田", page.QuerySelector("#Form_Contact")!.GetAttribute("value"));
        }

        Assert.Equal(0L, await town.ScalarAsync($"select (select count(*) from app.voice where municipality_id = {town.Id}) + (select count(*) from app.mistake_report where municipality_id = {town.Id})"));
    }

    [Fact]
    public async Task Broken_fields_and_foreign_codes_are_refused_without_a_fault()
    {
        var town = await app.CreateTownAsync();
        var client = app.ClientFor(town);
        var form = await client.GetPageAsync("voices/new");
        var token = form.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        foreach (var field in new[] { ("Form.Kind", "99"), ("Form.Area", "' or 1=1"), ("Form.Category", "9999"), ("Form.FromSearch", "perhaps") })
        {
            using var answer = await client.PostAsync("voices/new", new FormUrlEncodedContent(new Dictionary<string, string> { ["__RequestVerificationToken"] = token, ["Form.Text"] = "x", [field.Item1] = field.Item2 }), TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        }

        using var without = await client.PostAsync("voices/new", new FormUrlEncodedContent([]), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, without.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync($"receipts/{Guid.NewGuid()}", TestContext.Current.CancellationToken)).StatusCode);
    }
}
