using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Sasaeai.Commands;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Areas;
using Sasaeai.Features.Categories;
using Sasaeai.Features.Resources;
using Sasaeai.Tests;
using Sasaeai.Web;

[assembly: AssemblyFixture(typeof(TestApp))]

namespace Sasaeai.Tests;

/// <summary>The real application on a real server port and a real PostgreSQL, made once for all tests.</summary>
public sealed class TestApp : IAsyncLifetime
{
    /// <summary>A superuser's connection to the test server; <c>./test</c> starts one and sets it.</summary>
    public static readonly string Postgres = Environment.GetEnvironmentVariable("TEST_POSTGRES") ?? "Host=127.0.0.1;Username=postgres";

    private readonly string database = $"test_{Guid.NewGuid():N}";
    private readonly DirectoryInfo folder = System.IO.Directory.CreateTempSubdirectory("sasaeai-test-");
    private WebApplication app = null!;
    private int towns;

    /// <summary>The owner's view: sees every town's rows, for checking what was written.</summary>
    public NpgsqlDataSource Owner { get; private set; } = null!;

    public string WebConnection => $"{Postgres};Username=sasaeai_web;Database={database};Maximum Pool Size=20";

    public string OwnerConnection => $"{Postgres};Database={database}";

    public IServiceProvider Services => app.Services;

    public Settings Settings { get; private set; } = null!;

    /// <summary>For a test that runs a server and database of its own: what is set otherwise, and where log lines go.</summary>
    public Func<Settings, Settings> Adjust { get; init; } = settings => settings;

    public ILoggerProvider? Log { get; init; }

    public async ValueTask InitializeAsync()
    {
        await using (var server = NpgsqlDataSource.Create(Postgres))
        {
            await server.CreateCommand($"create database {database} encoding 'UTF8' locale 'C.UTF-8' template template0").ExecuteNonQueryAsync();
        }

        Owner = NpgsqlDataSource.Create(OwnerConnection);
        await Migrator.MigrateAsync(Owner);
        Settings = new Settings { Db = WebConnection, OwnerDb = OwnerConnection, Urls = "http://127.0.0.1:0", Chromium = Environment.GetEnvironmentVariable("CHROMIUM"), DataFolder = folder.FullName, RateFactor = 1000, SearchesPerSecond = 0 };
        Settings = Adjust(Settings);
        app = await StartAsync(Settings, log: Log);
    }

    /// <summary>Another server on the same database, for a test that changes settings or takes it down.</summary>
    public static async Task<WebApplication> StartAsync(Settings settings, string environment = "Test", ILoggerProvider? log = null, int rounds = 1000)
    {
        var started = WebServer.Build(settings, environment, builder =>
        {
            _ = log is null ? builder.Logging.SetMinimumLevel(LogLevel.Critical) : builder.Logging.AddProvider(log);
            builder.Services.Configure<PasswordHasherOptions>(options => options.IterationCount = rounds);     // each test signs in
        });
        await started.StartAsync();
        return started;
    }

    /// <summary>Each test has a town of its own, so tests run at once and never clean up.</summary>
    public Task<Town> CreateTownAsync(bool approvalRequired = true) => CreateTownAsync(demo: true, approvalRequired);

    /// <summary>A town that is no demo: its rule asks for a second factor.</summary>
    public Task<Town> CreateRealTownAsync() => CreateTownAsync(demo: false, approvalRequired: true);

    private async Task<Town> CreateTownAsync(bool demo, bool approvalRequired)
    {
        var number = Interlocked.Increment(ref towns);
        var slug = $"town-{number}";
        var id = await TownAdd.InsertAsync(Owner, new($"{number:000000}", slug, $"{number}番市", "", "見本県", MunicipalityKind.Municipality, Demo: demo));
        var town = new Town(this, slug, id);
        await town.InAsync(async (db, _) =>
        {
            db.TownRules.Add(new TownRule { ApprovalRequired = approvalRequired, TwoFactorRequired = !demo });
            db.Categories.AddRange(
                new Category { Code = "10", Name = "集まる・話す", CheckDays = 180, HideDays = 540, Sort = 1 },
                new Category { Code = "1001", Name = "サロン・お茶会", ParentCode = "10", CheckDays = 180, HideDays = 540, Sort = 2 },
                new Category { Code = "13", Name = "家のこと", CheckDays = 90, HideDays = 365, Sort = 3 },
                new Category { Code = "1301", Name = "ゴミ出し", ParentCode = "13", CheckDays = 90, HideDays = 365, Sort = 4 });
            db.CodeItems.AddRange(
                new CodeItem { List = CodeList.FeeKind, Code = "1", Name = "無料" },
                new CodeItem { List = CodeList.FeeKind, Code = "2", Name = "有料" },
                new CodeItem { List = CodeList.BarrierFree, Code = "01", Name = "車いすで入れる" },
                new CodeItem { List = CodeList.OperatorKind, Code = "02", Name = "社会福祉協議会" },
                new CodeItem { List = CodeList.ServiceKind, Code = "601", Name = "地域の助け合い" },
                new CodeItem { List = CodeList.MeetingKind, Code = "council-2", Name = "第2層協議体", Sort = 1 },
                new CodeItem { List = CodeList.MeetingKind, Code = "preparation", Name = "準備会・研究会・勉強会", Sort = 2 },
                new CodeItem { List = CodeList.MeetingKind, Code = "related", Name = "関係者会議", Sort = 3 },
                new CodeItem { List = CodeList.MeetingKind, Code = "care-area", Name = "地域ケア圏域会議", Sort = 4 });
            db.CodeItems.AddRange(new[] { CodeList.ActivityFunction, CodeList.ActivityKind, CodeList.ActivityWay }.SelectMany(Masters.CodesOf));
            db.Synonyms.Add(new Synonym { Word = "ゴミ出し", Others = ["ごみ捨て", "塵出し"], CategoryCodes = ["1301"] });
            db.Troubles.Add(new Trouble { Words = "ゴミ出しがつらい", CategoryCodes = ["1301"] });
            foreach (var (code, name) in new[] { ("Z1", "第1圏域"), ("Z2", "第2圏域") })
            {
                var zone = new Area { Code = code, Kind = AreaKind.LivingArea, Layer = 2, Name = name, Lat = 36.1, Lng = 139.6 };
                var block = new Area { Code = code + "B", Kind = AreaKind.Block, Name = name == "第1圏域" ? "本町一丁目" : "東台二丁目", Lat = 36.1, Lng = 139.6 };
                db.Areas.AddRange(zone, block);
                db.AreaParents.Add(new AreaParent { AreaId = block.Id, ParentId = zone.Id });
            }

            await db.SaveChangesAsync();
        });
        return town;
    }

