using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Sasaeai.Data;

namespace Sasaeai.Features.Accounts;

/// <summary>A person who signs in to one town.</summary>
public class Account : TownRecord
{
    public required string Email { get; set; }
    /// <summary>Folded address, unique within the town.</summary>
    public string EmailKey { get; set; } = "";
    public required string Name { get; set; }
    /// <summary>所属, shown beside the name on every page.</summary>
    public string Affiliation { get; set; } = "";
    [Secret] public string? PasswordHash { get; set; }
    [Secret] public string SecurityStamp { get; set; } = Guid.NewGuid().ToString("N");
    [Secret] public string? AuthenticatorKey { get; set; }
    /// <summary>Digests of the unused recovery codes, separated by ';', behind their salt.</summary>
    [Secret] public string? RecoveryCodes { get; set; }
    public bool TwoFactorEnabled { get; set; }
    public int AccessFailedCount { get; set; }
    public DateTimeOffset? LockoutEnd { get; set; }
    /// <summary>Somebody else knows the password: nothing else can be done before it is changed.</summary>
    public bool MustChangePassword { get; set; }
    /// <summary>The half minute (since 1970) of the one-time code taken last: neither it nor an older one is taken again.</summary>
    [Secret] public long? LastStep { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? ClosedAt { get; private set; }

    /// <summary>Ends the account; its history keeps the name.</summary>
    public void Close(DateTimeOffset now)
    {
        Rule.Require(ClosedAt is null, "このアカウントはすでに停止しています。");
        ClosedAt = now;
        SecurityStamp = Guid.NewGuid().ToString("N");
    }

    /// <summary>The person came back, or was closed by mistake. Nothing of before opens it: password and second factor are set up anew.</summary>
    public void Reopen()
    {
        Rule.Require(ClosedAt is not null, "このアカウントは停止していません。");
        (ClosedAt, LockoutEnd, AccessFailedCount) = (null, null, 0);
        (TwoFactorEnabled, AuthenticatorKey, RecoveryCodes, LastStep) = (false, null, null, null);
    }

    /// <summary>Name and 所属 as they stand on every page.</summary>
    public void Rename(string name, string affiliation) => (Name, Affiliation) = (name.Trim(), affiliation.Trim());

    public bool IsLocked(DateTimeOffset now) => LockoutEnd > now;

    /// <summary>Ends the wait after too many wrong tries.</summary>
    public void Unlock(DateTimeOffset now)
    {
        Rule.Require(IsLocked(now), "このアカウントは止まっていません。");
        (LockoutEnd, AccessFailedCount) = (null, 0);
    }

    /// <summary>The telephone was lost: the second factor is set up anew at the next sign-in.</summary>
    public void ResetSecondFactor()
    {
        Rule.Require(TwoFactorEnabled, "二段階認証は設定されていません。");
        (TwoFactorEnabled, AuthenticatorKey, RecoveryCodes, LastStep) = (false, null, null, null);
        SecurityStamp = Guid.NewGuid().ToString("N");
    }

    /// <summary>A role for a time, within the scope that the role needs. Held twice at the same time it would say nothing more.</summary>
    public Membership Take(Role role, Guid? areaId, Guid? organizationId, DateOnly startsOn, DateOnly? endsOn, IEnumerable<Membership> held, Guid? councilId = null)
    {
        Rule.Require(ClosedAt is null, "停止したアカウントには役割を付けられません。");
        Rule.Require(role is not (Role.Coordinator or Role.Counsellor) || areaId is not null, "担当する圏域を選んでください。");
        Rule.Require(role is not Role.GroupKeeper || organizationId is not null, "世話をする団体を選んでください。");
        var area = role is Role.Coordinator or Role.Counsellor or Role.CouncilMember ? areaId : null;
        var organization = role is Role.GroupKeeper ? organizationId : null;
        var council = role is Role.CouncilMember ? councilId : null;
        Rule.Require(!held.Any(other => other.Role == role && other.AreaId == area && other.OrganizationId == organization && other.CouncilId == council && other.Overlaps(startsOn, endsOn)), "同じ役割が、同じ期間にすでに付いています。");
        var membership = new Membership { AccountId = Id, Role = role, AreaId = area, OrganizationId = organization, CouncilId = council, StartsOn = startsOn };
        if (endsOn is { } day)
        {
            membership.EndOn(day);
        }

        return membership;
    }
}

/// <summary>Who may do what: 管理者, 職員, SC, 相談員, 世話人, 協議体委員, 県.</summary>
public enum Role
{
    [Display(Name = "管理者")] Administrator,
    [Display(Name = "職員")] Officer,
    [Display(Name = "生活支援コーディネーター（SC）")] Coordinator,
    [Display(Name = "相談員")] Counsellor,
    [Display(Name = "世話人")] GroupKeeper,
    [Display(Name = "協議体委員")] CouncilMember,
    [Display(Name = "県")] Prefecture,
}

public static class Roles
{
    public static string Japanese(this Role role) => typeof(Role).GetField(role.ToString())!.GetCustomAttribute<DisplayAttribute>()!.Name!;

    /// <summary>These see people's data or the whole town, so a password alone does not do.</summary>
    public static bool NeedsSecondFactor(this Role role) => role is not (Role.GroupKeeper or Role.CouncilMember);
}

/// <summary>A role held for a time, in an area (SC, 相談員), a group (世話人), a council (委員) or the whole town.</summary>
public class Membership : TownRecord
{
    public required Guid AccountId { get; init; }
    public required Role Role { get; init; }
    public Guid? AreaId { get; init; }
    public Guid? OrganizationId { get; init; }
    /// <summary>The council whose pages a 協議体委員 sees.</summary>
    public Guid? CouncilId { get; init; }
    public required DateOnly StartsOn { get; init; }
    public DateOnly? EndsOn { get; private set; }

    public bool HoldsOn(DateOnly day) => StartsOn <= day && (EndsOn is null || day <= EndsOn);

    public bool Overlaps(DateOnly from, DateOnly? to) => (to is null || StartsOn <= to) && (EndsOn is null || from <= EndsOn);

    public void EndOn(DateOnly day)
    {
        Rule.Require(day >= StartsOn, "終了日は開始日以後の日にしてください。");
        EndsOn = day;
    }
}

/// <summary>One sign-in on one device, which its owner can end from any other.</summary>
[NotAudited]
public class AccountSession : TownRecord
{
    public required Guid AccountId { get; init; }
    public required DateTimeOffset StartedAt { get; init; }
    public required DateTimeOffset SeenAt { get; set; }
    public DateTimeOffset? EndedAt { get; set; }
    /// <summary>Browser and system in words, for the list of sessions.</summary>
    public required string Device { get; init; }
}
