using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Sasaeai.Features.Resources.Schedules;
using Sasaeai.Japanese;
using Sasaeai.Tests.Japanese;

namespace Sasaeai.Tests.Features.Resources.Schedules;

public class ScheduleTests
{
    static readonly Holidays Holidays = new(new Dictionary<DateOnly, string> { [new(2026, 11, 3)] = "文化の日", [new(2026, 11, 23)] = "勤労感謝の日", [new(2026, 5, 5)] = "こどもの日", [new(2025, 7, 21)] = "海の日" });

    static readonly Gen<Schedule> Schedules =
        from rules in RandomSchedules.Rules.ListOf()
        from closures in RandomSchedules.Closures.ListOf()
        select new Schedule { Rules = [.. rules.Take(4)], Closures = [.. closures.Take(2)] };

    static readonly Arbitrary<(Schedule Schedule, DateOnly Day)> SchedulesAndDays = Schedules.Zip(RandomSchedules.Days).Select(pair => (pair.Item1, pair.Item2)).ToArbitrary();

    static Schedule Read(string written)
    {
        var (schedule, unread) = ScheduleReader.Read(written);
        Assert.Empty(unread);
        return schedule;
    }

    static string Days(string written, DateOnly from, DateOnly to) =>
        string.Join(' ', Read(written).Between(from, to, Holidays).Select(held => held.Day.ToString("M/d")));

    [Theory]
    [InlineData("毎週火曜", "11/3 11/10 11/17 11/24")]
    [InlineData("毎週火曜(祝日は休み)", "11/10 11/17 11/24")]
    [InlineData("第2・第4木曜", "11/12 11/26")]
    [InlineData("最終月曜", "11/30")]
    [InlineData("第5日曜", "11/29")]
    [InlineData("第5火曜", "")]
    [InlineData("毎月10日・31日", "11/10")]
    [InlineData("5のつく日", "11/5 11/15 11/25")]
    [InlineData("土日祝", "11/1 11/3 11/7 11/8 11/14 11/15 11/21 11/22 11/23 11/28 11/29")]
    [InlineData("隔週水曜(令和8年11月11日から)", "11/11 11/25")]
    [InlineData("隔週水曜(令和8年10月1日から)", "11/11 11/25")]
    [InlineData("4月〜10月 毎日", "")]
    [InlineData("毎月15日(日曜は休み)", "")]
    [InlineData("令和8年11月21日(土)", "11/21")]
    [InlineData("令和8年11月29日〜12月2日", "11/29 11/30")]
    [InlineData("毎週金曜\n令和8年11月10日〜20日は休み(会場の工事)", "11/6 11/27")]
    [InlineData("毎週金曜\n令和8年11月10日から休止", "11/6")]
    public void A_month_is_laid_out(string written, string days) => Assert.Equal(days, Days(written, new(2026, 11, 1), new(2026, 11, 30)));

    [Fact]
    public void Times_of_a_day_come_in_order_and_once()
    {
        var held = Read("毎週火曜 13:00〜15:00\n毎週火曜 10:00〜11:30\n第1火曜 10:00〜11:30").Between(new(2026, 12, 1), new(2026, 12, 1), Holidays);
        Assert.Equal([new(new(2026, 12, 1), new(10, 0), new(11, 30)), new(new(2026, 12, 1), new(13, 0), new TimeOnly(15, 0))], held);
    }

    [Fact]
    public void The_next_days_are_found_far_ahead_and_an_ended_activity_has_none()
    {
        Assert.Equal([new(2026, 11, 22), new DateOnly(2026, 11, 29)], Read("毎週日曜").NextDays(new(2026, 11, 21), 2, Holidays));
        Assert.Equal([new(2028, 2, 29)], Read("2月のみ 毎月29日").NextDays(new(2026, 3, 1), 1, Holidays));
        Assert.Empty(Read("令和8年11月20日").NextDays(new(2026, 11, 21), 3, Holidays));
        Assert.Empty(new Schedule { Note = "不定期" }.NextDays(new(2026, 11, 21), 3, Holidays));
    }

