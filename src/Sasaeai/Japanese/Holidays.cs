using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;

namespace Sasaeai.Japanese;

/// <summary>National holidays (国民の祝日・休日) with their names. Unchangeable.</summary>
public sealed class Holidays
{
    readonly FrozenDictionary<DateOnly, string> names;
    readonly FrozenDictionary<(int Year, int Month), uint> months;

    public Holidays(IEnumerable<KeyValuePair<DateOnly, string>> days)
    {
        names = days.ToFrozenDictionary();
        months = names.Keys
            .GroupBy(day => (day.Year, day.Month), day => 1u << day.Day)
            .ToFrozenDictionary(month => month.Key, month => month.Aggregate((all, day) => all | day));
    }

    public static Holidays None { get; } = new([]);

    public int Count => names.Count;

    public IEnumerable<KeyValuePair<DateOnly, string>> Days => names;

    public bool Contains(DateOnly day) => names.ContainsKey(day);

    /// <summary>「元日」; null when the day is no holiday.</summary>
    public string? NameOf(DateOnly day) => names.GetValueOrDefault(day);

    /// <summary>The holidays of a month as bits: bit 1 is the first day, bit 31 the last.</summary>
    public uint DaysIn(int year, int month) => months.GetValueOrDefault((year, month));

    /// <summary>Reads the Cabinet Office's list (内閣府 syukujitsu.csv, decoded): a heading, then <c>2026/1/1,元日</c>.</summary>
    /// <exception cref="FormatException">A line is not a date and a name; the message names the line.</exception>
    public static Holidays Parse(TextReader csv)
    {
        var days = new Dictionary<DateOnly, string>();
        csv.ReadLine();
        for (var number = 2; csv.ReadLine() is { } line; number++)
        {
            if (line.Length == 0)
                continue;
            if (line.Split(',') is not [var date, var name, ..] || !DateOnly.TryParseExact(date, "yyyy/M/d", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
                throw new FormatException($"祝日の一覧の{number}行目「{line}」は、日付と名称として読めません。");
            days[day] = name;
        }
        return new(days);
    }

    /// <summary>Reads <c>{ "2026-01-01": "元日" }</c>, or <c>{ "2026-01-01": { "name": "元日", … } }</c> as the npm package @holiday-jp/holiday_jp holds it.</summary>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    /// <exception cref="FormatException">A key is not a date, or its name is missing.</exception>
    public static Holidays FromJson(Stream json)
    {
        using var document = JsonDocument.Parse(json);
        return new(document.RootElement.EnumerateObject().Select(day =>
            DateOnly.TryParseExact(day.Name, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && NameIn(day.Value) is { } name
                ? KeyValuePair.Create(date, name)
                : throw new FormatException($"祝日の一覧の「{day.Name}」は、日付と名称として読めません。")));
    }

    static string? NameIn(JsonElement day) => day.ValueKind switch
    {
        JsonValueKind.String => day.GetString(),
        JsonValueKind.Object when day.TryGetProperty("name", out var name) => name.GetString(),
        _ => null,
    };
}
