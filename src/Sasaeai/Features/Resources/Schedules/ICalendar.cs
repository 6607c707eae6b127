using System.Globalization;
using System.Numerics;
using System.Text;
using Sasaeai.Japanese;

namespace Sasaeai.Features.Resources.Schedules;

/// <summary>An activity in a calendar. Url: absolute. ChangedAt: last change of the activity.</summary>
public sealed record ICalendarEntry(Guid Id, string Name, Schedule Schedule, string? Place, string? Description, string? Url, DateTimeOffset ChangedAt);

/// <summary>Writes calendars that phones and computers subscribe to (RFC 5545, time zone Asia/Tokyo).</summary>
public static class ICalendar
{
    /// <summary>Holidays and closures are taken out, and added holidays put in, up to this many months from today.</summary>
    const int MonthsAhead = 13;
    const int LongestLine = 75; // octets, RFC 5545 section 3.1

    /// <summary>
    /// One event for each rule, as UID the entry's id and the rule's place. Fortnights without a first date and notes give no event;
    /// a rule without a clock time becomes a whole day. The same input gives the same text.
    /// </summary>
    public static string Write(string calendarName, IEnumerable<ICalendarEntry> entries, Holidays holidays, DateOnly today)
    {
        var text = new StringBuilder();
        Line(text, "BEGIN:VCALENDAR");
        Line(text, "VERSION:2.0");
        Line(text, "PRODID:-//Sasaeai//Sasaeai//JA");
        Line(text, "CALSCALE:GREGORIAN");
        Line(text, "METHOD:PUBLISH");
        Line(text, $"X-WR-CALNAME:{Escaped(calendarName)}");
        Line(text, "X-WR-TIMEZONE:Asia/Tokyo");
        foreach (var line in (string[])["BEGIN:VTIMEZONE", "TZID:Asia/Tokyo", "BEGIN:STANDARD", "DTSTART:19700101T000000", "TZOFFSETFROM:+0900", "TZOFFSETTO:+0900", "TZNAME:JST", "END:STANDARD", "END:VTIMEZONE"])
            Line(text, line);
        foreach (var entry in entries)
            for (var number = 0; number < entry.Schedule.Rules.Count; number++)
                WriteEvent(text, entry, number, holidays, today);
        Line(text, "END:VCALENDAR");
        return text.ToString();
    }

    static void WriteEvent(StringBuilder text, ICalendarEntry entry, int number, Holidays holidays, DateOnly today)
    {
        var rule = entry.Schedule.Rules[number];
        var begin = rule.From ?? new DateOnly(entry.ChangedAt.Year, 1, 1);
        var until = EndOf(rule, entry.Schedule);
        if (FirstDay(rule, begin, until, holidays) is not { } first)
            return;
        var horizon = Earliest(today.AddMonths(MonthsAhead), until);
        var listed = DaysBetween(first, horizon, rule.PlainDaysIn);
        var held = DaysBetween(first, horizon, (year, month) => rule.DaysIn(year, month, holidays)).Where(day => !entry.Schedule.IsClosedOn(day)).ToHashSet();
        var repeats = rule.ToRRule(until);
        if (held.Count == 0 && repeats is null)
            return;

        Line(text, "BEGIN:VEVENT");
        Line(text, $"UID:{entry.Id:D}-{number + 1}@sasaeai");
        Line(text, $"DTSTAMP:{Utc(entry.ChangedAt)}");
        Line(text, $"LAST-MODIFIED:{Utc(entry.ChangedAt)}");
        Line(text, $"DTSTART{Moment(rule.Starts, [first])}");
        if (rule.Ends is { } ends)
            Line(text, $"DTEND{Moment(ends, [first])}");
        if (repeats is not null)
            Line(text, $"RRULE:{repeats}");
        if (listed.Append(first).Distinct().Where(day => !held.Contains(day)).ToList() is { Count: > 0 } left)
            Line(text, $"EXDATE{Moment(rule.Starts, left)}");
        if (held.Except(listed).Where(day => day != first).Order().ToList() is { Count: > 0 } added)
            Line(text, $"RDATE{Moment(rule.Starts, added)}");
        Line(text, $"SUMMARY:{Escaped(entry.Name + rule.Part switch { PartOfDay.Morning => "(午前)", PartOfDay.Afternoon => "(午後)", _ => "" })}");
        if (!string.IsNullOrWhiteSpace(entry.Place))
            Line(text, $"LOCATION:{Escaped(entry.Place)}");
        if (!string.IsNullOrWhiteSpace(entry.Description))
            Line(text, $"DESCRIPTION:{Escaped(entry.Description)}");
        if (!string.IsNullOrWhiteSpace(entry.Url))
            Line(text, $"URL:{OneLine(entry.Url)}");
        Line(text, "TRANSP:TRANSPARENT");
        Line(text, "END:VEVENT");
    }

