using System.Text;
using System.Text.RegularExpressions;
using Sasaeai.Features.Resources.Schedules;

namespace Sasaeai.Features.Directory;

/// <summary>
/// Conditions that people write into the search box instead of choosing them: 「火曜日」「今日」「午前」「無料」, also at the
/// beginning of longer words: 「土曜日の体操」「今日やっているサロン」「水曜と木曜」.
/// </summary>
public static partial class SpokenConditions
{
    private static readonly Dictionary<string, Func<SearchConditions, DateOnly, SearchConditions>> Meanings = new()
    {
        ["土日"] = (asked, _) => asked with { Days = asked.Days | Weekdays.Saturday | Weekdays.Sunday },
        ["週末"] = (asked, _) => asked with { Days = asked.Days | Weekdays.Saturday | Weekdays.Sunday },
        ["平日"] = (asked, _) => asked with { Days = asked.Days | WeekdaysExtensions.MondayToFriday },
        ["今日"] = (asked, _) => asked with { Today = true },
        ["きょう"] = (asked, _) => asked with { Today = true },
        ["本日"] = (asked, _) => asked with { Today = true },
        ["明日"] = (asked, today) => asked with { On = today.AddDays(1) },
        ["あした"] = (asked, today) => asked with { On = today.AddDays(1) },
        ["明後日"] = (asked, today) => asked with { On = today.AddDays(2) },
        ["あさって"] = (asked, today) => asked with { On = today.AddDays(2) },
        ["午前"] = (asked, _) => asked with { Time = TimeOfDay.Morning },
        ["午後"] = (asked, _) => asked with { Time = TimeOfDay.Afternoon },
        ["夕方"] = (asked, _) => asked with { Time = TimeOfDay.Evening },
        ["夜"] = (asked, _) => asked with { Time = TimeOfDay.Evening },
        ["無料"] = (asked, _) => asked with { Free = true },
    };

    private const string Word = "(?<word>(?<weekday>[月火水木金土日])曜日?|土日|週末|平日|今日|きょう|本日|明日|あした|明後日|あさって|午前中?|午後|夕方|夜|無料)";
    private const string Joint = "(?:に|は|も|で|の|と|や(?=[月火水木金土日]))";
    private const string Goes = "(?:やって(?:いる|る)|開いて(?:いる|る)|あいて(?:いる|る)|(?:行|い)(?:ける|われる)|(?:参加)?できる|使える)";

    /// <summary>The same question with such words as conditions; <see cref="SearchConditions.Spoken"/> says which they were.</summary>
    public static SearchConditions AsMeant(this SearchConditions asked, DirectoryToday town)
    {
        var (meant, left, spoken) = (asked, new List<string>(), new List<string>());
        foreach (var written in Gaps().Split(asked.Text))
        {
            var word = written;
            // What bears the words as its name is looked for by its name: 「土曜の会」.
            while (Spoken().Match(word.Normalize(NormalizationForm.FormKC)) is { Success: true } match && (match.Length == match.Groups["word"].Length || !IsName(word, town)))
            {
                spoken.Add(match.Groups["word"].Value);
                meant = match.Groups["weekday"] is { Success: true } weekday
                    ? meant with { Days = meant.Days | (Weekdays)(1 << "月火水木金土日".IndexOf(weekday.Value, StringComparison.Ordinal)) }
                    : Meanings[spoken[^1].TrimEnd('中')](meant, town.Today);
                word = match.Groups["rest"].Value;
            }

            left.Add(word);
        }

        return spoken.Count == 0 ? asked : meant with { Text = string.Join(' ', left.Where(word => word != "")), Spoken = spoken };
    }

    private static bool IsName(string word, DirectoryToday town) => town.Directory.SuggestNames(word, town.Today, 1).Any();

    [GeneratedRegex(@"[\s\u3000、，,・]+")]
    private static partial Regex Gaps();

    [GeneratedRegex($"^{Word}(?:{Joint}?{Goes}?(?:ところ|場所|もの)?|(?:{Joint}{Goes}?|{Goes})(?<rest>.+))$", RegexOptions.ExplicitCapture)]
    private static partial Regex Spoken();
}
