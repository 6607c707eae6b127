using System.Text.RegularExpressions;

namespace Sasaeai.Japanese;

/// <summary>A Japanese fiscal year (年度), 1 April to 31 March, known by the Western year in which it begins.</summary>
public readonly partial record struct FiscalYear(int Year) : IComparable<FiscalYear>
{
    const int Earliest = 1873, Latest = 2199;

    /// <summary>
    /// The first fiscal year that bears each era's name, and the year before the era's first. The name is not that of 1 April:
    /// fiscal 2019 began in 平成31年 and is 令和元年度 (改元に伴う元号による年表示の取扱い, 平成31年4月1日).
    /// </summary>
    static readonly (int First, string Name, char Letter, int Zero)[] Labels =
    [
        (2019, "令和", 'R', 2018),
        (1989, "平成", 'H', 1988),
        (1927, "昭和", 'S', 1925),
        (1913, "大正", 'T', 1911),
        (0, "明治", 'M', 1867),
    ];

    /// <summary>The fiscal year in which a day lies.</summary>
    public static FiscalYear Of(DateOnly day) => new(day.Month >= 4 ? day.Year : day.Year - 1);

    /// <summary>1 April.</summary>
    public DateOnly Starts => new(Year, 4, 1);

    /// <summary>31 March of the next year.</summary>
    public DateOnly Ends => new(Year + 1, 3, 31);

    /// <summary>「令和元年度」.</summary>
    public string Label => $"{Era.Name}{Wareki.YearOfEra(Year - Era.Zero)}年度";

    /// <summary>「R元」「R2」.</summary>
    public string ShortLabel => $"{Era.Letter}{Wareki.YearOfEra(Year - Era.Zero)}";

    /// <summary>Reads 「R1」「Ｒ元」「令和元年度」「H30」「2019」「2019年度」; 「平成31年度」 is 令和元年度. From 1873 to 2199.</summary>
    public static bool TryRead(string? text, out FiscalYear fiscalYear)
    {
        var match = Written().Match(text is null || text.Length > 20 ? "" : Wareki.Plain(text));
        var read = match.Success && Wareki.TryYear(match.Groups["era"].Value, match.Groups["year"].Value, out var year) && year is >= Earliest and <= Latest
            ? new FiscalYear(year)
            : default;
        fiscalYear = read;
        return read != default;
    }

    public int CompareTo(FiscalYear other) => Year.CompareTo(other.Year);

    public override string ToString() => Label;

    (int First, string Name, char Letter, int Zero) Era
    {
        get
        {
            foreach (var label in Labels)
                if (Year >= label.First)
                    return label;
            return Labels[^1];
        }
    }

    [GeneratedRegex("^(?:(?<era>明治|大正|昭和|平成|令和|[MTSHR])(?<year>[0-9]{1,2}|元)|(?<year>[0-9]{4}))(?:年度?)?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Written();
}
