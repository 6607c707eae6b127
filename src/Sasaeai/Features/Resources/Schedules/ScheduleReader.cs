using System.Globalization;
using System.Text.RegularExpressions;
using Sasaeai.Japanese;

namespace Sasaeai.Features.Resources.Schedules;

/// <summary>
/// Reads schedules as Japanese lists write them: 「毎週火・木曜日10時～11時30分」「第２,第４木曜日　13:30-15:00」「月〜金 9:00-17:00(祝日除く)」.
/// A sentence is read only when nothing in it casts doubt on the days; what is not read stays, as written, in the note.
/// </summary>
public static partial class ScheduleReader
{
    internal const string WeekdayNames = "月火水木金土日";

    const Weeks EveryWeek = Weeks.First | Weeks.Second | Weeks.Third | Weeks.Fourth | Weeks.Fifth;

    const int LongestText = 500;

    /// <summary>Never throws. Unread: each part that no rule says, as written, in order; the note holds the same parts.</summary>
    public static (Schedule Schedule, IReadOnlyList<string> Unread) Read(string? written)
    {
        var text = Blanks().Replace(written ?? "", " ");
        if (text.Length > LongestText)
            return (new() { Note = text }, [text]);
        var plain = Plain(text);
        var rules = new List<ScheduleRule>();
        var closures = new List<Closure>();
        var unread = new List<string>();
        foreach (var part in Sentences().EnumerateMatches(plain))
            ReadSentence(text.Substring(part.Index, part.Length), plain.Substring(part.Index, part.Length), rules, closures, unread);
        return (new() { Rules = rules, Closures = closures, Note = unread.Count == 0 ? null : string.Join('、', unread) }, unread);
    }

    static void ReadSentence(string text, string plain, List<ScheduleRule> rules, List<Closure> closures, List<string> unread)
    {
        var sentence = new Sentence(text, rules);
        var position = 0;
        foreach (Match match in Token().Matches(plain))
        {
            sentence.Skip(position, match.Index, plain[position..match.Index]);
            sentence.InBrackets = plain.AsSpan(0, match.Index).Count('(') > plain.AsSpan(0, match.Index).Count(')');
            sentence.Take(match, text.Substring(match.Index, match.Length));
            position = match.Index + match.Length;
        }
        sentence.Skip(position, text.Length, plain[position..]);
        if (sentence.Finish())
        {
            rules.Clear();
            rules.AddRange(sentence.AllRules);
            closures.AddRange(sentence.Closures);
            unread.AddRange(sentence.Unread);
        }
        else if (text.Trim(Edges) is { Length: > 0 } whole)
            unread.Add(whole);
    }

    /// <summary>Full-width letters, digits and signs as half width, character by character so that places in both texts agree.</summary>
    static string Plain(string text) => string.Create(text.Length, text, (plain, written) =>
    {
        for (var i = 0; i < plain.Length; i++)
            plain[i] = written[i] switch
            {
                >= '！' and <= '～' and var wide => (char)(wide - 0xFEE0),
                '\u3000' or '\u00A0' => ' ',
                '､' => '、',
                '･' => '・',
                '｡' => '。',
                var same => same,
            };
    });

    static readonly char[] Edges = [' ', '\u3000', '\t', '、', '､', ',', '，', '・', '･', '/', '／', ':', '：', '「', '」', '【', '】', '[', ']', '［', '］', '<', '>', '＜', '＞', '※', '●', '○', '■'];