    public Uri Address => new(app.Urls.First());

    public Uri UrlOf(string path) => new(Address, path);

    public Uri UrlOf(Town town, string path = "") => new(Address, $"/{town.Slug}/{path}");

    /// <summary>A visitor who keeps cookies, as a browser does.</summary>
    public HttpClient ClientFor(Town town) => new(new HttpClientHandler { AllowAutoRedirect = true }) { BaseAddress = UrlOf(town), Timeout = TimeSpan.FromSeconds(60) };

    /// <summary>A client of somebody who holds the role (SC: in 第1圏域) and has signed in on the real page.</summary>
    public async Task<HttpClient> SignedInAsync(Town town, Role role, string areaCode = "Z1", string? organization = null)
    {
        var email = await town.AddAccountAsync(role, areaCode, organization);
        var client = ClientFor(town);
        await client.SubmitAsync(await client.GetPageAsync("sign-ins/new"), ("メールアドレス", email), ("パスワード", Town.Password));
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        await Owner.DisposeAsync();
        NpgsqlConnection.ClearAllPools();
        await using var server = NpgsqlDataSource.Create(Postgres);
        await server.CreateCommand($"drop database {database} with (force)").ExecuteNonQueryAsync();
        folder.Delete(recursive: true);
    }
}

/// <summary>A town of one test.</summary>
public sealed record Town(TestApp App, string Slug, int Id)
{
    public const string Password = "まいにち さんぽする 7じ";
    private static int people;

    /// <summary>Works in the town as the application does: its role, its row security, its audit, its publication.</summary>
    public Task InAsync(Func<AppDb, IServiceProvider, Task> work) => TownCommand.RunAsync(App.Services, Slug, async services =>
    {
        await work(services.GetRequiredService<AppDb>(), services);
        return CommandLine.Done;
    });

    public async Task<T> InAsync<T>(Func<AppDb, IServiceProvider, Task<T>> work)
    {
        var result = default(T)!;
        await InAsync(async (db, services) => { result = await work(db, services); });
        return result;
    }

    /// <returns>The e-mail address; the password is <see cref="Password"/>.</returns>
    public async Task<string> AddAccountAsync(Role role, string areaCode = "Z1", string? organization = null)
    {
        var email = $"person-{Interlocked.Increment(ref people)}@example.jp";
        var needsArea = role is Role.Coordinator or Role.Counsellor;
        await InAsync((_, services) => AccountAdd.AddAsync(services, email, $"職員 {people}", Password, role, needsArea ? areaCode : null, organization));
        return email;
    }

    /// <summary>A published resource, verified by phone today, in 本町一丁目 of 第1圏域 unless the change says otherwise.</summary>
    public Task<Guid> PublishAsync(string name, string[] categories, Func<ResourceContent, ResourceContent>? change = null) => InAsync(async (db, services) =>
    {
        var (today, now) = (services.GetRequiredService<TimeProvider>().Today(), DateTimeOffset.UtcNow);
        var setting = await ResourceSetting.LoadAsync(db, today);
        var content = new ResourceContent { Name = name, Categories = categories, ConsentedOn = today, BlockId = setting.Areas.FindByCode("Z1B")!.Id };
        var resource = new Resource($"R-{Guid.NewGuid():N}", change?.Invoke(content) ?? content, setting, now);
        resource.Publish(now);
        db.Resources.Add(resource);
        db.Verifications.Add(resource.Verify(today, VerificationWay.Phone, Actor.Command, setting, now));
        await db.SaveChangesAsync();
        return resource.Id;
    });

    /// <summary>Asks the database as its owner, past row security.</summary>
    public async Task<object?> ScalarAsync(string sql)
    {
        await using var command = App.Owner.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }
}
