using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;
using Sasaeai.Bench.Load;
using Sasaeai.Commands;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Ledger;
using Sasaeai.Web;

namespace Sasaeai.Bench.Help;

/// <summary>Mutual help in one large town: pages of a signed-in 世話人 one after another beside the floor, and the closing of a month.</summary>
public static partial class HelpRun
{
    private const string Slug = "help", Password = "はかる まいにち 7かい", Email = "keeper@bench.example.jp";

    public static Command Command(Option<string?> db)
    {
        var groups = new Option<int>("--groups") { DefaultValueFactory = _ => 50 };
        var members = new Option<int>("--members") { Description = "Of all groups", DefaultValueFactory = _ => 5000 };
        var visits = new Option<int>("--visits") { Description = "Of all groups; four entries of the books each", DefaultValueFactory = _ => 500_000 };
        var generate = new Command("generate", "Fill an empty database with one town of groups, members, visits and entries") { groups, members, visits };
        generate.SetAction((parsed, cancellation) => GenerateAsync(Database.Of(parsed.GetValue(db)), parsed.GetValue(groups), parsed.GetValue(members), parsed.GetValue(visits), cancellation));
        var rounds = new Option<int>("--rounds") { Description = "Requests of each kind", DefaultValueFactory = _ => 300 };
        var run = new Command("run", "Measure intake lookup, candidates, ledger page and closing") { rounds };
        run.SetAction((parsed, _) => RunAsync(Database.Of(parsed.GetValue(db)), parsed.GetValue(rounds)));
        return new Command("help", "Mutual help in one large town") { generate, run };
    }

    private static async Task GenerateAsync(Settings settings, int groups, int members, int visits, CancellationToken cancellation)
    {
        if (!await settings.ExistsAsync())
        {
            await using var server = settings.Named("postgres").Owner();
            await server.ExecuteAsync($"create database \"{settings.Name()}\" encoding 'UTF8' locale 'C.UTF-8' template template0");
        }

        var watch = Stopwatch.StartNew();
        await using var owner = settings.Owner();
        await Migrator.MigrateAsync(owner);
        var town = await TownAdd.InsertAsync(owner, new TownAdd.NewTown("999997", Slug, "計測市", "", "見本県", MunicipalityKind.Municipality, Demo: true), cancellation);
        var sql = (await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Help", "HelpTown.sql"), cancellation))
            .Replace("{town}", $"{town}").Replace("{groups}", $"{groups}").Replace("{members}", $"{members / groups}").Replace("{visits}", $"{visits / groups}");
        await owner.ExecuteAsync(sql);
        await using var services = Services(settings);
        await TownCommand.RunAsync(services, Slug, async scope =>
        {
            scope.GetRequiredService<AppDb>().TownRules.Add(new TownRule { TwoFactorRequired = false });
            await AccountAdd.AddAsync(scope, Email, "計測する人", Password, Role.GroupKeeper, null, "B-1");
            return CommandLine.Done;
        }, cancellation);
        var (entries, bytes) = (await owner.ScalarAsync<long>("select count(*) from app.ledger_entry"), await owner.ScalarAsync<long>("select pg_database_size(current_database())"));
        Console.WriteLine($"{visits:N0} visits, {entries:N0} entries in {watch.Elapsed.TotalSeconds:N0} s, {bytes / 1e6:N0} MB");
    }

    private static async Task RunAsync(Settings settings, int rounds)
    {
        await using var owner = settings.Owner();
        var group = await owner.ScalarAsync<Guid>("select md5('g1')::uuid");
        var visit = await owner.ScalarAsync<Guid>("select md5('w1')::uuid");
        var perGroup = await owner.ScalarAsync<long>("select count(*) from app.member where group_id = $1", group);
        await using var floor = await Child.ServerAsync("floor", settings.Name());
        await using var product = await Child.ServerAsync("product", settings.Name());
        using var client = new HttpClient { BaseAddress = new Uri(product.Url, $"/{Slug}/") };
        using var bare = new HttpClient { BaseAddress = floor.Url };
        await SignInAsync(client);
        var random = new Random(1);
        string Phone() => string.Create(CultureInfo.InvariantCulture, $"09{1000 + random.Next((int)perGroup) + 1:00000000}");
        await ShowAsync("floor", bare, () => "rows/1", rounds, null);
        await ShowAsync("intake lookup", client, () => $"groups/{group}/requests/new?q={Phone()}", rounds, 15);
        await ShowAsync("candidates", client, () => $"groups/{group}/visits/{visit}", rounds, 50);
        await ShowAsync("ledger page", client, () => $"groups/{group}/ledger?month={DateTime.UtcNow.AddMonths(-1 - random.Next(24)):yyyy-MM}", rounds, 20);
        await CloseAsync(settings, owner, group);
        Console.WriteLine($"load average {(await File.ReadAllTextAsync("/proc/loadavg")).Split(' ')[0]}");
    }

    private static async Task ShowAsync(string name, HttpClient client, Func<string> path, int rounds, double? budget)
    {
        var times = new List<double>();
        for (var round = 0; round < rounds + rounds / 4; round++)
        {
            var watch = Stopwatch.GetTimestamp();
            using var answer = await client.GetAsync(path());
            await answer.Content.ReadAsByteArrayAsync();
            answer.EnsureSuccessStatusCode();
            if (round >= rounds / 4)
            {
                times.Add(Stopwatch.GetElapsedTime(watch).TotalMilliseconds);
            }
        }

        times.Sort();
        var p95 = times[(int)(times.Count * 0.95)];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-16} p50 {times[times.Count / 2],7:0.0} ms  p95 {p95,7:0.0} ms  {(budget is { } most ? $"p95 ≤ {most} ms: {(p95 <= most ? "kept" : "MISSED")}" : "")}"));
    }

