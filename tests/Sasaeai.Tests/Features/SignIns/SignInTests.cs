using System.Net;
using AngleSharp.Dom;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.SignIns;
using Sasaeai.Web;

namespace Sasaeai.Tests.Features.SignIns;

public class SignInTests(TestApp app)
{
    [Fact]
    public async Task A_session_of_one_town_is_nobody_in_another()
    {
        var (town, other) = (await app.CreateTownAsync(), await app.CreateTownAsync());
        var client = await app.SignedInAsync(town, Role.Officer);

        Assert.EndsWith("/today", (await client.GetPageAsync("today")).Url);
        Assert.Contains("/sign-ins/new", (await client.GetPageAsync(app.UrlOf(other, "today").ToString())).Url);
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_address_are_refused_in_the_same_words_and_counted()
    {
        var town = await app.CreateTownAsync();
        var email = await town.AddAccountAsync(Role.Officer);
        var client = app.ClientFor(town);

        var wrong = await TryAsync(client, email, "ちがう ことば です 1");
        var unknown = await TryAsync(client, "nobody@example.jp", Town.Password);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, unknown.StatusCode);
        Assert.Equal(Refusal(wrong), Refusal(unknown));
        Assert.Equal(1, await town.ScalarAsync($"select access_failed_count from app.account where municipality_id = {town.Id}"));
        Assert.Equal(2L, await town.ScalarAsync($"select count(*) from app.audit_entry where municipality_id = {town.Id} and verb = 'sign_in_refused'"));
        Assert.Equal(0L, await town.ScalarAsync($"select count(*) from app.audit_entry where municipality_id = {town.Id} and (note || coalesce(changes::text, '')) like '%nobody%'"));
    }

    [Fact]
    public async Task Five_wrong_tries_stop_the_account_for_a_while_and_an_administrator_can_lift_that()
    {
        var town = await app.CreateTownAsync();
        var email = await town.AddAccountAsync(Role.Officer);
        var client = app.ClientFor(town);
        for (var tries = 0; tries < 5; tries++)
        {
            await TryAsync(client, email, "ちがう ことば です 1");
        }

        Assert.Contains("過ぎてから", Refusal(await TryAsync(client, email, Town.Password)));

        var administrator = await app.SignedInAsync(town, Role.Administrator);
        var id = await town.ScalarAsync($"select id from app.account where municipality_id = {town.Id} and email = '{email}'");
        Assert.Contains("一時停止を解きました", (await administrator.PressAsync(await administrator.GetPageAsync($"accounts/{id}"), "一時停止を解く")).Body!.TextContent);
        Assert.EndsWith("/today", (await TryAsync(client, email, Town.Password)).Url);
    }

