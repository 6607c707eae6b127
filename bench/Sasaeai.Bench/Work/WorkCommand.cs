using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Sasaeai.Bench.Load;
using Sasaeai.Commands;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Counts;
using Sasaeai.Features.Indicators;
using Sasaeai.Japanese;
using Sasaeai.Web;

namespace Sasaeai.Bench.Work;

/// <summary>
/// The daily work of one large town, <c>town-1</c> of a generated database: ten years of activity records and meetings beside all other towns.
/// Pages are asked for one after the other, signed in, and judged by processor time (program and database): the machine is not calm.
/// </summary>
public static class WorkCommand
{
    private const string Slug = "town-1", Email = "bench@example.jp", Password = "はかるための 長いことば 1";
    private const int Asked = 200;

    /// <param name="Milliseconds">Processor time that a page may take, or null.</param>
    private sealed record Page(string Name, string Path, double? Milliseconds);

    private static readonly Page[] Pages =
    [
        new("today (the floor)", "today", null),
        new("month list", "activities", 30),
        new("meetings", "meetings", 30),
        new("issue board", "issues/board", 30),
        new("dashboard", "dashboard", 30),
        new("dashboard, an old year", "dashboard?year=2019", 30),
        new("records behind a figure", "counts?rule=activity_records&year=2019", 30),
        new("yearly paper, HTML", "annual-reports/2019", 1000),
        new("yearly paper, PDF", "annual-reports/2019?handler=File&format=Pdf", 8000),
    ];

    public static Command Command(Option<string?> db)
    {
        var records = new Option<int>("--records") { DefaultValueFactory = _ => 60_000 };
        var meetings = new Option<int>("--meetings") { DefaultValueFactory = _ => 5_000 };
        var issues = new Option<int>("--issues") { Description = "Open ones", DefaultValueFactory = _ => 2_000 };
        var generate = new Command("generate", "Give town-1 ten years of work (after: generate --towns …)") { records, meetings, issues };
        generate.SetAction((parsed, _) => GenerateAsync(Database.Of(parsed.GetValue(db)), parsed.GetValue(records), parsed.GetValue(meetings), parsed.GetValue(issues)));
        var run = new Command("run", "Measure the pages of town-1 by processor time");
        run.SetAction((parsed, _) => RunAsync(Database.Of(parsed.GetValue(db))));
        return new Command("work", "The daily work of one large town") { generate, run };
    }

    private static async Task GenerateAsync(Settings settings, int records, int meetings, int issues)
    {
        await using var services = new ServiceCollection().AddLogging().AddTownServices(settings).BuildServiceProvider();
        await TownCommand.RunAsync(services, Slug, async scope =>
        {
            var db = scope.GetRequiredService<AppDb>();
            var now = scope.GetRequiredService<TimeProvider>().GetUtcNow();
            await AccountAdd.AddAsync(scope, Email, "計測 太郎", Password, Role.Officer, null, null);
            (await db.RuleAsync()).TwoFactorRequired = false;
            foreach (var number in new[] { 7, 8, 9 })
            {
                db.Add(new Sasaeai.Features.Plans.Plan { Number = number, Title = "計画", CreatedAt = now });
            }

            foreach (var (index, rule) in CountingRules.All.Index())
            {
                var indicator = new Indicator(new DefinitionCard { Name = rule.Name, Unit = rule.Unit, Layer = IndicatorLayer.Both, RuleCode = rule.Code, Counting = rule.Counting, FromYear = 2016 }, index, "計測", now);
                db.AddRange(indicator, indicator.First!);
            }

            await db.SaveChangesAsync();
            return CommandLine.Done;
        });

        // Written past the audit trail, as all bulk data of the bench is.
        await using var owner = settings.Owner();
        var town = await owner.ScalarAsync<int>("select id from app.municipality where slug = $1", Slug);
        var account = await owner.ScalarAsync<Guid>("select id from app.account where municipality_id = $1 and email = $2", town, Email);
        var first = new FiscalYear(FiscalYear.Of(DateTimeOffset.UtcNow.Day()).Year - 9).Starts;
        var days = DateTimeOffset.UtcNow.Day().DayNumber - first.DayNumber;
        await owner.ExecuteAsync("""
            insert into app.activity_record (municipality_id, id, account_id, by_name, on_day, minutes, area_id, layer, functions, kinds, way, head_count, what, written_by, created_at, changed_at, completed_at)
            select $1, gen_random_uuid(), $2, '計測 太郎', day, 60, zone, 1 + i % 2, array['01'], array[to_char(1 + i % 10, 'FM00')], '01', i % 30, '関係者の集まりに出て、地域のようすを聞いた。', gen_random_uuid(), day, day, day
            from (select i, $3::date + (random() * $4)::int as day, zones[1 + i % cardinality(zones)] as zone
                  from generate_series(1, $5) i, (select array_agg(id) zones from app.area where municipality_id = $1 and layer = 2) z) made
            """, town, account, first, days, records);
        await owner.ExecuteAsync("""
            insert into app.meeting (municipality_id, kind_code, series, name, fiscal_year, held_on, area_id, layer, counts_as_council, created_at, created_by)
            select $1, (array['related', 'council-2', 'talk', 'care-area', 'local'])[1 + i % 5], '', '地域の話し合い', extract(year from day - interval '3 months')::int, day, zone, 2, i % 5 = 1, day, '計測'
            from (select i, $2::date + (random() * $3)::int as day, zones[1 + i % cardinality(zones)] as zone
                  from generate_series(1, $4) i, (select array_agg(id) zones from app.area where municipality_id = $1 and layer = 2) z) made
            """, town, first, days, meetings);
        await owner.ExecuteAsync("""
            insert into app.outreach (municipality_id, kind, on_day, place, layer, area_id, head_count, content, by_name, created_at)
            select $1, (array['lecture', 'explanation', 'forum', 'exhibition'])[1 + i % 4], $2::date + (random() * $3)::int, '公民館', 1 + i % 2, null, i % 60, '支え合いの話', '計測', now() from generate_series(1, 1000) i
            """, town, first, days);
        await AddIssuesAsync(owner, town, issues);
        await owner.ExecuteAsync("vacuum analyze");
    }

