using System.Net;
using Npgsql;
using Sasaeai.Features.Accounts;

namespace Sasaeai.Tests.Web;

public class DatabaseGoneTests
{
    private static readonly string[] Faults = ["Npgsql", "Exception", "57P01", "55000", " at "];

    private static async Task StatementAsync(string sql)
    {
        await using var server = NpgsqlDataSource.Create(TestApp.Postgres);
        await server.CreateCommand(sql).ExecuteNonQueryAsync();
    }

    [Fact]
    public async Task People_see_a_sentence_and_the_same_server_works_again_when_the_database_is_back()
    {
        await using var app = new TestApp();
        await app.InitializeAsync();
        var town = await app.CreateTownAsync();
        var id = await town.PublishAsync("ふれあいサロン", ["1001"]);
        using var visitor = app.ClientFor(town);
        using var officer = await app.SignedInAsync(town, Role.Officer);
        var voice = await visitor.GetPageAsync("voices/new");
        var signIn = await visitor.GetPageAsync("sign-ins/new");
        var address = await town.AddAccountAsync(Role.Officer);
        Assert.Contains("ふれあいサロン", await visitor.GetStringAsync($"resources/{id}", TestContext.Current.CancellationToken));
        using var command = app.Owner.CreateCommand("select current_database()");
        var database = (string)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;

        await StatementAsync($"alter database {database} allow_connections false; select pg_terminate_backend(pid) from pg_stat_activity where datname = '{database}'");
        await Task.Delay(300, TestContext.Current.CancellationToken);
        for (var round = 0; round < 2; round++)       // first over connections that died, then without any
        {
            foreach (var answer in new[]
            {
                await visitor.GetAsync("", TestContext.Current.CancellationToken),
                await visitor.GetAsync($"resources/{id}", TestContext.Current.CancellationToken),
                await visitor.GetAsync("resources?q=サロン", TestContext.Current.CancellationToken),
                await officer.GetAsync("today", TestContext.Current.CancellationToken),
                await officer.GetAsync($"records/{id}", TestContext.Current.CancellationToken),
                await visitor.SendAsync(voice, null, ("内容", "助けてください")),
                await visitor.SendAsync(signIn, null, ("メールアドレス", address), ("パスワード", Town.Password)),
            })
            {
                var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
                Assert.True(answer.StatusCode == HttpStatusCode.ServiceUnavailable, $"{answer.RequestMessage!.RequestUri}: {(int)answer.StatusCode} {text}");
                Assert.Contains("データベースにつながらない", text);
                Assert.NotNull(answer.Headers.RetryAfter);
                Assert.All(Faults, fault => Assert.DoesNotContain(fault, text));
            }

            Assert.Equal(HttpStatusCode.ServiceUnavailable, (await visitor.GetAsync("/readyz", TestContext.Current.CancellationToken)).StatusCode);
            Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/healthz", TestContext.Current.CancellationToken)).StatusCode);
            Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/css/site.css", TestContext.Current.CancellationToken)).StatusCode);
        }

        await StatementAsync($"alter database {database} allow_connections true");
        for (var tries = 0; tries < 50 && (await visitor.GetAsync("/readyz", TestContext.Current.CancellationToken)).StatusCode != HttpStatusCode.OK; tries++)
        {
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        Assert.Equal(HttpStatusCode.OK, (await visitor.GetPageAsync($"resources/{id}")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await officer.GetPageAsync("today")).StatusCode);
        Assert.NotNull((await visitor.SubmitAsync(voice, ("内容", "助けてください"))).QuerySelector(".figure"));
        await using var owner = NpgsqlDataSource.Create(app.OwnerConnection + ";Pooling=false");
        Assert.Equal(1L, await owner.CreateCommand($"select count(*) from app.voice where municipality_id = {town.Id}").ExecuteScalarAsync(TestContext.Current.CancellationToken));
        await Task.Delay(2500, TestContext.Current.CancellationToken);      // notifications are heard again, so pages are cached again
        Assert.Contains("ふれあいサロン", await visitor.GetStringAsync("resources", TestContext.Current.CancellationToken));
        await town.PublishAsync("あたらしいサロン", ["1001"]);
        Assert.Contains("あたらしいサロン", await visitor.GetStringAsync("resources", TestContext.Current.CancellationToken));
    }
}
