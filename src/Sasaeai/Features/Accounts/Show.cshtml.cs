using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sasaeai.Data;
using Sasaeai.Features.Resources;

namespace Sasaeai.Features.Accounts;

/// <summary>One account: its state and its roles, with what an administrator can do.</summary>
public class ShowModel(AppDb db, CurrentPerson person, UserManager<Account> accounts, AuditTrail trail, TimeProvider time) : PageModel
{
    public Account Account { get; private set; } = null!;
    public IReadOnlyList<RoleRow> Roles { get; private set; } = [];
    public string? InitialPassword { get; private set; }
    public bool CanChange => person.CanChangeAccounts() && Account.ClosedAt is null;
    public bool CanClose => person.CanClose(Account) && Account.ClosedAt is null;
    public bool CanEndRoles => person.CanChangeAccounts();
    public bool CanReopen => person.CanChangeAccounts() && Account.ClosedAt is not null;
    public bool IsLocked => Account.IsLocked(time.GetUtcNow());
    public DateOnly Today => time.Today();

    public async Task OnGetAsync(Guid id)
    {
        await LoadAsync(id);
        InitialPassword = TempData[Accounts.InitialPassword.Key(id)] as string;
        trail.Looked("account", id);
    }

    public async Task<IActionResult> OnPostUnlockAsync(Guid id)
    {
        await LoadToChangeAsync(id);
        Account.Unlock(time.GetUtcNow());
        return await DoneAsync("一時停止を解きました。すぐにサインインできます。");
    }

    public async Task<IActionResult> OnPostResetSecondFactorAsync(Guid id)
    {
        await LoadToChangeAsync(id);
        Account.ResetSecondFactor();
        await db.EndSessionsAsync(id, time.GetUtcNow());
        return await DoneAsync("二段階認証を解きました。次のサインインのときに、本人がもう一度設定します。");
    }

    public async Task<IActionResult> OnPostEndSessionsAsync(Guid id)
    {
        await LoadToChangeAsync(id);
        await db.EndSessionsAsync(id, time.GetUtcNow());
        trail.Note("end_session", "account", id);
        return await DoneAsync("すべての端末をサインアウトさせました。");
    }

    public async Task<IActionResult> OnPostNewPasswordAsync(Guid id)
    {
        await LoadToChangeAsync(id);
        await this.GiveAsync(accounts, db, Account, time.GetUtcNow());
        return await DoneAsync("新しいパスワードを作りました。今までのパスワードとサインインは使えなくなりました。");
    }

    private async Task LoadAsync(Guid id)
    {
        Account = await db.GetAsync<Account>(id);
        person.Require(person.CanSeeAccounts());
        Roles = await RoleRow.OfAsync(db, id);
    }

    private async Task LoadToChangeAsync(Guid id)
    {
        await LoadAsync(id);
        person.Require(person.CanChangeAccounts());
        Rule.Require(Account.ClosedAt is null, "このアカウントは停止しています。");
    }

    private async Task<IActionResult> DoneAsync(string notice)
    {
        await db.SaveChangesAsync();
        TempData["Notice"] = notice;
        return RedirectToPage(new { id = Account.Id });
    }
}
