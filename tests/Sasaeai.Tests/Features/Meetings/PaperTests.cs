using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Sasaeai.Features.Accounts;
using Sasaeai.Tests.Features.Attachments;
using Sasaeai.Web;

namespace Sasaeai.Tests.Features.Meetings;

public class PaperTests(TestApp app)
{
    private static readonly byte[] Pdf = [.. "%PDF-1.7\n"u8, .. new byte[100]];

    private static async Task<IDocument> SendAsync(HttpClient client, Guid meeting, byte[]? bytes, string name = "資料1.pdf", string caption = "")
    {
        var page = await client.GetPageAsync($"meetings/{meeting}/papers");
        using var body = new MultipartFormDataContent { { new StringContent(caption), "Form.Caption" } };
        foreach (var hidden in page.QuerySelectorAll<IHtmlInputElement>("form[enctype] input[type=hidden]"))
        {
            body.Add(new StringContent(hidden.Value), hidden.Name!);
        }

        if (bytes is not null)
        {
            body.Add(new ByteArrayContent(bytes), "Form.File", name);
        }

        using var answer = await client.PostAsync(page.Url, body, TestContext.Current.CancellationToken);
        return await answer.ReadPageAsync();
    }

    [Fact]
    public async Task A_paper_is_kept_under_a_harmless_name_and_handed_out_as_a_file_only()
    {
        var town = await app.CreateTownAsync();
        var council = await town.AddCouncilAsync();
        var meeting = await town.AddMeetingAsync(MeetingTown.Today, council, agenda: "議題");
        using var coordinator = await app.SignedInAsync(town, Role.Coordinator);

        var list = await SendAsync(coordinator, meeting, Pdf, "../../etc/<script>資料\u202efdp.exe", "<script>資料1</script>");

        Assert.Equal(HttpStatusCode.OK, list.StatusCode);
        Assert.Equal("<script>資料fdp.exe|application/pdf|<script>資料1</script>", await town.ScalarAsync($"select file_name || '|' || media_type || '|' || caption from app.meeting_paper where meeting_id = '{meeting}'"));
        Assert.Empty(list.QuerySelectorAll("main script"));
        using var member = await app.MemberOfAsync(town, council);
        var link = (await member.GetPageAsync($"meetings/{meeting}")).QuerySelector("a[download]")!.GetAttribute("href")!;
        using var file = await member.GetAsync(new Uri(app.UrlOf(town, ""), link), TestContext.Current.CancellationToken);
        Assert.Equal("attachment", file.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal("<script>資料fdp.exe", file.Content.Headers.ContentDisposition.FileNameStar);
        Assert.Equal("application/pdf", file.Content.Headers.ContentType!.MediaType);
        Assert.Equal(["nosniff"], file.Headers.GetValues("X-Content-Type-Options"));
        Assert.Equal(Pdf, await file.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        using var stranger = await app.MemberOfAsync(town, await town.AddCouncilAsync("よその協議体", "Z2"));
        Assert.Equal(HttpStatusCode.Forbidden, (await stranger.GetAsync(file.RequestMessage!.RequestUri, TestContext.Current.CancellationToken)).StatusCode);

        await coordinator.PressAsync(await coordinator.GetPageAsync($"meetings/{meeting}/papers"), "外す");
        Assert.Equal(HttpStatusCode.NotFound, (await member.GetAsync(file.RequestMessage.RequestUri, TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task What_is_no_paper_is_told_in_one_sentence_and_nothing_is_kept()
    {
        var town = await app.CreateTownAsync();
        var meeting = await town.AddMeetingAsync(MeetingTown.Today, agenda: "議題");
        using var coordinator = await app.SignedInAsync(town, Role.Coordinator);
        (byte[]? Bytes, string Name, int Status, string Sentence)[] refused =
        [
            ([.. "MZ"u8, .. new byte[100]], "資料.pdf", 422, "読み取れるのはPDFと"),
            ([.. "<svg xmlns=\"http://www.w3.org/2000/svg\"><script/></svg>"u8], "図.svg", 422, "読み取れるのはPDFと"),
            ([], "空.pdf", 422, "読み取れるのはPDFと"),
            (null, "", 422, "ファイルを選んでください"),
            ([.. Pdf, .. new byte[UploadLimits.PhotoBytes]], "大.pdf", 422, "8MBを超えています"),
            (new byte[9 * 1024 * 1024], "もっと大.pdf", 413, "大きすぎます"),
        ];
        foreach (var (bytes, name, status, sentence) in refused)
        {
            var answer = await SendAsync(coordinator, meeting, bytes, name, "資料の名前");
            Assert.Equal((name, status), (name, (int)answer.StatusCode));
            Assert.Contains(sentence, answer.Body!.TextContent);
            if (status == 422)
            {
                Assert.Equal("資料の名前", answer.QuerySelector("#Form_Caption")!.GetAttribute("value"));
            }
        }

        Assert.Equal(0L, await town.ScalarAsync($"select count(*) from app.meeting_paper where municipality_id = {town.Id}"));
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(coordinator, meeting, AttachmentTests.Png, "図.png")).StatusCode);
        Assert.Equal(1L, await town.ScalarAsync($"select count(*) from app.meeting_paper where municipality_id = {town.Id}"));
    }
}
