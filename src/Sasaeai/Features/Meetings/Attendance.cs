using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Councils;
using Sasaeai.Features.Postings;
using Sasaeai.Japanese;

namespace Sasaeai.Features.Meetings;

public enum AttendeeKind
{
    [Display(Name = "委員")] Member,
    [Display(Name = "SC")] Coordinator,
    [Display(Name = "事務局")] Office,
    [Display(Name = "参加者")] Participant,
    [Display(Name = "傍聴")] Observer,
}

public static class AttendeeWords
{
    public static string InWords(this AttendeeKind kind) => typeof(AttendeeKind).GetField(kind.ToString())!.GetCustomAttribute<DisplayAttribute>()!.Name!;
}

/// <summary>受付簿, QR, 入力.</summary>
public enum AttendanceWay { Sheet, Qr, Typed }

/// <summary>出欠: one person at one meeting, whose name need not be that of an account.</summary>
public class Attendance : TownRecord
{
    private Attendance()
    {
    }

    public Guid MeetingId { get; private init; }
    public AttendeeKind Kind { get; private set; }
    public string Name { get; private init; } = "";
    public string Affiliation { get; private init; } = "";
    public Guid? MemberId { get; private init; }
    public Guid? AccountId { get; private init; }
    /// <summary>The same for one person at every meeting, so that nobody counts twice.</summary>
    public string PersonKey { get; private init; } = "";
    public bool Present { get; set; }
    public AttendanceWay How { get; set; }
    public DateTimeOffset CreatedAt { get; private init; }

    public static Attendance Of(Guid meetingId, CouncilMember member, bool present, AttendanceWay how, DateTimeOffset now) => new()
    {
        MeetingId = meetingId, Kind = AttendeeKind.Member, Name = member.Name, Affiliation = member.Affiliation, MemberId = member.Id, PersonKey = KeyOf(member), Present = present, How = how, CreatedAt = now,
    };

    /// <summary>A coordinator's presence, which counts for 地域ケア会議への参加割合.</summary>
    public static Attendance Of(Guid meetingId, Account coordinator, bool present, AttendanceWay how, DateTimeOffset now) => new()
    {
        MeetingId = meetingId, Kind = AttendeeKind.Coordinator, Name = coordinator.Name, Affiliation = coordinator.Affiliation, AccountId = coordinator.Id, PersonKey = KeyOf(coordinator.Id), Present = present, How = how, CreatedAt = now,
    };

    /// <summary>Anybody else, by name and body.</summary>
    public static Attendance Of(Guid meetingId, AttendeeKind kind, string name, string affiliation, AttendanceWay how, DateTimeOffset now)
    {
        Rule.Require(name != "", "名前を入力してください。");
        Rule.Require(kind is AttendeeKind.Office or AttendeeKind.Participant or AttendeeKind.Observer, "委員とSCは、名簿から選んでください。");
        return new() { MeetingId = meetingId, Kind = kind, Name = name, Affiliation = affiliation, PersonKey = KeyOf(name, affiliation), Present = true, How = how, CreatedAt = now };
    }

    public static string KeyOf(CouncilMember member) => $"member/{member.Id}";

    public static string KeyOf(Guid accountId) => $"account/{accountId}";

    public static string KeyOf(string name, string affiliation) => $"name/{Folding.Fold(name)}/{Folding.Fold(affiliation)}";
}

public static class CoordinatorQueries
{
    private const int Most = 100;

    /// <summary>Those who hold the role of a coordinator on that day, or were posted then: a town also writes down meetings from before it had accounts.</summary>
    public static IQueryable<Account> CoordinatorsOn(this AppDb db, DateOnly day) => db.Accounts.AsNoTracking().Where(account =>
        db.Memberships.Any(role => role.AccountId == account.Id && role.Role == Role.Coordinator && role.StartsOn <= day && (role.EndsOn == null || role.EndsOn >= day))
        || db.Postings.Any(posting => posting.AccountId == account.Id && posting.Kind == PostingKind.Coordinator && posting.StartsOn <= day && (posting.EndsOn == null || posting.EndsOn >= day))).OrderBy(account => account.Name).Take(Most);
}
