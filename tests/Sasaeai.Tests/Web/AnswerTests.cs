using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Sasaeai.Features.Accounts;

namespace Sasaeai.Tests.Web;

/// <summary>What every answer carries, and what becomes of requests that no page of ours sends.</summary>
public class AnswerTests(TestApp app)
{
    private static readonly Regex Inline = new("""<script(?![^>]*\bsrc=)[^>]*>|<style\b|\sstyle="|\son[a-z]+="|javascript:""", RegexOptions.IgnoreCase);

    private static void AssertHeaders(HttpResponseMessage answer)
    {
        string Header(string name) => answer.Headers.TryGetValues(name, out var values) ? string.Join(',', values) : "";
        var where = answer.RequestMessage!.RequestUri!.ToString();
        var policy = Header("Content-Security-Policy");
        Assert.True(policy.Contains("default-src 'none'", StringComparison.Ordinal) && policy.Contains("script-src 'self';", StringComparison.Ordinal) && policy.Contains("frame-ancestors 'none'", StringComparison.Ordinal), where);
        Assert.DoesNotContain("unsafe", policy);
        Assert.Equal(("nosniff", ""), (Header("X-Content-Type-Options"), Header("Server")));
        Assert.Matches("^(same-origin|no-referrer)$", Header("Referrer-Policy"));
    }

    [Fact]
    public async Task Pages_errors_files_and_feeds_have_the_security_headers()
    {
        var town = await app.CreateTownAsync();
        var id = await town.PublishAsync("ふれあいサロン", ["1001"]);
        using var officer = await app.SignedInAsync(town, Role.Officer);
        foreach (var path in new[] { "", "resources", $"resources/{id}", "today", "records", "no-such-page", $"resources/{Guid.NewGuid()}", "audit", "/css/site.css", $"resources/{id}/calendar.ics", $"resources/{id}/qr.svg", "map/points.json", "api/hsds/services", "records/file?format=csv", "/healthz", "/no-such-town/", "/" })
        {
            using var answer = await officer.GetAsync(path, TestContext.Current.CancellationToken);
            AssertHeaders(answer);
            if (path is "today" or "records" or "audit")
            {
                Assert.True(answer.Headers.CacheControl is { NoStore: true } or { NoCache: true }, path + " " + answer.Headers.CacheControl);
            }
        }
    }

    [Fact]
    public async Task No_page_has_a_script_or_style_in_it()
    {
        var town = await app.CreateTownAsync();
        var id = await town.PublishAsync("<script>alert(1)</script>", ["1001"], content => content with { Description = "\" onload=\"x" });
        using var administrator = await app.SignedInAsync(town, Role.Administrator);
        using var visitor = app.ClientFor(town);
        var walked = 0;
        foreach (var route in await Routes.AllAsync(app))
        {
            if (!route.IsPlain && !route.Text.StartsWith("records/{id", StringComparison.Ordinal) && !route.Text.StartsWith("resources/{id", StringComparison.Ordinal) || route.Text.Contains("attachment:", StringComparison.Ordinal))
            {
                continue;
            }

            foreach (var client in new[] { visitor, administrator })
            {
                using var answer = await client.GetAsync(route.With(_ => id.ToString()), TestContext.Current.CancellationToken);
                Assert.True((int)answer.StatusCode < 500, $"{route.Text}: {(int)answer.StatusCode}");
                if (answer.Content.Headers.ContentType?.MediaType == "text/html")
                {
                    var found = Inline.Match(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
                    Assert.False(found.Success, $"{route.Text}: {found.Value}");
                    walked++;
                }
            }
        }

        Assert.True(walked > 80, $"only {walked} pages");
    }

    [Fact]
    public async Task Behind_TLS_every_cookie_is_secure_and_bound_to_the_host()
    {
        await using var server = await TestApp.StartAsync(app.Settings with { Https = true });
        var town = await app.CreateTownAsync();
        var address = await town.AddAccountAsync(Role.Officer);
        using var client = new HttpClient(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = new Uri($"{server.Urls.First()}/{town.Slug}/") };
        using var form = await client.GetAsync("sign-ins/new", TestContext.Current.CancellationToken);
        Assert.Contains("max-age=31536000", form.Headers.GetValues("Strict-Transport-Security").Single());
        var page = await form.ReadPageAsync();
        client.DefaultRequestHeaders.Add("Cookie", string.Join("; ", form.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0])));

        using var signedIn = await client.SendAsync(page, null, ("メールアドレス", address), ("パスワード", Town.Password));

