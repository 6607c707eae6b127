using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Groups;
using Sasaeai.Features.HelperLinks;
using Sasaeai.Features.Ledger;
using Sasaeai.Features.Members.Erasures;
using Sasaeai.Features.Resources;

namespace Sasaeai.Features.Members;

/// <summary>One person: shown, handed out, left, erased. Each look is in the audit trail.</summary>
public class ShowModel(AppDb db, CurrentPerson person, AuditTrail trail, MemberErasures erasures, TimeProvider time) : PageModel
{
    public HelpGroup Group { get; private set; } = null!;
    public Member Member { get; private set; } = null!;
    public bool CareShown { get; private set; }
    public AbilityList Abilities { get; private set; } = null!;
    public bool MayRun => person.CanRun(Group);
    public IReadOnlyList<(string Words, string Amount)> Balances { get; private set; } = [];

    public Task OnGetAsync(Guid id, Guid memberId) => LoadAsync(id, memberId, "会員の記録");

    public async Task<IActionResult> OnPostCareAsync(Guid id, Guid memberId)
    {
        await LoadAsync(id, memberId, "気をつけることと緊急の連絡先");
        person.Require(MayRun);
        CareShown = true;
        return Page();
    }

    /// <summary>All that the group holds of the person (開示, 退会), for another program; <see cref="CopyModel"/> is the same on paper.</summary>
    public async Task<IActionResult> OnGetExportAsync(Guid id, Guid memberId)
    {
        await LoadAsync(id, memberId, "本人の記録を書き出し");
        person.Require(MayRun);
        return File((await MemberCopy.LoadAsync(db, Member)).Json(), "application/json", $"会員{Member.Number}.json");
    }

    public async Task<IActionResult> OnPostLeaveAsync(Guid id, Guid memberId)
    {
        await LoadAsync(id, memberId, "退会のために表示");
        person.Require(MayRun);
        Rule.Require(await db.LedgerAccounts.Where(account => account.GroupId == id && account.MemberId == memberId && account.Unit != LedgerUnit.Minute).AllAsync(account => account.Balance == 0), "券や受け取り、請求が残っています。先に精算か返金を記録してください。");
        await Visits.Arrangements.RequireNoneAsync(db, memberId);
        Member.Leave(time.Today(), time.GetUtcNow());
        await HelperLink.EndAsync(db, memberId, time.GetUtcNow());
        await db.SaveChangesAsync();
        TempData["Notice"] = "退会を記録しました。";
        return RedirectToPage(new { id, memberId });
    }

    public async Task<IActionResult> OnPostEraseAsync(Guid id, Guid memberId)
    {
        await LoadAsync(id, memberId, "消すために表示");
        person.Require(MayRun);
        await erasures.EraseAsync([Member]);
        TempData["Notice"] = "氏名などを消しました。数は残っています。";
        return RedirectToPage(new { id, memberId });
    }

    private async Task LoadAsync(Guid id, Guid memberId, string why)
    {
        Group = await db.GetAsync<HelpGroup>(id);
        person.Require(person.CanSee(Group));
        Member = await db.Members.SingleOrDefaultAsync(member => member.GroupId == id && member.Id == memberId) ?? throw new NotFoundException();
        person.Require(person.CanSee(Member, Group));
        trail.Looked("member", memberId, why);
        Abilities = await AbilityList.LoadAsync(db, time.Today());
        var types = await db.TicketTypes.AsNoTracking().Where(type => type.GroupId == id).ToDictionaryAsync(type => type.Unit, type => type.Name);
        Balances = [.. (await db.LedgerAccounts.AsNoTracking().Where(account => account.GroupId == id && account.MemberId == memberId && account.Balance != 0).OrderBy(account => account.Unit).ToListAsync())
            .Select(account => ($"{(account.Unit switch { LedgerUnit.Yen => "お金", LedgerUnit.Minute => "点数", _ => types.GetValueOrDefault(account.Unit, "券") })}（{account.Role.Japanese()}）", account.Unit switch { LedgerUnit.Yen => $"{account.Balance:N0}円", LedgerUnit.Minute => $"{account.Balance:N0}分", _ => $"{account.Balance:N0}枚" }))];
    }
}
