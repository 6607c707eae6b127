using System.Globalization;
using Sasaeai.Japanese;

namespace Sasaeai.Features.Resources.Schedules;

public sealed partial record ScheduleRule
{
    /// <summary>As people write it: 「毎週火曜 10:00〜11:30（祝日は休み）」「第2・第4木曜 午後」「毎月15日」.</summary>
    public string InJapanese() => string.Concat(
        Months.IsEmpty ? "" : $"{MonthsInJapanese()} ",
        DaysInJapanese(),
        Time() is { Length: > 0 } time ? $" {time}" : "",
        Bracketed(RestInJapanese()),
        Bracketed(ValidityInJapanese()));

    bool IsWorkdays => this is { Repeats: Repeats.Weekly, Weekdays: WeekdaysExtensions.MondayToFriday, OnHolidays: OnHolidays.Closed };
    bool IsDateRange => this is { Repeats: Repeats.Daily, From: not null, Until: not null };

    string DaysInJapanese() => Repeats switch
    {
        Repeats.Daily when IsSingleDay => Wareki.WithWeekday(From!.Value),
        Repeats.Daily when IsDateRange => $"{Wareki.WithWeekday(From!.Value)}〜{Wareki.WithWeekday(Until!.Value)}",
        Repeats.Daily => "毎日",
        Repeats.Weekly when IsWorkdays => "平日",
        Repeats.Weekly when Weekdays == Weekdays.None => "祝日",
        Repeats.Weekly => $"毎週{InJapanese(Weekdays)}{(OnHolidays == OnHolidays.AlsoOpen ? "・祝日" : "")}",
        Repeats.Fortnightly => $"隔週{InJapanese(Weekdays)}",
        Repeats.MonthlyByWeekday => $"{WeeksInJapanese()}{InJapanese(Weekdays)}",
        _ => $"毎月{string.Join('・', MonthDays.Select(day => $"{day}日"))}",
    };

    string WeeksInJapanese() => string.Join('・', Enumerable.Range(0, 6)
        .Where(week => ((int)Weeks & 1 << week) != 0)
        .Select(week => week == 5 ? "最終" : $"第{week + 1}"));

    string MonthsInJapanese()
    {
        var months = Months;
        if (months.Count == 6 && (months.All(month => month % 2 == 0) || months.All(month => month % 2 == 1)))
            return months.Contains(2) ? "偶数月" : "奇数月";
        var firsts = months.Where(month => !months.Contains((month + 10) % 12 + 1)).ToList();
        return firsts is [var first] && months.Count > 1
            ? $"{first}月〜{(first + months.Count - 2) % 12 + 1}月"
            : string.Join('・', months.Select(month => $"{month}月"));
    }

    string Time() => Part switch
    {
        PartOfDay.Morning => "午前",
        PartOfDay.Afternoon => "午後",
        PartOfDay.WholeDay => "終日",
        _ => Starts is { } starts ? $"{Clock(starts)}〜{(Ends is { } ends ? Clock(ends) : "")}" : "",
    };

    string RestInJapanese()
    {
        var holidays = OnHolidays == OnHolidays.Closed && !IsWorkdays ? "祝日" : "";
        var days = ExceptWeekdays == Weekdays.None ? holidays : $"{InJapanese(ExceptWeekdays)}{(holidays == "" ? "" : "・祝日")}";
        return days == "" ? "" : $"{days}は休み";
    }

    string ValidityInJapanese() => IsDateRange
        ? ""
        : $"{(From is { } from ? $"{Wareki.Date(from)}から" : "")}{(Until is { } until ? $"{Wareki.Date(until)}まで" : "")}";

    static string InJapanese(Weekdays days)
    {
        var all = days.FromMonday().ToList();
        var inARow = all.Count >= 3 && all[^1] - all[0] == all.Count - 1;
        return (inARow ? $"{Name(all[0])}〜{Name(all[^1])}" : string.Join('・', all.Select(Name))) + "曜";
    }

    static char Name(int fromMonday) => ScheduleReader.WeekdayNames[fromMonday];

    /// <summary>A time before six without 午前 would be taken for the afternoon.</summary>
    static string Clock(TimeOnly time) => (time.Hour < 6 ? "午前" : "") + time.ToString("H:mm", CultureInfo.InvariantCulture);

    static string Bracketed(string text) => text == "" ? "" : $"（{text}）";
}
