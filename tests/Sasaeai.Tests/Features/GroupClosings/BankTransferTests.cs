using System.Net;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.DependencyInjection;
using Sasaeai.Features;
using Sasaeai.Features.GroupClosings;
using Sasaeai.Features.Groups;
using Sasaeai.Features.Ledger;
using Sasaeai.Tests.Features.Groups;
using Sasaeai.Tests.Features.Visits;

namespace Sasaeai.Tests.Features.GroupClosings;

/// <summary>The file of 総合振込 for the group's bank, and the statement that says from which visits the money comes.</summary>
public class BankTransferTests(TestApp app)
{
    private static readonly BankAccount Payer = new("0001", "123", false, "1234567", "タスケアイノカイ");
    private static readonly DateOnly LastMonth = new DateOnly(HelpDesk.Today.Year, HelpDesk.Today.Month, 1).AddMonths(-1);

    [Fact]
    public void The_file_is_as_banks_print_it()
    {
        var lines = Encoding.Latin1.GetString(BankTransfer.Write(Payer, "99", new DateOnly(2026, 12, 5), [new(7, new BankAccount("9900", "018", true, "89", "ガッコウ　ヨーコ"), 1200)])).Split("\r\n");
        string Kana(string narrow) => Encoding.Latin1.GetString([.. narrow.Select(letter => (byte)(letter < 0x80 ? letter : letter - 0xFF61 + 0xA1))]);
        Assert.Equal("1210" + "0000000099" + Kana("ﾀｽｹｱｲﾉｶｲ").PadRight(40) + "1205" + "0001" + new string(' ', 15) + "123" + new string(' ', 15) + "1" + "1234567" + new string(' ', 17), lines[0]);
        Assert.Equal("2" + "9900" + new string(' ', 15) + "018" + new string(' ', 15) + "    " + "2" + "0000089" + Kana("ｶﾞﾂｺｳ ﾖ-ｺ").PadRight(30) + "0000001200" + "0" + "00000000000000000007" + "7" + new string(' ', 8), lines[1]);
        Assert.Equal("8" + "000001" + "000000001200" + new string(' ', 101), lines[2]);
        Assert.Equal("9" + new string(' ', 119), lines[3]);
    }

    [Fact]
    public void Every_line_has_120_letters_whatever_the_name_is() => Prop.ForAll<string>(text =>
    {
        try
        {
            return Encoding.Latin1.GetString(BankTransfer.Write(Payer, "1", HelpDesk.Today, [new(1, Payer with { HolderKana = text ?? "" }, 1)])).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).All(line => line.Length == 120);
        }
        catch (RuleBrokenException)
        {
            return true;        // a letter that banks do not take
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public async Task Who_has_an_account_is_in_the_file_and_the_statement_names_each_visit()
    {
        var group = await GroupTown.CreateAsync(app, rules: rules => rules with { GroupShare = 30 });
        await group.SellAsync(LastMonth);
        await group.SettleAsync(group.Report(LastMonth.AddDays(2), 30) with { CategoryCode = "rubbish" });
        await group.SettleAsync(group.Report(LastMonth.AddDays(3), 15) with { CategoryCode = "shopping", HelperIds = [group.Helpers[1].Id] });
        using var keeper = await group.KeeperAsync();
        var edit = await keeper.GetPageAsync($"groups/{group.GroupId}/members/{group.Helpers[0].Id}/edit");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await keeper.SubmitAsync(edit, ("銀行コード（4けた）", "12"), ("支店コード（3けた）", "001"), ("口座番号", "1"), ("口座の名義（カナ）", "カイ"))).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await keeper.SubmitAsync(edit, ("銀行コード（4けた）", "0012"), ("支店コード（3けた）", "001"), ("口座番号", "1"), ("口座の名義（カナ）", "会員"))).StatusCode);
        await keeper.SubmitAsync(edit, ("銀行コード（4けた）", "００１２"), ("支店コード（3けた）", "001"), ("口座番号", "7654321"), ("口座の名義（カナ）", "カイイン イチロウ"));
        await keeper.SubmitAsync(await keeper.GetPageAsync($"groups/{group.GroupId}/edit"), ("委託者コード", "123"), ("銀行コード（4けた）", "0001"), ("支店コード（3けた）", "123"), ("口座番号", "1234567"), ("委託者の名前（カナ）", "タスケアイノカイ"));
        var closing = await group.Town.InAsync((_, services) => services.GetRequiredService<LedgerBooks>().CloseAsync(group.GroupId, LastMonth, new CountedByHand()));
        var path = $"groups/{group.GroupId}/closings/{closing}";

        Assert.Equal(["振り込み", "現金"], (await keeper.GetPageAsync(path)).QuerySelectorAll("td[data-label=渡し方]").Select(cell => cell.TextContent));
        var file = Encoding.Latin1.GetString(await keeper.GetByteArrayAsync($"{path}?handler=Transfer&day=2026-12-05", TestContext.Current.CancellationToken)).Split("\r\n");
        Assert.Equal(5, file.Length);
        Assert.Equal("0012", file[1][1..5]);
        Assert.Equal("0000000240", file[1][80..90]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await keeper.GetPageAsync($"{path}?handler=Transfer&day=x")).StatusCode);
        Assert.Equal(0L, await group.Town.ScalarAsync($"select count(*) from app.audit_entry where municipality_id = {group.Town.Id} and changes::text like '%7654321%'"));

        var papers = await keeper.GetPageAsync(path + "/papers");
        var statement = papers.QuerySelectorAll("article").Single(article => article.TextContent.Contains("会員 1郎", StringComparison.Ordinal)).QuerySelectorAll("table")[1];
        Assert.Contains("ゴミ出し（利用）", statement.TextContent, StringComparison.Ordinal);
        Assert.Contains("+240円", statement.TextContent, StringComparison.Ordinal);
        Assert.Contains($"{LastMonth.Month}月3日", statement.TextContent, StringComparison.Ordinal);
    }
}
