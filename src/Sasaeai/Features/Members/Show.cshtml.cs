using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Groups;
using Sasaeai.Features.HelperLinks;
using Sasaeai.Features.HelpRequests;
using Sasaeai.Features.Ledger;
using Sasaeai.Features.Members.Erasures;
using Sasaeai.Features.Resources;
using Sasaeai.Features.RideChecks;

namespace Sasaeai.Features.Members;

/// <summary>One person: shown, handed out, left, erased. Each look is in the audit trail.</summary>
public class ShowModel(AppDb db, CurrentPerson person, AuditTrail trail, MemberErasures erasures, TimeProvider time) : PageModel
{
    private const int Shown = 20;

    public HelpGroup Group { get; private set; } = null!;
    public Member Member { get; private set; } = null!;
    public bool CareShown { get; private set; }
    public AbilityList Abilities { get; private set; } = null!;
    /// <summary>Whom the person does not want to meet, or who does not want to meet the person.</summary>
    public IReadOnlyList<string> Avoids { get; private set; } = [];
    public RideCheck? Ride { get; private set; }
    /// <summary>Visits that the person makes or is helped by, and that are not over yet.</summary>
    public IReadOnlyList<Visits.Visit> Coming { get; private set; } = [];
    public IReadOnlyList<HelpRequest> Open { get; private set; } = [];
    public IReadOnlyList<HelpKind> Kinds { get; private set; } = [];
    public bool MayRun => person.CanRun(Group);
    public IReadOnlyList<(string Words, string Amount)> Balances { get; private set; } = [];

    public string Words(string code) => Kinds.FirstOrDefault(kind => kind.Code == code)?.Words ?? code;

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

    public async Task<IActionResult> OnPostRejoinAsync(Guid id, Guid memberId)
    {
        await LoadAsync(id, memberId, "もう一度入会するために表示");
        person.Require(MayRun);
        Member.Rejoin(time.GetUtcNow());
        await db.SaveChangesAsync();
        TempData["Notice"] = "もう一度入会したと記録しました。電話、保険、同意の日などを確かめてください。";
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
        if (MayRun)
        {
            var numbers = Member.Content.AvoidNumbers.ToArray();
            var avoiding = db.Database.SqlQuery<Guid>($"""select id as "Value" from app.member where group_id = {id} and content -> 'avoidNumbers' @> to_jsonb({Member.Number}::int)""");
            Avoids = await db.Members.AsNoTracking().Where(other => other.GroupId == id && (numbers.Contains(other.Number) || avoiding.Contains(other.Id))).OrderBy(other => other.Number).Select(other => $"会員{other.Number} {other.Name}").ToListAsync();
            Coming = await db.Visits.AsNoTracking().Where(visit => visit.GroupId == id && (visit.State == Visits.VisitState.Open || visit.State == Visits.VisitState.Assigned || visit.State == Visits.VisitState.Reported)
                && (visit.UserId == memberId || db.Assignments.Any(assignment => assignment.VisitId == visit.Id && assignment.MemberId == memberId && assignment.EndedAt == null))).OrderBy(visit => visit.DueDay).ThenBy(visit => visit.Id).Take(Shown).ToListAsync();
            Open = await db.HelpRequests.AsNoTracking().Where(request => request.UserId == memberId && request.State == RequestState.Open).OrderByDescending(request => request.ReceivedAt).Take(Shown).ToListAsync();
            Kinds = await HelpKind.OfGroupAsync(db, id);
            Ride = await db.RideChecks.AsNoTracking().Where(check => check.GroupId == id && check.MemberId == memberId).OrderByDescending(check => check.CheckedOn).ThenByDescending(check => check.InsuredUntil).FirstOrDefaultAsync();
        }

        var types = await db.TicketTypes.AsNoTracking().Where(type => type.GroupId == id).ToDictionaryAsync(type => type.Unit, type => type.Name);
        Balances = [.. (await db.LedgerAccounts.AsNoTracking().Where(account => account.GroupId == id && account.MemberId == memberId && account.Balance != 0).OrderBy(account => account.Unit).ToListAsync())
            .Select(account => ($"{(account.Unit switch { LedgerUnit.Yen => "お金", LedgerUnit.Minute => "点数", _ => types.GetValueOrDefault(account.Unit, "券") })}（{account.Role.Japanese()}）", account.Unit switch { LedgerUnit.Yen => $"{account.Balance:N0}円", LedgerUnit.Minute => $"{account.Balance:N0}分", _ => $"{account.Balance:N0}枚" }))];
    }
}
