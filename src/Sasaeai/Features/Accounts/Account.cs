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
    /// <summary>Digests of the unused recovery codes, separated by ';'.</summary>
    [Secret] public string? RecoveryCodes { get; set; }
    public bool TwoFactorEnabled { get; set; }
    public int AccessFailedCount { get; set; }
    public DateTimeOffset? LockoutEnd { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? ClosedAt { get; private set; }

    /// <summary>Ends the account for good; its history keeps the name.</summary>
    public void Close(DateTimeOffset now)
    {
        Rule.Require(ClosedAt is null, "このアカウントはすでに停止しています。");
        ClosedAt = now;
        SecurityStamp = Guid.NewGuid().ToString("N");
    }
}

/// <summary>Who may do what: 管理者, 職員, SC, 相談員, 世話人, 協議体委員, 県.</summary>
public enum Role { Administrator, Officer, Coordinator, Counsellor, GroupKeeper, CouncilMember, Prefecture }

/// <summary>A role held for a time, in an area (SC, 相談員), a group (世話人) or the whole town.</summary>
public class Membership : TownRecord
{
    public required Guid AccountId { get; init; }
    public required Role Role { get; init; }
    public Guid? AreaId { get; init; }
    public Guid? OrganizationId { get; init; }
    public required DateOnly StartsOn { get; init; }
    public DateOnly? EndsOn { get; private set; }

    public bool HoldsOn(DateOnly day) => StartsOn <= day && (EndsOn is null || day <= EndsOn);

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
