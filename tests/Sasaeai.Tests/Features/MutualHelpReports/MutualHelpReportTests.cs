using System.Globalization;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Sasaeai.Commands;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Groups;
using Sasaeai.Features.MutualHelpReports;
using Sasaeai.Features.Visits;
using Sasaeai.Tests.Features.Groups;
using Sasaeai.Tests.Features.Visits;

namespace Sasaeai.Tests.Features.MutualHelpReports;

public class MutualHelpReportTests(TestApp app)
{
    /// <summary>「実践地区の実績 令和2年度実績」 of document 003, as printed.</summary>
    private static readonly Dictionary<string, decimal> Printed = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Fixtures", "kitakyushu_r2_support.csv")).Skip(1).Select(line => line.Split(',')).ToDictionary(cells => cells[0], cells => decimal.Parse(cells[1], CultureInfo.InvariantCulture));

    private static readonly Dictionary<string, string> Words = new() { ["ゴミ出し"] = "rubbish", ["掃除"] = "cleaning", ["同行（買物・通院等）"] = "outing", ["代行（買物等）"] = "shopping", ["庭木剪定・草取り"] = "garden", ["家具等の修理"] = "repair", ["その他"] = "other" };

    [Fact]
    public void Every_share_is_the_nearest_tenth_and_no_share_is_rounded_twice() => Prop.ForAll<NonNegativeInt, NonNegativeInt>((part, more) =>
    {
        var (c, n) = ((long)part.Get, (long)part.Get + more.Get);
        return n == 0 || Share.Tenths(c, n) == (int)Math.Round(1000m * c / n, MidpointRounding.AwayFromZero);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_printed_shares_of_document_003_have_one_solution_which_adds_to_909()
    {
        Assert.Equal(100.0m, Printed.Values.Sum());
        var counts = Printed.ToDictionary(row => row.Key, row => Enumerable.Range(0, 911).Where(count => Share.Tenths(count, 910) == (int)(row.Value * 10)).ToList());
        Assert.All(counts.Values, found => Assert.Single(found));
        Assert.Equal(909, counts.Values.Sum(found => found[0]));
    }

    [Fact]
    public async Task The_districts_of_the_demo_give_the_printed_figures_within_rounding_and_the_page_says_so()
    {
        var group = await GroupTown.CreateAsync(app);
        var year = DemoDistricts.YearOf(HelpDesk.Today);
        await group.Town.InAsync(async (db, services) =>
        {
            foreach (var name in new[] { "桜小路地区", "本町校区", "緑ヶ丘校区", "くぬぎ原校区" })
            {
                db.HelpGroups.Add(new HelpGroup(db.HelpGroups.First().OrganizationId, name, GroupKind.DistrictCouncil, GroupStage.Active, HelpDesk.Today.AddYears(-3), "試し", new GroupContent(), DateTimeOffset.UtcNow));
            }

            await db.SaveChangesAsync();
            await DemoDistricts.AddAsync(db, services.GetRequiredService<TimeProvider>());
        });
        using var client = await app.SignedInAsync(group.Town, Role.Officer);
        var page = await client.GetPageAsync($"mutual-help-reports?from={year.Starts:yyyy-MM}&until={year.Ends:yyyy-MM}");
        var facts = page.QuerySelector(".facts")!.TextContent;
        Assert.Contains("761", facts, StringComparison.Ordinal);
        Assert.Contains("910", facts, StringComparison.Ordinal);

        var report = await group.Town.InAsync((_, services) => services.GetRequiredService<HelpFigures>().ReportAsync("", year.Starts, year.Ends));
        var categories = report.Categories.ToDictionary(one => one.Code, one => one.Line.Adjustments);
        var off = Printed.Where(row => Share.Tenths(categories[Words[row.Key]], 910) != (int)(row.Value * 10)).ToList();
        Assert.All(Printed, row => Assert.True(Math.Abs(Share.Tenths(categories[Words[row.Key]], 910) - (int)(row.Value * 10)) <= 1));
        Assert.Equal("その他", Assert.Single(off).Key);
        Assert.Equal(910, categories.Values.Sum());
        const string Note = "足しても100.0%にならないことがあります（この表では100.1%）。";
        Assert.Contains(Note, page.Body!.TextContent, StringComparison.Ordinal);
        foreach (var format in Enum.GetValues<MutualHelpFormat>())
        {
            using var file = new MemoryStream();
            await MutualHelpFiles.WriteAsync(file, report, new ReportMask(5), format, TestContext.Current.CancellationToken);
            file.Position = 0;
            var text = format == MutualHelpFormat.Xlsx ? string.Join('\n', Sasaeai.Tables.TableReader.Open(file, "x.xlsx").Rows.Select(row => row["名前"])) : System.Text.Encoding.UTF8.GetString(file.ToArray());
            Assert.Contains(Note, text, StringComparison.Ordinal);
        }

        Assert.Equal(12, report.Months.Count);
        Assert.Equal(761, report.Months.Sum(month => month.Line.Consultations));
    }

    [Fact]
    public async Task Visits_count_by_the_day_they_were_made_and_only_approved_reports_count()
    {
        var group = await GroupTown.CreateAsync(app, rules: rules => rules with { Payment = Sasaeai.Features.Tariffs.PaymentMode.Free });
        var (monthAgo, today) = (HelpDesk.Today.AddDays(-40), HelpDesk.Today);
        foreach (var (day, helper, approve) in new[] { (monthAgo, 0, true), (today, 0, true), (today, 1, true), (today, 2, false) })
        {
            var visit = await group.AskAsync(day: day);
            await group.GiveAsync(visit, helper);
            var report = await group.ReportAsync(visit, day, new TimeOnly(10, 0), new TimeOnly(10, 45));
            if (approve)
            {
                await group.ApproveAsync(report);
            }
        }

        var all = await group.Town.InAsync((_, services) => services.GetRequiredService<HelpFigures>().ReportAsync("", monthAgo, today));
        Assert.Equal((3, 135L), (all.Total.Visits, all.Total.Minutes));
        Assert.Equal((2, 1), (all.Helpers, all.Users));
        Assert.Equal("66.7%", all.Continuity);                     // two of three by the same helper
        var now = await group.Town.InAsync((_, services) => services.GetRequiredService<HelpFigures>().ReportAsync("", today, today));
        Assert.Equal(2, now.Total.Visits);

        using var keeper = await group.KeeperAsync();
        var page = await keeper.GetPageAsync($"mutual-help-reports?from={monthAgo:yyyy-MM}&until={today:yyyy-MM}");
        var link = page.QuerySelectorAll("a").First(a => a.GetAttribute("href")!.Contains("what=visits", StringComparison.Ordinal));
        var records = await keeper.GetPageAsync(link.GetAttribute("href")!);
        Assert.Equal(3, records.QuerySelectorAll("tbody tr").Length);

        var people = await keeper.GetPageAsync(page.QuerySelectorAll("a").First(a => a.TextContent == "人ごとの集計").GetAttribute("href")!);
        var tables = people.QuerySelectorAll("table").Select(table => table.QuerySelectorAll("tbody tr").Select(row => string.Join(' ', row.Children.Select(cell => cell.TextContent))).ToList()).ToList();
        Assert.Equal(["1　会員 1郎 2回 1時間30分 1人", "2　会員 2郎 1回 45分 1人"], tables[0]);
        Assert.Equal("年齢が不明 1人 3回 2時間15分", tables[1][^1]);
        using var officer = await app.SignedInAsync(group.Town, Role.Officer);
        Assert.Equal(System.Net.HttpStatusCode.Forbidden, (await officer.GetAsync($"mutual-help-reports/people?group={group.GroupId}", TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task Each_month_says_how_familiar_and_how_uneven_the_help_was()
    {
        var group = await GroupTown.CreateAsync(app, rules: rules => rules with { Payment = Sasaeai.Features.Tariffs.PaymentMode.Free });
        var day = new DateOnly(HelpDesk.Today.Year, HelpDesk.Today.Month, 1).AddMonths(-1);
        foreach (var (user, helper, minutes, later) in new[] { (0, 0, 60, 0), (0, 0, 60, 1), (0, 1, 30, 2), (1, 2, 30, 3) })
        {
            var visit = await group.AskAsync(user, day: day.AddDays(later), minutes: minutes);
            await group.GiveAsync(visit, helper, "試し");
            await group.ApproveAsync(await group.ReportAsync(visit, day.AddDays(later), new TimeOnly(10, 0), new TimeOnly(10, 0).AddMinutes(minutes)));
        }

        var load = Assert.Single((await group.Town.InAsync((_, services) => services.GetRequiredService<HelpFigures>().ReportAsync("", day, HelpDesk.Today))).Loads);
        Assert.Equal((4, 3, 3, 30, 120), (load.Made, load.Usual, load.Helpers, load.MedianMinutes, load.MostMinutes));
        using var keeper = await group.KeeperAsync();
        var row = (await keeper.GetPageAsync($"mutual-help-reports?group={group.GroupId}&from={day:yyyy-MM}&until={day:yyyy-MM}")).QuerySelectorAll("table").First(table => table.TextContent.Contains("顔なじみ", StringComparison.Ordinal)).QuerySelector("tbody tr")!;
        Assert.Equal(["75.0%", "3人", "30分", "2時間", "4.0"], row.QuerySelectorAll("td").Select(cell => cell.TextContent));
    }

    [Fact]
    public async Task Staff_see_counts_with_small_ones_hidden_and_never_the_records()
    {
        var group = await GroupTown.CreateAsync(app);
        await group.AskAsync();
        using var officer = await app.SignedInAsync(group.Town, Role.Officer);
        var page = await officer.GetPageAsync($"mutual-help-reports?group={group.GroupId}");
        Assert.Contains("5未満", page.QuerySelector("tbody")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("5件未満", page.QuerySelector("dl")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("未満件", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Empty(page.QuerySelectorAll("a[href*='mutual-help-reports/records']"));
        Assert.DoesNotContain("郎", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        var refused = await officer.GetAsync($"mutual-help-reports/records?group={group.GroupId}&from=2026-01-01&until=2026-12-31&what=adjustments", TestContext.Current.CancellationToken);
        Assert.Equal(System.Net.HttpStatusCode.Forbidden, refused.StatusCode);
        using var file = await officer.GetAsync("mutual-help-reports?handler=Table&format=csv", TestContext.Current.CancellationToken);
        Assert.Contains("5未満", await file.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(MutualHelpFormat.Json)]
    [InlineData(MutualHelpFormat.Html)]
    [InlineData(MutualHelpFormat.Xlsx)]
    public async Task The_report_is_written_as_a_file(MutualHelpFormat format)
    {
        var group = await GroupTown.CreateAsync(app, users: 6);
        for (var user = 0; user < 6; user++)
        {
            await group.AskAsync(user);
        }

        var report = await group.Town.InAsync((_, services) => services.GetRequiredService<HelpFigures>().ReportAsync("<見本>", HelpDesk.Today, HelpDesk.Today));
        using var output = new MemoryStream();
        await MutualHelpFiles.WriteAsync(output, report, new ReportMask(5), format, TestContext.Current.CancellationToken);
        var text = System.Text.Encoding.UTF8.GetString(output.ToArray());
        switch (format)
        {
            case MutualHelpFormat.Json:
                using (var json = JsonDocument.Parse(text))
                {
                    Assert.Equal(6, json.RootElement.GetProperty("total").GetProperty("adjustments").GetInt32());
                    Assert.Equal("5未満", json.RootElement.GetProperty("groups")[0].GetProperty("helpers").GetString());
                }

                break;
            case MutualHelpFormat.Html:
                Assert.Contains("&lt;見本&gt;", text, StringComparison.Ordinal);
                Assert.Contains("<td>6</td>", text, StringComparison.Ordinal);
                break;
            default:
                Assert.StartsWith("PK", text, StringComparison.Ordinal);
                break;
        }
    }
}
