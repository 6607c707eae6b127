using System.CommandLine;
using System.ComponentModel.DataAnnotations;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Sasaeai.Data;
using Sasaeai.Features;
using Sasaeai.Features.Accounts;

namespace Sasaeai.Commands;

public static class AccountAdd
{
    private const int LongestName = 60, LongestEmail = 254;

    public static Command Command()
    {
        var town = TownCommand.TownOption();
        var email = new Option<string>("--email") { Description = "メールアドレス(サインインに使う)", Required = true };
        var name = new Option<string>("--name") { Description = "氏名", Required = true };
        var role = new Option<Role>("--role") { Description = "Administrator(管理者), Officer(職員), Coordinator(SC), Counsellor(相談員), GroupKeeper(世話人), CouncilMember(委員), Prefecture(県)", Required = true };
        var area = new Option<string?>("--area") { Description = "担当する圏域のコード(SC・相談員)" };
        var organization = new Option<string?>("--organization") { Description = "団体番号(世話人)" };
        var council = new Option<string?>("--council") { Description = "協議体の名前(委員)" };
        var add = new Command("add", "アカウントを作る。パスワードは標準入力の1行目、または聞かれたときに入力する") { town, email, name, role, area, organization, council };
        add.SetAction((parsed, cancellation) => TownCommand.RunAsync(parsed.GetValue(town)!, async services =>
        {
            var account = await AddAsync(services, parsed.GetValue(email)!, parsed.GetValue(name)!, ReadPassword(), parsed.GetValue(role), parsed.GetValue(area), parsed.GetValue(organization), parsed.GetValue(council));
            account.MustChangePassword = true;      // whoever typed it knows it
            await services.GetRequiredService<AppDb>().SaveChangesAsync(cancellation);
            Console.WriteLine($"{parsed.GetValue(email)} のアカウントを作りました。最初のサインインで、本人がパスワードを変えます。");
            return CommandLine.Done;
        }, cancellation));
        return new Command("account", "アカウント") { add };
    }

    public static async Task<Account> AddAsync(IServiceProvider services, string email, string name, string password, Role role, string? areaCode, string? organizationNumber, string? councilName = null)
    {
        var (db, time, accounts) = (services.GetRequiredService<AppDb>(), services.GetRequiredService<TimeProvider>(), services.GetRequiredService<UserManager<Account>>());
        email = email.Trim();
        Rule.Require(email.Length <= LongestEmail && new EmailAddressAttribute().IsValid(email), $"「{email}」はメールアドレスとして読めません。");
        Rule.Require(name.Trim() is { Length: > 0 and <= LongestName }, $"氏名は1文字から{LongestName}文字で指定してください。");
        Rule.Require(await accounts.FindByEmailAsync(email) is null, $"{email} のアカウントはすでにあります。");
        var town = services.GetRequiredService<CurrentTown>().Municipality;
        Rule.Require(Passwords.Refusal(town, email, password) is null, Passwords.Refusal(town, email, password) ?? "");
        var account = new Account { Email = email, Name = name.Trim(), CreatedAt = time.GetUtcNow() };
        var areaId = areaCode is null ? (Guid?)null : db.Areas.Where(area => area.Code == areaCode).Select(area => (Guid?)area.Id).SingleOrDefault() ?? throw new RuleBrokenException($"コード {areaCode} の圏域がありません。");
        var organizationId = organizationNumber is null ? (Guid?)null : db.Organizations.Where(o => o.Number == organizationNumber).Select(o => (Guid?)o.Id).SingleOrDefault() ?? throw new RuleBrokenException($"団体番号 {organizationNumber} の団体がありません。");
        var councilId = councilName is null ? (Guid?)null : db.Councils.Where(c => c.Name == councilName).Select(c => (Guid?)c.Id).FirstOrDefault() ?? throw new RuleBrokenException($"「{councilName}」という協議体がありません。");
        var membership = account.Take(role, areaId, organizationId, time.Today(), null, [], councilId);
        var made = await accounts.CreateAsync(account, password);
        Rule.Require(made.Succeeded, string.Join(" ", made.Errors.Select(error => error.Description)));
        db.Memberships.Add(membership);
        await db.SaveChangesAsync();
        return account;
    }

    private static string ReadPassword()
    {
        if (Console.IsInputRedirected)
        {
            return Console.ReadLine() ?? throw new RuleBrokenException("パスワードが入力されていません。");
        }

        Console.Error.Write("パスワード(入力しても表示されません): ");
        var typed = new StringBuilder();
        for (var key = Console.ReadKey(intercept: true); key.Key != ConsoleKey.Enter; key = Console.ReadKey(intercept: true))
        {
            if (key.Key == ConsoleKey.Backspace)
            {
                typed.Length = Math.Max(0, typed.Length - 1);
            }
            else if (!char.IsControl(key.KeyChar))
            {
                typed.Append(key.KeyChar);
            }
        }

        Console.Error.WriteLine();
        return typed.ToString();
    }
}