    /// <summary>A closure until further notice ends the recurrence.</summary>
    static DateOnly? EndOf(ScheduleRule rule, Schedule schedule)
    {
        var until = rule.Until;
        foreach (var closure in schedule.Closures.Where(closure => closure.To is null))
            until = Earliest(closure.From.AddDays(-1), until);
        return until;
    }

    /// <summary>The day of DTSTART: a recurrence counts from it, so it must be one of its days whether or not that day is a holiday.</summary>
    static DateOnly? FirstDay(ScheduleRule rule, DateOnly begin, DateOnly? until, Holidays holidays)
    {
        var end = Earliest(begin.AddYears(5), until);
        var isOnlyHolidays = rule.Repeats == Repeats.Weekly && rule.Weekdays == Weekdays.None;
        var days = DaysBetween(begin, end, isOnlyHolidays ? (year, month) => rule.DaysIn(year, month, holidays) : rule.PlainDaysIn);
        return days.Select(day => (DateOnly?)day).FirstOrDefault();
    }

    static IEnumerable<DateOnly> DaysBetween(DateOnly from, DateOnly to, Func<int, int, uint> daysIn)
    {
        for (var month = from.Year * 12 + from.Month - 1; month <= to.Year * 12 + to.Month - 1; month++)
            for (var days = daysIn(month / 12, month % 12 + 1) & MonthBits.Between(month / 12, month % 12 + 1, from, to); days != 0; days &= days - 1)
                yield return new(month / 12, month % 12 + 1, BitOperations.TrailingZeroCount(days));
    }

    static DateOnly Earliest(DateOnly day, DateOnly? other) => other < day ? other.Value : day;

    static string Moment(TimeOnly? time, IEnumerable<DateOnly> days) => time is { } clock
        ? $";TZID=Asia/Tokyo:{string.Join(',', days.Select(day => day.ToDateTime(clock).ToString("yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture)))}"
        : $";VALUE=DATE:{string.Join(',', days.Select(day => day.ToString("yyyyMMdd", CultureInfo.InvariantCulture)))}";

    static string Utc(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    static string Escaped(string text) => OneLine(text
        .Replace("\\", "\\\\", StringComparison.Ordinal).Replace(";", "\\;", StringComparison.Ordinal).Replace(",", "\\,", StringComparison.Ordinal)
        .Replace("\r\n", "\\n", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal).Replace("\r", "\\n", StringComparison.Ordinal));

    /// <summary>Without control characters, which would end the line or are not allowed in it.</summary>
    static string OneLine(string text) => string.Concat(text.Where(c => !char.IsControl(c)));

    static void Line(StringBuilder text, string line)
    {
        var octets = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            if (octets + rune.Utf8SequenceLength > LongestLine)
            {
                text.Append("\r\n ");
                octets = 1;
            }
            text.Append(rune.ToString());
            octets += rune.Utf8SequenceLength;
        }
        text.Append("\r\n");
    }
}
