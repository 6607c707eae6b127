using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.Logging;
using AngleSharp.Html.Dom;
using AngleSharp.Dom;
using Sasaeai.Features.Accounts;
using Sasaeai.Tests.Features.Verifications;

namespace Sasaeai.Tests.Web;

public class LogTests
{
    [Fact]
    public async Task What_people_type_and_who_they_are_is_in_no_line_of_the_log()
    {
        using var log = new Lines();
        await using var app = new TestApp { Log = log };
        await app.InitializeAsync();
        var town = await app.CreateTownAsync();
        var id = await town.PublishStaleAsync("ふれあいサロン", 400);
        var address = await town.AddAccountAsync(Role.Officer);
        var visitor = app.ClientFor(town);
        var officer = app.ClientFor(town);

        await officer.SubmitAsync(await officer.GetPageAsync("sign-ins/new"), ("メールアドレス", address), ("パスワード", "wrong-secret-word"));
        await officer.SubmitAsync(await officer.GetPageAsync("sign-ins/new"), ("メールアドレス", address), ("パスワード", Town.Password));
        Assert.Equal(HttpStatusCode.OK, (await officer.GetPageAsync("records?q=" + Uri.EscapeDataString("姓名探子"))).StatusCode);
        await visitor.GetPageAsync("resources?q=" + Uri.EscapeDataString("姓名探子"));
        await visitor.SubmitAsync(await visitor.GetPageAsync($"resources/{id}/mistake-reports/new"), ("正しい内容、気づいたこと", "番号は 090-1234-5678 です"), ("お名前と連絡先", "佐藤秘子"));
        var request = await officer.GetPageAsync("confirmation-requests/new");
        request.QuerySelector<IHtmlInputElement>($"input[value='{id}']")!.IsChecked = true;
        var token = (await officer.PressAsync(request, "確認依頼を作る")).QuerySelector(".letter-link")!.TextContent[^26..];
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetPageAsync($"confirmations/{token}")).StatusCode);

        var voice = await visitor.GetPageAsync("voices/new");
        await town.ScalarAsync("alter table app.voice add constraint never check (text = '')");
        var fault = await visitor.SubmitAsync(voice, ("内容", "秘密の困りごと"), ("お名前と連絡先", "佐藤秘子"));

        Assert.Equal(HttpStatusCode.InternalServerError, fault.StatusCode);
        Assert.Contains("思わぬ不具合", fault.Body!.TextContent);
        Assert.DoesNotContain("秘密の困りごと", fault.Body.TextContent);
        Assert.Contains(log.All, line => line.Contains("23514", StringComparison.Ordinal));     // the fault itself is there to be read
        string[] people = [address, "wrong-secret-word", Town.Password, "姓名探子", Uri.EscapeDataString("姓名探子"), "1234-5678", "佐藤秘子", token, "秘密の困りごと"];
        Assert.All(people, person => Assert.DoesNotContain(log.All, line => line.Contains(person, StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public async Task A_page_that_is_not_to_be_kept_and_holds_a_form_is_no_line_of_the_log()
    {
        using var log = new Lines();
        await using var app = new TestApp { Log = log };
        await app.InitializeAsync();
        var town = await app.CreateTownAsync();
        var (visitor, officer) = (app.ClientFor(town), await app.SignedInAsync(town, Role.Officer));

        var receipt = await visitor.SubmitAsync(await visitor.GetPageAsync("voices/new"), ("内容", "バスがない"));
        Assert.Equal(HttpStatusCode.OK, receipt.StatusCode);
        Assert.Contains("/receipts/", receipt.Url);
        using var token = await officer.GetAsync("activities/offline?handler=Token", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, token.StatusCode);
        Assert.True(token.Headers.CacheControl!.NoStore);

        Assert.DoesNotContain(log.All, line => line.Contains("Cache-Control", StringComparison.Ordinal));
    }

    /// <summary>Every line with its scopes and its error, at the levels at which the program itself writes.</summary>
    private sealed class Lines : ILoggerProvider, ILogger, ISupportExternalScope
    {
        private IExternalScopeProvider scopes = new LoggerExternalScopeProvider();

        public ConcurrentQueue<string> All { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => scopes.Push(state);

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            All.Enqueue($"{formatter(state, exception)} {exception}");
            scopes.ForEachScope((scope, lines) => lines.Enqueue($"{scope}"), All);
        }

        public void SetScopeProvider(IExternalScopeProvider scopeProvider) => scopes = scopeProvider;

        public void Dispose()
        {
        }
    }
}
