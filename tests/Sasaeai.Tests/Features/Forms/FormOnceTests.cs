using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Sasaeai.Features.Accounts;
using Sasaeai.Tests.Features.Verifications;

namespace Sasaeai.Tests.Features.Forms;

/// <summary>A form that is sent twice at the same moment makes one record.</summary>
public class FormOnceTests(TestApp app)
{
    private static async Task<IDocument[]> TwiceAsync(HttpClient client, IDocument page, string? button, params (string, object)[] answers) =>
        await Task.WhenAll(client.PressAsync(page, button, answers), client.PressAsync(page, button, answers));

    private async Task<Town> TownAsync() => await app.CreateTownAsync();

    [Fact]
    public async Task One_voice()
    {
        var town = await TownAsync();
        var client = app.ClientFor(town);

        var answers = await TwiceAsync(client, await client.GetPageAsync("voices/new"), null, ("内容", "ゴミ出しに困っています。"));

        Assert.Equal(answers[0].Url, answers[1].Url);
        Assert.All(answers, answer => Assert.NotNull(answer.QuerySelector(".figure")));
        Assert.Equal(1L, await town.ScalarAsync($"select count(*) from app.voice where municipality_id = {town.Id}"));
    }

    [Fact]
    public async Task One_mistake_report()
    {
        var town = await TownAsync();
        var client = app.ClientFor(town);

        await TwiceAsync(client, await client.GetPageAsync($"resources/{await town.PublishAsync("ふれあいサロン", ["1001"])}/mistake-reports/new"), null, ("正しい内容、気づいたこと", "曜日が違います。"));

        Assert.Equal(1L, await town.ScalarAsync($"select count(*) from app.mistake_report where municipality_id = {town.Id}"));
    }

    [Fact]
    public async Task One_account()
    {
        var town = await TownAsync();
        var client = await app.SignedInAsync(town, Role.Administrator);

        await TwiceAsync(client, await client.GetPageAsync("accounts/new"), null, ("メールアドレス", "new@example.jp"), ("氏名", "新しい人"));

        Assert.Equal(2L, await town.ScalarAsync($"select count(*) from app.account where municipality_id = {town.Id}"));
    }

    [Fact]
    public async Task One_record()
    {
        var town = await TownAsync();
        var client = await app.SignedInAsync(town, Role.Officer);
        var page = await client.GetPageAsync("records/new");
        page.QuerySelector<IHtmlInputElement>("input[name='Form.Name']")!.Value = "二度押しのサロン";
        foreach (var input in page.QuerySelectorAll<IHtmlInputElement>("input[name='Form.Categories'][value='1001']"))
        {
            input.IsChecked = true;
        }

        await TwiceAsync(client, page, null);

        Assert.Equal(1L, await town.ScalarAsync($"select count(*) from app.resource where municipality_id = {town.Id}"));
    }

    [Fact]
    public async Task One_confirmation_request_and_the_second_press_is_told_in_a_sentence()
    {
        var town = await TownAsync();
        var id = await town.PublishStaleAsync("古いサロン", 400);
        var client = await app.SignedInAsync(town, Role.Officer);
        var page = await client.GetPageAsync("confirmation-requests/new");
        page.QuerySelector<IHtmlInputElement>($"input[value='{id}']")!.IsChecked = true;

        var answers = await TwiceAsync(client, page, "確認依頼を作る");

        Assert.Single(answers, answer => answer.QuerySelector(".letter-link") is not null);
        Assert.Single(answers, answer => answer.QuerySelector(".notice.warning")?.TextContent.Contains("作ったのは一度だけ", StringComparison.Ordinal) == true && answer.QuerySelector(".letter-link") is null);
        Assert.Equal(1L, await town.ScalarAsync($"select count(*) from app.confirmation_request where municipality_id = {town.Id}"));
    }
}