    /// <summary>The months of the group are closed in their order and rolled back together; the last one is the budget's.</summary>
    private static async Task CloseAsync(Settings settings, NpgsqlDataSource owner, Guid group)
    {
        var months = await owner.ListAsync("select distinct month from app.ledger_entry where group_id = $1 and month < date_trunc('month', current_date) order by month", row => row.GetFieldValue<DateOnly>(0), group);
        await using var services = Services(settings);
        await TownCommand.RunAsync(services, Slug, async scope =>
        {
            var times = new List<double>();
            foreach (var month in months)
            {
                var watch = Stopwatch.GetTimestamp();
                await scope.GetRequiredService<LedgerBooks>().CloseAsync(group, month, new CountedByHand());
                times.Add(Stopwatch.GetElapsedTime(watch).TotalMilliseconds);
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"monthly closing",-16} last {times[^1],6:0.0} ms  most {times.Max(),6:0.0} ms  ≤ 1000 ms: {(times.Max() <= 1000 ? "kept" : "MISSED")}"));
            return CommandLine.Refused;     // nothing is kept
        });
    }

    private static ServiceProvider Services(Settings settings) => new ServiceCollection().AddLogging().AddTownServices(settings).BuildServiceProvider();

    private static async Task SignInAsync(HttpClient client)
    {
        var page = await client.GetStringAsync("sign-ins/new");
        var fields = Hidden().Matches(page).ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);
        (fields["Form.Email"], fields["Form.Password"]) = (Email, Password);
        using var answer = await client.PostAsync("sign-ins/new", new FormUrlEncodedContent(fields));
        if (!(await answer.Content.ReadAsStringAsync()).Contains("計測する人", StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"Signing in failed: {answer.StatusCode} {answer.RequestMessage!.RequestUri}");
        }
    }

    [GeneratedRegex("<input[^>]*name=\"(__RequestVerificationToken)\"[^>]*value=\"([^\"]*)\"")]
    private static partial Regex Hidden();
}