    const string Dash = "[〜~‐‑–—−ー-]";
    const string Moved = @"\s*(?:の(?:場合|とき|時|日)|に(?:当たる|あたる|重なる|かさなる)(?:場合|とき|時|日)?|なら)\s*(?:は|には|、)?\s*(?:翌|次の|前の?)(?![^()、。]*[休閉])";
    const string MovedHoliday = $@"(?:国民の)?祝(?:祭?日)?{Moved}[^()、。]*";
    const string Weekday = $@"(?:[月火水木金土日](?:曜日?)?|(?:国民の)?(?>祝(?:祭?日)?)(?!{Moved}))";
    const string WeekdayList = $@"{Weekday}(?:\s*(?:[・,、/と]|および|及び|{Dash}|から)?\s*{Weekday})*";
    const string AfterBareWeekday = $@"(?=\s*(?:$|[(),、・/:]|{Dash}|午|正午|終日|[はをのもに]|休|除|定休|以外|から|開|AM|PM|\d{{1,2}}(?:[:時]|\s*{Dash}))|\s+[^\d\s])";
    const string Rests = @"\s*(?:の(?:場合|とき|日)は|は|を|が|も)?\s*(?:休館日?|休業日?|休止|定休日?|閉館日?|お?休み?|除く|除き|除外|のぞく|以外)";
    const string YearEnd = $@"(?:(?:年末年始|年末|年始|お盆|盆|夏季|冬季)(?:休み|休業|休館)?|\d{{1,2}}月\d{{1,2}}日\s*(?:{Dash}|から)\s*\d{{1,2}}月\d{{1,2}}日)(?:\([^()]*\))?";
    const string Week = "[1-5一二三四五]";
    const string WeekList = $@"(?:第\s*{Week}(?:\s*(?:[・,、/と]|および|及び|{Dash}|から)?\s*(?:第\s*)?{Week}(?![\d:時]))*(?:\s*[・,、と]?\s*最終)?|最終|最後の)";
    const string WeekRest = $@"(?<weekrest>{WeekList})\s*週目?{Rests}";
    const string HowOften = @"毎?(?<often>[月週])に?\s*(?<howoften>[1-9一二三四五])\s*[回度]";
    const string DayGroup = $@"(?:(?<rest>休館日|定休日|休業日|休み)\s*[:は]?\s*)?(?:(?<every>毎週|隔週|2週間?に[1一][回度]|毎月|毎)\s*[の(]?\s*|(?<![\p{{IsCJKUnifiedIdeographs}}\p{{IsHiragana}}\p{{IsKatakana}}\d々-[分時半中後前とではの・]])(?<!の(?=[日月](?!曜))))(?:(?<weeks>{WeekList})\s*の?\s*)?(?<weekdays>{WeekdayList})(?:(?<=曜日?|祝|祝日|祝祭日)|{AfterBareWeekday})(?:(?<asusual>\s*(?:も|を)?\s*(?:含む|開催|開館|開所|営業|実施))|(?<rest>{Rests})|\s*(?:[・、,と]|および|及び)?\s*(?<yearend>{YearEnd})(?<rest>{Rests}))?";

    const string Year = @"(?:(?:令和|平成|昭和|(?<![A-Z])[RHS])\s*(?:\d{1,3}|元)|(?<!\d)\d{4})";
    const string FullDate = $@"{Year}\s*(?:年\s*\d{{1,2}}\s*月\s*\d{{1,2}}\s*日|(?:\.\d{{1,2}}\.|/\d{{1,2}}/|-\d{{1,2}}-)\d{{1,2}}(?!\d))";
    const string LaterDate = $@"(?:{FullDate}|(?:\d{{1,2}}月)?\d{{1,2}}日)";
    const string OfWeek = @"(?:\s*\(\s*(?<ofweek>[月火水木金土日])(?:曜日?)?(?:[・,]?祝日?)?\s*\)|\s*(?<ofweek>[月火水木金土日])曜日?)?";
    const string Dates = $@"(?<date>{FullDate}){OfWeek}(?:(?:\s*(?:{Dash}|から)\s*(?<last>{LaterDate}){OfWeek}(?:まで)?)|(?:\s*[、・,]\s*(?<date>{LaterDate}){OfWeek})+(?!まで|から))?(?:(?<since>から|より|以降)|(?<until>まで))?(?<closed>\s*(?:は|を|の間)?\s*(?:お?休み|休止中?|休館|中止|除く)(?:\s*\((?<reason>[^()]*)\))?)?";

    const string Months = $@"(?<!\d)(?:毎?(?<parity>偶数|奇数)月|(?<firstmonth>\d{{1,2}})月?\s*(?:{Dash}|から)\s*(?<lastmonth>\d{{1,2}})月|(?<month>\d{{1,2}})(?:月?\s*[・,、と]\s*(?<month>\d{{1,2}}))*月)(?!\s?\d{{1,2}}日|\d)(?:\s*(?:まで|だけ|の(?:み|間|期間)?))?(?<monthsrest>{Rests})?";
    const string MonthDays = $@"毎月\s*(?<monthday>\d{{1,2}})日?(?:\s*[・,、と]\s*(?<monthday>\d{{1,2}})日?(?![:時]))*(?<=日)(?!\s*(?:{Dash}|から|まで|以降))|(?:毎月)?\s*(?<!\d)(?<ending>[1-9])の(?:つ|付)く日";

