using System.Text.RegularExpressions;
using Sasaeai.Features.Resources.Schedules;
using Sasaeai.Japanese;
using F = Sasaeai.Features.Imports.ResourceColumns;

namespace Sasaeai.Features.Imports;

/// <summary>The schedule of a row: one written text, or weekdays and times in columns of their own, or the days of an event.</summary>
public static partial class ScheduleReading
{
    public static Schedule Schedule(this ImportRow row, Schedule otherwise)
    {
        var written = row[F.Schedule];
        var schedule = row.Has(F.FirstDay) && row[F.FirstDay] != "" ? OfEvent(row)
            : row.Has(F.Weekdays) && row[F.Weekdays] != "" ? OfWeekdays(row)
            : !row.Has(F.Schedule) ? otherwise
            : written == Written(otherwise) ? otherwise with { Closures = row.Has(F.Closures) ? [] : otherwise.Closures }
            : Read(row, F.Schedule, written);
        return row.Has(F.Closures) ? WithClosures(row, schedule) : schedule;
    }

    /// <summary>The days and times as the column 開催日 carries them.</summary>
    public static string Written(Schedule schedule) => (schedule with { Closures = [] }).InJapanese();

    /// <summary>The closures as the column 休止 carries them: 2026-08-13〜2026-08-15 お盆.</summary>
    public static string WrittenClosures(Schedule schedule) =>
        string.Join('；', schedule.Closures.Select(closure => $"{closure.From:yyyy-MM-dd}〜{closure.To:yyyy-MM-dd} {closure.Reason}".Trim()));

    private static Schedule Read(ImportRow row, string field, string text)
    {
        var (schedule, unread) = ScheduleReader.Read(text);
        if (unread.Count > 0)
        {
            row.Warn(field, $"「{string.Join("」「", unread)}」は曜日・時刻として読めないため、文のまま残しました。");
        }

        return schedule;
    }

    private static Schedule OfWeekdays(ImportRow row)
    {
        var days = FieldReading.Plain(row[F.Weekdays]);
        days = RunOfWeekdays().IsMatch(days) ? "毎週" + string.Join('・', days.Where(c => "月火水木金土日祝".Contains(c, StringComparison.Ordinal))) : days;
        var (starts, ends) = (Time(row, F.Starts), Time(row, F.Ends));
        var schedule = Read(row, F.Weekdays, starts is null ? days : $"{days} {starts:H\\:mm}〜{ends:H\\:mm}");
        string?[] notes = [schedule.Note, UnreadTime(row, F.Starts, "開始"), UnreadTime(row, F.Ends, "終了"), row[F.TimeNote]];
        var note = string.Join('、', notes.Where(part => !string.IsNullOrEmpty(part)));
        return schedule with { Note = note == "" ? null : note };
    }

    private static Schedule OfEvent(ImportRow row)
    {
        var (first, last) = (row.Date(F.FirstDay, null), row.Date(F.LastDay, null));
        if (first is not { } from)
        {
            return new Schedule();
        }

        var (starts, ends) = (Time(row, F.Starts), Time(row, F.Ends));
        var rule = new ScheduleRule { Repeats = Repeats.Daily, From = from, Until = last ?? from, Starts = starts, Ends = ends };
        if (rule.Problems().FirstOrDefault() is { } problem)
        {
            row.Refuse(F.FirstDay, problem);
        }

        return new Schedule { Rules = [rule], Note = row[F.TimeNote] is { Length: > 0 } note ? note : null };
    }

    private static TimeOnly? Time(ImportRow row, string field) =>
        ClockTime().Match(FieldReading.Plain(row[field])) is { Success: true } match
        && int.Parse(match.Groups["hour"].ValueSpan) is < 24 and var hour && int.Parse("0" + match.Groups["minute"].Value) is < 60 and var minute
            ? new TimeOnly(hour, minute) : null;

    /// <summary>「日没」「24」: no time of day; kept as text.</summary>
    private static string? UnreadTime(ImportRow row, string field, string word)
    {
        if (row[field] == "" || Time(row, field) is not null)
        {
            return null;
        }

        row.Warn(field, "時刻として読めないため、文のまま残しました。");
        return $"{word} {row[field]}";
    }

    private static Schedule WithClosures(ImportRow row, Schedule schedule)
    {
        var closures = new List<Closure>(schedule.Closures);
        foreach (var part in FieldReading.List(row[F.Closures]))
        {
            var match = Span().Match(part);
            if (match.Success && Wareki.TryReadDate(match.Groups["from"].Value, out var from) && (match.Groups["to"].Value == "" || Wareki.TryReadDate(match.Groups["to"].Value, out _)))
            {
                DateOnly? to = Wareki.TryReadDate(match.Groups["to"].Value, out var day) ? day : null;
                if (to < from)
                {
                    row.Refuse(F.Closures, "休みの終わりの日が、始まりの日より前になっています。");
                }

                closures.Add(new Closure(from, to, match.Groups["reason"].Value is { Length: > 0 } reason ? reason : null));
            }
            else
            {
                row.Refuse(F.Closures, "休止の期間として読めません。「2026-08-13〜2026-08-15 理由」の形に直してください。");
            }
        }

        return schedule with { Closures = [.. closures.Distinct()] };
    }

    [GeneratedRegex("^[月火水木金土日祝曜、・,;；\\s]+$")]
    private static partial Regex RunOfWeekdays();

    [GeneratedRegex("^(?<hour>[0-9]{1,2})(?::|時)?(?<minute>[0-9]{2})?(?::[0-9]{2}|分)?$")]
    private static partial Regex ClockTime();

    [GeneratedRegex(@"^(?<from>[^〜～\s]+)\s*[〜～]\s*(?<to>[^\s]*)\s*(?<reason>.*)$")]
    private static partial Regex Span();
}
