using Sasaeai.Data;
using Sasaeai.Features.HelpRequests;
using Sasaeai.Features.Members;
using Sasaeai.Features.WeeklyPlans.Planning;
using Sasaeai.Japanese;

namespace Sasaeai.Features.Visits;

/// <summary>One helper for one visit. The list of candidates and the weekly plan ask the same.</summary>
public sealed record Suitability(Visit Visit, HelpKind Kind, HelpRule Rule, Member User, GenderWish Wish, Member Helper)
{
    private static readonly WeekSlot[] AnyTime = [.. Enum.GetValues<DayOfWeek>().Select(day => new WeekSlot(day, new TimeOnly(8, 0), new TimeOnly(20, 0)))];

    /// <summary>The helper has the other place of this visit.</summary>
    public bool IsTaken { get; init; }
    /// <summary>Ride check, licence and insurance of the car hold.</summary>
    public bool MayDrive { get; init; }
    /// <summary>The group's rules ask for a meeting before the first visit, and there was none.</summary>
    public bool MustMeet { get; init; }
    /// <summary>What the helper said when asked before (<see cref="Refusals"/>).</summary>
    public string? Refused { get; init; }
    /// <summary>Minutes that the helper has promised or made in the month of the visit, where the planner does not count them itself.</summary>
    public int MonthMinutes { get; init; }

    /// <summary>What speaks against it besides the planner's own limits (skill, time, dates). Firm: no reason makes up for it.</summary>
    public (string Words, bool Firm)? Objection =>
        Helper.Id == User.Id ? ("頼んだ本人です", true)
        : IsTaken ? ("この活動をすでに受けています", true)
        : User.Content.AvoidNumbers.Contains(Helper.Number) || Helper.Content.AvoidNumbers.Contains(User.Number) ? ("この人は避けることになっています", true)
        : Kind.IsRide && !MayDrive ? ("送迎の前の確認（道路運送法）がすんでいないか、免許・車の保険の期限が切れています", true)
        : MustMeet ? ("事前の顔合わせがまだです", true)
        : Refused is { } refusal ? (refusal, false)
        : MissingCourse is { } course ? ($"「{course.Course}」を受けていません", false)
        : Rule.Content.InsuranceRequired && Helper.InsuredUntil is null ? ("保険の記録がありません", false)
        : Helper.Content.Away.FirstOrDefault(away => away.From <= Visit.FromDay && away.Until >= Visit.UntilDay) is { } away ? ($"{Wareki.Date(away.Until)}まで休み" + (away.Reason == "" ? "" : $"（{away.Reason}）"), false)
        : Opposes(Wish, Helper.Content.Gender) ? ($"「{Ledger.LedgerWords.Japanese(Wish)}」との希望があります", false)
        : Opposes(Helper.Content.Wish, User.Content.Gender) ? ("手伝う側の希望と合いません", false)
        : MonthMinutes + Visit.Minutes > Helper.Content.MostHoursAMonth * 60 ? ($"ひと月の上限（{Helper.Content.MostHoursAMonth}時間）をこえます（この月の担当は{MinuteText.Of(MonthMinutes)}）", false)
        : Kilometres(Helper, User) > Helper.Content.ReachKm ? ($"手伝える範囲（{Helper.Content.ReachKm:0.#}km）より遠い", false)
        : null;

    private CourseRule? MissingCourse => Courses(Rule, Kind).FirstOrDefault(one => Helper.Content.Courses.All(had => had.Name != one.Course));

    private static bool Opposes(GenderWish wish, Gender gender) => wish == GenderWish.Male && gender == Gender.Female || wish == GenderWish.Female && gender == Gender.Male;

    private static IEnumerable<CourseRule> Courses(HelpRule rule, HelpKind kind) => rule.Content.Courses.Where(one => one.CategoryCode == "" || one.CategoryCode == kind.Code);

    public static bool Can(Member helper, HelpKind kind) => !helper.Content.CanDo.Contains("none") && (kind.Ability == "" || helper.Content.CanDo.Contains(kind.Ability) || helper.Content.CanDo.Contains(kind.Code));

    /// <summary>The last day on which all courses that the kind asks for hold; null: without end. Of a course that was taken again, the later end counts.</summary>
    public static DateOnly? CoursesUntil(Member helper, HelpRule rule, HelpKind kind) => Courses(rule, kind)
        .Select(one => helper.Content.Courses.Where(had => had.Name == one.Course).Select(had => had.Until ?? DateOnly.MaxValue).DefaultIfEmpty(DateOnly.MaxValue).Max())
        .Where(until => until < DateOnly.MaxValue).Select(until => (DateOnly?)until).Min();

    /// <summary>The slots of a day, none on a day away; who registered none may be asked for any time of the day.</summary>
    public static IEnumerable<WeekSlot> SlotsOn(Member helper, DateOnly day) => helper.Content.Away.Any(away => away.From <= day && day <= away.Until) ? []
        : (helper.Content.Slots.Count == 0 ? AnyTime : helper.Content.Slots).Where(slot => slot.Day == day.DayOfWeek);

    public static double? Kilometres(Member one, Member other) => one.Lat is { } lat && one.Lng is { } lng && other.Lat is { } lat2 && other.Lng is { } lng2
        ? 111.195 * Math.Sqrt(Math.Pow(lat - lat2, 2) + Math.Pow((lng - lng2) * Math.Cos(lat * Math.PI / 180), 2)) : null;

    /// <summary>Who has a car takes it for ways beyond this.</summary>
    public const double WalkKm = 1.2;
}