    const string About = @"(?<about>\s*(?:頃|ごろ|ころ))?";
    const string Time = $@"(?<!\d)(?:(?<half1>午前|午後|AM|PM)\s*)?(?:(?<hour1>\d{{1,2}})(?::(?<minute1>\d{{2}})(?!\d)|\s?時(?!間)(?:(?<minute1>半)|\s?(?<minute1>\d{{1,2}})\s?分)?|(?=\s*{Dash}\s*\d{{1,2}}\s*時))|(?<hour1>正午)){About}(?<reception>\s*(?:受付|受け付け|開場))?(?:\s*(?:{Dash}|から|より)\s*(?:(?:(?<half2>午前|午後|AM|PM)\s*)?(?:(?<hour2>\d{{1,2}})(?::(?<minute2>\d{{2}})(?!\d)|\s?時(?!間)(?:(?<minute2>半)|\s?(?<minute2>\d{{1,2}})\s?分)?|(?![\d:月日年/回名人円階]))|(?<hour2>正午)){About})?)?(?<bound>まで)?";

    [GeneratedRegex($@"(?<dates>{Dates})|(?<monthdays>{MonthDays})|(?<time>{Time})|(?<months>{Months})|(?<aside>{YearEnd}(?:{Rests})?)|(?<everyday>毎日|毎朝|年中無休|無休|休みなし|(?<!\d)365日)|(?<moved>{MovedHoliday})|(?:{WeekRest})|(?<oftenness>{HowOften})|(?:毎週?)?(?<workdays>平日)|(?<days>{DayGroup})|(?<part>(?:午前中?|午後|終日|一日中)(?!\d)|(?<!\d)24時間(?!以内|前|後|まで))", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Token();

    [GeneratedRegex(@"[^\S\r\n]+")]
    private static partial Regex Blanks();

    [GeneratedRegex(@"[^。;\r\n]+")]
    private static partial Regex Sentences();

    /// <summary>Words that say nothing about when.</summary>
    [GeneratedRegex(@"^(?:(?:開催|実施|開所|開館|開室|営業|活動|利用|受付)(?:日時?|時間|曜日)?(?:は)?|日時|曜日|時間|開始|に|の|のみ|で|は|から|まで|および|及び|と)$")]
    private static partial Regex Filler();

    /// <summary>Words that make the days of a whole sentence doubtful: 月2回, 第3火曜を除く, 隔月, または, a date without a year.</summary>
    [GeneratedRegex(@"回|第|隔|毎|除|以外|原則|ほぼ|概ね|おおむね|主に|不定|未定|または|又は|もしくは|いずれか|のうち|休|場合|翌|奇数|偶数|[\d元]\s*[年月日/]")]
    private static partial Regex Doubt();

    /// <summary>The rules that one sentence says, and what of earlier sentences it changes.</summary>
    sealed class Sentence(string text, IReadOnlyList<ScheduleRule> earlier)
    {
        readonly List<(int From, int To)> unread = []; // where in the text
        readonly List<string> remarks = [];
        readonly List<ScheduleRule> rules = [.. earlier];
        readonly int start = earlier.Count;
        int timed = earlier.Count; // first of the rules that were given the last time
        ScheduleRule heading = new() { Repeats = Repeats.Daily }; // months, validity and time that were said before the days
        Weekdays restsOn;
        readonly List<(Weeks Weeks, Weekdays Weekdays)> restsInWeeks = [];
        readonly List<(char Of, int Count)> often = [];
        bool restsOnHolidays, movesOnHolidays, isAbout, timesComeFirst, monthsAreOpen, datesAreOpen, doubtful;

        public bool InBrackets { get; set; }
        public IEnumerable<string> Unread => unread.Select(part => text[part.From..part.To].Trim(Edges)).Concat(remarks);
        public List<Closure> Closures { get; } = [];
        public IReadOnlyList<ScheduleRule> AllRules => rules;

        bool HasRules => rules.Count > start;

        public void Skip(int from, int to, string plainGap)
        {
            doubtful |= Doubt().IsMatch(plainGap);
            for (var end = from; end <= to; end++)
                if (end == to || "()（）、､".Contains(text[end]))
                {
                    Keep(from, end);
                    from = end + 1;
                }
        }

        public void Take(Match match, string written)
        {
            var understood = match.Groups switch
            {
                var said when said["dates"].Success => TakeDates(match),
                var said when said["monthdays"].Success => TakeMonthDays(match),
                var said when said["time"].Success => TakeTime(match, written),
                var said when said["months"].Success => TakeMonths(match),
                var said when said["everyday"].Success => Add(new() { Repeats = Repeats.Daily }),
                var said when said["moved"].Success => (movesOnHolidays = true) && Keep(match.Index, match.Index + match.Length),
                var said when said["weekrest"].Success => RestIn(WeeksOf(said["weekrest"].Value), WeekdaysExtensions.EveryDay),
                var said when said["oftenness"].Success => TakeHowOften(said),
                var said when said["workdays"].Success => Add(new() { Repeats = Repeats.Weekly, Weekdays = WeekdaysExtensions.MondayToFriday, OnHolidays = OnHolidays.Closed }),
                var said when said["days"].Success => TakeDays(match, written),
                var said when said["part"].Success => SetTime(heading with { Starts = null, Ends = null, Part = written[..2] switch { "午前" => PartOfDay.Morning, "午後" => PartOfDay.Afternoon, _ => PartOfDay.WholeDay } }),
                _ => Keep(match.Index, match.Index + match.Length),
            };
            doubtful |= !understood;
        }

        /// <summary>False when the sentence as a whole is to be kept as text.</summary>
        public bool Finish()
        {
            if (!HasRules && restsOn != Weekdays.None && start == 0)
                Add(new() { Repeats = Repeats.Daily });
            if (!HasRules && heading.HasTime && start > 0)
                GiveTime(0, heading);
            else if (!HasRules && (heading.HasTime || monthsAreOpen || datesAreOpen))
                return false;
            Change(start, rule => rule with
            {
                Months = monthsAreOpen && rule.Months.IsEmpty ? heading.Months : rule.Months,
                From = datesAreOpen ? rule.From ?? heading.From : rule.From,
                Until = datesAreOpen ? rule.Until ?? heading.Until : rule.Until,
            });
            if (!HasRules && (often.Count > 0 || start == 0 && (movesOnHolidays || restsInWeeks.Count > 0)))
                return false;
            doubtful |= !often.TrueForAll(Agrees) || movesOnHolidays && (restsOnHolidays || restsOn != Weekdays.None);
            restsOnHolidays |= movesOnHolidays; // on the holiday itself nothing is held; on which day instead stays in words
            Change(HasRules ? start : 0, Rest);
            if (!HasRules && start == 0 && (restsOnHolidays || restsOn != Weekdays.None))
                return false;
            foreach (var (weeks, weekdays) in restsInWeeks)
                doubtful |= !LeaveOut(HasRules ? start : 0, weeks, weekdays);
            if (isAbout)
                remarks.Add("時刻はおよそです");
            doubtful |= rules[start..].Exists(rule => rule.Months.IsEmpty) && rules[start..].Exists(rule => !rule.Months.IsEmpty); // 「第4木曜(12月は第3木曜)」
            for (var i = start; i < rules.Count; i++)
                if (rules[i] is { Repeats: Repeats.Fortnightly, From: null })
                    remarks.Add("隔週（最初の日が書かれていないため、どの週か分かりません）");
            return !doubtful && rules.TrueForAll(rule => !rule.Problems().Any());
        }

        bool Add(ScheduleRule rule)
        {
            if (HasRules && rules[^1] is { Repeats: Repeats.Daily, From: { } from, Until: { } until, HasTime: false } && from != until && rule.From is null)
            {
                rules.RemoveAt(rules.Count - 1); // 「令和8年4月1日〜令和9年3月31日 毎週火曜」
                heading = heading with { From = from, Until = until };
            }
            if (timed == rules.Count || rules[timed..].Exists(said => said.HasTime))
                timed = rules.Count;
            timesComeFirst |= heading.HasTime;
            monthsAreOpen = datesAreOpen = false;
            rules.Add(rule with
            {
                Months = heading.Months,
                From = rule.From ?? heading.From,
                Until = rule.Until ?? heading.Until,
                Starts = heading.Starts,
                Ends = heading.Ends,
                Part = heading.Part,
            });
            return true;
        }

        bool TakeDays(Match match, string written)
        {
            var (days, holidays) = WeekdaysOf(match.Groups["weekdays"].Value);
            var weeks = WeeksOf(match.Groups["weeks"].Value);
            var every = match.Groups["every"].Value;
            if (match.Groups["rest"].Success)
            {
                if (weeks != Weeks.None)
                    return every == "" && !holidays && !match.Groups["yearend"].Success && RestIn(weeks, days);
                restsOn |= days;
                restsOnHolidays |= holidays;
                if (match.Groups["yearend"] is { Success: true } yearEnd)
                {
                    Keep(yearEnd.Index, match.Index + match.Length); // 「火曜、年末年始を除く」 may be open or closed on Tuesdays
                    doubtful |= !InBrackets && !holidays;
                }
                return every == "";
            }
            if (match.Groups["asusual"].Success)
                return days == Weekdays.None;
            if (every.StartsWith("毎月", StringComparison.Ordinal) && weeks == Weeks.None)
                return false;
            return Add(new()
            {
                Repeats = weeks != Weeks.None ? Repeats.MonthlyByWeekday : every is "隔週" || every.StartsWith('2') ? Repeats.Fortnightly : Repeats.Weekly,
                Weekdays = days,
                Weeks = weeks,
                OnHolidays = holidays ? OnHolidays.AlsoOpen : OnHolidays.AsUsual,
            });
        }

        bool RestIn(Weeks weeks, Weekdays weekdays)
        {
            restsInWeeks.Add((weeks, weekdays));
            return true;
        }

        /// <summary>「毎週火曜(第3火曜は休み)」 is held in the other weeks.</summary>
        bool LeaveOut(int from, Weeks weeks, Weekdays weekdays)
        {
            var concerned = rules[from..].FindAll(rule => (rule.Weekdays & weekdays) != 0);
            if (concerned.Count == 0 || weeks.HasFlag(Weeks.Last) || !concerned.TrueForAll(rule => rule.Repeats is Repeats.Weekly or Repeats.MonthlyByWeekday && !rule.Weeks.HasFlag(Weeks.Last)))
                return false;
            foreach (var rule in concerned)
            {
                var at = rules.IndexOf(rule, from);
                var (left, others) = ((rule.Weeks == Weeks.None ? EveryWeek : rule.Weeks) & ~weeks, rule.Weekdays & ~weekdays);
                var parts = new List<ScheduleRule>();
                if (left != Weeks.None)
                    parts.Add(rule with { Repeats = Repeats.MonthlyByWeekday, Weeks = left, Weekdays = rule.Weekdays & weekdays });
                if (others != Weekdays.None)
                    parts.Add(rule with { Weekdays = others });
                rules.RemoveAt(at);
                rules.InsertRange(at, parts);
            }
            return rules.Count > from;
        }

        bool TakeHowOften(GroupCollection said)
        {
            var count = said["howoften"].Value[0];
            often.Add((said["often"].Value[0], count is >= '1' and <= '9' ? count - '0' : "一二三四五".IndexOf(count) + 1));
            return true;
        }

        /// <summary>「月2回」 is true of 第1・第3火曜 and says nothing more; of 毎週火曜 it would say which weeks are not meant.</summary>
        bool Agrees((char Of, int Count) said)
        {
            var own = rules[start..];
            return said.Of == '週'
                ? own.TrueForAll(rule => rule.Repeats == Repeats.Weekly) && own.Aggregate(Weekdays.None, (days, rule) => days | rule.Weekdays).FromMonday().Count() == said.Count
                : own.TrueForAll(rule => rule.Repeats is Repeats.MonthlyByWeekday or Repeats.MonthlyByDay)
                    && own.SelectMany(rule => rule.Repeats == Repeats.MonthlyByDay ? rule.MonthDays.Select(day => (day, -1))
                        : rule.Weekdays.FromMonday().SelectMany(day => Enumerable.Range(0, 6).Where(week => ((int)rule.Weeks & 1 << week) != 0).Select(week => (day, week)))).Distinct().Count() == said.Count;
        }

        bool TakeMonthDays(Match match)
        {
            var numbers = match.Groups["ending"].Success
                ? Enumerable.Range(0, 3).Select(ten => ten * 10 + Number(match.Groups["ending"]))
                : match.Groups["monthday"].Captures.Select(Number);
            return numbers.All(number => number is >= 1 and <= 31)
                && Add(new() { Repeats = Repeats.MonthlyByDay, MonthDays = [.. numbers] });
        }

        bool TakeMonths(Match match)
        {
            var months = match.Groups["parity"].Success ? [.. Enumerable.Range(1, 12).Where(month => month % 2 == 0 == (match.Groups["parity"].Value == "偶数"))]
                : match.Groups["firstmonth"].Success ? MonthsBetween(Number(match.Groups["firstmonth"]), Number(match.Groups["lastmonth"]))
                : match.Groups["month"].Captures.Select(Number).ToArray();
            if (!months.All(month => month is >= 1 and <= 12))
                return false;
            Numbers said = match.Groups["monthsrest"].Success ? [.. Enumerable.Range(1, 12).Except(months)] : [.. months];
            if (HasRules && InBrackets)
                Change(start, rule => rule with { Months = said });
            else
            {
                heading = heading with { Months = said };
                monthsAreOpen = true;
            }
            return true;
        }

        bool TakeDates(Match match)
        {
            var dates = new List<DateOnly>();
            foreach (var capture in match.Groups["date"].Captures.Concat(match.Groups["last"].Captures))
                if (TryDate(capture.Value, dates, out var date))
                    dates.Add(date);
                else
                    return false;
            var weekdays = match.Groups["ofweek"].Captures;
            if (weekdays.Count == dates.Count && weekdays.Zip(dates).Any(pair => pair.First.Value[0] != Wareki.Weekday(pair.Second)))
                return false;
            var isSpan = match.Groups["last"].Success;
            if (isSpan && dates[1] < dates[0])
                return false;
            var (from, until) = isSpan ? (dates[0], dates[1])
                : match.Groups["since"].Success ? (dates[0], null)
                : match.Groups["until"].Success ? ((DateOnly?)null, (DateOnly?)dates[0])
                : (dates[0], dates[0]);
            if (match.Groups["closed"].Success)
            {
                if (from is null)
                    return false;
                Closures.Add(new(from.Value, until, match.Groups["reason"] is { Success: true, Length: > 0 } reason ? reason.Value : null));
                return true;
            }
            if (InBrackets && HasRules)
            {
                Change(start, rule => rule with { From = from ?? rule.From, Until = until ?? rule.Until });
                return true;
            }
            if (from is null || until is null)
            {
                heading = heading with { From = from ?? heading.From, Until = until ?? heading.Until };
                datesAreOpen = true;
                return true;
            }
            return isSpan
                ? Add(new() { Repeats = Repeats.Daily, From = from, Until = until })
                : dates.TrueForAll(day => Add(new() { Repeats = Repeats.Daily, From = day, Until = day }));
        }

        bool TakeTime(Match match, string written)
        {
            if (match.Groups["reception"].Success && !match.Groups["hour2"].Success)
                return Keep(match.Index, match.Index + match.Length);
            isAbout |= match.Groups["about"].Success;
            var first = ClockOf(match, "1", "");
            var second = match.Groups["hour2"].Success ? ClockOf(match, "2", match.Groups["half1"].Value) : null;
            var isClear = first is not null && match.Groups["hour2"].Success == second is not null && (second is null || second > first)
                && (first.Value.Hour >= 6 || match.Groups["half1"].Success);
            if (isClear && (second is not null || !match.Groups["bound"].Success))
                return SetTime(heading with { Starts = first, Ends = second, Part = PartOfDay.Unknown });
            return Keep(match.Index, match.Index + match.Length);
        }

        /// <summary>Parts that stand side by side stay together: 「お盆のころは変わります」, not 「お盆、のころは変わります」.</summary>
        bool Keep(int from, int to)
        {
            var isFiller = text[from..to].Trim(Edges) is var part && (part == "" || Filler().IsMatch(part));
            if (unread.Count > 0 && unread[^1].To == from && !isFiller)
                unread[^1] = (unread[^1].From, to);
            else if (!isFiller)
                unread.Add((from, to));
            return true;
        }

        /// <summary>A time belongs to the days before it that have none; a further time to the same days again; a time before any day to those after it.</summary>
        bool SetTime(ScheduleRule time)
        {
            if (HasRules && !timesComeFirst)
                GiveTime(timed, time);
            else if (!HasRules && heading.HasTime)
                return false;
            else
                heading = time;
            return true;
        }

        void GiveTime(int from, ScheduleRule time)
        {
            ScheduleRule Given(ScheduleRule rule) => rule with { Starts = time.Starts, Ends = time.Ends, Part = time.Part };
            if (rules[from..].Exists(rule => !rule.HasTime))
                Change(from, rule => rule.HasTime ? rule : Given(rule));
            else
            {
                var again = rules[from..].Select(Given).ToList();
                timed = rules.Count;
                rules.AddRange(again);
            }
        }

        ScheduleRule Rest(ScheduleRule rule)
        {
            doubtful |= restsOn != Weekdays.None && rule.Repeats == Repeats.MonthlyByWeekday && (rule.Weekdays & restsOn) != 0;
            return rule with
            {
                OnHolidays = restsOnHolidays ? OnHolidays.Closed : rule.OnHolidays,
                ExceptWeekdays = rule.Repeats is Repeats.Daily or Repeats.MonthlyByDay ? rule.ExceptWeekdays | restsOn : Weekdays.None,
                Weekdays = rule.Repeats is Repeats.Weekly or Repeats.Fortnightly ? rule.Weekdays & ~restsOn : rule.Weekdays,
            };
        }

        void Change(int from, Func<ScheduleRule, ScheduleRule> change)
        {
            for (var i = from; i < rules.Count; i++)
                rules[i] = change(rules[i]);
        }
    }

    static bool TryDate(string written, List<DateOnly> before, out DateOnly date)
    {
        if (Wareki.TryReadDate(written, out date))
            return true;
        if (before.Count == 0)
            return false;
        var last = before[^1];
        var month = written.Contains('月') ? written : $"{last.Month}月{written}";
        return Wareki.TryReadDate($"{last.Year}年{month}", out date)
            && (date >= last || Wareki.TryReadDate($"{last.Year + 1}年{month}", out date));
    }

    /// <summary>Weekdays of 「月〜金」「火・木」「土日祝」, and whether holidays are among them.</summary>
    static (Weekdays Days, bool Holidays) WeekdaysOf(string list)
    {
        var days = Weekdays.None;
        var (previous, isRange) = (-1, false);
        foreach (var c in list.Replace("曜日", "曜", StringComparison.Ordinal).Replace("祝日", "祝", StringComparison.Ordinal).Replace("祝祭日", "祝", StringComparison.Ordinal).Replace("から", "〜", StringComparison.Ordinal))
        {
            var day = WeekdayNames.IndexOf(c);
            isRange |= "〜~‐‑–—−ー-".Contains(c);
            if (day < 0)
                continue;
            for (var i = isRange && previous >= 0 ? previous : day; ; i = (i + 1) % 7)
            {
                days |= (Weekdays)(1 << i);
                if (i == day)
                    break;
            }
            (previous, isRange) = (day, false);
        }
        return (days, list.Contains('祝'));
    }

    static Weeks WeeksOf(string list)
    {
        var weeks = list.Contains('最') ? Weeks.Last : Weeks.None;
        var (previous, isRange) = (-1, false);
        foreach (var c in list.Replace("から", "〜", StringComparison.Ordinal))
        {
            isRange |= "〜~‐‑–—−ー-".Contains(c);
            if ((c is >= '1' and <= '5' ? c - '1' : "一二三四五".IndexOf(c)) is not (>= 0 and var week))
                continue;
            for (var i = isRange && previous >= 0 ? Math.Min(previous, week) : week; i <= week; i++)
                weeks |= (Weeks)(1 << i);
            (previous, isRange) = (week, false);
        }
        return weeks;
    }

    static int[] MonthsBetween(int first, int last) =>
        first is >= 1 and <= 12 && last is >= 1 and <= 12
            ? [.. Enumerable.Range(0, (last - first + 12) % 12 + 1).Select(i => (first + i - 1) % 12 + 1)]
            : [0];

    static TimeOnly? ClockOf(Match match, string which, string halfBefore)
    {
        if (match.Groups["hour" + which].Value == "正午")
            return new(12, 0);
        var hour = Number(match.Groups["hour" + which]);
        var minute = match.Groups["minute" + which] switch
        {
            { Success: false } => 0,
            { Value: "半" } => 30,
            var group => Number(group),
        };
        var half = match.Groups["half" + which].Value.ToUpperInvariant();
        var isAfternoon = half is "午後" or "PM" || half == "" && halfBefore.ToUpperInvariant() is "午後" or "PM" && hour < 12;
        if (half != "" && hour > 12 || hour > 23 || minute > 59)
            return null;
        return new(isAfternoon && hour < 12 ? hour + 12 : hour, minute);
    }

    static int Number(Capture digits) => int.Parse(digits.ValueSpan, CultureInfo.InvariantCulture);
}
