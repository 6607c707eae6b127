using System.Net;
using Sasaeai.Data;
using Sasaeai.Features;
using Sasaeai.Features.Ledger;
using Sasaeai.Features.Tickets;
using Sasaeai.Tests.Features.Groups;
using Sasaeai.Tests.Features.Visits;

namespace Sasaeai.Tests.Features.Tickets;

/// <summary>Numbers are typed, scanned and copied from screens in many ways; what is printed on a ticket is never taken for a run.</summary>
public class TicketNumberTests(TestApp app)
{
    [Theory]
    [InlineData("123", "123")]
    [InlineData("000123", "123")]
    [InlineData("1-000123", "1-000123")]
    [InlineData("１－０００１２３", "1-000123")]
    [InlineData("1ー000002", "1-000002")]
    [InlineData("1-000123-k7Q2ab", "1-000123")]
    [InlineData("12-16、20", "12 13 14 15 16 20")]
    [InlineData("12〜14・20", "12 13 14 20")]
    [InlineData("1-000003〜000005", "1-000003 1-000004 1-000005")]
    [InlineData("1-000003～1-000004\n7", "1-000003 1-000004 7")]
    [InlineData("", "")]
    public void Numbers_are_read_as_people_write_them(string written, string read) => Assert.Equal(read, string.Join(' ', TicketNumbers.Read(written)));

    [Theory, InlineData("1-x"), InlineData("16-12"), InlineData("abc"), InlineData("1-0016"), InlineData("1~5000"), InlineData("9999999999"), InlineData("-5")]
    public void What_is_no_number_is_told(string written) => Assert.Throws<RuleBrokenException>(() => TicketNumbers.Read(written));

    [Fact]
    public async Task A_ticket_of_another_type_or_group_is_noticed_wherever_its_number_is_typed()
    {
        var (group, other) = (await GroupTown.CreateAsync(app), await GroupTown.CreateAsync(app));
        await group.SellAsync(HelpDesk.Today);
        await other.SellAsync(HelpDesk.Today);
        var foreign = $"1-000012-{await other.Town.ScalarAsync($"select code from app.ticket where municipality_id = {other.Town.Id} and serial = 12")}";
        var own = $"1-000012-{await group.Town.ScalarAsync($"select code from app.ticket where municipality_id = {group.Town.Id} and serial = 12")}";
        using var keeper = await group.KeeperAsync();
        var (type, sale) = ($"groups/{group.GroupId}/tickets/{group.Type.Id}", $"groups/{group.GroupId}/tickets/sales/new");

        async Task<string> VoidAsync(string numbers)
        {
            var page = await keeper.PressAsync(await keeper.GetPageAsync(type), "廃棄する", ("廃棄する番号", numbers), ("廃棄する理由", "ぬれた"));
            return page.QuerySelector(".error-summary, .notice")!.TextContent;
        }

        Assert.Contains("ほかの団体の券でないか", await VoidAsync(foreign), StringComparison.Ordinal);
        Assert.Contains("「2-000012」は、この団体の「ありがとう券」の番号ではありません", await VoidAsync("2-000012"), StringComparison.Ordinal);
        Assert.Contains("二度入っています", await VoidAsync("12 12"), StringComparison.Ordinal);
        Assert.Contains("ほかの団体の券でないか", (await keeper.PressAsync(await keeper.GetPageAsync(sale), "記録する", ("会員番号", "5"), ("数", "1"), ("券の番号", $"{foreign} 11 13~20"))).QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("二度入っています", (await keeper.PressAsync(await keeper.GetPageAsync(sale), "記録する", ("会員番号", "5"), ("数", "1"), ("券の番号", "11 11 12~19"))).QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(0L, await group.Town.ScalarAsync($"select count(*) from app.ticket where municipality_id = {group.Town.Id} and state = 'void'"));

        Assert.Contains("1枚を廃棄しました", await VoidAsync(own), StringComparison.Ordinal);
        Assert.Contains("廃棄しました", (await keeper.GetPageAsync($"{type}?serial={own}")).Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("発行していません", (await keeper.GetPageAsync($"{type}?serial=999")).QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(await group.FaultsAsync());
    }

    [Fact]
    public async Task A_scanned_ticket_goes_into_a_report_as_it_is_and_one_of_another_group_does_not()
    {
        var (group, other) = (await GroupTown.CreateAsync(app), await GroupTown.CreateAsync(app));
        await group.SellAsync(HelpDesk.Today);
        await other.SellAsync(HelpDesk.Today);
        var visit = await group.AskAsync(day: HelpDesk.Today);
        await group.GiveAsync(visit);
        async Task<string> ScanAsync(GroupTown of, int serial) => $"1-{serial:000000}-{await of.Town.ScalarAsync($"select code from app.ticket where municipality_id = {of.Town.Id} and serial = {serial}")}";
        using var keeper = await group.KeeperAsync();
        var form = await keeper.GetPageAsync($"groups/{group.GroupId}/visits/{visit}/reports/new");

        var refused = await keeper.SubmitAsync(form, ("受け取った券の番号", $"{await ScanAsync(other, 2)} {await ScanAsync(group, 3)}"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("ほかの団体の券でないか", refused.QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);

        var taken = await keeper.SubmitAsync(form, ("受け取った券の番号", $"{await ScanAsync(group, 2)}\n1-000003"));
        await keeper.PressAsync(taken, "確かめて、帳簿に記録する");
        Assert.Equal("2,3", await group.Town.ScalarAsync($"select array_to_string(serials, ',') from app.ledger_entry where visit_id = '{visit}' and kind = 'use' and unit = 2"));
        Assert.Empty(await group.FaultsAsync());
    }
}
