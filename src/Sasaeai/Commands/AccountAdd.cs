using System.CommandLine;
using Microsoft.AspNetCore.Identity;
using Sasaeai.Data;
using Sasaeai.Features;
using Sasaeai.Features.Accounts;

namespace Sasaeai.Commands;

public static class AccountAdd
{
    public static Command Command()
    {
        var town = TownCommand.TownOption();
        var email = new Option<string>("--email") { Description = "メールアドレス(サインインに使う)", Required = true };
        var name = new Option<string>("--name") { Description = "氏名", Required = true };
        var role = new Option<Role>("--role") { Description = "Administrator(管理者), Officer(職員), Coordinator(SC), Counsellor(相談員), GroupKeeper(世話人), CouncilMember(委員), Prefecture(県)", Required = true };
        var area = new Option<string?>("--area") { Description = "担当する圏域のコード(SC・相談員)" };
        var organization = new Option<string?>("--organization") { Description = "団体番号(世話人)" };
        var add = new Command("add", "アカウントを作る。パスワードは標準入力の1行目、または聞かれたときに入力する") { town, email, name, role, area, organization };
        add.SetAction((parsed, cancellation) => TownCommand.RunAsync(parsed.GetValue(town)!, async services =>
        {
            var account = await AddAsync(services, parsed.GetValue(email)!, parsed.GetValue(name)!, ReadPassword(), parsed.GetValue(role), parsed.GetValue(area), parsed.GetValue(organization));
            account.MustChangePassword = true;      // whoever typed it knows it
            await services.GetRequiredService<AppDb>().SaveChangesAsync(cancellation);
            Console.WriteLine($"{parsed.GetValue(email)} のアカウントを作りました。最初のサインインで、本人がパスワードを変えます。");
            return CommandLine.Done;
        }, cancellation));
        return new Command("account", "アカウント") { add };
    }

    public static async Task<Account> AddAsync(IServiceProvider services, string email, string name, string password, Role role, string? areaCode, string? organizationNumber)
    {
        var (db, time) = (services.GetRequiredService<AppDb>(), services.GetRequiredService<TimeProvider>());
        var account = new Account { Email = email, Name = name, CreatedAt = time.GetUtcNow() };
        var made = await services.GetRequiredService<UserManager<Account>>().CreateAsync(account, password);
        Rule.Require(made.Succeeded, string.Join(" ", made.Errors.Select(error => error.Description)));
        var areaId = areaCode is null ? (Guid?)null : db.Areas.Where(area => area.Code == areaCode).Select(area => (Guid?)area.Id).SingleOrDefault() ?? throw new RuleBrokenException($"コード {areaCode} の圏域がありません。");
        var organizationId = organizationNumber is null ? (Guid?)null : db.Organizations.Where(o => o.Number == organizationNumber).Select(o => (Guid?)o.Id).SingleOrDefault() ?? throw new RuleBrokenException($"団体番号 {organizationNumber} の団体がありません。");
        db.Memberships.Add(new Membership { AccountId = account.Id, Role = role, AreaId = areaId, OrganizationId = organizationId, StartsOn = time.Today() });
        await db.SaveChangesAsync();
        return account;
    }

    private static string ReadPassword()
    {
        if (!Console.IsInputRedirected)
        {
            Console.Write("パスワード: ");
        }

        return Console.ReadLine() ?? throw new RuleBrokenException("パスワードが入力されていません。");
    }
}
