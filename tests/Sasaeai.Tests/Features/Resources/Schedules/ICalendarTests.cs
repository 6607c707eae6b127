using System.Text;
using Sasaeai.Features.Resources.Schedules;
using Sasaeai.Japanese;

namespace Sasaeai.Tests.Features.Resources.Schedules;

public class ICalendarTests
{
    static readonly Holidays Holidays = new(new Dictionary<DateOnly, string> { [new(2026, 11, 3)] = "文化の日", [new(2026, 11, 23)] = "勤労感謝の日" });
    static readonly DateOnly Today = new(2026, 11, 21);

    static string Write(string schedule, string name = "ひまわり体操", string? place = null) => ICalendar.Write("みほん市の通いの場",
        [new(Guid.Parse("11111111-2222-3333-4444-555555555555"), name, ScheduleReader.Read(schedule).Schedule, place, null, "https://example.jp/mihon/resources/1", new(2026, 10, 1, 9, 0, 0, TimeSpan.FromHours(9)))], Holidays, Today);

    static List<string> Lines(string calendar) => [.. calendar.Replace("\r\n ", "").Split("\r\n")];

    [Fact]
    public void A_weekly_activity_recurs_without_holidays_and_closures()
    {
        var lines = Lines(Write("毎週火曜 10:00〜11:30(祝日は休み)\n令和8年12月28日〜令和9年1月3日は休み"));
        Assert.Contains("DTSTART;TZID=Asia/Tokyo:20260106T100000", lines);
        Assert.Contains("DTEND;TZID=Asia/Tokyo:20260106T113000", lines);
        Assert.Contains("RRULE:FREQ=WEEKLY;BYDAY=TU", lines);
        Assert.Contains("EXDATE;TZID=Asia/Tokyo:20261103T100000,20261229T100000", lines);
        Assert.Contains("UID:11111111-2222-3333-4444-555555555555-1@sasaeai", lines);
        Assert.Contains("DTSTAMP:20261001T000000Z", lines);
        Assert.Contains("SUMMARY:ひまわり体操", lines);
    }

    [Fact]
    public void An_activity_without_a_time_takes_the_day_and_one_at_rest_until_further_notice_ends()
    {
        var lines = Lines(Write("第2木曜 午後\n令和8年12月1日から休止"));
        Assert.Contains("DTSTART;VALUE=DATE:20260108", lines);
        Assert.Contains("RRULE:FREQ=MONTHLY;BYDAY=2TH;UNTIL=20261130", lines);
        Assert.Contains("SUMMARY:ひまわり体操(午後)", lines);
    }

    [Fact]
    public void Holidays_on_which_it_also_runs_are_added() =>
        Assert.Contains("RDATE;VALUE=DATE:20261103,20261123", Lines(Write("土日祝")));

    [Fact]
    public void A_single_day_is_one_event_and_a_note_is_none()
    {
        var once = Lines(Write("令和8年12月5日(土) 10:00〜12:00"));
        Assert.Contains("DTSTART;TZID=Asia/Tokyo:20261205T100000", once);
        Assert.DoesNotContain(once, line => line.StartsWith("RRULE"));
        Assert.DoesNotContain("BEGIN:VEVENT", Lines(Write("不定期")));
        Assert.DoesNotContain("BEGIN:VEVENT", Lines(Write("隔週水曜")));
    }

    [Fact]
    public void Lines_are_short_end_as_the_standard_says_and_cut_no_character()
    {
        var name = string.Concat(Enumerable.Repeat("通いの場𠮷野、", 30));
        var calendar = Write("毎日", name);
        Assert.EndsWith("END:VCALENDAR\r\n", calendar);
        Assert.All(calendar.Split("\r\n"), line => Assert.True(Encoding.UTF8.GetByteCount(line) <= 75));
        Assert.DoesNotContain('\n', calendar.Replace("\r\n", ""));
        Assert.DoesNotContain('\uFFFD', Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(calendar)));
        Assert.Contains("SUMMARY:" + name, Lines(calendar));
    }

    [Fact]
    public void Signs_with_a_meaning_are_escaped_and_a_line_cannot_be_smuggled_in()
    {
        var lines = Lines(Write("毎日", "歌, 体操; 茶\\菓\r\nSUMMARY:偽", "公民館\n2階"));
        Assert.Contains(@"SUMMARY:歌\, 体操\; 茶\\菓\nSUMMARY:偽", lines);
        Assert.Contains(@"LOCATION:公民館\n2階", lines);
    }

    [Fact]
    public void The_same_activity_gives_the_same_calendar() => Assert.Equal(Write("毎週火曜"), Write("毎週火曜"));
}
