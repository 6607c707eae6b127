using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Forms;
using Sasaeai.Features.Ledger;
using Sasaeai.Features.Members;
using Sasaeai.Features.Resources.Schedules;
using Sasaeai.Features.Visits;
using Sasaeai.Japanese;

namespace Sasaeai.Features.HelpRequests;

public enum RequestTiming
{
    [Display(Name = "日を決めて1回")] Once,
    [Display(Name = "この日からの1週間のいつでも")] AnyTime,
    [Display(Name = "定期に")] Series,
}

/// <summary>The telephone form: as said, still to be read.</summary>
public class IntakeForm
{
    public static readonly IReadOnlyList<SelectListItem> Weekdays = [.. "月火水木金土日".Select((day, place) => new SelectListItem($"{day}", $"{1 << place}"))];
    public static readonly IReadOnlyList<SelectListItem> Weeks = [.. Enumerable.Range(1, 8).Select(week => new SelectListItem(week == 1 ? "毎週" : week == 2 ? "隔週" : $"{week}週ごと", $"{week}"))];

    public Guid? UserId { get; set; }

    [Display(Name = "氏名"), StringLength(100)]
    public string? Name { get; set; }

    [Display(Name = "ふりがな"), StringLength(100)]
    public string? Kana { get; set; }

    [Display(Name = "電話番号"), StringLength(40)]
    public string? Phone { get; set; }

    [Display(Name = "住所"), StringLength(200)]
    public string? Address { get; set; }

    [Display(Name = "別の人として登録する")]
    public bool IsAnother { get; set; }

    [Display(Name = "どちらですか"), EnumDataType(typeof(RequestKind))]
    public RequestKind Kind { get; set; }

    [Display(Name = "内容"), Required(ErrorMessage = "内容を選んでください。"), StringLength(40)]
    public string Category { get; set; } = "";

    [Display(Name = "くわしく"), StringLength(200)]
    public string? Detail { get; set; }

    [Display(Name = "いつ"), EnumDataType(typeof(RequestTiming))]
    public RequestTiming Timing { get; set; }

    [Display(Name = "日にち"), StringLength(40)]
    public string? Day { get; set; }

    [Display(Name = "始める時刻"), StringLength(20)]
    public string? Start { get; set; }

    [Display(Name = "遅くとも始める時刻"), StringLength(20)]
    public string? Latest { get; set; }

    [Display(Name = "かかる時間（分）"), Range(5, 480)]
    public int Minutes { get; set; } = 30;

    [Display(Name = "手伝う人の数"), Range(1, 2)]
    public int Helpers { get; set; } = 1;

    [Display(Name = "曜日")]
    public int[]? Days { get; set; } = [];

    [Display(Name = "何週ごと"), Range(1, 8)]
    public int EveryWeeks { get; set; } = 1;

    [Display(Name = "ゴミの日に合わせる")]
    public Guid? RubbishId { get; set; }

    [Display(Name = "祝日は休む")]
    public bool HolidaysOff { get; set; }

    [Display(Name = "いつまで"), StringLength(40)]
    public string? Until { get; set; }

    [Display(Name = "場所（自宅でないとき）"), StringLength(200)]
    public string? Place { get; set; }

    [Display(Name = "希望"), StringLength(500)]
    public string? Wishes { get; set; }

    [Display(Name = "手伝う人の性別"), EnumDataType(typeof(GenderWish))]
    public GenderWish Gender { get; set; }

    [Display(Name = "電話してきた人（本人でないとき）"), StringLength(100)]
    public string? Caller { get; set; }

    [Display(Name = "その人の電話番号"), StringLength(40)]
    public string? CallerPhone { get; set; }

    [Display(Name = "相談の内容"), DataType(DataType.MultilineText), StringLength(2000)]
    public string? Talk { get; set; }

    /// <summary>前回と同じ: what was asked last time, on the next such weekday.</summary>
    public static IntakeForm Again(HelpRequest request, Visit? last, DateOnly today) => new()
    {
        UserId = request.UserId, Category = request.CategoryCode, Detail = request.Detail, Minutes = request.Minutes, Helpers = request.Helpers, Place = request.Content.Place, Wishes = request.Content.Wishes, Gender = request.Content.Gender,
        Day = last is null ? null : Said(Next(today, (last.Day ?? last.FromDay).DayOfWeek)), Start = last is null ? null : $"{last.Start:H:mm}",
    };

