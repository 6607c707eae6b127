using System.CommandLine;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Imports;
using Sasaeai.Tables;
using Sasaeai.Web;

namespace Sasaeai.Commands;

/// <summary>みほん市, a town that does not exist, to try everything with. Loaded through the importers, like a real one.</summary>
public static partial class Demo
{
    public const string Slug = "mihon";
    public const string Password = "sasaeai-mihon-2026";

    private static readonly Dictionary<string, Role> Roles = new()
    {
        ["管理者"] = Role.Administrator, ["職員"] = Role.Officer, ["生活支援コーディネーター"] = Role.Coordinator, ["相談員"] = Role.Counsellor,
        ["世話人"] = Role.GroupKeeper, ["協議体委員"] = Role.CouncilMember, ["県"] = Role.Prefecture,
    };

    public static Command Command()
    {
        var command = new Command("demo", "架空の「みほん市」を入れる。すでにあるときは何も変えない");
        command.SetAction(async (_, cancellation) =>
        {
            var settings = Settings.Read(Environment.GetEnvironmentVariable);
            await using var services = new ServiceCollection().AddLogging().AddTownServices(settings).BuildServiceProvider();
            if (await services.GetRequiredService<Towns>().FindAsync(Slug, cancellation) is null)
            {
                await TownAdd.AddAsync(new TownAdd.NewTown("999997", Slug, "みほん市", "ミホンシ", "見本県", MunicipalityKind.Municipality, Demo: true), cancellation);
            }

            await TownCommand.RunAsync(services, Slug, async scope =>
            {
                Rule.Require(scope.GetRequiredService<CurrentTown>().Municipality.Demo, $"「{Slug}」という名前の実在の市町村が登録されているため、みほん市は入れられません。");
                await LoadAsync(scope);
                return CommandLine.Done;
            }, cancellation);
            Show($"{settings.Urls.Split(';')[0].TrimEnd('/')}/{Slug}/");
            return CommandLine.Done;
        });
        return command;
    }

    /// <summary>Fills the town, unless it has records already.</summary>
    public static async Task LoadAsync(IServiceProvider services)
    {
        var db = services.GetRequiredService<AppDb>();
        if (await db.Resources.AnyAsync())
        {
            return;
        }

        CommandLine.Tell("みほん市を読み込んでいます(1分ほどかかります)…");
        var today = services.GetRequiredService<TimeProvider>().Today();
        services.GetRequiredService<AuditTrail>().Actor = new Actor(null, "見本の読み込み");
        foreach (var (noun, file) in new[] { ("areas", "areas.csv"), ("areas", "boundary.geojson"), ("organizations", "organizations.csv"), ("resources", "resources.csv") })
        {
            using var stream = new MemoryStream(Encoding.UTF8.GetBytes(DayFromToday().Replace(await System.IO.File.ReadAllTextAsync(PathOf(file)),
                match => today.AddDays(int.Parse(match.Groups[1].ValueSpan)).ToString("yyyy-MM-dd"))));
            var result = await ActivatorUtilities.CreateInstance<ImportRun>(services).RunAsync(noun, ImportNouns.Of(noun, services), stream, file, new ImportOptions());
            Rule.Require(result.Written, $"{file} を取り込めません。{string.Join('\n', result.Missing.Concat(result.Report.Lines()))}");
        }

        CommandLine.Tell("  地域資源と団体を読み込みました");
        foreach (var row in Accounts())
        {
            var (role, scope) = (Roles[row["役割"]], row["範囲"] == "" ? null : row["範囲"]);
            var account = await AccountAdd.AddAsync(services, row["メールアドレス"], row["氏名"], Password, role, role == Role.GroupKeeper ? null : scope, role == Role.GroupKeeper ? scope : null);
            account.Rename(account.Name, row["所属"]);
        }

        var rule = await db.RuleAsync();
        (rule.ContactName, rule.ContactPhone) = ("みほん市 高齢福祉課", "0999-20-1100");
        await DemoHistory.AddAsync(db, services.GetRequiredService<TimeProvider>());
        await DemoActivities.AddAsync(db, services.GetRequiredService<TimeProvider>());
        CommandLine.Tell("  アカウントと活動記録を読み込みました");
        await DemoMeetings.AddAsync(db, services.GetRequiredService<TimeProvider>());
        await DemoPlans.AddAsync(db, services.GetRequiredService<TimeProvider>());
        await Sasaeai.Demo.DemoChain.AddAsync(db, services.GetRequiredService<TimeProvider>());
        CommandLine.Tell("  会議、計画、課題を読み込みました");
        await DemoGroups.AddAsync(services);
        await DemoDistricts.AddAsync(db, services.GetRequiredService<TimeProvider>());
    }

    private static void Show(string address)
    {
        Console.WriteLine($"みほん市(見本の町): {address}");
        Console.WriteLine($"見本のアカウント(パスワードはどれも {Password})");
        foreach (var row in Accounts().DistinctBy(row => row["役割"]))
        {
            Console.WriteLine($"  {row["役割"]}\t{row["メールアドレス"]}\t{row["氏名"]}");
        }
    }

    private static List<TableRow> Accounts()
    {
        using var stream = System.IO.File.OpenRead(PathOf("accounts.csv"));
        using var table = TableReader.Open(stream, "accounts.csv");
        return [.. table.Rows];
    }

    private static string PathOf(string file) => Path.Combine(AppContext.BaseDirectory, "Demo", file);

    /// <summary>「@-30」: thirty days before the day of loading.</summary>
    [GeneratedRegex("@([+-][0-9]+)")]
    private static partial Regex DayFromToday();
}