        Assert.Equal(HttpStatusCode.Redirect, signedIn.StatusCode);
        var cookies = form.Headers.GetValues("Set-Cookie").Concat(signedIn.Headers.GetValues("Set-Cookie")).Select(cookie => cookie.ToLowerInvariant()).ToList();
        Assert.Contains(cookies, cookie => cookie.StartsWith("__host-form=", StringComparison.Ordinal));
        Assert.Contains(cookies, cookie => cookie.StartsWith("__host-sasaeai=", StringComparison.Ordinal));
        Assert.All(cookies, cookie => Assert.True(cookie.Contains("; secure", StringComparison.Ordinal) && cookie.Contains("; httponly", StringComparison.Ordinal) && cookie.Contains("samesite=", StringComparison.Ordinal) && cookie.Contains("path=/", StringComparison.Ordinal), cookie));
    }

    [Fact]
    public async Task Who_asks_too_often_is_told_to_wait()
    {
        await using var server = await TestApp.StartAsync(app.Settings with { RateFactor = 1, SearchesPerSecond = 1 });
        var town = await app.CreateTownAsync();
        using var client = new HttpClient { BaseAddress = new Uri($"{server.Urls.First()}/{town.Slug}/") };
        var (signIn, voice) = (await client.GetPageAsync("sign-ins/new"), await client.GetPageAsync("voices/new"));
        foreach (var ask in new Func<Task<HttpResponseMessage>>[]
        {
            () => client.SendAsync(signIn, null, ("メールアドレス", "nobody@example.jp"), ("パスワード", "x")),
            () => client.SendAsync(voice, null, ("内容", "")),
            () => client.GetAsync("resources?q=x", TestContext.Current.CancellationToken),
        })
        {
            var answers = new List<HttpResponseMessage>();
            for (var i = 0; i < 14; i++)
            {
                answers.Add(await ask());
            }

            var refused = Assert.IsType<HttpResponseMessage>(answers.FirstOrDefault(answer => answer.StatusCode == HttpStatusCode.TooManyRequests));
            Assert.True(refused.Headers.RetryAfter!.Delta >= TimeSpan.FromSeconds(1));
            Assert.Contains("少し待ってからお試しください", (await refused.ReadPageAsync()).Body!.TextContent);
            AssertHeaders(refused);
        }
    }

    [Theory]
    [InlineData("//evil.example/")]
    [InlineData("https://evil.example/")]
    [InlineData("/\\evil.example")]
    [InlineData("\\\\evil.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("~//evil.example")]
    public async Task Signing_in_never_leads_to_another_site(string back)
    {
        var town = await app.CreateTownAsync();
        var address = await town.AddAccountAsync(Role.Officer);
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = app.UrlOf(town) };

        using var answer = await client.SendAsync(await client.GetPageAsync("sign-ins/new?back=" + Uri.EscapeDataString(back)), null, ("メールアドレス", address), ("パスワード", Town.Password));

        Assert.Equal($"/{town.Slug}/today", answer.Headers.Location?.ToString());
        using var size = await client.GetAsync("text-size?back=" + Uri.EscapeDataString(back), TestContext.Current.CancellationToken);
        Assert.DoesNotContain("evil", size.Headers.Location?.ToString() ?? "");
    }

    [Fact]
    public async Task A_page_answers_no_method_that_it_was_not_made_for()
    {
        var town = await app.CreateTownAsync();
        var id = await town.PublishAsync("ふれあいサロン", ["1001"]);
        using var council = await app.SignedInAsync(town, Role.CouncilMember);
        var token = (await council.GetPageAsync("account/password/edit")).QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        foreach (var (method, path) in new[] { "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE" }.SelectMany(method => new[] { "today", "audit", $"records/{id}/history", $"resources/{id}", "", "accounts" }.Select(path => (method, path))))
        {
            using var ask = new HttpRequestMessage(new HttpMethod(method), path) { Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["__RequestVerificationToken"] = token }) };
            using var answer = await council.SendAsync(ask, TestContext.Current.CancellationToken);
            Assert.True((int)answer.StatusCode is 400 or 403 or 404 or 405, $"{method} {path}: {(int)answer.StatusCode}");
        }

        using var unknown = await council.PostAsync($"records/{id}?handler=NoSuchHandler", new FormUrlEncodedContent(new Dictionary<string, string> { ["__RequestVerificationToken"] = token }), TestContext.Current.CancellationToken);
        Assert.True((int)unknown.StatusCode is 403 or 405, $"{(int)unknown.StatusCode}");
    }

    public static TheoryData<string> HostileTexts => [new string('あ', 1000), "%", "%%%_\\", "' or 1=1 --", "\"><script>alert(1)</script>", "\u0001\u0007\u001b[31m", "\0", "\ud83d", "a\r\nSet-Cookie: x=y", "{{7*7}}", "=HYPERLINK(1)"];

    [Theory]
    [MemberData(nameof(HostileTexts))]
    public async Task Any_text_can_be_searched(string text)
    {
        var town = await app.CreateTownAsync();
        await town.PublishAsync("ふれあいサロン", ["1001"]);
        using var officer = await app.SignedInAsync(town, Role.Administrator);
        var written = Uri.EscapeDataString(text.Replace("\ud83d", "", StringComparison.Ordinal)) + (text == "\ud83d" ? "%F0%9F" : "");
        foreach (var path in new[] { "resources?q=", "suggestions?q=", "map/points.json?q=", "api/hsds/services?search=", "records?q=", "organizations?q=", "accounts?q=", "audit?who=", "voices?q=", "resources?area=", "calendar?month=", "resources?p=", "resources?near=" })
        {
            using var answer = await officer.GetAsync(path + written, TestContext.Current.CancellationToken);
            Assert.True((int)answer.StatusCode is 200 or 400 or 404 or 422, $"{path}: {(int)answer.StatusCode}");
            Assert.DoesNotContain("<script>alert", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            Assert.False(answer.Headers.TryGetValues("Set-Cookie", out var cookies) && cookies.Any(cookie => cookie.StartsWith("x=", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public async Task An_unknown_town_is_told_in_a_sentence()
    {
        using var client = new HttpClient { BaseAddress = app.Address };
        foreach (var path in new[] { "/no-such-town", "/no-such-town/resources", "/wp-login.php", "/..%2f..%2fetc/passwd", "/%E3%81%82/", "/TOWN-1/" })
        {
            using var answer = await client.GetAsync(path, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            Assert.Contains("ページが見つかりません", (await answer.ReadPageAsync()).Body!.TextContent);
        }
    }

    [Fact]
    public async Task Broken_hosts_and_overlong_headers_are_refused_without_a_fault()
    {
        var town = await app.CreateTownAsync();
        foreach (var (line, allowed) in new (string, int[])[]
        {
            ("Host: evil.example", [200]), ("Host: a b", [400]), ("Host: ", [200, 400]), ("Host: x\r\nX-Forwarded-Host: evil.example\r\nX-Forwarded-Proto: gopher", [200]), ($"Host: x\r\nX-Long: {new string('x', 40_000)}", [400, 431]),
            ("Host: x\r\nContent-Length: -1", [400]), ($"Host: x\r\nCookie: sasaeai={new string('x', 4000)}; form=%00; text-size=\"'><script>", [200]), ("Host: x\r\nAccept-Language: \u0001", [200, 400]),
        })
        {
            var answer = await RawAsync($"GET /{town.Slug}/resources HTTP/1.1\r\n{line}\r\nConnection: close\r\n\r\n");
            Assert.Contains(int.Parse(answer.Split(' ')[1]), allowed);
            Assert.DoesNotContain("evil.example", answer);
            Assert.DoesNotContain("Exception", answer);
        }

        Assert.StartsWith("HTTP/1.1 414", await RawAsync($"GET /{town.Slug}/resources?q={new string('x', 20_000)} HTTP/1.1\r\nHost: x\r\n\r\n"));
    }

    [Fact]
    public async Task A_hundred_megabytes_are_answered_with_a_sentence()
    {
        var town = await app.CreateTownAsync();
        using var officer = await app.SignedInAsync(town, Role.Officer);
        using var visitor = app.ClientFor(town);
        foreach (var (client, path) in new[] { (visitor, "voices/new"), (officer, "imports/new"), (officer, "records/new"), (visitor, "sign-ins/new"), (visitor, "today") })
        {
            using var content = new ByteArrayContent(new byte[100 * 1024 * 1024]);
            content.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=x");
            using var answer = await client.PostAsync(path, content, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
            Assert.Contains("ファイルが大きすぎます", (await answer.ReadPageAsync()).Body!.TextContent);
        }
    }

    private async Task<string> RawAsync(string request)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(app.Address.Host, app.Address.Port, TestContext.Current.CancellationToken);
        await socket.GetStream().WriteAsync(Encoding.UTF8.GetBytes(request), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(socket.GetStream());
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }
}