    /// <summary>Open issues of two departments, each with three voices; every fifth is handed over and waits.</summary>
    private static Task AddIssuesAsync(NpgsqlDataSource owner, int town, int issues) => owner.ExecuteAsync("""
        with duty as (insert into app.department (municipality_id, name) select $1, name from (values ('計測一課'), ('計測二課')) made (name) returning id),
        body as (insert into app.body (municipality_id, department_id) select $1, id from duty returning id),
        bodies as (select array_agg(id) ids from body),
        place as (select array_agg(id) zones from app.area where municipality_id = $1 and layer = 2),
        issue as (
            insert into app.issue (municipality_id, title, text, area_id, urgency, frequency, owner_id, state, version, created_at, created_by, changed_at)
            select $1, '坂の上の団地で、買い物に困る人がふえている ' || i, '', zones[1 + i % cardinality(zones)], (array['high', 'middle', 'low'])[1 + i % 3], (array['often', 'sometimes', 'rarely'])[1 + i / 3 % 3], ids[1],
                case when i % 5 = 0 then 'handed_over' else (array['heard', 'sorted', 'discussed', 'in_work'])[1 + i % 4] end, 1, now() - i * interval '1 hour', '計測', now() - i * interval '1 hour'
            from generate_series(1, $2) i, bodies, place returning id, area_id, state, changed_at),
        said as (
            insert into app.voice (municipality_id, receipt, source, text, area_id, created_at, summary, issue_id, taken_at)
            select $1, substr(md5(id::text || n), 1, 12), 'visit', '', area_id, changed_at, '店が遠くなった。', id, changed_at from issue, generate_series(1, 3) n)
        insert into app.handover (municipality_id, issue_id, from_id, to_id, decided_by, reason, asked_action, handed_on, due_on, version, created_at, created_by)
        select $1, id, ids[1], ids[2], '計測', '計測', '計測', current_date - 60, current_date - 30 + (row_number() over ())::int % 60, 1, now(), '計測' from issue, bodies where state = 'handed_over'
        """, town, issues);

    private static async Task RunAsync(Settings settings)
    {
        await using var product = await Child.ServerAsync("product", settings.Name());
        using var client = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer() }) { BaseAddress = new Uri(product.Url, $"/{Slug}/"), Timeout = TimeSpan.FromMinutes(5) };
        await SignInAsync(client);
        Console.WriteLine($"{"",-26}{"app ms",9}{"db ms",9}{"p50 ms",9}{"p95 ms",9}{"KB",7}{"of floor",10}  budget");
        var floor = 0.0;
        foreach (var page in Pages)
        {
            var times = page.Path.Contains("Pdf", StringComparison.Ordinal) ? 3 : Asked;
            if ((await client.GetAsync(page.Path)).StatusCode is not HttpStatusCode.OK and var status)
            {
                Console.WriteLine($"{page.Name,-26} answers {(int)status}: not measured");
                continue;
            }

            for (var time = 0; time < times; time++)
            {
                await client.GetByteArrayAsync(page.Path);     // code is compiled, and compiled again by profile
            }

            var (app, database, walls, bytes) = (product.Time, ProcessTime.OfDatabase(settings.Name()), new List<double>(), 0L);
            for (var time = 0; time < times; time++)
            {
                var start = Stopwatch.GetTimestamp();
                bytes = (await client.GetByteArrayAsync(page.Path)).Length;
                walls.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }

            var (appMs, dbMs) = ((product.Time - app).Microseconds / 1000 / times, (ProcessTime.OfDatabase(settings.Name()) - database).Microseconds / 1000 / times);
            floor = floor == 0 ? appMs + dbMs : floor;
            walls.Sort();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{page.Name,-26}{appMs,9:N1}{dbMs,9:N1}{walls[walls.Count / 2],9:N1}{walls[walls.Count * 95 / 100],9:N1}{bytes / 1000,7:N0}{(appMs + dbMs) / floor,10:N1}  {(page.Milliseconds is { } most ? $"≤ {most} ms of processor: {(appMs + dbMs <= most ? "kept" : "MISSED")}" : "")}"));
        }

        Console.WriteLine($"load average {File.ReadAllText("/proc/loadavg").Split(' ')[0]}");
    }

    private static async Task SignInAsync(HttpClient client)
    {
        var page = await client.GetStringAsync("sign-ins/new");
        var token = System.Text.RegularExpressions.Regex.Match(page, "name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"").Groups[1].Value;
        var answer = await client.PostAsync("sign-ins/new", new FormUrlEncodedContent(new Dictionary<string, string> { ["__RequestVerificationToken"] = token, ["Form.Email"] = Email, ["Form.Password"] = Password }));
        if (!answer.IsSuccessStatusCode || answer.RequestMessage!.RequestUri!.AbsolutePath.Contains("sign-ins", StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"The bench could not sign in: {(int)answer.StatusCode}.");
        }
    }
}