    [Fact]
    public void The_official_holidays_are_left_out()
    {
        var days = Read("平日").Between(new(2026, 5, 1), new(2026, 5, 10), SharedData.Holidays()).Select(held => held.Day.Day);
        Assert.Equal([1, 7, 8], days);
    }

    [Fact]
    public void A_month_laid_out_at_once_agrees_with_asking_day_by_day() => Prop.ForAll(SchedulesAndDays, given =>
    {
        var (schedule, from) = given;
        var days = Enumerable.Range(0, 70).Select(from.AddDays).Where(day => schedule.RunsOn(day, Holidays));
        return schedule.Between(from, from.AddDays(69), Holidays).Select(held => held.Day).Distinct().SequenceEqual(days);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_bits_of_a_month_agree_with_the_calendar() => Prop.ForAll(RandomSchedules.Rules.Zip(RandomSchedules.Days).ToArbitrary(), given =>
    {
        var (rule, day) = given;
        var nth = (day.Day - 1) / 7;
        var isLast = day.AddDays(7).Month != day.Month;
        var monday = day.AddDays(-day.DayOfWeek.FromMonday());
        var onDay = rule.Repeats switch
        {
            Repeats.Daily => true,
            Repeats.Weekly => rule.Weekdays.Includes(day) || rule.OnHolidays == OnHolidays.AlsoOpen && Holidays.Contains(day),
            Repeats.Fortnightly => rule.Weekdays.Includes(day) && (monday.DayNumber - rule.From!.Value.AddDays(-rule.From.Value.DayOfWeek.FromMonday()).DayNumber) % 14 == 0,
            Repeats.MonthlyByWeekday => rule.Weekdays.Includes(day) && (rule.Weeks.HasFlag((Weeks)(1 << nth)) || isLast && rule.Weeks.HasFlag(Weeks.Last)),
            _ => rule.MonthDays.Contains(day.Day),
        };
        var expected = onDay && !rule.ExceptWeekdays.Includes(day) && (rule.Months.IsEmpty || rule.Months.Contains(day.Month))
            && !(day < rule.From) && !(day > rule.Until) && !(rule.OnHolidays == OnHolidays.Closed && Holidays.Contains(day));
        return new Schedule { Rules = [rule] }.RunsOn(day, Holidays) == expected;
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void Keys_miss_no_day_on_which_something_runs() => Prop.ForAll(SchedulesAndDays, given =>
        !given.Schedule.RunsOn(given.Day, Holidays) || DayKeys.Of(given.Schedule).Intersect(DayKeys.Of(given.Day, Holidays.Contains(given.Day))).Any())
        .Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void Keys_are_exact_without_months_validity_and_closures() => Prop.ForAll(RandomSchedules.PlainRules().Zip(Gen.OneOf(RandomSchedules.Days.Where(day => day.Year > 2024), Gen.Elements(new DateOnly(2026, 11, 3), new DateOnly(2026, 11, 23)))).ToArbitrary(), given =>
    {
        var schedule = new Schedule { Rules = [given.Item1] };
        var day = given.Item2;
        return schedule.RunsOn(day, Holidays) == DayKeys.Of(schedule).Intersect(DayKeys.Of(day, Holidays.Contains(day))).Any();
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void Keys_of_single_dates_are_exact()
    {
        var schedule = Read("令和8年12月5日〜12月7日(日曜は休み)");
        var found = Enumerable.Range(1, 31).Where(day => DayKeys.Of(schedule).Intersect(DayKeys.Of(new(2026, 12, day), false)).Any());
        Assert.Equal([5, 7], found);
    }

    [Fact]
    public void A_schedule_is_kept_as_readable_JSON()
    {
        var rule = Read("4月〜5月 第2・最終木曜 10:00〜11:30(祝日は休み)").Rules[0];
        Assert.Equal("""{"Repeats":"MonthlyByWeekday","Weekdays":"Thursday","Weeks":"Second, Last","Months":[4,5],"OnHolidays":"Closed","Starts":"10:00:00","Ends":"11:30:00"}""", JsonSerializer.Serialize(rule));
        Prop.ForAll(Schedules.ToArbitrary(), schedule =>
        {
            var kept = JsonSerializer.Deserialize<Schedule>(JsonSerializer.Serialize(schedule))!;
            return kept.Rules.SequenceEqual(schedule.Rules) && kept.Closures.SequenceEqual(schedule.Closures);
        }).QuickCheckThrowOnFailure();
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Numbers>("[32]"));
    }

    [Fact]
    public void A_rule_that_makes_no_sense_is_explained()
    {
        static string Problem(ScheduleRule rule) => Assert.Single(rule.Problems());
        Assert.Equal("曜日を選んでください。", Problem(new() { Repeats = Repeats.Weekly }));
        Assert.Equal("終わりの時刻が、始まりの時刻より後になるようにしてください。", Problem(new() { Repeats = Repeats.Daily, Starts = new(10, 0), Ends = new(9, 0) }));
        Assert.Equal("始まりの時刻を入れてください。", Problem(new() { Repeats = Repeats.Daily, Ends = new(9, 0) }));
        Assert.Equal("終わりの日が、始まりの日より前になっています。", Problem(new() { Repeats = Repeats.Daily, From = new(2026, 2, 1), Until = new(2026, 1, 1) }));
        Assert.Equal("第何週かは、毎月の曜日で決めるときに選んでください。", Problem(new() { Repeats = Repeats.MonthlyByWeekday, Weekdays = Weekdays.Monday }));
        Assert.Equal("毎月の日にちは、日にちで決めるときに選んでください。", Problem(new() { Repeats = Repeats.MonthlyByDay }));
        Assert.Equal("休みの終わりの日が、始まりの日より前になっています。", Assert.Single(new Schedule { Closures = [new(new(2026, 2, 1), new(2026, 1, 1), null)] }.Problems()));
        Prop.ForAll(RandomSchedules.Rules.ToArbitrary(), rule => !rule.Problems().Any()).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("毎週火曜", "FREQ=WEEKLY;BYDAY=TU")]
    [InlineData("第2・第4木曜", "FREQ=MONTHLY;BYDAY=2TH,4TH")]
    [InlineData("最終金曜", "FREQ=MONTHLY;BYDAY=-1FR")]
    [InlineData("毎月15日", "FREQ=MONTHLY;BYMONTHDAY=15")]
    [InlineData("毎月15日(日曜は休み)", "FREQ=MONTHLY;BYMONTHDAY=15;BYDAY=MO,TU,WE,TH,FR,SA")]
    [InlineData("隔週水曜(令和8年12月2日から)", "FREQ=WEEKLY;INTERVAL=2;WKST=MO;BYDAY=WE")]
    [InlineData("毎日", "FREQ=DAILY")]
    [InlineData("4月〜5月 毎週月曜 10:00〜(令和9年3月31日まで)", "FREQ=WEEKLY;BYMONTH=4,5;BYDAY=MO;UNTIL=20270331T145959Z")]
    [InlineData("令和8年12月5日", "")]
    public void Recurrence_is_also_given_as_the_standard_writes_it(string written, string rule) => Assert.Equal(rule, string.Join(' ', Read(written).ToRRules()));

    [Fact]
    public void The_weekdays_of_a_schedule_are_known_for_finding()
    {
        Assert.Equal(Weekdays.Tuesday | Weekdays.Saturday, Read("毎週火曜\n令和8年12月5日").Weekdays);
        Assert.Equal(WeekdaysExtensions.EveryDay & ~Weekdays.Monday, Read("毎日(月曜は休み)").Weekdays);
    }
}
