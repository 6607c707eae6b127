using System.Net;
using AngleSharp.Dom;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using Sasaeai.Features.Accounts;

namespace Sasaeai.Tests.Features.Meetings;

public class MinutesTests(TestApp app)
{
    private static void Note(IDocument page, int item, string kind, string text, string owner = "", string due = "")
    {
        page.QuerySelector($"#kind-{item} option[value={kind}]")!.SetAttribute("selected", "");
        foreach (var (box, value) in new[] { ("note", text), ("owner", owner), ("due", due) })
        {
            page.QuerySelector($"#{box}-{item}")!.SetAttribute("value", value);
        }
    }

    private static void Write(IDocument page, int item, string text) => page.QuerySelectorAll("main textarea")[item].TextContent = text;

    private async Task<(Town Town, Guid Council, Guid Meeting, HttpClient Coordinator)> HeldAsync()
    {
        var town = await app.CreateTownAsync();
        var council = await town.AddCouncilAsync();
        var meeting = await town.AddMeetingAsync(MeetingTown.Today, council, agenda: ["買い物", "見守り"]);
        return (town, council, meeting, await app.SignedInAsync(town, Role.Coordinator));
    }

    [Fact]
    public async Task Every_button_saves_all_texts_and_what_was_typed_beside_them()
    {
        var (town, _, meeting, coordinator) = await HeldAsync();
        var page = await coordinator.GetPageAsync($"meetings/{meeting}/minutes/edit");
        Write(page, 0, "坂の上に店がない\n困っている");
        Write(page, 1, "<script>alert(1)</script>");
        Note(page, 0, "Decision", "移動販売を呼ぶ");
        Note(page, 1, "Task", "名簿をつくる", "相沢", "R8.12.20");

        var again = await coordinator.PressAsync(page, "加える");

        Assert.Contains("保存しました。", again.Body!.TextContent);
        Assert.Equal("坂の上に店がない\n困っている", again.QuerySelectorAll("main textarea")[0].TextContent);
        Assert.Equal("<script>alert(1)</script>", again.QuerySelectorAll("main textarea")[1].TextContent);
        Assert.Equal("移動販売を呼ぶ", await town.ScalarAsync($"select text from app.decision where meeting_id = '{meeting}'"));
        Assert.Equal("名簿をつくる 相沢 2026-12-20", await town.ScalarAsync($"select text || ' ' || owner || ' ' || due_on from app.meeting_task where meeting_id = '{meeting}'"));
    }

