using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.HelpRequests;
using Sasaeai.Features.Members;
using Sasaeai.Features.MutualHelpReports;
using Sasaeai.Features.Tariffs;
using Sasaeai.Features.Visits;
using Sasaeai.Japanese;
using Sasaeai.Tests.Features.Groups;
using Sasaeai.Tests.Features.Visits;

namespace Sasaeai.Tests.Features.Subsidies;

/// <summary>The two schemes of mutual-help.md 4.2 as data of a town.</summary>
public class SubsidyTests(TestApp app)
{
    /// <summary>A whole month of the fiscal year before this one, so that twelve months are over.</summary>
    private static readonly DateOnly May = new(FiscalYear.Of(HelpDesk.Today).Year - 1, 5, 1);

    private async Task<(GroupTown Group, HttpClient Officer, HttpClient Keeper)> TownAsync(params (string Label, object Value)[][] rules)
    {
        var group = await GroupTown.CreateAsync(app, users: 8, rules: rules => rules with { Payment = PaymentMode.Free });
        var officer = await app.SignedInAsync(group.Town, Role.Officer);
        foreach (var rule in rules)
        {
            Assert.Equal(HttpStatusCode.OK, (await officer.SubmitAsync(await officer.GetPageAsync("settings/subsidies/edit"), rule)).StatusCode);
        }

        return (group, officer, await group.KeeperAsync());
    }

    private static async Task DoneAsync(GroupTown group, int user, DateOnly day, string kind = "rubbish", string? own = null, int hour = 10)
    {
        var visit = await group.AskAsync(user, kind, day, new TimeOnly(hour, 0), 15);
        if (own is not null)
        {
            await group.Town.InAsync(async (db, _) =>
            {
                var category = await db.HelpCategories.SingleOrDefaultAsync(one => one.Name == own) ?? db.HelpCategories.Add(new HelpCategory { GroupId = group.GroupId, Code = $"own-{own.Length}", Name = own, CountedAs = kind, CreatedAt = DateTimeOffset.UtcNow, ByName = "試し" }).Entity;
                (await db.GetAsync<Visit>(visit)).Count(category);
                await db.SaveChangesAsync();
            });
        }

        await group.GiveAsync(visit, user % 3, "試し");
        await group.ApproveAsync(await group.ReportAsync(visit, day, new TimeOnly(hour, 0), new TimeOnly(hour, 15)));
    }

    private static string Path(GroupTown group) => $"mutual-help-reports/subsidies?year={FiscalYear.Of(May).Year}&group={group.GroupId}";

