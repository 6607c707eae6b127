using System.Net;
using AngleSharp;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Sasaeai.Features.Accounts;

namespace Sasaeai.Tests.Features.Attachments;

public class AttachmentTests(TestApp app)
{
    private static readonly byte[] Gif = "GIF89a not accepted"u8.ToArray();
    internal static readonly byte[] Png = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==");

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, IDocument page, byte[] bytes, bool consented)
    {
        var form = page.QuerySelector<IHtmlFormElement>("form[enctype]")!;
        using var body = new MultipartFormDataContent();
        foreach (var hidden in form.QuerySelectorAll<IHtmlInputElement>("input[type=hidden]").Where(input => input.Name != "Form.Consented"))
        {
            body.Add(new StringContent(hidden.Value), hidden.Name!);
        }

        body.Add(new StringContent(consented ? "true" : "false"), "Form.Consented");
        body.Add(new ByteArrayContent(bytes), "Form.File", "../写真.exe");
        return await client.PostAsync(page.Url, body, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_photo_is_known_by_its_content_and_public_only_with_consent()
    {
        var town = await app.CreateTownAsync();
        var id = await town.PublishAsync("ふれあいサロン", ["1001"]);
        var officer = await app.SignedInAsync(town, Role.Officer);
        var page = await officer.GetPageAsync($"records/{id}/attachments");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SendAsync(officer, page, Gif, false)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(officer, page, Png, true)).StatusCode);

        Assert.Equal("写真.exe|image/png", await town.ScalarAsync($"select file_name || '|' || media_type from app.attachment where resource_id = '{id}'"));
        Assert.Equal(1L, await town.ScalarAsync($"select count(*) from published.photo where resource_id = '{id}'"));
        var list = await officer.GetPageAsync($"records/{id}/attachments");
        using var file = await officer.GetAsync(new Uri(new Uri(list.Url), list.QuerySelector("a[download]")!.GetAttribute("href")), TestContext.Current.CancellationToken);
        Assert.Equal("attachment", file.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal(["nosniff"], file.Headers.GetValues("X-Content-Type-Options"));

        await officer.PressAsync(list, "外す");
        Assert.Equal(0L, await town.ScalarAsync($"select count(*) from published.photo where resource_id = '{id}'"));
        var history = (await officer.GetPageAsync($"records/{id}/history")).QuerySelectorAll(".card h2").Select(heading => heading.TextContent.Split(' ')[^1]).Take(2);
        Assert.Equal(["写真・書類を外しました", "写真・書類を付けました"], history);
    }

    [Fact]
    public async Task Who_may_not_approve_cannot_publish_and_others_cannot_add()
    {
        var (town, other) = (await app.CreateTownAsync(), await app.CreateTownAsync());
        var (id, foreign) = (await town.PublishAsync("ふれあいサロン", ["1001"]), await other.PublishAsync("よそのサロン", ["1001"]));
        var coordinator = await app.SignedInAsync(town, Role.Coordinator);
        var page = await coordinator.GetPageAsync($"records/{id}/attachments");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SendAsync(coordinator, page, Png, true)).StatusCode);
        var neighbour = await app.SignedInAsync(town, Role.Coordinator, "Z2");
        Assert.Null((await neighbour.GetPageAsync($"records/{id}/attachments")).QuerySelector("form[enctype]"));
        Assert.Equal(HttpStatusCode.NotFound, (await neighbour.GetPageAsync($"records/{foreign}/attachments")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await app.SignedInAsync(town, Role.CouncilMember)).GetPageAsync($"records/{id}/attachments")).StatusCode);
        coordinator.DefaultRequestHeaders.ExpectContinue = true;      // the server refuses before the body is sent
        var large = await SendAsync(coordinator, page, new byte[9 * 1024 * 1024], false);
        Assert.True((int)large.StatusCode is 400 or 413, large.StatusCode.ToString());
    }
}
