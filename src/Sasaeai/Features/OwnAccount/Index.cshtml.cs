using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.SignIns;

namespace Sasaeai.Features.OwnAccount;

/// <summary>One's own account: name, roles, password, second factor, and the devices that are signed in.</summary>
[ForFigureReaders]
public class IndexModel(AppDb db, CurrentPerson person, UserManager<Account> accounts, TimeProvider time, AuditTrail trail) : PageModel
{
    public Account Account => person.Account!;
    public IReadOnlyList<RoleRow> Roles { get; private set; } = [];
    public IReadOnlyList<SessionRow> Sessions { get; private set; } = [];
    public int RecoveryCodesLeft { get; private set; }

    public async Task OnGetAsync()
    {
        Roles = await RoleRow.OfAsync(db, Account.Id);
        Sessions = await db.AccountSessions.Where(session => session.AccountId == Account.Id && session.EndedAt == null && session.SeenAt > time.GetUtcNow() - SignIns.SignIn.Idle)
            .OrderByDescending(session => session.SeenAt).Take(50)
            .Select(session => new SessionRow(session.Id, session.Device, session.StartedAt, session.SeenAt, session.Id == person.SessionId)).ToListAsync();
        RecoveryCodesLeft = await accounts.CountRecoveryCodesAsync(Account);
    }

    public async Task<IActionResult> OnPostEndAsync(Guid id)
    {
        var session = await db.GetAsync<AccountSession>(id);
        if (session.AccountId != Account.Id)
        {
            return NotFound();
        }

        session.EndedAt ??= time.GetUtcNow();
        trail.Note("end_session", "account", Account.Id);
        await db.SaveChangesAsync();
        TempData["Notice"] = $"{session.Device} のサインインを終わりました。";
        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostEndOthersAsync()
    {
        await db.EndSessionsAsync(Account.Id, time.GetUtcNow(), except: person.SessionId);
        trail.Note("end_session", "account", Account.Id);
        TempData["Notice"] = "この端末以外のサインインをすべて終わりました。";
        return RedirectToPage();
    }

    public sealed record SessionRow(Guid Id, string Device, DateTimeOffset StartedAt, DateTimeOffset SeenAt, bool IsThis);
}
