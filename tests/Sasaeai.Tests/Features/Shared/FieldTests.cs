using System.Net;
using AngleSharp;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace Sasaeai.Tests.Features.Shared;

public class FieldTests(TestApp app)
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_field_names_its_control_and_says_whether_it_is_required()
    {
        var page = await GetAsync("patterns/form");

        var name = page.QuerySelector("#Form_Name")!;
        Assert.Equal("活動の名前", page.QuerySelector("label[for=Form_Name]")!.TextContent);
        Assert.Equal("必須", name.Closest(".field")!.QuerySelector(".mark")!.TextContent);
        Assert.Equal("true", name.GetAttribute("aria-required"));
        Assert.Equal("チラシに載っている名前を入力してください。", page.GetElementById(name.GetAttribute("aria-describedby")!)!.TextContent);
        Assert.Equal("任意", page.QuerySelector("#Form_Phone")!.Closest(".field")!.QuerySelector(".mark")!.TextContent);
    }

    [Theory]
    [InlineData("Form_Phone", "type", "tel")]
    [InlineData("Form_Email", "type", "email")]
    [InlineData("Form_Capacity", "inputmode", "numeric")]
    [InlineData("Form_Photo", "type", "file")]
    [InlineData("Form_Wish", "type", "radio")]
    [InlineData("Form_Weekdays", "type", "checkbox")]
    [InlineData("Form_ContactIsPublic", "type", "checkbox")]
    [InlineData("Form_Notes", "rows", "6")]
    public async Task The_kind_of_control_follows_the_property(string id, string attribute, string value) =>
        Assert.Equal(value, (await GetAsync("patterns/form")).GetElementById(id)!.GetAttribute(attribute));

    [Fact]
    public async Task Every_control_has_a_label_and_every_id_is_its_own()
    {
        var page = await GetAsync("patterns/form");

        Assert.All(page.QuerySelectorAll("main input:not([type=hidden]), main textarea, main select"), c => Assert.NotNull(page.QuerySelector($"label[for={c.Id}]")));
        Assert.Empty(page.QuerySelectorAll("[id]").GroupBy(e => e.Id).Where(same => same.Count() > 1).Select(same => same.Key));
    }

    [Fact]
    public async Task Errors_are_listed_in_the_order_of_the_form_and_lead_to_their_fields()
    {
        var page = await PostAsync(("Form.Capacity", "9000"), ("Form.Phone", "でんわ"), ("Form.Email", "x"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.StatusCode);
        var links = page.QuerySelectorAll<IHtmlAnchorElement>(".error-summary a").ToList();
        Assert.Equal(
            [
                "活動の名前を入力してください。",
                "電話番号は数字とハイフンで入力してください。",
                "メールアドレスは name@example.jp のような形で入力してください。",
                "定員は1から500までの数で入力してください。",
                "圏域を選んでください。",
                "開催する曜日を選んでください。",
                "はじめた日を入力してください。",
            ],
            links.Select(link => link.TextContent));
        Assert.All(links, link => Assert.NotNull(page.QuerySelector(link.Hash)));
        Assert.StartsWith("入力エラー：", page.Title);
    }

    [Fact]
    public async Task A_refused_control_keeps_what_was_typed_and_is_tied_to_its_error()
    {
        var page = await PostAsync(("Form.Capacity", "たくさん"), ("Form.Weekdays", "木"), ("Form.Wish", "1"), ("Form.Since.Year", "R8.6.15"));

        var capacity = (IHtmlInputElement)page.GetElementById("Form_Capacity")!;
        Assert.Equal("たくさん", capacity.Value);
        Assert.Equal("true", capacity.GetAttribute("aria-invalid"));
        Assert.Equal("定員の「たくさん」を読めません。書き方を確かめてください。", page.GetElementById(capacity.GetAttribute("aria-describedby")!.Split(' ')[1])!.TextContent);
        Assert.Equal(["木", "1"], page.QuerySelectorAll<IHtmlInputElement>("main input[checked]").Select(i => i.Value).OrderByDescending(v => v));
        Assert.Equal("R8.6.15", ((IHtmlInputElement)page.GetElementById("Form_Since")!).Value);
    }

    [Fact]
    public async Task A_pager_keeps_the_query_and_marks_the_page()
    {
        var page = await GetAsync("patterns?q=ゴミ&p=9");

        Assert.Equal("全452件のうち 51〜100件", page.QuerySelector(".pager p")!.TextContent);
        Assert.Equal("2", page.QuerySelector(".pager [aria-current]")!.TextContent);
        Assert.Equal("?q=ゴミ&p=3", Uri.UnescapeDataString(page.QuerySelector(".pager [rel=next]")!.GetAttribute("href")!));
        Assert.Equal(["前へ", "1", "2", "3", "…", "10", "次へ"], page.QuerySelectorAll(".pager li").Select(li => li.TextContent));
    }

    [Theory, InlineData("https://example.com/"), InlineData("//example.com"), InlineData(null)]
    public async Task The_text_size_switch_leads_to_no_other_site(string? back)
    {
        var answer = await Client().PostAsync("text-size", Form(("size", "large"), ("back", back ?? "")), Cancel);

        Assert.Equal("/", answer.Headers.Location!.ToString());
    }

    [Fact]
    public async Task Pattern_pages_are_not_served_in_production()
    {
        await using var production = await TestApp.StartAsync(app.Settings, "Production");

        Assert.Equal(HttpStatusCode.NotFound, (await Client().GetAsync(new Uri(new Uri(production.Urls.First()), "patterns"), Cancel)).StatusCode);
    }

    private HttpClient Client() => new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = app.UrlOf("") };

    private static FormUrlEncodedContent Form(params (string Name, string Value)[] answers) =>
        new(answers.Select(a => KeyValuePair.Create(a.Name, a.Value)));

    private async Task<IDocument> GetAsync(string path) => await ReadAsync(await Client().GetAsync(path, Cancel));

    private async Task<IDocument> PostAsync(params (string Name, string Value)[] answers)
    {
        using var client = Client();
        var token = (await ReadAsync(await client.GetAsync("patterns/form", Cancel))).QuerySelector<IHtmlInputElement>("[name=__RequestVerificationToken]")!.Value;
        return await ReadAsync(await client.PostAsync("patterns/form", Form([.. answers, ("__RequestVerificationToken", token)]), Cancel));
    }

    private static async Task<IDocument> ReadAsync(HttpResponseMessage answer) =>
        await BrowsingContext.New(Configuration.Default).OpenAsync(async r => r
            .Content(await answer.Content.ReadAsStringAsync(Cancel)).Status(answer.StatusCode).Address(answer.RequestMessage!.RequestUri!.ToString()), Cancel);
}