    /// <summary>The request as it was taken down.</summary>
    public static IntakeForm Of(HelpRequest request) => new()
    {
        UserId = request.UserId, Kind = request.Kind, Category = request.CategoryCode, Detail = request.Detail, Minutes = request.Minutes, Helpers = request.Helpers, Place = request.Content.Place, Wishes = request.Content.Wishes, Gender = request.Content.Gender,
        Caller = request.Content.Caller, CallerPhone = request.Content.CallerPhone, Talk = request.Content.Talk,
    };

    private static DateOnly Next(DateOnly today, DayOfWeek weekday) => today.AddDays(((int)weekday - (int)today.DayOfWeek + 6) % 7 + 1);

    private static string Said(DateOnly day) => $"{day.Month}/{day.Day}";

    public HelpWanted Wanted(IReadOnlyList<HelpKind> kinds)
    {
        var kind = kinds.FirstOrDefault(one => one.Code == Category);
        Rule.Require(kind is not null, "内容を選び直してください。");
        return new HelpWanted(kind!, PlainText.Of(Detail), Minutes, Helpers);
    }

    /// <summary>A consultation does not make a member: who it was stands with what was said.</summary>
    public RequestContent Content() => new()
    {
        Caller = PlainText.Of(UserId is null && Kind == RequestKind.Consultation && string.IsNullOrWhiteSpace(Caller) ? Name : Caller),
        CallerPhone = PlainText.Of(UserId is null && Kind == RequestKind.Consultation && string.IsNullOrWhiteSpace(CallerPhone) ? Phone : CallerPhone), Place = PlainText.Of(Place), Wishes = PlainText.Of(Wishes), Gender = Gender, Talk = PlainText.Of(Talk),
    };

    public VisitTime Time(DateOnly today)
    {
        Rule.Require(!string.IsNullOrWhiteSpace(Day) && DayText.TryRead(Day, today, out _), $"「日にち」の「{Day}」を読めません。例：25、11/25、火曜、あした");
        DayText.TryRead(Day, today, out var day);
        Rule.Require(day >= today, "「日にち」が過ぎています。今日からの日を入れてください。");
        Rule.Require(day <= today.AddYears(1), "「日にち」は1年先までにしてください。");
        var (earliest, latest) = Clock();
        return new VisitTime(day, Timing == RequestTiming.AnyTime ? day.AddDays(6) : day, earliest, latest);
    }

    public SeriesTimes Times(DateOnly today, Schedule? kept = null)
    {
        var (earliest, latest) = Clock();
        var (starts, ends) = (today, (DateOnly?)null);
        if (!string.IsNullOrWhiteSpace(Day))
        {
            Rule.Require(DayText.TryRead(Day, today, out starts), $"「日にち」の「{Day}」を読めません。例：25、11/25、火曜、あした");
        }

        if (!string.IsNullOrWhiteSpace(Until))
        {
            Rule.Require(DayText.TryRead(Until, today, out var until), $"「いつまで」の「{Until}」を読めません。例：3/31");
            ends = until;
        }

        var days = Days ?? [];
        Rule.Require(days.All(day => day is > 0 and < 128), "曜日を選び直してください。");
        var schedule = new Schedule
        {
            Rules = RubbishId is not null || days.Length == 0 ? [] : [new ScheduleRule { Repeats = Repeats.Weekly, Weekdays = (Weekdays)days.Aggregate(0, (all, day) => all | day), OnHolidays = HolidaysOff ? OnHolidays.Closed : OnHolidays.AsUsual }],
            Closures = kept?.Closures ?? [],
        };
        return new SeriesTimes(schedule, EveryWeeks, RubbishId, starts, ends, earliest, latest, HolidaysOff);
    }

