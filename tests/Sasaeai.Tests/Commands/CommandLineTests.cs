using System.Net;
using System.Net.Sockets;

namespace Sasaeai.Tests.Commands;

/// <summary>Whatever is wrong, somebody at a terminal reads one Japanese sentence and no stack of calls, and a script sees the code.</summary>
public class CommandLineTests(TestApp app)
{
    private static readonly Dictionary<string, string> AsItIs = [];

    [Theory]
    [InlineData("")]
    [InlineData("serve")]
    [InlineData("migrate")]
    [InlineData("demo")]
    [InlineData("town add")]
    [InlineData("account add")]
    [InlineData("import")]
    [InlineData("import resources")]
    [InlineData("export")]
    [InlineData("report annual")]
    [InlineData("verify-audit")]
    [InlineData("ledger verify")]
    public async Task Each_command_says_in_japanese_how_it_is_used(string command)
    {
        var ran = await app.RunAsync([.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);
        Assert.Equal((0, ""), (ran.Code, ran.Errors));
        Assert.DoesNotContain("Usage", ran.Text);
        Assert.Contains("使用", ran.Text);
    }

    [Theory]
    [InlineData("town add --code 112356")]
    [InlineData("no-such-command")]
    [InlineData("account add --town x --email a@example.jp --name a --role Boss")]
    public async Task Wrong_usage_ends_with_2_and_japanese(string arguments)
    {
        var ran = await app.RunAsync(arguments.Split(' '));
        Assert.Equal(2, ran.Code);
        Assert.Matches("[ぁ-ん]", ran.Errors);
        Assert.DoesNotContain("required", ran.Errors);
    }

    [Theory]
    [InlineData("", "花子", "Officer", "ながい ことば を つかう 5", "メールアドレスとして読めません")]
    [InlineData("not-an-address", "花子", "Officer", "ながい ことば を つかう 5", "メールアドレスとして読めません")]
    [InlineData("a@example.jp", " ", "Officer", "ながい ことば を つかう 5", "氏名は")]
    [InlineData("a@example.jp", "花子", "Coordinator", "ながい ことば を つかう 5", "担当する圏域")]
    [InlineData("a@example.jp", "花子", "GroupKeeper", "ながい ことば を つかう 5", "世話をする団体")]
    [InlineData("a@example.jp", "花子", "Officer", "みじかい", "10文字以上")]
    [InlineData("a@example.jp", "花子", "Officer", null, "入力されていません")]
    public async Task A_wrong_account_is_refused_in_a_sentence(string email, string name, string role, string? password, string sentence)
    {
        var town = await app.CreateRealTownAsync();
        AssertRefused(await app.RunAsync(AsItIs, password is null ? "" : password + "\n", "account", "add", "--town", town.Slug, "--email", email, "--name", name, "--role", role), sentence);
        Assert.Equal(0L, await town.ScalarAsync($"select count(*) from app.account where municipality_id = {town.Id}"));
    }

    [Fact]
    public async Task An_account_is_made_once()
    {
        var town = await app.CreateRealTownAsync();
        Task<Program.Ran> MakeAsync(string email) => app.RunAsync(AsItIs, "ながい ことば を つかう 5\n", "account", "add", "--town", town.Slug, "--email", email, "--name", "花子", "--role", "Coordinator", "--area", "Z1");
        Assert.Equal(0, (await MakeAsync("hanako@example.jp")).Code);
        AssertRefused(await MakeAsync("HANAKO@example.jp"), "すでにあります");
    }

    [Fact]
    public async Task A_file_that_cannot_be_made_is_told()
    {
        var town = await app.CreateTownAsync();
        AssertRefused(await app.RunAsync("export", "areas", "/no/such/folder/a.csv", "--town", town.Slug), "/no/such/folder/a.csv を作れません");
        AssertRefused(await app.RunAsync("export", "areas", Path.GetTempPath(), "--town", town.Slug), "を作れません");
        AssertRefused(await app.RunAsync("report", "annual", "--fiscal-year", "R7", "--out", "/no/such/folder/a.html", "--town", town.Slug), "を作れません");
        AssertRefused(await app.RunAsync("export", "dataset", "-", "--town", town.Slug), "--dataset で形を選んでください");
    }

    [Theory]
    [InlineData("SASAEAI_DB", "Host=127.0.0.1;Port=1;Database=x;Username=x", "データベースに接続できません")]
    [InlineData("SASAEAI_DB", "garbage", "接続文字列を読めません")]
    [InlineData("SASAEAI_DB", "", "SASAEAI_DB")]
    [InlineData("SASAEAI_DATA", "/proc/nothing", "鍵のフォルダー")]
    public async Task A_wrong_setting_is_told_by_its_name(string name, string value, string sentence)
    {
        var town = await app.CreateTownAsync();
        AssertRefused(await app.RunAsync(new Dictionary<string, string> { [name] = value }, "", "verify-audit", "--town", town.Slug), sentence);
    }

    [Theory]
    [InlineData("SASAEAI_URLS", "nonsense", "SASAEAI_URLS")]
    [InlineData("SASAEAI_URLS", "http://127.0.0.1:99999", "SASAEAI_URLS")]
    [InlineData("SASAEAI_URLS", "http://192.0.2.1:9999", "SASAEAI_URLS")]
    [InlineData("SASAEAI_PROXIES", "proxy", "SASAEAI_PROXIES")]
    [InlineData("SASAEAI_SMTP", "mail.example.jp", "SASAEAI_SMTP")]
    [InlineData("SASAEAI_PUBLIC_URL", "example.jp", "SASAEAI_PUBLIC_URL")]
    public async Task The_website_does_not_start_with_a_wrong_setting(string name, string value, string sentence) =>
        AssertRefused(await app.RunAsync(new Dictionary<string, string> { ["SASAEAI_URLS"] = "http://127.0.0.1:0", ["SASAEAI_MAIL_FROM"] = "a@example.jp", [name] = value }, "", "serve"), sentence);

    [Fact]
    public async Task A_port_in_use_is_one_sentence()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        AssertRefused(await app.RunAsync(new Dictionary<string, string> { ["SASAEAI_URLS"] = $"http://127.0.0.1:{((IPEndPoint)other.LocalEndpoint).Port}" }, "", "serve"), "ポートがほかのプログラムに使われています");
    }

    [Fact]
    public async Task A_database_without_tables_or_without_rights_says_what_to_do()
    {
        AssertRefused(await app.RunAsync(new Dictionary<string, string> { ["SASAEAI_DB"] = $"{TestApp.Postgres};Username=sasaeai_web;Database=postgres" }, "", "verify-audit", "--town", "x"), "migrate を実行してください");
        AssertRefused(await app.RunAsync(new Dictionary<string, string> { ["SASAEAI_OWNER_DB"] = app.WebConnection }, "", "town", "add", "--code", "131016", "--slug", "chiyoda", "--name", "千代田区"), "権限がありません");
    }

    private static void AssertRefused(Program.Ran ran, string sentence)
    {
        Assert.True(ran.Code == 1, $"{ran.Code}: {ran.Errors}");
        Assert.Contains(sentence, ran.Errors);
        Assert.Single(ran.Errors.Trim().Split('\n'));
        Assert.DoesNotContain("   at ", ran.Errors);
        Assert.DoesNotContain("Exception", ran.Errors + ran.Text);
    }
}
