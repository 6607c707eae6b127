using System.Net;
using AngleSharp.Dom;
using Sasaeai.Features.Accounts;

namespace Sasaeai.Tests.Features.KeptForms;

public class KeptFormTests(TestApp app)
{
    [Fact]
    public async Task What_was_typed_when_the_session_was_lost_can_be_sent_after_signing_in()
    {
        var (town, client, email) = await AdministratorAsync();
        var form = await client.GetPageAsync("accounts/new");
        await EndSessionsAsync(town);

        var signIn = await client.SubmitAsync(form, ("氏名", "<b>山田</b> 太郎"), ("メールアドレス", "taro@example.jp"));
        Assert.Equal(HttpStatusCode.Unauthorized, signIn.StatusCode);
        Assert.Contains("まだ送られていません", signIn.Body!.TextContent);
        Assert.DoesNotContain("taro@example.jp", signIn.Source.Text);

        var refused = await client.PressAsync(signIn, "サインインする", ("メールアドレス", email), ("パスワード", "ちがう ことば です 1"));
        var kept = await client.PressAsync(refused, "サインインする", ("メールアドレス", email), ("パスワード", Town.Password));
        Assert.Equal("入力していた内容を送る", kept.QuerySelector("h1")!.TextContent);
        Assert.Contains("氏名", kept.QuerySelector(".facts")!.TextContent);
        Assert.Contains("<b>山田</b> 太郎", kept.QuerySelector(".facts")!.TextContent);
        Assert.Equal(1L, await AccountsAsync(town));

        var done = await client.PressAsync(kept, "この内容を送る");
        Assert.Contains("アカウントを作りました", done.Body!.TextContent);
        Assert.Equal("<b>山田</b> 太郎", done.QuerySelector("h1")!.TextContent);
        await client.PressAsync(kept, "この内容を送る");
        Assert.Equal(2L, await AccountsAsync(town));      // the form's own key still makes it one record
    }

    [Fact]
    public async Task It_is_carried_through_the_second_factor()
    {
        var town = await app.CreateRealTownAsync();
        var email = await town.AddAccountAsync(Role.Administrator);
        var client = app.ClientFor(town);
        var setUp = await client.PressAsync(await client.GetPageAsync("sign-ins/new"), "サインインする", ("メールアドレス", email), ("パスワード", Town.Password));
        var key = setUp.QuerySelector(".key")!.TextContent;
        await client.SubmitAsync(setUp, ("確認コード", SignIns.Totp.Code(key)));
        var form = await client.GetPageAsync("accounts/new");
        await EndSessionsAsync(town);

        var signIn = await client.SubmitAsync(form, ("氏名", "山田 太郎"), ("メールアドレス", "taro@example.jp"));
        var code = await client.PressAsync(signIn, "サインインする", ("メールアドレス", email), ("パスワード", Town.Password));
        var kept = await client.PressAsync(code, "確かめる", ("確認コード", SignIns.Totp.Code(key, 1)));
        await client.PressAsync(kept, "この内容を送る");

        Assert.Equal(2L, await AccountsAsync(town));
    }

    [Fact]
    public async Task A_form_with_the_token_of_an_older_session_is_shown_again()
    {
        var (town, client, email) = await AdministratorAsync();
        var form = await client.GetPageAsync("accounts/new");
        await client.PressAsync(await client.GetPageAsync("sign-ins/new"), "サインインする", ("メールアドレス", email), ("パスワード", Town.Password));

        var kept = await client.SubmitAsync(form, ("氏名", "山田 太郎"), ("メールアドレス", "taro@example.jp"));
        Assert.Equal(HttpStatusCode.BadRequest, kept.StatusCode);
        await client.PressAsync(kept, "この内容を送る");

        Assert.Equal(2L, await AccountsAsync(town));
    }

    [Fact]
    public async Task Another_site_cannot_have_its_words_kept()
    {
        var town = await app.CreateTownAsync();
        var request = new HttpRequestMessage(HttpMethod.Post, "accounts/new") { Content = new FormUrlEncodedContent([new("Form.Name", "わるい人")]) };
        request.Headers.Add("Origin", "https://evil.example");

        var page = await (await app.ClientFor(town).SendAsync(request, TestContext.Current.CancellationToken)).ReadPageAsync();

        Assert.Contains("/sign-ins/new", page.Url);
        Assert.Null(page.QuerySelector("input[name=kept]"));
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task What_is_kept_for_one_town_or_was_changed_opens_nowhere_else(bool foreign)
    {
        var (town, client, email) = await AdministratorAsync();
        var source = foreign ? await app.CreateTownAsync() : town;
        var stranger = app.ClientFor(source);
        var answer = await (await stranger.PostAsync("accounts/new", new FormUrlEncodedContent([new("Form.Name", "山田")]), TestContext.Current.CancellationToken)).ReadPageAsync();
        var kept = answer.QuerySelector("input[name=kept]")!.GetAttribute("value")!;
        var signIn = await client.GetPageAsync("sign-ins/new");
        var field = signIn.CreateElement("input");
        field.SetAttribute("type", "hidden");
        field.SetAttribute("name", "kept");
        field.SetAttribute("value", foreign ? kept : kept[..^2] + "xx");
        signIn.QuerySelector("main form")!.AppendChild(field);

        var page = await client.PressAsync(signIn, "サインインする", ("メールアドレス", email), ("パスワード", Town.Password));

        Assert.EndsWith($"/{town.Slug}/today", page.Url);
    }

    private async Task<(Town Town, HttpClient Client, string Email)> AdministratorAsync()
    {
        var town = await app.CreateTownAsync();
        var email = await town.AddAccountAsync(Role.Administrator);
        var client = app.ClientFor(town);
        await client.PressAsync(await client.GetPageAsync("sign-ins/new"), "サインインする", ("メールアドレス", email), ("パスワード", Town.Password));
        return (town, client, email);
    }

    private static Task EndSessionsAsync(Town town) => town.ScalarAsync($"update app.account_session set ended_at = now() where municipality_id = {town.Id}");

    private static Task<object?> AccountsAsync(Town town) => town.ScalarAsync($"select count(*) from app.account where municipality_id = {town.Id}");
}