    [Fact]
    public async Task Shibukawa_counts_a_household_and_day_once_up_to_five_in_a_month_and_bulky_rubbish_twice_a_year()
    {
        var (group, _, keeper) = await TownAsync(
            [("補助の名前", "ゴミ出し"), ("ゴミ出し", true), ("1世帯1日の額（円）", "100"), ("1世帯の上限（日）", "5"), ("並び順", "1")],
            [("補助の名前", "粗大ゴミ"), ("団体が加えた分類の名前", "粗大ゴミ出し"), ("1世帯1日の額（円）", "300"), ("1世帯の上限（日）", "2"), ("年度に", true), ("並び順", "2")]);
        await group.Town.InAsync(async (db, _) =>
        {
            foreach (var user in group.Users.Take(2))
            {
                var found = await db.GetAsync<Member>(user.Id);
                found.Change(found.Name, found.Kana, found.Phone, "本町一丁目9番9号", found.Content, DateTimeOffset.UtcNow);
            }

            await db.SaveChangesAsync();
        });
        for (var day = 0; day < 6; day++)
        {
            await DoneAsync(group, 0, May.AddDays(day));
        }

        await DoneAsync(group, 0, May, hour: 14);                           // the same day again
        await DoneAsync(group, 1, May.AddDays(1), hour: 16);                // the same household on the same day
        await DoneAsync(group, 1, May.AddMonths(1));                        // another month
        await DoneAsync(group, 2, May);
        foreach (var month in new[] { 0, 2, 4 })
        {
            await DoneAsync(group, 0, May.AddMonths(month).AddDays(20), own: "粗大ゴミ出し");
        }

        var page = await keeper.GetPageAsync(Path(group));
        string[] Cells(int table) => [.. page.QuerySelectorAll("table")[table].QuerySelectorAll("tbody tr:first-child td").Select(cell => cell.TextContent)];
        Assert.Equal(["2", "8", "7", "700"], Cells(0));                     // 6 + 1 + 1 days, of which 5 + 1 + 1
        Assert.Equal(["1", "3", "2", "600"], Cells(2));
        Assert.Equal(3, page.QuerySelectorAll("table")[1].QuerySelectorAll("tbody tr").Length);
        Assert.Contains("数えた日数", await keeper.GetStringAsync(Path(group) + "&handler=Households&format=csv", TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Yuza_pays_all_from_five_kinds_of_help_and_half_below()
    {
        var (group, officer, keeper) = await TownAsync([("補助の名前", "住民主体の訪問サービス"), ("手伝った内容の種類の数", true), ("全額に要る種類の数", "5"), ("それより少ないときの割合（%）", "50")]);
        foreach (var kind in new[] { "rubbish", "garden", "repair", "moving", "rubbish" })
        {
            await DoneAsync(group, 0, May.AddDays(kind.Length), kind, hour: kind == "rubbish" ? 9 : 11);
        }

        Assert.Equal(["4", "50%"], (await keeper.GetPageAsync(Path(group))).QuerySelectorAll("tbody td").Select(cell => cell.TextContent));
        await group.ChangeAsync(group.Helpers[0], content => content with { CanDo = ["rubbish", "shopping"] });
        await DoneAsync(group, 0, May.AddDays(25), "shopping");
        Assert.Equal(["5", "全額"], (await officer.GetPageAsync(Path(group))).QuerySelectorAll("tbody td").Select(cell => cell.TextContent));
    }

    [Fact]
    public async Task The_days_are_those_of_the_visits_and_the_towns_staff_see_small_counts_hidden_and_no_household()
    {
        var (group, officer, keeper) = await TownAsync([("補助の名前", "ゴミ出し"), ("ゴミ出し", true), ("1世帯1日の額（円）", "100")]);
        for (var user = 0; user < 3; user++)
        {
            await DoneAsync(group, user, May.AddDays(user));
        }

        var report = await group.Town.InAsync((_, services) => services.GetRequiredService<HelpFigures>().ReportAsync("", FiscalYear.Of(May).Starts, FiscalYear.Of(May).Ends));
        Assert.Equal($"{report.Total.Visits}", (await keeper.GetPageAsync(Path(group))).QuerySelectorAll("tbody td")[1].TextContent);
        var page = await officer.GetPageAsync(Path(group));
        Assert.Equal(["5未満", "—", "—", "—"], page.QuerySelectorAll("tbody td").Select(cell => cell.TextContent));
        Assert.DoesNotContain("郎", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        using var households = await officer.GetAsync(Path(group) + "&handler=Households&format=csv", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Forbidden, households.StatusCode);
    }

    [Fact]
    public async Task A_rule_without_what_it_needs_is_refused_and_nothing_is_lost()
    {
        var town = await app.CreateTownAsync();
        using var officer = await app.SignedInAsync(town, Role.Officer);
        var refused = await officer.SubmitAsync(await officer.GetPageAsync("settings/subsidies/edit"), ("補助の名前", "種類"), ("手伝った内容の種類の数", true), ("全額に要る種類の数", "5"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Equal("種類", refused.QuerySelector("#Form_Name")!.GetAttribute("value"));
        Assert.Contains("割合を入れてください", refused.QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
    }
}