    [Theory]
    [InlineData("", "R8.12.20", "担当を入力してください。")]
    [InlineData("相沢", "R8.2.30", "期限「R8.2.30」は、暦にない日か")]
    public async Task A_task_that_cannot_be_is_told_and_nothing_typed_is_lost(string owner, string due, string message)
    {
        var (_, _, meeting, coordinator) = await HeldAsync();
        var page = await coordinator.GetPageAsync($"meetings/{meeting}/minutes/edit");
        Write(page, 0, "長く話した");
        Note(page, 0, "Task", "名簿をつくる", owner, due);

        var again = await coordinator.PressAsync(page, "保存する");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, again.StatusCode);
        Assert.Contains(message, again.QuerySelector(".error-summary")!.TextContent);
        Assert.Equal("長く話した", again.QuerySelectorAll("main textarea")[0].TextContent);
        Assert.Equal("名簿をつくる", again.QuerySelector("#note-0")!.GetAttribute("value"));
        Note(again, 0, "Task", "名簿をつくる", "相沢", "R8.12.20");
        Assert.Contains("保存しました。", (await coordinator.PressAsync(again, "保存する")).Body!.TextContent);      // and no false conflict
    }

    [Fact]
    public async Task Two_note_takers_of_one_item_both_see_both_texts_and_neither_is_lost()
    {
        var (town, _, meeting, coordinator) = await HeldAsync();
        using var officer = await app.SignedInAsync(town, Role.Officer);
        var (first, second) = (await coordinator.GetPageAsync($"meetings/{meeting}/minutes/edit"), await officer.GetPageAsync($"meetings/{meeting}/minutes/edit"));
        Write(first, 0, "一人めの文");
        await coordinator.PressAsync(first, "保存する");
        Write(second, 0, "二人めの文");
        Write(second, 1, "ほかの議題の文");

        var shown = await officer.PressAsync(second, "保存する");

        Assert.Equal(HttpStatusCode.Conflict, shown.StatusCode);
        Assert.Equal("二人めの文", shown.QuerySelectorAll("main textarea")[0].TextContent);
        Assert.Contains("一人めの文", shown.QuerySelector("main section .notice")!.TextContent);
        Assert.Equal("一人めの文 / ほかの議題の文", await TextsAsync(town, meeting));
        Write(shown, 0, "一人めの文。二人めの文");
        await officer.PressAsync(shown, "保存する");
        Assert.Equal("一人めの文。二人めの文 / ほかの議題の文", await TextsAsync(town, meeting));
    }

    [Fact]
    public async Task Minutes_are_checked_then_final_and_opened_again_with_a_reason()
    {
        var (town, _, meeting, coordinator) = await HeldAsync();
        var typed = await coordinator.GetPageAsync($"meetings/{meeting}/minutes/edit");
        Write(typed, 0, "はじめの文");
        await coordinator.PressAsync(typed, "保存する");
        var stale = await coordinator.GetPageAsync($"meetings/{meeting}/minutes/edit");
        var seen = await coordinator.PressAsync(await coordinator.GetPageAsync($"meetings/{meeting}/minutes"), "確認ずみにする", ("確かめた人", "会長 山田"));
        Assert.Contains("確認：会長 山田", seen.Body!.TextContent);
        using var officer = await app.SignedInAsync(town, Role.Officer);
        var (one, two) = (await coordinator.GetPageAsync($"meetings/{meeting}/minutes"), await officer.GetPageAsync($"meetings/{meeting}/minutes"));

        var answers = await Task.WhenAll(coordinator.PressAsync(one, "確定する"), officer.PressAsync(two, "確定する"));

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.UnprocessableEntity], answers.Select(answer => answer.StatusCode).Order());
        Assert.Contains("がすでに確定しています。", answers.Single(answer => answer.StatusCode != HttpStatusCode.OK).QuerySelector(".error-summary")!.TextContent);
        Assert.Equal(1L, await town.ScalarAsync($"select count(*) from app.minutes_step where meeting_id = '{meeting}' and kind = 'finalised'"));

        Write(stale, 0, "あとから書いた文");
        var late = await coordinator.PressAsync(stale, "保存する");
        Assert.Contains("さんが確定しました。", late.QuerySelector(".error-summary")!.TextContent);
        Assert.Contains("あとから書いた文", late.Body!.InnerHtml);
        Assert.Equal("はじめの文 / ", await TextsAsync(town, meeting));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await officer.PressAsync(await officer.GetPageAsync($"meetings/{meeting}/minutes"), "下書きにもどす")).StatusCode);
        await officer.PressAsync(await officer.GetPageAsync($"meetings/{meeting}/minutes"), "下書きにもどす", ("理由", "名前のまちがい"));
        var history = (await officer.GetPageAsync($"meetings/{meeting}/minutes/history")).Body!.TextContent;
        Assert.Contains("名前のまちがい", history);
        Assert.Contains("はじめの文", history);
        Assert.Equal(0L, await town.ScalarAsync($"select count(*) from app.audit_entry where municipality_id = {town.Id} and changes::text like '%はじめの文%'"));
    }

    [Fact]
    public async Task What_is_typed_is_saved_at_once_and_a_second_writer_is_told()
    {
        var (town, _, meeting, coordinator) = await HeldAsync();
        var page = await coordinator.GetPageAsync($"meetings/{meeting}/minutes/edit");
        var (token, item) = (page.QuerySelector("main [name=__RequestVerificationToken]")!.GetAttribute("value")!, page.QuerySelector("[name='Texts[0].Item']")!.GetAttribute("value")!);
        Task<HttpResponseMessage> SaveAsync(int version, string text) => coordinator.PostAsync(app.UrlOf(town, $"meetings/{meeting}/minutes/edit?handler=Text"),
            new FormUrlEncodedContent(new Dictionary<string, string> { ["item"] = item, ["version"] = $"{version}", ["text"] = text, ["__RequestVerificationToken"] = token }), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, (await SaveAsync(1, "一つめ")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await SaveAsync(2, "一つめ、二つめ")).StatusCode);
        using var conflict = await SaveAsync(1, "古いページから");
        Assert.Equal(HttpStatusCode.Conflict, conflict.StatusCode);
        Assert.Contains("一つめ、二つめ", System.Text.RegularExpressions.Regex.Unescape(await conflict.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
        Assert.Equal("一つめ、二つめ / ", await TextsAsync(town, meeting));
        Assert.Equal(0L, await town.ScalarAsync($"select count(*) from app.audit_entry where municipality_id = {town.Id} and noun = 'item_text'"));
    }

    [Fact]
    public async Task An_item_becomes_an_issue_of_the_council_and_is_handed_over_with_where_it_was_decided()
    {
        var (town, council, meeting, coordinator) = await HeldAsync();
        var first = await town.AddCouncilAsync("市の推進会議", "Z2");
        var page = await coordinator.GetPageAsync($"meetings/{meeting}/minutes/edit");
        Note(page, 0, "Issue", "坂の上に店がない");
        Note(page, 1, "Handover", "見守りの予算を考えてほしい");
        page.QuerySelector($"#to-1 option[value='council:{first}']")!.SetAttribute("selected", "");

        var again = await coordinator.PressAsync(page, "保存する");

        Assert.Contains("坂の上に店がない", again.QuerySelector("main section li a[href*='/issues/']")!.TextContent);
        Assert.Contains("引継ぎ先：市の推進会議", again.QuerySelector("main section li a[href*='/handovers/']")!.TextContent);
        Assert.Equal(2L, await town.ScalarAsync($"select count(*) from app.issue join app.body on body.id = issue.owner_id where issue.municipality_id = {town.Id} and body.council_id = '{council}'"));
        Assert.Equal("見守り", await town.ScalarAsync($"select decided_item from app.handover where decided_meeting_id = '{meeting}'"));
        Assert.Contains("課題：坂の上に店がない", (await coordinator.GetPageAsync($"meetings/{meeting}/minutes")).Body!.TextContent);
    }

    [Fact]
    public async Task A_meeting_without_a_council_keeps_what_was_said_as_a_voice()
    {
        var town = await app.CreateTownAsync();
        var meeting = await town.AddMeetingAsync(MeetingTown.Today, agenda: "困りごと");
        using var coordinator = await app.SignedInAsync(town, Role.Coordinator);
        var page = await coordinator.GetPageAsync($"meetings/{meeting}/minutes/edit");
        Note(page, 0, "Issue", "バスが減った");

        await coordinator.PressAsync(page, "保存する");

        Assert.Equal("meeting", await town.ScalarAsync($"select source from app.voice where meeting_id = '{meeting}' and text = 'バスが減った'"));
    }

    [Fact]
    public async Task The_word_document_has_real_headings_lists_and_tables()
    {
        var (_, _, meeting, coordinator) = await HeldAsync();
        var page = await coordinator.GetPageAsync($"meetings/{meeting}/minutes/edit");
        Write(page, 0, "一行め\n二行め <b>");
        Note(page, 0, "Decision", "移動販売を呼ぶ");
        Note(page, 1, "Task", "名簿をつくる", "相沢", "R8.12.20");
        await coordinator.PressAsync(page, "保存する");

        using var answer = await coordinator.GetAsync($"meetings/{meeting}/minutes/file", TestContext.Current.CancellationToken);

        using var document = WordprocessingDocument.Open(await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken), isEditable: false);
        Assert.Empty(new DocumentFormat.OpenXml.Validation.OpenXmlValidator().Validate(document, TestContext.Current.CancellationToken).Select(error => $"{error.Path?.XPath} {error.Description}"));
        var body = document.MainDocumentPart!.Document!.Body!;
        string[] Of(string style) => [.. body.Elements<Paragraph>().Where(one => one.ParagraphProperties?.ParagraphStyleId?.Val?.Value == style).Select(one => one.InnerText)];
        Assert.Equal(["話し合い 会議録"], Of("Title"));
        Assert.Equal(["1　買い物", "2　見守り"], Of("Heading1"));
        Assert.Equal(["移動販売を呼ぶ"], Of("ListBullet"));
        Assert.Equal(["一行め", "二行め <b>"], Of("Normal"));
        var tables = body.Elements<Table>().ToList();
        Assert.Equal(["名簿をつくる", "相沢", "令和8年12月20日"], tables[1].Elements<TableRow>().Last().Elements<TableCell>().Select(cell => cell.InnerText));
        Assert.NotNull(tables[1].Elements<TableRow>().First().TableRowProperties!.GetFirstChild<TableHeader>());
        Assert.All(new[] { "Title", "Heading1", "Heading2", "ListBullet", "TableGrid" }, id => Assert.Contains(document.MainDocumentPart.StyleDefinitionsPart!.Styles!.Elements<Style>(), style => style.StyleId == id));
    }

    private static async Task<string> TextsAsync(Town town, Guid meeting) =>
        (string)(await town.ScalarAsync($"select string_agg(text.text, ' / ' order by item.position) from app.item_text text join app.agenda_item item on item.id = text.item_id where item.meeting_id = '{meeting}'"))!;

    [Fact]
    public async Task A_page_that_sends_once_more_while_it_closes_conflicts_with_nobody_and_nothing_late_overwrites()
    {
        var (town, _, meeting, coordinator) = await HeldAsync();
        var page = await coordinator.GetPageAsync($"meetings/{meeting}/minutes/edit");
        string Value(IDocument of, string name) => of.QuerySelector($"[name='{name}']")!.GetAttribute("value")!;
        async Task<HttpStatusCode> SendAsync(IDocument of, int no, string text) => (await coordinator.PostAsync($"meetings/{meeting}/minutes/edit?handler=Text", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["item"] = Value(of, "Texts[0].Item"), ["version"] = Value(of, "Texts[0].Version"), ["Writer"] = Value(of, "Writer"), ["no"] = $"{no}", ["text"] = text, ["__RequestVerificationToken"] = Value(of, "__RequestVerificationToken"),
        }), TestContext.Current.CancellationToken)).StatusCode;
        Task<object?> TextAsync() => town.ScalarAsync($"select text from app.item_text where item_id = '{Value(page, "Texts[0].Item")}'");

        Assert.Equal(HttpStatusCode.OK, await SendAsync(page, 1, "坂の上に"));
        Assert.Equal(HttpStatusCode.OK, await SendAsync(page, 3, "坂の上に店がない。"));       // its answer to the first never arrived
        Assert.Equal(HttpStatusCode.OK, await SendAsync(page, 2, "坂の上に店"));
        Assert.Equal("坂の上に店がない。", await TextAsync());

        var other = await coordinator.GetPageAsync($"meetings/{meeting}/minutes/edit");
        Assert.Equal(HttpStatusCode.OK, await SendAsync(other, 1, "別の画面で書いた。"));
        Assert.Equal(HttpStatusCode.Conflict, await SendAsync(page, 4, "坂の上に店がない。困る。"));
        Assert.Equal("別の画面で書いた。", await TextAsync());
    }
}
