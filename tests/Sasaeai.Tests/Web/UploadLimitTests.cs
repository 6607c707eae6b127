using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Sasaeai.Features.Accounts;
using Sasaeai.Tests.Features.Attachments;

namespace Sasaeai.Tests.Web;

public class UploadLimitTests(TestApp app)
{
    [Theory]
    [InlineData("attachments", 9, false)]
    [InlineData("attachments", 9, true)]
    [InlineData("imports", 25, false)]
    [InlineData("imports", 25, true)]
    [InlineData("imports", 100, false)]
    [InlineData("imports", 100, true)]
    public async Task Who_sends_too_much_is_told_and_nothing_is_kept(string what, int megabytes, bool asksFirst)
    {
        var town = await app.CreateTownAsync();
        var officer = await app.SignedInAsync(town, Role.Officer);
        var path = what == "imports" ? "imports/new" : $"records/{await town.PublishAsync("ひだまりサロン", ["1001"])}/attachments";
        var form = (await officer.GetPageAsync(path)).QuerySelector<IHtmlFormElement>("main form[enctype]")!;
        using var body = new MultipartFormDataContent { { new ByteArrayContent(new byte[megabytes * 1024 * 1024]), "Form.File", "large.csv" } };
        foreach (var hidden in form.QuerySelectorAll<IHtmlInputElement>("input[type=hidden]"))
        {
            body.Add(new StringContent(hidden.Value), hidden.Name!);
        }

        officer.DefaultRequestHeaders.ExpectContinue = asksFirst;
        var answer = await officer.PostAsync(path, body, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Contains("ファイルが大きすぎます", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(0L, await town.ScalarAsync($"select (select count(*) from app.attachment where municipality_id = {town.Id}) + (select count(*) from app.import_upload where municipality_id = {town.Id})"));
    }

    [Theory, InlineData(9), InlineData(100)]
    public async Task Who_does_not_say_how_much_it_is_is_told_as_well(int megabytes)
    {
        var town = await app.CreateTownAsync();
        var officer = await app.SignedInAsync(town, Role.Officer);
        var path = $"records/{await town.PublishAsync("ひだまりサロン", ["1001"])}/attachments";
        async Task<HttpResponseMessage> SendAsync(byte[] bytes)
        {
            var form = (await officer.GetPageAsync(path)).QuerySelector<IHtmlFormElement>("main form[enctype]")!;
            using var body = new MultipartFormDataContent { { new ByteArrayContent(bytes), "Form.File", "large.png" } };
            foreach (var hidden in form.QuerySelectorAll<IHtmlInputElement>("input[type=hidden]"))
            {
                body.Add(new StringContent(hidden.Value), hidden.Name!);
            }

            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = body, Headers = { TransferEncodingChunked = true } };
            return await officer.SendAsync(request, TestContext.Current.CancellationToken);
        }

        var answer = await SendAsync(new byte[megabytes * 1024 * 1024]);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Contains("ファイルが大きすぎます", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(AttachmentTests.Png)).StatusCode);
        Assert.Equal(1L, await town.ScalarAsync($"select count(*) from app.attachment where municipality_id = {town.Id}"));
    }

    [Fact]
    public async Task A_form_may_be_as_large_as_its_page_says_and_no_ordinary_one_larger()
    {
        var town = await app.CreateTownAsync();
        var visitor = app.ClientFor(town);
        using var body = new StringContent("Form.Text=" + new string('a', 2 * 1024 * 1024), null, "application/x-www-form-urlencoded");
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await visitor.PostAsync("voices/new", body, TestContext.Current.CancellationToken)).StatusCode);
    }
}