    private (TimeOnly Earliest, TimeOnly Latest) Clock()
    {
        if (string.IsNullOrWhiteSpace(Start))
        {
            Rule.Require(Timing == RequestTiming.AnyTime, "始める時刻を入れてください。いつでもよいときは「いつでも」を選びます。");
            return (new TimeOnly(9, 0), new TimeOnly(16, 0));
        }

        var earliest = ClockText.Read(Start, "始める時刻");
        var latest = string.IsNullOrWhiteSpace(Latest) ? earliest : ClockText.Read(Latest, "遅くとも始める時刻");
        Rule.Require(latest >= earliest, "「遅くとも始める時刻」が「始める時刻」より前になっています。");
        Rule.Require(latest.AddMinutes(Minutes) > latest, "日をまたぐ活動は、二つに分けて入れてください。");
        return (earliest, latest);
    }
}

/// <summary>Takes what the telephone form says: a new person if need be, the request, its series, its first visits.</summary>
public sealed class Intake(AppDb db, SeriesVisits series, MemberPlaces places, AuditTrail trail, TimeProvider time)
{
    public sealed record Taken(HelpRequest Request, Visit? First);

    public async Task<Taken> TakeAsync(Guid groupId, IntakeForm form, IReadOnlyList<HelpKind> kinds)
    {
        var now = time.GetUtcNow();
        var user = form.UserId is { } known ? await db.OfGroupAsync<Member>(groupId, known) : null;
        Rule.Require(user?.LeftOn is null, "この人は退会しています。会員の記録を確かめてください。");
        var wanted = form.Wanted(kinds);
        wanted.Check();
        var isHelp = form.Kind == RequestKind.Help;
        var visitTime = isHelp && form.Timing != RequestTiming.Series ? form.Time(time.Today()) : null;
        var times = isHelp && form.Timing == RequestTiming.Series ? form.Times(time.Today()) : null;
        user ??= isHelp ? await JoinAsync(groupId, form, now) : null;
        if (user is { UserSince: null })
        {
            user.Be(user.HelperSince is not null, true, time.Today());
        }

        var request = new HelpRequest(groupId, form.Kind, user?.Id, wanted, form.Content(), trail.Actor.Name, now);
        db.HelpRequests.Add(request);
        if (visitTime is not null)
        {
            db.Visits.Add(new Visit(request, visitTime, now));
        }

        if (times is not null)
        {
            Rule.Require(times.RubbishId is null || await db.RubbishDays.AnyAsync(days => days.Id == times.RubbishId && days.GroupId == groupId), "ゴミの日を選び直してください。");
            var started = new HelpSeries(request, times);
            db.HelpSeries.Add(started);
            await series.StartAsync(started, request);
            Rule.Require(db.Visits.Local.Any(visit => visit.SeriesId == started.Id), $"これから{SeriesVisits.DaysAhead / 7}週間に、当てはまる日がありません。曜日と始まりの日を確かめてください。");
        }

        await db.SaveChangesAsync();
        return new Taken(request, db.Visits.Local.Where(visit => visit.RequestId == request.Id).MinBy(visit => visit.FromDay));
    }

    private async Task<Member> JoinAsync(Guid groupId, IntakeForm form, DateTimeOffset now)
    {
        Rule.Require(!string.IsNullOrWhiteSpace(form.Name), "利用する人を上でさがして選ぶか、はじめての人の氏名を入力してください。");
        Rule.Require(!string.IsNullOrWhiteSpace(form.Phone), "はじめての人は、電話番号も入力してください。");
        var twin = form.IsAnother ? null : (await Twin.OfAsync(db, groupId, PlainText.Of(form.Name), PlainText.Of(form.Kana), PlainText.Of(form.Phone), PlainText.Of(form.Address))).FirstOrDefault();
        Rule.Require(twin is null, $"会員{twin?.Number} {twin?.Name}さんと{twin?.Why}です。上でさがして選んでください。別の人なら「別の人として登録する」に印を付けます。");
        await Member.HoldNumbersAsync(db, groupId);
        var member = new Member(groupId, await Member.NextNumberAsync(db, groupId), time.Today(), now);
        member.Be(false, true, time.Today());
        member.Change(PlainText.Of(form.Name), PlainText.Of(form.Kana), PlainText.Of(form.Phone), PlainText.Of(form.Address), new MemberContent(), now);
        await places.PlaceAsync(member);
        db.Members.Add(member);
        return member;
    }
}
