using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Resources;
using Sasaeai.Features.Shared;
using Sasaeai.Web;

namespace Sasaeai.Features.Accounts;

/// <summary>Who works in this town's system, and with which roles.</summary>
public class IndexModel(AppDb db, CurrentPerson person, AuditTrail trail, TimeProvider time) : PageModel
{
    public const int Size = 50;

    [BindProperty(Name = "q", SupportsGet = true)]
    public string? Words { get; set; }

    [BindProperty(Name = "closed", SupportsGet = true)]
    public bool WithClosed { get; set; }

    [BindProperty(Name = ListOrder.Parameter, SupportsGet = true)]
    public string? Sort { get; set; }

    public ListOrder Order => ListOrder.Of(Sort, "name", "name", "affiliation", "email", "seen");

    [BindProperty(Name = "p", SupportsGet = true)]
    public int Number { get; set; } = 1;

    public IReadOnlyList<Row> Rows { get; private set; } = [];
    public int Total { get; private set; }
    public bool CanChange => person.CanChangeAccounts();

    public async Task OnGetAsync()
    {
        person.Require(person.CanSeeAccounts());
        var found = Found();
        Total = await found.CountAsync();
        Number = Math.Clamp(Number, 1, Math.Max(1, (Total + Size - 1) / Size));
        Rows = await RowsOf(InOrder(found).Skip((Number - 1) * Size).Take(Size)).ToListAsync();
    }

    public async Task<IActionResult> OnGetTableAsync(TableFormat format)
    {
        person.Require(person.CanSeeAccounts());
        trail.Looked("account", "", "アカウントの一覧を書き出し");
        return this.Table($"アカウント_{time.Today():yyyyMMdd}", format, ["氏名", "所属", "役割", "メールアドレス", "最後に使った時", "状態"],
            (await RowsOf(InOrder(Found())).ToListAsync()).Select(row => new object?[] { row.Name, row.Affiliation, row.RoleNames, row.Email, row.SeenAt?.ToOffset(Clock.Japan), row.State }));
    }

    private IQueryable<Account> Found()
    {
        var words = (Words ?? "").Trim();
        var found = db.Accounts.AsNoTracking().Where(account => WithClosed || account.ClosedAt == null);
        return words == "" ? found : found.Where(account => account.Name.Contains(words) || account.Affiliation.Contains(words) || account.Email.Contains(words));
    }

    private IQueryable<Account> InOrder(IQueryable<Account> found) => (Order.Column switch
    {
        "affiliation" => found.By(Order, account => account.Affiliation),
        "email" => found.By(Order, account => account.EmailKey),
        "seen" => found.By(Order, account => db.AccountSessions.Where(session => session.AccountId == account.Id).Max(session => (DateTimeOffset?)session.SeenAt)),
        _ => found.By(Order, account => account.Name),
    }).ThenBy(account => account.Id);

    private IQueryable<Row> RowsOf(IQueryable<Account> accounts)
    {
        var (today, now) = (time.Today(), time.GetUtcNow());
        return accounts.Select(account => new Row(account.Id, account.Name, account.Affiliation, account.Email, account.TwoFactorEnabled, account.LockoutEnd > now, account.ClosedAt != null,
            db.AccountSessions.Where(session => session.AccountId == account.Id).Max(session => (DateTimeOffset?)session.SeenAt),
            db.Memberships.Where(role => role.AccountId == account.Id && role.StartsOn <= today && (role.EndsOn == null || role.EndsOn >= today)).Select(role => role.Role).ToList()));
    }

    public sealed record Row(Guid Id, string Name, string Affiliation, string Email, bool HasSecondFactor, bool IsLocked, bool IsClosed, DateTimeOffset? SeenAt, List<Role> Roles)
    {
        public string RoleNames => Roles.Count == 0 ? "なし" : string.Join("、", Roles.Distinct().Order().Select(role => role.Japanese()));
        public string State => IsClosed ? "停止" : IsLocked ? "一時停止中（続けて間違えたため）" : HasSecondFactor ? "二段階認証あり" : "二段階認証なし";
    }
}
