using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Resources;

namespace Sasaeai.Features.Accounts;

/// <summary>Who works in this town's system, and with which roles.</summary>
public class IndexModel(AppDb db, CurrentPerson person, TimeProvider time) : PageModel
{
    public const int Size = 50;

    [BindProperty(Name = "q", SupportsGet = true)]
    public string? Words { get; set; }

    [BindProperty(Name = "closed", SupportsGet = true)]
    public bool WithClosed { get; set; }

    [BindProperty(Name = "p", SupportsGet = true)]
    public int Number { get; set; } = 1;

    public IReadOnlyList<Row> Rows { get; private set; } = [];
    public int Total { get; private set; }
    public bool CanChange => person.CanChangeAccounts();

    public async Task OnGetAsync()
    {
        person.Require(person.CanSeeAccounts());
        var (words, today, now) = ((Words ?? "").Trim(), time.Today(), time.GetUtcNow());
        var found = db.Accounts.Where(account => WithClosed || account.ClosedAt == null);
        if (words != "")
        {
            found = found.Where(account => account.Name.Contains(words) || account.Affiliation.Contains(words) || account.Email.Contains(words));
        }

        Total = await found.CountAsync();
        Number = Math.Clamp(Number, 1, Math.Max(1, (Total + Size - 1) / Size));
        Rows = await found.OrderBy(account => account.Name).ThenBy(account => account.Id).Skip((Number - 1) * Size).Take(Size)
            .Select(account => new Row(account.Id, account.Name, account.Affiliation, account.Email, account.TwoFactorEnabled, account.LockoutEnd > now, account.ClosedAt != null,
                db.Memberships.Where(role => role.AccountId == account.Id && role.StartsOn <= today && (role.EndsOn == null || role.EndsOn >= today)).Select(role => role.Role).ToList())).ToListAsync();
    }

    public sealed record Row(Guid Id, string Name, string Affiliation, string Email, bool HasSecondFactor, bool IsLocked, bool IsClosed, List<Role> Roles)
    {
        public string State => IsClosed ? "停止" : IsLocked ? "一時停止中（続けて間違えたため）" : HasSecondFactor ? "二段階認証あり" : "二段階認証なし";
    }
}
