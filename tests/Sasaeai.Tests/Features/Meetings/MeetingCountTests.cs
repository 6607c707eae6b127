using FsCheck;
using FsCheck.Fluent;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Meetings;

namespace Sasaeai.Tests.Features.Meetings;

public class MeetingCountTests(TestApp app)
{
    [Fact]
    public async Task Each_figure_leads_to_its_meetings_and_to_a_file()
    {
        var town = await app.CreateTownAsync();
        var council = await town.AddCouncilAsync();
        for (var n = 0; n < 3; n++)
        {
            await town.AddMeetingAsync(new DateOnly(2019, 5, 1).AddMonths(n), council, counted: true, series: "気楽にいこう会（座談会等）");
        }

        await town.AddMeetingAsync(new DateOnly(2019, 4, 30));
        await town.AddMeetingAsync(new DateOnly(2019, 3, 31));
        using var officer = await app.SignedInAsync(town, Role.Officer);
        var page = await officer.GetPageAsync("meetings/counts?from=H30&to=R1");

        var cells = page.QuerySelectorAll("table")[1].QuerySelectorAll("tbody tr").Select(row => string.Join(' ', row.Children.Select(cell => cell.TextContent.Trim()))).ToList();
        Assert.Equal(["第1圏域 関係者会議 1回 1回", "第1圏域 気楽にいこう会（座談会等） 0回 3回"], cells);
        Assert.Equal("第2層 0回 3回", string.Join(' ', page.QuerySelector("tbody tr:nth-child(2)")!.Children.Select(cell => cell.TextContent.Trim())));
        foreach (var link in page.QuerySelectorAll("main td a"))
        {
            var list = await officer.GetPageAsync(link.GetAttribute("href")!);
            Assert.Equal(link.TextContent, $"{list.QuerySelectorAll("tbody tr").Length}回");
        }

        var csv = await officer.GetStringAsync("meetings/counts?handler=Table&table=areas&format=csv&from=H30&to=R1", TestContext.Current.CancellationToken);
        Assert.Contains("第1圏域,気楽にいこう会（座談会等）,0,3", csv);
    }

    [Fact]
    public async Task The_share_of_care_conferences_counts_those_with_at_least_one_coordinator()
    {
        var town = await app.CreateTownAsync();
        var email = await town.AddAccountAsync(Role.Coordinator);
        for (var n = 0; n < 3; n++)
        {
            var meeting = await town.AddMeetingAsync(new DateOnly(2019, 6, 1).AddMonths(n), kind: "care-area");
            await town.InAsync(async (db, _) =>
            {
                var account = await db.Accounts.SingleAsync(one => one.Email == email);
                db.Add(Attendance.Of(meeting, account, present: n < 2, AttendanceWay.Typed, DateTimeOffset.UtcNow));
                await db.SaveChangesAsync();
            });
        }

        using var officer = await app.SignedInAsync(town, Role.Officer);
        var rows = (await officer.GetPageAsync("meetings/counts?from=R1&to=R1")).QuerySelectorAll("table")[2].QuerySelectorAll("tbody tr").Select(row => string.Join(' ', row.Children.Skip(1).Select(cell => cell.TextContent.Trim()))).ToList();

        Assert.Equal(["開いた回数 3回", "SCが出席した回数 2回", "出席したSC（延べ） 2人", "参加割合 67%"], rows);
    }

    [Fact]
    public void A_percentage_is_rounded_half_up_from_whole_numbers() => Prop.ForAll(ArbMap.Default.ArbFor<PositiveInt>(), ArbMap.Default.ArbFor<NonNegativeInt>(), (held, attended) =>
    {
        var some = Math.Min(attended.Get, held.Get);
        return new CareShare(2019, "care-area", held.Get, some, some).Percent == (int)Math.Round(100m * some / held.Get, MidpointRounding.AwayFromZero);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public async Task Five_thousand_meetings_are_listed_from_an_index()
    {
        var town = await app.CreateTownAsync();
        var council = await town.AddCouncilAsync();
        await town.AddMeetingAsync(new DateOnly(2019, 6, 1), council);
        // Bulk data past the entities and the audit, as no person makes it.
        await town.ScalarAsync($"""
            insert into app.meeting (municipality_id, council_id, kind_code, name, fiscal_year, held_on, area_id, layer, counts_as_council, created_at, created_by)
            select {town.Id}, case when n % 10 = 0 then '{council}'::uuid end, 'related', '会議 ' || n, extract(year from day) - case when extract(month from day) < 4 then 1 else 0 end, day,
              (select area_id from app.council where id = '{council}'), 2, false, now(), 'x'
            from generate_series(1, 5000) n, lateral (select date '2016-04-01' + (n * 7 / 10) as day) d
            """);
        await town.ScalarAsync("analyze app.meeting");
        foreach (var sql in new[] { "held_on between '2024-05-01' and '2024-05-31' order by held_on desc, id limit 50", $"council_id = '{council}' order by held_on desc, id limit 20" })
        {
            var plan = new List<string>();
            await using var reader = await app.Owner.CreateCommand($"explain select id from app.meeting where municipality_id = {town.Id} and {sql}").ExecuteReaderAsync(TestContext.Current.CancellationToken);
            while (await reader.ReadAsync(TestContext.Current.CancellationToken))
            {
                plan.Add(reader.GetString(0));
            }

            Assert.Contains(plan, line => line.Contains("Index", StringComparison.Ordinal));
            Assert.DoesNotContain(plan, line => line.Contains("Seq Scan", StringComparison.Ordinal));
        }
    }
}
