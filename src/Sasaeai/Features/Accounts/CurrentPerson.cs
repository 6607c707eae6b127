using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Areas;
using Sasaeai.Features.Groups;

namespace Sasaeai.Features.Accounts;

/// <summary>The signed-in person of this request with the roles held today; nobody when not signed in.</summary>
public sealed class CurrentPerson(TimeProvider time, AuditTrail trail)
{
    private IReadOnlyList<Membership> memberships = [];

    public Account? Account { get; private set; }
    public Guid? SessionId { get; private set; }
    public bool IsSignedIn => Account is not null;
    public string Name => Account?.Name ?? "";
    /// <summary>Areas in which the person works as SC or 相談員, with everything inside them.</summary>
    public IReadOnlySet<Guid> AreaIds { get; private set; } = new HashSet<Guid>();
    public IReadOnlySet<Guid> OrganizationIds { get; private set; } = new HashSet<Guid>();
    /// <summary>Councils in which the person sits.</summary>
    public IReadOnlySet<Guid> CouncilIds { get; private set; } = new HashSet<Guid>();
    /// <summary>助け合い団体 in the areas of a 相談員 whose rule lets 相談員 arrange visits.</summary>
    public IReadOnlySet<Guid> CounselledGroupIds { get; private set; } = new HashSet<Guid>();
    public IReadOnlyList<Membership> Memberships => memberships;
    public Actor Actor => trail.Actor;

    public bool Is(Role role) => memberships.Any(membership => membership.Role == role);

    /// <summary>職員 or 管理者.</summary>
    public bool IsOfficer => Is(Role.Officer) || Is(Role.Administrator);

    /// <summary>職員, 管理者, SC or 相談員: works with the directory every day.</summary>
    public bool IsStaff => IsOfficer || Is(Role.Coordinator) || Is(Role.Counsellor);

    /// <summary>県 and nothing more: sees figures, never a record.</summary>
    public bool SeesFiguresOnly => memberships.Count > 0 && memberships.All(membership => membership.Role == Role.Prefecture);

    public async Task SignedInAsync(AppDb db, Account account, Guid sessionId)
    {
        var today = time.Today();
        (Account, SessionId) = (account, sessionId);
        memberships = [.. (await db.Memberships.AsNoTracking().Where(membership => membership.AccountId == account.Id).ToListAsync()).Where(membership => membership.HoldsOn(today))];
        OrganizationIds = memberships.Where(membership => membership.OrganizationId is not null).Select(membership => membership.OrganizationId!.Value).ToHashSet();
        CouncilIds = memberships.Where(membership => membership.CouncilId is not null).Select(membership => membership.CouncilId!.Value).ToHashSet();
        var areas = memberships.Where(membership => membership.AreaId is not null).Select(membership => membership.AreaId!.Value).ToList();
        var tree = areas.Count == 0 ? null : await AreaTree.LoadAsync(db, today);
        AreaIds = tree?.WithDescendants(areas).ToHashSet() ?? [];
        var counselled = memberships.Where(membership => membership.Role == Role.Counsellor && membership.AreaId is not null).Select(membership => membership.AreaId!.Value).ToList();
        CounselledGroupIds = await db.EnterGroupsAsync(OrganizationIds, tree?.WithDescendants(counselled).ToHashSet() ?? []);
        trail.Actor = new Actor(account.Id, account.Name);
    }
}