    [Fact]
    public async Task Tries_at_the_same_moment_all_count()
    {
        var town = await app.CreateTownAsync();
        var email = await town.AddAccountAsync(Role.Officer);
        var client = app.ClientFor(town);
        var page = await client.GetPageAsync("sign-ins/new");

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => client.PressAsync(page, "サインインする", ("メールアドレス", email), ("パスワード", "ちがう ことば です 1"))));

        Assert.Equal(4, await town.ScalarAsync($"select access_failed_count from app.account where municipality_id = {town.Id}"));
    }

    [Fact]
    public async Task Signing_out_ends_the_session_row_and_the_old_cookie_is_nobody()
    {
        var town = await app.CreateTownAsync();
        var email = await town.AddAccountAsync(Role.Officer);
        var cookies = new CookieContainer();
        using var client = new HttpClient(new HttpClientHandler { CookieContainer = cookies }) { BaseAddress = app.UrlOf(town) };
        await TryAsync(client, email, Town.Password);
        var session = cookies.GetAllCookies().Single(cookie => cookie.Name == SessionCookie.Name(https: false)).Value;

        await client.PressAsync(await client.GetPageAsync("sign-out"), "サインアウトする");

        Assert.Equal(0L, await town.ScalarAsync($"select count(*) from app.account_session where municipality_id = {town.Id} and ended_at is null"));
        var thief = app.ClientFor(town);
        thief.DefaultRequestHeaders.Add("Cookie", $"{SessionCookie.Name(https: false)}={session}");
        Assert.Contains("/sign-ins/new", (await thief.GetPageAsync("today")).Url);
    }

    [Fact]
    public async Task Signing_in_again_begins_a_new_session_and_ends_the_old_one()
    {
        var town = await app.CreateTownAsync();
        var email = await town.AddAccountAsync(Role.Officer);
        var client = app.ClientFor(town);

        await TryAsync(client, email, Town.Password);
        await TryAsync(client, email, Town.Password);

        Assert.Equal(2L, await town.ScalarAsync($"select count(*) from app.account_session where municipality_id = {town.Id}"));
        Assert.Equal(1L, await town.ScalarAsync($"select count(*) from app.account_session where municipality_id = {town.Id} and ended_at is null"));
    }

    [Theory, InlineData("https://evil.example/"), InlineData("//evil.example/"), InlineData("/\\evil.example")]
    public async Task Nobody_is_led_to_another_site(string back)
    {
        var town = await app.CreateTownAsync();
        var email = await town.AddAccountAsync(Role.Officer);
        var client = app.ClientFor(town);

        var page = await client.PressAsync(await client.GetPageAsync($"sign-ins/new?back={Uri.EscapeDataString(back)}"), "サインインする", ("メールアドレス", email), ("パスワード", Town.Password));

        Assert.EndsWith($"/{town.Slug}/today", page.Url);
    }

    [Fact]
    public async Task Officers_of_a_real_town_can_do_nothing_before_the_second_factor_is_set_up()
    {
        var town = await app.CreateRealTownAsync();
        var email = await town.AddAccountAsync(Role.Officer);
        var client = app.ClientFor(town);

        var setUp = await TryAsync(client, email, Town.Password);
        Assert.EndsWith("/account/second-factor/new", setUp.Url);
        foreach (var path in new[] { "today", "accounts", "account" })
        {
            Assert.EndsWith("/account/second-factor/new", (await client.GetPageAsync(path)).Url);
        }

        var key = setUp.QuerySelector(".key")!.TextContent;
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await client.SubmitAsync(setUp, ("確認コード", "12345"))).StatusCode);
        var code = Totp.Code(key);
        var codes = await client.SubmitAsync(await client.GetPageAsync("account/second-factor/new"), ("確認コード", code));
        Assert.Equal(10, codes.QuerySelectorAll(".codes li").Length);
        Assert.EndsWith("/account", (await client.GetPageAsync("account/recovery-codes")).Url);     // shown once

        var device = app.ClientFor(town);
        var question = await TryAsync(device, email, Town.Password);
        Assert.Contains("/sign-ins/codes/new", question.Url);
        Assert.Contains("/sign-ins/new", (await device.GetPageAsync("today")).Url);               // half signed in is not signed in
        question = await device.GetPageAsync("sign-ins/codes/new");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await device.SubmitAsync(question, ("確認コード", code))).StatusCode);       // taken once
        Assert.EndsWith("/today", (await device.SubmitAsync(question, ("確認コード", Totp.Code(key, 1)))).Url);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await WithCodeAsync(code)).StatusCode);      // an older code, although its half minute is hardly over

        var recovery = codes.QuerySelector(".codes li")!.TextContent;
        Assert.EndsWith("/today", (await WithCodeAsync(recovery)).Url);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await WithCodeAsync(recovery)).StatusCode);

        async Task<IDocument> WithCodeAsync(string typed)
        {
            var other = app.ClientFor(town);
            return await other.SubmitAsync(await TryAsync(other, email, Town.Password), ("確認コード", typed));
        }
    }

    [Fact]
    public async Task Wrong_codes_stop_the_account_as_wrong_passwords_do()
    {
        var town = await app.CreateRealTownAsync();
        var email = await town.AddAccountAsync(Role.Officer);
        var client = app.ClientFor(town);
        var setUp = await TryAsync(client, email, Town.Password);
        var key = setUp.QuerySelector(".key")!.TextContent;
        await client.SubmitAsync(setUp, ("確認コード", Totp.Code(key)));
        var device = app.ClientFor(town);
        for (var tries = 0; tries < 5; tries++)
        {
            await device.SubmitAsync(await TryAsync(device, email, Town.Password), ("確認コード", "00000"));     // the right password between does not start the count anew
        }

        Assert.NotEqual(DBNull.Value, await town.ScalarAsync($"select lockout_end from app.account where municipality_id = {town.Id}"));
    }

    /// <summary>RFC 6238, appendix B (the last six digits).</summary>
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    public void Codes_are_those_of_the_standard(long seconds, string code)
    {
        const string Key = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
        var then = DateTimeOffset.FromUnixTimeSeconds(seconds);
        Assert.Equal(seconds / 30, OneTimeCodes.StepOf(Key, code, then));
        Assert.Equal(seconds / 30, OneTimeCodes.StepOf(Key, code, then.AddSeconds(30)));
        Assert.Null(OneTimeCodes.StepOf(Key, code, then.AddSeconds(60)));
        Assert.Null(OneTimeCodes.StepOf(Key, "", then));
    }

    [Fact]
    public async Task A_password_that_was_kept_with_less_work_is_kept_anew_at_the_next_sign_in()
    {
        var town = await app.CreateTownAsync();
        var email = await town.AddAccountAsync(Role.Officer);
        var before = await HashAsync();
        await using var strict = await TestApp.StartAsync(app.Settings, rounds: 2000);

        using var client = new HttpClient(new HttpClientHandler()) { BaseAddress = new Uri(new Uri(strict.Urls.First()), $"/{town.Slug}/") };
        Assert.EndsWith("/today", (await TryAsync(client, email, Town.Password)).Url);
        var after = await HashAsync();
        Assert.NotEqual(before, after);
        Assert.EndsWith("/today", (await TryAsync(app.ClientFor(town), email, Town.Password)).Url);
        Assert.Equal(after, await HashAsync());

        async Task<object?> HashAsync() => await town.ScalarAsync($"select password_hash from app.account where municipality_id = {town.Id}");
    }

    [Fact]
    public async Task Recovery_codes_are_salted_and_those_of_earlier_versions_still_open()
    {
        var town = await app.CreateTownAsync();
        var email = await town.AddAccountAsync(Role.Officer);
        await town.InAsync(async (db, services) =>
        {
            var accounts = services.GetRequiredService<UserManager<Account>>();
            var account = (await accounts.FindByEmailAsync(email))!;
            var codes = (await accounts.GenerateNewTwoFactorRecoveryCodesAsync(account, 3))!.ToList();
            var first = account.RecoveryCodes;
            await services.GetRequiredService<IUserStore<Account>>().UpdateAsync(account, default);
            Assert.Equal(3, await accounts.CountRecoveryCodesAsync(account));
            Assert.True((await accounts.RedeemTwoFactorRecoveryCodeAsync(account, codes[1])).Succeeded);
            Assert.False((await accounts.RedeemTwoFactorRecoveryCodeAsync(account, codes[1])).Succeeded);
            Assert.Equal(2, await accounts.CountRecoveryCodesAsync(account));
            await ((IUserTwoFactorRecoveryCodeStore<Account>)services.GetRequiredService<IUserStore<Account>>()).ReplaceCodesAsync(account, codes, default);
            Assert.NotEqual(first, account.RecoveryCodes);      // the same codes, another salt

            account.RecoveryCodes = Convert.ToHexString(System.Security.Cryptography.SHA256.HashData("ABCDE-FGHIJ"u8)) + ";" + new string('0', 64);
            Assert.True((await accounts.RedeemTwoFactorRecoveryCodeAsync(account, "abcde-fghij")).Succeeded);
            Assert.Equal(new string('0', 64), account.RecoveryCodes);
        });
    }

    [Theory]
    [InlineData("sasaeai12345", false)]
    [InlineData("ささえあい 見本県 12", false)]
    [InlineData("ささえあい と さんぽ 7", true)]
    public void The_names_that_anybody_would_try_do_not_make_a_password(string password, bool taken)
    {
        var town = new Municipality { Code = "112356", Slug = "fujimi", Name = "富士見市", Prefecture = "見本県" };
        Assert.Equal(taken, Passwords.Refusal(town, "hanako@example.jp", password) is null);
    }

    [Fact]
    public async Task What_staff_see_is_kept_by_no_browser()
    {
        var town = await app.CreateTownAsync();
        var officer = await app.SignedInAsync(town, Role.Officer);
        foreach (var path in new[] { "records/file?format=csv", "settings/categories?handler=Table&format=csv", "resources", "today" })
        {
            using var answer = await officer.GetAsync(path, TestContext.Current.CancellationToken);
            Assert.True(answer.Headers.CacheControl is { NoStore: true }, $"{path}: {answer.Headers.CacheControl}");
        }

        using var handler = new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new() };
        using var leaving = new HttpClient(handler) { BaseAddress = app.UrlOf(town) };
        var email = await town.AddAccountAsync(Role.Officer);
        await leaving.SendAsync(await leaving.GetPageAsync("sign-ins/new"), "サインインする", ("メールアドレス", email), ("パスワード", Town.Password));
        var signedOut = await leaving.SendAsync(await leaving.GetPageAsync("sign-out"), "サインアウトする");
        Assert.Equal("\"cache\"", signedOut.Headers.GetValues("Clear-Site-Data").Single());
    }

    [Fact]
    public async Task A_group_keeper_needs_no_second_factor()
    {
        var town = await app.CreateRealTownAsync();
        var email = await town.AddAccountAsync(Role.CouncilMember);

        Assert.EndsWith("/today", (await TryAsync(app.ClientFor(town), email, Town.Password)).Url);
    }

    [Fact]
    public async Task Too_many_tries_from_one_address_have_to_wait()
    {
        var town = await app.CreateTownAsync();
        await using var strict = await TestApp.StartAsync(app.Settings with { RateFactor = 1 });
        using var client = new HttpClient { BaseAddress = new Uri(new Uri(strict.Urls.First()), $"/{town.Slug}/") };
        var page = await client.GetPageAsync("sign-ins/new");
        HttpResponseMessage answer = null!;
        for (var tries = 0; tries < 11; tries++)
        {
            answer = await client.SendAsync(page, "サインインする", ("メールアドレス", "nobody@example.jp"), ("パスワード", "ちがう ことば です 1"));
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.NotNull(answer.Headers.RetryAfter);
        Assert.Contains("少し待ってから", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private static async Task<IDocument> TryAsync(HttpClient client, string email, string password) =>
        await client.PressAsync(await client.GetPageAsync("sign-ins/new"), "サインインする", ("メールアドレス", email), ("パスワード", password));

    private static string Refusal(IDocument page) => page.QuerySelector(".error-summary li")!.TextContent;
}
